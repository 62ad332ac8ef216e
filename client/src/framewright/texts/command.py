"""Texts that every command may say."""

TEXTS: dict[str, tuple[str, str]] = {
    "warning": ("주의: {message}", "warning: {message}"),
    "failed": ("실패: {detail}", "Failed: {detail}"),
    "no_hits": ("찾은 지식이 없습니다.", "Nothing found."),
    "unreachable": (
        "서버에 연결할 수 없습니다: {reason}\n로컬 메시는 `make serve`로 시작합니다.",
        "The mesh can't be reached: {reason}\n`make serve` starts the local one.",
    ),
    "wrong_address": (
        "주소가 잘못되었거나 그곳에 메시가 없습니다: {reason}\nFRAMEWRIGHT_URL 또는 --url을 확인하세요.",
        "The address is wrong, or no mesh is there: {reason}\nSee FRAMEWRIGHT_URL, or --url.",
    ),
    "no_key": (
        (
            "키가 거부되었습니다: {reason}\n"
            "`framewright login`으로 로그인하거나, FRAMEWRIGHT_API_KEY를 설정하거나, "
            ".framewright 폴더가 있는 곳에서 실행하세요."
        ),
        (
            "The key was refused: {reason}\n"
            "Sign in by `framewright login`, set FRAMEWRIGHT_API_KEY, or run where the folder .framewright is."
        ),
    ),
    "no_text": ("입력이 이 로캘의 텍스트가 아닙니다: {reason}", "The input is no text of this locale: {reason}"),
    "disk": ("파일을 읽거나 쓸 수 없습니다: {reason}", "A file can't be read or written: {reason}"),
}
