"""Writes the audit log: every change that an administrator asked for, whoever it is passed on to."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.logging import get_logger
from chassis.tracing import current_trace_id

from ..db.job_tables import AuditRow
from ..storage.audit import AuditStore
from ..storage.identifiers import new_id
from ..storage.records import StoreUnavailable, now
from .access import ADMIN, rule_of
from .cookies import SAFE_METHODS
from .guard import user_in
from .identity import User

_log = get_logger(__name__)


class AuditMiddleware:
    """Inside the guard: what it refused was no action. The entry is there before the answer has ended.

    A store that is away costs the entry, and leaves a line in the log.
    """

    def __init__(self, app: ASGIApp, *, audit: AuditStore) -> None:
        self._app = app
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = user_in(scope) if scope["type"] == "http" else None
        if user is None or not _is_privileged(scope):
            await self._app(scope, receive, send)
            return
        status = 500
        written = False

        async def write() -> None:
            nonlocal written
            written = True
            await self._add(_entry(scope, user, status))

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif not message.get("more_body") and not written:
                await write()
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        finally:
            if not written:
                await write()

    async def _add(self, entry: AuditRow) -> None:
        _log.info("audit", user_id=entry.user_id, method=entry.method, path=entry.path, status=entry.status)
        try:
            await self._audit.add(entry)
        except StoreUnavailable:
            _log.error("audit_entry_lost", entry_id=entry.id)


def _entry(scope: Scope, user: User, status: int) -> AuditRow:
    client = scope.get("client")
    return AuditRow(
        id=new_id(),
        at=now(),
        user_id=user.id,
        role=user.role,
        method=scope["method"],
        path=str(scope["path"])[:2_000].replace("\x00", ""),
        status=status,
        address=client[0] if client else "",
        trace_id=current_trace_id(),
    )


def _is_privileged(scope: Scope) -> bool:
    """Changes on paths that take a role, or that are administration."""
    if scope["method"] in SAFE_METHODS:
        return False
    rule = rule_of(scope["method"], scope["path"])
    return bool(rule.roles) or ADMIN in rule.scopes
