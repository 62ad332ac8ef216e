"""The client: a generation as a stream of events that survives cut connections, and the calls around it."""

import uuid
from collections.abc import AsyncGenerator, Callable
from typing import Any, Self, cast
from urllib.parse import quote

import httpx

from framewright.events import Event
from framewright.requests import LONGEST_ANSWER_S, PAUSES_S, Course, generation_path, stated
from framewright.sign_in import BearerAuth
from framewright.types import Account, GenerationPage, GenerationResult, SearchResult

from .connection import AsyncConnection
from .orders import AsyncOrder
from .patches import AsyncPatches
from .repositories import AsyncRepositories
from .sessions import AsyncSessions


class AsyncClient:
    """A connection to a mesh; use it as a context manager, or call `aclose`."""

    def __init__(
        self,
        base_url: str,
        api_key: str = "",
        *,
        auth: httpx.Auth | None = None,
        pauses_s: tuple[float, ...] = PAUSES_S,
        on_cut: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        """`api_key` may be an access token, too; `auth` is for a sign-in that has to be renewed.

        `pauses_s`: how long to wait before each attempt to take up a cut stream; progress starts them over.
        `on_cut` is told why, before each attempt.
        """
        auth = auth or (BearerAuth(api_key) if api_key else None)
        self._connection = AsyncConnection(base_url, auth, pauses_s=pauses_s, on_cut=on_cut)
        self.base_url = base_url
        self.sessions = AsyncSessions(self._connection)
        self.repositories = AsyncRepositories(self._connection)
        self.patches = AsyncPatches(self._connection)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._connection.aclose()

    def order(self, prompt: str, **options: Any) -> AsyncOrder:
        """As `generate`, for who may want to take it back before its first event has come."""
        name = {"Idempotency-Key": str(uuid.uuid4())}
        return AsyncOrder(self._connection, "/api/v1/generations", {"prompt": prompt, **stated(**options)}, name)

    def generate(self, prompt: str, **options: Any) -> AsyncGenerator[Event, None]:
        """Starts a generation and gives its events, each once, to the terminal one.

        `options` are members of the request: framework, mode, model, attachments and so on; None is left out.

        Raises:
            Unreachable: the mesh can't be reached, or a cut stream could not be taken up again.
            Refused, KeyRefused: the mesh did not accept the request.
        """
        return self.order(prompt, **options).events()

    def events(self, generation_id: str, *, after: int = 0) -> AsyncGenerator[Event, None]:
        """The events of a generation after a `seq`, to the terminal one; errors as in `generate`."""
        return self._connection.follow(Course(generation_id, after))

    async def result(self, generation_id: str) -> GenerationResult:
        """The result document, whatever its status."""
        return cast("GenerationResult", await self._connection.json("GET", generation_path(generation_id)))

    async def generations(
        self, *, status: str | None = None, words: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> GenerationPage:
        """One's own generations, the newest first."""
        params = stated(status=status, q=words, cursor=cursor, limit=limit)
        return cast("GenerationPage", await self._connection.json("GET", "/api/v1/generations", params=params))

    async def record(self, generation_id: str) -> dict[str, Any]:
        """Everything that was kept of anybody's generation: for administrators and operators."""
        path = f"/api/admin/generations/{quote(generation_id, safe='')}"
        return cast("dict[str, Any]", await self._connection.json("GET", path))

    async def artifact(self, generation_id: str, path: str) -> bytes:
        """One file, as it has to stand on disk."""
        return (await self._connection.call("GET", f"{generation_path(generation_id)}/artifacts/{quote(path)}")).content

    async def archive(self, generation_id: str) -> bytes:
        """All files of a generation, as a zip."""
        return (await self._connection.call("GET", f"{generation_path(generation_id)}/archive")).content

    async def answer(self, generation_id: str, question_id: str, value: str) -> None:
        """Answers a question that a generation waits for."""
        body = {"question_id": question_id, "value": value}
        await self._connection.call("POST", f"{generation_path(generation_id)}/answers", body=body)

    async def cancel(self, generation_id: str) -> str:
        """The status that it ended with: `cancelled`, or another where it had ended before."""
        return await self._connection.cancel(generation_id)

    async def search(self, query: str, **options: Any) -> SearchResult:
        """Hits of knowledge and code; `options`: kind, framework, limit."""
        body = {"query": query, **stated(**options)}
        return cast("SearchResult", await self._connection.json("POST", "/api/v1/search", body=body))

    async def me(self) -> Account:
        """Who the credential belongs to."""
        return cast("Account", await self._connection.json("GET", "/api/auth/me"))

    async def log_in(self, email: str, password: str) -> dict[str, Any]:
        """An access token and a refresh token for a password: for `framewright.sign_in`."""
        body = {"email": email, "password": password}
        return cast("dict[str, Any]", await self._connection.json("POST", "/api/auth/login", body=body))

    async def log_out(self, refresh_token: str) -> None:
        await self._connection.call("POST", "/api/auth/logout", body={"refresh_token": refresh_token})

    async def lint_pack(self, body: dict[str, Any]) -> dict[str, Any]:
        """Findings of a framework pack, sent as `{name, files: [{path, content}], language}`."""
        findings = await self._connection.json("POST", "/api/v1/packs/lint", body=body, limit_s=LONGEST_ANSWER_S)
        return cast("dict[str, Any]", findings)

    async def ask(self, method: str, path: str, *, body: Any = None) -> dict[str, Any]:
        """Any call that is answered with a JSON object; errors as everywhere."""
        return cast("dict[str, Any]", await self._connection.json(method, path, body=body))

    async def download(self, path: str) -> bytes:
        """The bytes of a file of the mesh, such as a report."""
        return (await self._connection.call("GET", path, limit_s=LONGEST_ANSWER_S)).content
