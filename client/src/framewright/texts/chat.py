"""Texts of `framewright chat`."""

TEXTS: dict[str, tuple[str, str]] = {
    "chat_begins": (
        "세션 {session_id}. 빈 줄이나 Ctrl-D로 끝냅니다. 이어서 하려면: framewright chat --session {session_id}",
        "Session {session_id}. An empty line or Ctrl-D ends it; to go on: framewright chat --session {session_id}",
    ),
    "chat_prompt": ("나> ", "you> "),
    "chat_new_only": (
        "--system과 --knowledge는 새 세션에만 쓸 수 있습니다. --session과 --last를 빼고 실행하세요.",
        "--system and --knowledge are for a new session: leave out --session and --last.",
    ),
    "no_sessions": ("세션이 없습니다.", "There are no sessions."),
}
