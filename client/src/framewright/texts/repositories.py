"""Texts of `framewright index`."""

TEXTS: dict[str, tuple[str, str]] = {
    "index_begun": ("색인 시작: {name} ({id})", "Indexing {name} ({id})"),
    "index_state": (
        "파일 {done}/{files}, 조각 {chunks} (새로 {embedded}, 그대로 {unchanged})",
        "files {done}/{files}, chunks {chunks} ({embedded} new, {unchanged} unchanged)",
    ),
    "index_eta": ("약 {seconds:.0f}초 남음", "about {seconds:.0f} s left"),
    "index_ready": ("색인을 마쳤습니다: {name}", "Indexed: {name}"),
    "index_failed": ("색인에 실패했습니다: {reason}", "Indexing failed: {reason}"),
    "index_goes_on": (
        "색인은 서버에서 계속됩니다: framewright index --list",
        "It goes on at the mesh: framewright index --list",
    ),
    "no_repositories": ("색인한 저장소가 없습니다.", "No repository is indexed."),
}
