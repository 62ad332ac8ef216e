"""Texts of `framewright pack`."""

TEXTS: dict[str, tuple[str, str]] = {
    "pack_error": ("오류", "error"),
    "pack_warning": ("주의", "warning"),
    "pack_tried": (
        "오류 {errors}개, 주의 {warnings}개. 확인: 만든 파일 {emitted}개, 지식 {entries}개, 프롬프트 {templates}개.",
        "{errors} errors, {warnings} warnings. Tried: {emitted} emitted files, {entries} entries, {templates} prompts.",
    ),
}
