"""Texts that every command may say."""

TEXTS: dict[str, tuple[str, str]] = {
    "warning": ("주의: {message}", "warning: {message}"),
    "failed": ("실패: {detail}", "Failed: {detail}"),
    "no_hits": ("찾은 지식이 없습니다.", "Nothing found."),
    "unreachable": (
        "서버에 연결할 수 없습니다: {reason}\n로컬 메시는 `make serve`로 시작합니다.",
        "The mesh can't be reached: {reason}\n`make serve` starts the local one.",
    ),
    "no_key": (
        "키가 거부되었습니다: {reason}\nFRAMEWRIGHT_API_KEY를 설정하거나 .framewright 폴더가 있는 곳에서 실행하세요.",
        "The key was refused: {reason}\nSet FRAMEWRIGHT_API_KEY, or run where the folder .framewright is.",
    ),
}
