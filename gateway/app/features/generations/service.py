"""What callers do with generations: order, follow, cancel, answer, rate."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from math import inf
from typing import Any, Literal

from chassis.deadlines import remaining_s
from chassis.errors import Conflict, NotFound

from ...conversations.attached import SessionOrders
from ...core.idempotency import Subjects, fingerprint_of
from ...core.identity import User
from ...core.webhook_addresses import AllowedAddresses, check_url
from ...db.tables import GenerationRow
from ...learning.distance import edit_distance
from ...pipeline.draft import Order
from ...runs.orders import Orders
from ...storage.generations import GenerationStore
from ...storage.identifiers import is_id
from ...storage.learning import LearningStore
from ...storage.records import Event, GenerationFilter, GenerationSummary, moment, now
from .options import emission_options
from .schemas import AcceptedFile, AnswerRequest, FeedbackRequest, GenerationRequest
from .views import failure, result_of

How = Literal["stream", "wait", "job"]
"""How the caller takes the answer; only who follows the stream can be asked back."""


class GenerationService:
    def __init__(
        self,
        *,
        orders: Orders,
        sessions: SessionOrders,
        generations: GenerationStore,
        learning: LearningStore,
        subjects: Subjects,
        allowed: AllowedAddresses,
    ) -> None:
        self._orders = orders
        self._sessions = sessions
        self._generations = generations
        self._learning = learning
        self._subjects = subjects
        self._allowed = allowed

    async def order_once(
        self, request: GenerationRequest, user: User, *, how: How, key: str | None
    ) -> tuple[str, Event | None]:
        """The generation's id and first event; None where an earlier request with the same key has made it."""
        fingerprint = fingerprint_of("POST", "/api/v1/generations", request.model_dump_json().encode())

        async def exists(generation_id: str) -> bool:
            return await self._generations.get(generation_id, user_id=user.id) is not None

        return await self._subjects.make_once(
            user.id, key, fingerprint, make=lambda made: self.order(request, user, how=how, generation_id=made),
            exists=exists,
        )  # fmt: skip

    async def order(self, request: GenerationRequest, user: User, *, how: How, generation_id: str) -> Event:
        """Starts a generation, or leaves it to a job, and gives its first event."""
        if request.webhook is not None:
            check_url(request.webhook.url, self._allowed)
        created_at = now()
        order = Order(
            id=generation_id,
            created_at=created_at,
            prompt=request.prompt,
            user_id=user.id,
            role=user.role,
            mode=request.mode,
            mode_given="mode" in request.model_fields_set,
            framework=request.framework,
            model=request.model,
            session_id=request.session_id,
            interactive=how == "stream" and request.options.questions,
            strictness=request.options.strictness,
            artifacts=request.artifacts,
            emission=emission_options(request.options.model_dump()),
            attachments=[attachment.model_dump() for attachment in request.attachments],
            request=request.model_dump(mode="json"),
            deadline_at=_deadline(created_at, request.options.deadline_s),
            webhook=request.webhook.model_dump() if request.webhook else None,
        )
        place = self._orders.enqueue if how == "job" else self._orders.place
        return await self._sessions.place(order, place, user, base_generation_id=request.base_generation_id)

    async def admitted(self, created: Event) -> None:
        """Waits until the intent is known, so that a refusal is an answer and not an event.

        Raises:
            GenerationFailed: the request itself was refused (4xx).
        """
        generation_id = created.data["generation_id"]
        async for event in self._orders.events(generation_id, created=created):
            if event is None:
                return
            if event.type == "stage" and event.data["stage"] == "intent" and event.data["status"] == "completed":
                return
            if event.type == "failed" and event.data["problem"]["status"] < 500:
                raise failure(generation_id, event.data["problem"])
            if event.terminal:
                return

    async def result(self, generation_id: str, user: User) -> dict[str, Any]:
        return result_of(await self.record(generation_id, user))

    async def awaited(self, generation_id: str, created: Event | None, user: User) -> dict[str, Any]:
        """The result at the generation's end.

        Raises:
            GenerationFailed: with the status of what made it fail.
        """
        row = await self._orders.end_of(generation_id, user_id=user.id, created=created)
        if row.status == "failed" and row.problem:
            raise failure(row.id, row.problem)
        return result_of(row)

    def groups(
        self, generation_id: str, *, after: int = 0, created: Event | None = None
    ) -> AsyncIterator[list[Event] | None]:
        return self._orders.groups(generation_id, after=after, created=created)

    async def page(
        self, user: User, *, status: str | None, query: str | None, cursor: str | None, limit: int
    ) -> tuple[list[GenerationSummary], str | None]:
        """One's own generations, newest first, and the cursor of the next page."""
        wanted = GenerationFilter(user_id=user.id, status=status, query=query, cursor=cursor, limit=limit)
        found = await self._generations.list(wanted)
        page = found[:limit]
        return page, page[-1].id if len(found) > limit else None

    async def cancel(self, generation_id: str, user: User) -> str:
        """The status in which the generation ended, cancelled or not."""
        row = await self.record(generation_id, user)
        if row.ended_at is None:
            await self._orders.cancel(generation_id)
            row = await self._orders.end_of(generation_id, user_id=user.id)
        return row.status

    async def answer(self, generation_id: str, request: AnswerRequest, user: User) -> None:
        """Keeps the answer and wakes the generation, wherever it runs."""
        row = await self.record(generation_id, user)
        if row.ended_at is not None:
            raise Conflict("The generation has ended: there is nothing to answer.", code="generation_ended")
        if row.status != "waiting":
            raise Conflict("The generation does not wait for an answer.", code="not_waiting")
        asked = {question["id"] for question in (row.intent or {}).get("questions", ())}
        if request.question_id not in asked:
            raise NotFound("The generation did not ask that question.", code="question_not_found")
        if not await self._generations.add_answer(generation_id, request.question_id, request.value):
            raise Conflict("The question was answered before.", code="already_answered")

    async def rate(self, generation_id: str, request: FeedbackRequest, user: User) -> dict[str, Any]:
        """Keeps what is said; the accepted code with its distance from the emitted."""
        row = await self.record(generation_id, user)
        said = request.model_dump(mode="json", exclude_unset=True)
        feedback = {**FeedbackRequest().model_dump(), **(row.feedback or {}), **said, "at": moment(now())}
        if "accepted" in said:
            feedback["distance"] = await self._distance(generation_id, request.accepted)
        await self._generations.set_feedback(generation_id, feedback)
        return {"generation_id": generation_id, **feedback}

    async def _distance(self, generation_id: str, accepted: list[AcceptedFile] | None) -> dict[str, Any] | None:
        if accepted is None:
            return None
        emitted = await self._learning.emitted(generation_id)
        taken = {file.path: file.content for file in accepted}
        measured = await asyncio.to_thread(edit_distance, {path: emitted.get(path, "") for path in taken}, taken)
        return measured.model_dump()

    async def record(self, generation_id: str, user: User) -> GenerationRow:
        """One's own generation; another user's is not found."""
        row = await self._generations.get(generation_id, user_id=user.id) if is_id(generation_id) else None
        if row is None:
            raise NotFound("There is no such generation.", code="generation_not_found")
        return row


def _deadline(created_at: datetime, option_s: float | None) -> datetime | None:
    """The end of the caller's time, from the request or from the deadline header; None where neither says any."""
    left = min(option_s or inf, remaining_s())
    return created_at + timedelta(seconds=left) if left < inf else None
