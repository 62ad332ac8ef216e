"""Texts of `framewright logs` and `framewright export`."""

TEXTS: dict[str, tuple[str, str]] = {
    "no_generations": ("생성 기록이 없습니다.", "There are no generations."),
    "log_prompt": ("프롬프트", "prompt"),
    "log_status": ("상태", "status"),
    "log_engine": ("엔진", "engine"),
    "log_time": ("시간", "time"),
    "log_files": ("파일", "files"),
    "log_problem": ("문제", "problem"),
    "log_stages": ("단계", "stages"),
    "exported": ("{count}개를 {folder}에 저장했습니다.", "Exported {count} to {folder}"),
    "nothing_to_export": ("내보낼 것이 없습니다.", "There is nothing to export."),
    "watching": (
        "{files} 변경을 기다립니다. Ctrl-C로 끝냅니다.",
        "Waiting for changes of {files}. Ctrl-C ends it.",
    ),
}
