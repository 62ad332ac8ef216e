"""Texts of `framewright index`."""

TEXTS: dict[str, tuple[str, str]] = {
    "index_packed": ("파일 {files}개를 묶었습니다: {size:.1f} MB", "Packed {files} files: {size:.1f} MB"),
    "index_binary": ("제외한 바이너리", "binaries left out:"),
    "index_secret": ("제외한 비밀 파일", "secrets left out:"),
    "index_too_large_file": ("제외한 큰 파일", "large files left out:"),
    "index_unreadable": ("읽을 수 없는 파일", "unreadable:"),
    "index_too_large": (
        (
            "이 메시가 한 번에 받기에는 너무 큽니다: {reason}\n"
            "git에서 색인하거나(`framewright index https://...`), 메시가 있는 서버의 폴더를 --on-server로 지정하거나, "
            "더 작은 폴더를 보내세요."
        ),
        (
            "More than this mesh takes at once: {reason}\n"
            "Index it from git (`framewright index https://...`), name the folder on the mesh's own machine by "
            "--on-server, or send a smaller one."
        ),
    ),
    "index_what": (
        "{source}: 폴더도, zip·tar 파일도, git 주소도 아닙니다.",
        "{source}: no folder, no zip or tar file, no git URL",
    ),
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
