"""`Idempotency-Key` on POST: the same key and body give the same answer, another body is refused."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import Conflict, FieldError, InvalidInput, ServiceError, Unprocessable, problem_response

from ..storage.idempotency import Claim, IdempotencyStore
from ..storage.identifiers import new_id
from ..storage.records import AlreadyThere
from .guard import user_in

HEADER = "idempotency-key"
REPLAYED = "Idempotency-Replayed"
LONGEST_KEY = 255
LARGEST_ANSWER = 1024 * 1024
OWN_HANDLING = frozenset({"/api/v1/generations", "/api/v1/batches"})
"""Their answers may be streams: the key stands for the generation or batch, which is read again."""
_COVERED = ("/api/v1/", "/api/sessions", "/api/llm/", "/plan", "/patch_smart")
_PATIENCE_S = 2.0
_ABANDONED_S = 8.0
"""Something is made within moments: where it is not there by then, the process that was to make it has died."""
_UNANSWERED_S = 330.0
"""No answer takes longer."""
_KEPT_HEADERS = frozenset({b"content-type", b"location", b"content-location", b"etag", b"retry-after"})


def fingerprint_of(method: str, target: str, body: bytes) -> str:
    """What has to be the same for a key to be used again."""
    return hashlib.sha256(b"\0".join((method.encode(), target.encode(), body))).hexdigest()


def checked_key(key: str | None) -> str | None:
    """The key of the header, without the quotes of its structured form.

    Raises:
        InvalidInput: it is too long, or no printable ASCII.
    """
    text = (key or "").strip().strip('"')
    if key is not None and not (text.isascii() and text.isprintable() and 0 < len(text) <= LONGEST_KEY):
        message = f"Idempotency-Key is 1 to {LONGEST_KEY} printable ASCII characters."
        raise InvalidInput(message, code="invalid_idempotency_key", errors=[FieldError("Idempotency-Key", message)])
    return text or None


def check_same(claim: Claim, fingerprint: str) -> None:
    """Raises Unprocessable where the key was used for something else."""
    if claim.fingerprint != fingerprint:
        message = "This Idempotency-Key was used with another request."
        raise Unprocessable(
            message, code="idempotency_key_reused", errors=[FieldError("Idempotency-Key", message)]
        )  # fmt: skip


def in_use() -> Conflict:
    return Conflict(
        "A request with this Idempotency-Key is still being worked on.", code="idempotency_key_in_use", retry_after_s=1
    )


class Subjects:
    """Keys that stand for something with an id, which a repeated request reads again."""

    def __init__(self, keys: IdempotencyStore) -> None:
        self._keys = keys

    async def make_once(
        self,
        user_id: str,
        key: str | None,
        fingerprint: str,
        *,
        make: Callable[[str], Awaitable[Any]],
        exists: Callable[[str], Awaitable[bool]],
    ) -> tuple[str, Any]:
        """The subject's id, and what `make(id)` gave; None where an earlier request made it."""
        if key is None:
            subject_id = new_id()
            return subject_id, await make(subject_id)
        claim = await self._keys.claim(user_id, key, fingerprint, new_id())
        check_same(claim, fingerprint)
        subject_id = claim.subject_id or ""
        if not claim.first:
            if not subject_id:
                raise in_use()
            if await self._appears(subject_id, exists):
                return subject_id, None
            if _age_s(claim) < _ABANDONED_S:
                raise in_use()
        try:
            return subject_id, await make(subject_id)
        except AlreadyThere:
            return subject_id, None
        except ServiceError:
            await self._keys.forget(user_id, key)
            raise

    @staticmethod
    async def _appears(subject_id: str, exists: Callable[[str], Awaitable[bool]]) -> bool:
        """The first request may be just about to make it."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + _PATIENCE_S
        while not await exists(subject_id):
            if loop.time() > give_up:
                return False
            await asyncio.sleep(0.05)
        return True


class IdempotencyMiddleware:
    """For all other POSTs: the whole answer is kept and given again. An answer of 5xx, or a stream, is not kept."""

    def __init__(self, app: ASGIApp, *, keys: IdempotencyStore) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = user_in(scope) if scope["type"] == "http" else None
        if user is None or not _covered(scope):
            await self._app(scope, receive, send)
            return
        try:
            key = checked_key(Headers(scope=scope).get(HEADER))
            if key is None:
                await self._app(scope, receive, send)
            else:
                await self._answer(scope, receive, send, user.id, key)
        except (InvalidInput, Unprocessable, Conflict) as error:
            await problem_response(error, instance=scope["path"])(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, user_id: str, key: str) -> None:
        body = await _body(receive)
        target = f"{scope['path']}?{scope.get('query_string', b'').decode('latin-1')}"
        fingerprint = fingerprint_of(scope["method"], target, body)
        claim = await self._keys.claim(user_id, key, fingerprint, None)
        check_same(claim, fingerprint)
        if not claim.first and claim.answer is not None:
            await _replay(claim, send)
            return
        if not claim.first and _age_s(claim) < _UNANSWERED_S:
            raise in_use()
        recording = _Recording(send)
        kept = False
        try:
            await self._app(scope, _replayed(body, receive), recording.send)
            if recording.worth_keeping:
                await self._keys.answered(user_id, key, recording.answer())
                kept = True
        finally:
            if not kept:
                await self._keys.forget(user_id, key)


def _age_s(claim: Claim) -> float:
    return (datetime.now(UTC) - claim.created_at).total_seconds()


def _covered(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["method"] == "POST" and path.startswith(_COVERED) and path not in OWN_HANDLING


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _replay(claim: Claim, send: Send) -> None:
    answer = dict(claim.answer or {})
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer["headers"]]
    headers.append((REPLAYED.lower().encode(), b"true"))
    await send({"type": "http.response.start", "status": answer["status"], "headers": headers})
    await send({"type": "http.response.body", "body": base64.b64decode(answer["body"])})


@dataclass(slots=True)
class _Recording:
    """An answer on its way, as far as it is worth keeping."""

    inner: Send
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    ended: bool = False
    too_large: bool = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", ())
                if name.lower() in _KEPT_HEADERS or name.lower() == b"content-length"
            ]
        elif message["type"] == "http.response.body":
            self.too_large = self.too_large or len(self.body) + len(message.get("body", b"")) > LARGEST_ANSWER
            if not self.too_large:
                self.body += message.get("body", b"")
            self.ended = not message.get("more_body", False)
        await self.inner(message)

    @property
    def worth_keeping(self) -> bool:
        stream = any("event-stream" in value or "ndjson" in value for _, value in self.headers)
        return self.ended and not self.too_large and not stream and 0 < self.status < 500 and self.status != 429

    def answer(self) -> dict[str, Any]:
        return {"status": self.status, "headers": self.headers, "body": base64.b64encode(self.body).decode()}
