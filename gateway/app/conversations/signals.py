"""What replicas tell one another about conversations, as JSON by NOTIFY (8,000 bytes at most)."""

from typing import Any

import orjson


def turn_signal(session_id: str, number: int) -> str:
    """A turn was opened."""
    return _encoded({"kind": "turn", "session": session_id, "number": number})


def typing_signal(session_id: str, connection_id: str, *, typing: bool) -> str:
    return _encoded({"kind": "typing", "session": session_id, "connection": connection_id, "typing": typing})


def presence_signal(session_id: str) -> str:
    """The number of a session's sockets has changed."""
    return _encoded({"kind": "presence", "session": session_id})


def notice_signal(user_id: str, notice: dict[str, Any], *, elsewhere: bool = False) -> str:
    """A notification for a user's sockets; `elsewhere`: not for those of the session that it is about."""
    return _encoded({"kind": "notice", "user": user_id, "notice": notice, "elsewhere": elsewhere})


def decoded(payload: str) -> dict[str, Any]:
    """The signal; empty where it is none of this version's."""
    try:
        signal = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {}
    return signal if isinstance(signal, dict) else {}


def _encoded(signal: dict[str, Any]) -> str:
    return orjson.dumps(signal).decode()
