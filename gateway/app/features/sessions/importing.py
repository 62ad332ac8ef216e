"""An export becomes a session of whoever imports it, whole or not at all."""

from ...core.grams import folded, grams_of
from ...core.identity import User
from ...core.token_counts import estimate_tokens
from ...storage.conversation_records import Columns
from ...storage.identifiers import new_id
from ...storage.records import now
from ...storage.sessions import SessionStore
from .schemas import ExportDocument, ExportedMessage
from .service import new_session


async def import_session(document: ExportDocument, user: User, sessions: SessionStore) -> str:
    """The new session's id."""
    values = document.session.model_dump(exclude={"created_at"})
    columns = new_session(values, user.id)
    rows: list[Columns] = []
    turn = 0
    for position, message in enumerate(document.messages, 1):
        turn += message.role == "user" or not turn
        rows.append(_row(message, columns["id"], user, position=position, turn=turn))
    columns |= {"turns": turn, "positions": len(rows)}
    await sessions.import_session(columns, rows)
    return str(columns["id"])


def _row(message: ExportedMessage, session_id: str, user: User, *, position: int, turn: int) -> Columns:
    searched = folded(message.content)
    at = message.created_at or now()
    return {
        **message.model_dump(exclude={"created_at"}),
        "id": new_id(),
        "session_id": session_id,
        "user_id": user.id,
        "position": position,
        "turn": turn,
        "author": user.id if message.role == "user" else message.engine or message.role,
        "created_at": at,
        "completed_at": at,
        "tokens": message.tokens if message.tokens is not None else estimate_tokens(message.content),
        "search_text": searched,
        "grams": grams_of(searched),
    }
