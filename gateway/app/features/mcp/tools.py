"""What an agent may do here: generate a screen, search the knowledge, check files, apply edits."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from chassis.errors import FieldError, ServiceError, Unprocessable
from screenspec.spec import ScreenSpec

from ...core.clients.postprocess import Emission, Patched
from ...core.clients.rag import SearchAnswer
from ...core.identity import User
from ...pipeline.draft import Order
from ...runs.endings import failure_of
from ...runs.orders import Orders
from ...storage.identifiers import new_id
from ...storage.records import Event, now

MAX_PROMPT = 100_000
MAX_CONTENT = 1_000_000
MAX_FILES = 50
Told = Callable[[int, str], Awaitable[None]]
"""Told how many steps are done, and what the last one said."""


class ToolFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1, max_length=300)]
    content: Annotated[str, Field(max_length=MAX_CONTENT)]


class CheckedFile(ToolFile):
    language: Annotated[str, Field(max_length=50, description="xml, javascript, java, tsx, sql, …")]


class Edit(BaseModel):
    """Text to be replaced: `search` must be found in the file once; without it `replace` is the whole file."""

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1, max_length=300)]
    search: Annotated[str | None, Field(max_length=MAX_CONTENT)] = None
    replace: Annotated[str, Field(max_length=MAX_CONTENT)]


class Searching(Protocol):
    async def search(self, body: dict[str, Any], *, user_id: str, role: str) -> SearchAnswer: ...


class PostProcessing(Protocol):
    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission: ...

    async def patches(self, body: dict[str, Any], *, user_id: str, role: str) -> Patched: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools, on behalf of a user. Refusals are `ServiceError`s; the server says them to the agent."""

    orders: Orders
    knowledge: Searching
    postprocessing: PostProcessing
    default_framework: str = ScreenSpec.model_fields["framework"].get_default()

    async def generate(
        self, user: User, prompt: str, *, framework: str | None, mode: str, base: str | None, told: Told
    ) -> dict[str, Any]:
        """One generation to its end; cancelled where the caller leaves.

        Raises:
            ServiceError: it failed, or was cancelled; this process stops first.
        """
        if not prompt.strip() or len(prompt) > MAX_PROMPT or "\x00" in prompt:
            message = f"There must be 1 to {MAX_PROMPT:,} characters of text."
            raise Unprocessable(message, code="invalid_prompt", errors=[FieldError("prompt", message)])
        order = Order(
            id=new_id(),
            created_at=now(),
            prompt=prompt,
            user_id=user.id,
            role=user.role,
            channel="mcp",
            framework=framework,
            mode=mode,
            mode_given=mode != "spec",
            request={"prompt": prompt, "framework": framework, "mode": mode, "base_generation_id": base},
        )
        created = await self.orders.place(order, base_generation_id=base)
        outcome: dict[str, Any] = {"generation_id": order.id, "files": []}
        steps = 0
        end: Event | None = None
        try:
            async for event in self.orders.events(order.id, created=created):
                if event is None:
                    continue
                end = event if event.terminal else None
                _add(outcome, event)
                said = _said(event)
                if said:
                    steps += 1
                    await told(steps, said)
        finally:
            if end is None:
                await self.orders.cancel(order.id)
        error = failure_of(end)
        if error is not None:
            raise error
        return outcome

    async def search(
        self, user: User, query: str, *, index: Literal["knowledge", "code"], framework: str | None, limit: int
    ) -> dict[str, Any]:
        body = {"query": query, "framework": framework, "limit": limit, "index": index}
        answer = await self.knowledge.search(body, user_id=user.id, role=user.role)
        return {
            "hits": [hit.model_dump(include={"id", "title", "kind", "text", "score", "source"}) for hit in answer.hits],
            "warnings": [warning.model_dump() for warning in answer.warnings],
        }

    async def validate(self, user: User, files: list[CheckedFile], *, framework: str | None) -> dict[str, Any]:
        """The files as they should be, with what was mended and what is still wrong."""
        body = {
            "files": [file.model_dump() for file in files],
            "framework": framework or self.default_framework,
            "language": "en",
        }
        answer = await self.postprocessing.artifacts(body, user_id=user.id, role=user.role)
        kept = {"path", "content", "fixes", "diagnostics"}
        return {"files": [artifact.model_dump(include=kept) for artifact in answer.artifacts]}

    async def patch(self, user: User, files: list[ToolFile], edits: list[Edit]) -> dict[str, Any]:
        """All edits or none."""
        body = {
            "files": [file.model_dump() for file in files],
            "edits": [_edit(edit) for edit in edits],
            "language": "en",
        }
        answer = await self.postprocessing.patches(body, user_id=user.id, role=user.role)
        kept = {"path", "operation", "content", "diff", "sha256"}
        return {
            "files": [file.model_dump(include=kept) for file in answer.files],
            "warnings": [warning.model_dump() for warning in answer.warnings],
        }


def refusal(error: ServiceError) -> str:
    """An error in words for an agent: what, why, and which field."""
    fields = "".join(f"\n- {item.field}: {item.message}" for item in error.errors)
    return f"{error.code}: {error.detail}{fields}"


def _edit(edit: Edit) -> dict[str, Any]:
    if edit.search is None:
        return {"path": edit.path, "content": edit.replace}
    return {"path": edit.path, "search": edit.search, "replace": edit.replace}


def _add(outcome: dict[str, Any], event: Event) -> None:
    """What an event adds to the answer."""
    data = event.data
    if event.type == "artifact":
        file = {name: data[name] for name in ("path", "language", "content")}
        outcome["files"] = [*(item for item in outcome["files"] if item["path"] != file["path"]), file]
    elif event.type == "completed":
        outcome |= {"status": "completed", **{name: data[name] for name in ("kind", "engine", "degraded", "warnings")}}
        outcome |= {name: data[name] for name in ("answer", "reason", "alternatives") if data.get(name)}


def _said(event: Event) -> str:
    if event.type == "stage" and event.data["status"] != "started":
        return str(event.data["summary"] or event.data["stage"])
    return ""
