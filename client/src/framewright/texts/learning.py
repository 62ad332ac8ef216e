"""Texts of `framewright accept` and `framewright export-training`."""

TEXTS: dict[str, tuple[str, str]] = {
    "accepted": (
        "파일 {files}개를 받아들였습니다. 생성된 코드와 다른 줄: {lines}줄 ({share:.1%}).",
        "{files} files accepted, {lines} lines away from what was emitted ({share:.1%}).",
    ),
    "training_written": ("학습 데이터 {lines}줄을 {path}에 썼습니다.", "{lines} samples written to {path}."),
}
