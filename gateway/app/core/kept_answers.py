"""Answers kept by their `Idempotency-Key`, and given again: for all POSTs that have no way of their own."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.errors import InvalidInput, ServiceError, problem_response
from chassis.logging import get_logger

from ..storage.idempotency import Claim, IdempotencyStore
from ..storage.records import StoreUnavailable
from .guard import user_in
from .idempotency import age_s, check_same, checked_key, fingerprint_of, in_use

HEADER = "idempotency-key"
REPLAYED = "Idempotency-Replayed"
LARGEST_ANSWER = 1024 * 1024
OWN_HANDLING = frozenset({"/api/v1/generations", "/api/v1/batches"})
"""Their answers may be streams: the key stands for the generation or batch, which is read again."""
_COVERED = ("/api/v1/", "/api/sessions", "/api/llm/", "/plan", "/patch_smart")
_UNANSWERED_S = 330.0
"""No answer takes longer."""
_PASSING = frozenset({HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})
_KEPT_HEADERS = frozenset({b"content-type", b"location", b"content-location", b"etag", b"retry-after"})

_log = get_logger(__name__)


class IdempotencyMiddleware:
    """For all other POSTs: the whole answer is kept and given again.

    A stream is not kept, nor what may be otherwise the next time: 409, 429, 5xx.
    """

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
        except InvalidInput as error:
            await problem_response(error, instance=scope["path"])(scope, receive, send)
            return
        if key is None:
            await self._app(scope, receive, send)
        else:
            await self._answer(scope, receive, send, user.id, key)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, user_id: str, key: str) -> None:
        body = await _body(receive)
        try:
            claim = await self._claim(scope, body, user_id, key)
        except ServiceError as error:
            await problem_response(error, instance=scope["path"])(scope, receive, send)
            return
        if not claim.first and claim.answer is not None:
            await _replay(claim, send)
            return
        recording = _Recording(send, partial(self._settle, user_id, key))
        try:
            await self._app(scope, _replayed(body, receive), recording.send)
        finally:
            if not recording.ended:
                await self._settle(user_id, key, recording)

    async def _claim(self, scope: Scope, body: bytes, user_id: str, key: str) -> Claim:
        """Raises ServiceError where the key is in use, or stands for something else, or can't be looked up."""
        target = f"{scope['path']}?{scope.get('query_string', b'').decode('latin-1')}"
        fingerprint = fingerprint_of(scope["method"], target, body)
        claim = await self._keys.claim(user_id, key, fingerprint, None)
        check_same(claim, fingerprint)
        if not claim.first and claim.answer is None and age_s(claim) < _UNANSWERED_S:
            raise in_use()
        return claim

    async def _settle(self, user_id: str, key: str, recording: "_Recording") -> None:
        """An answer that can't be kept is an answer all the same: its key is free again when its time is over."""
        try:
            if recording.worth_keeping:
                await self._keys.answered(user_id, key, recording.answer())
            else:
                await self._keys.forget(user_id, key)
        except StoreUnavailable:
            _log.warning("idempotency_key_unsettled", status=recording.status)


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
    """An answer on its way, as far as it is worth keeping.

    Its key is settled before its last part goes out: who has the answer may ask again at once.
    """

    inner: Send
    settle: Callable[["_Recording"], Awaitable[None]]
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
        if self.ended and message["type"] == "http.response.body":
            await self.settle(self)
        await self.inner(message)

    @property
    def worth_keeping(self) -> bool:
        stream = any("event-stream" in value or "ndjson" in value for _, value in self.headers)
        return (
            self.ended and not self.too_large and not stream and 0 < self.status < 500 and self.status not in _PASSING
        )

    def answer(self) -> dict[str, Any]:
        return {"status": self.status, "headers": self.headers, "body": base64.b64encode(self.body).decode()}
