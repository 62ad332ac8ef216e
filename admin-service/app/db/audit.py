"""The audit log: every change is written in the transaction that makes it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.tracing import current_trace_id

from ..core.clock import utc_now
from ..core.ids import new_id
from .models import AuditEntry


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user, through a service. `user_id` is empty for a service's own work."""

    service: str
    user_id: str = ""
    role: str = ""


def record(
    session: AsyncSession,
    actor: Actor,
    action: str,
    subject: tuple[str, str],
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Adds one entry. `action` is `<subject>.<verb>`; `before` and `after` are public views, so without secrets.

    Of a change only the members that differ are kept.
    """
    if before is not None and after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        before = {name: before.get(name) for name in changed}
        after = {name: after[name] for name in changed}
    session.add(
        AuditEntry(
            id=new_id(),
            at=utc_now(),
            actor_id=actor.user_id,
            actor_service=actor.service,
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            before=before,
            after=after,
            trace_id=current_trace_id(),
        )
    )
