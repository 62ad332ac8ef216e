"""Turns and single answers for REST callers."""

from typing import Any

from chassis.errors import Conflict, NotFound, ServiceError, UpstreamFailed

from ...conversations.context_window import fit
from ...conversations.documents import message_document
from ...conversations.rows import Ask
from ...conversations.turns import Opened, Turns
from ...core.clients.llm import Engine, Engines, LlmClient
from ...core.identity import User
from ...core.token_counts import prompt_limit
from ...pipeline.draft import Order
from ...runs.orders import Orders
from ...storage.conversation_records import Session
from ...storage.generations import GenerationStore
from ...storage.identifiers import is_id, new_id
from ...storage.messages import MessageStore
from ...storage.records import Event, now
from ...storage.sessions import SessionStore
from .schemas import AnswerFrame, ChatMessageFrame, GenerateRequest, TurnRequest


class ChatService:
    def __init__(
        self,
        *,
        turns: Turns,
        sessions: SessionStore,
        messages: MessageStore,
        generations: GenerationStore,
        orders: Orders,
        engines: LlmClient,
    ) -> None:
        self._turns, self._sessions, self._messages = turns, sessions, messages
        self._generations, self._orders, self._engines = generations, orders, engines

    async def session(self, session_id: str, user: User) -> Session:
        """One's own session.

        Raises:
            NotFound: there is none of this id, or it is another user's.
        """
        found = await self._sessions.get(session_id, user.id) if is_id(session_id) else None
        if found is None:
            raise NotFound("There is no such session.", code="session_not_found")
        return found

    async def open(
        self, session_id: str, request: TurnRequest | ChatMessageFrame, user: User, *, interactive: bool
    ) -> Opened:
        session = await self.session(session_id, user)
        ask = Ask(**request.model_dump(exclude={"type"}), interactive=interactive)
        return await self._turns.open(session, ask, user)

    async def answered(self, session_id: str, opened: Opened, user: User) -> dict[str, Any]:
        """The two messages of a turn, when the answer is there.

        Raises:
            ServiceError: the generation failed, with its status.
        """
        await self._turns.ended(opened, user)
        answer = await self._turns.answer(session_id, opened.turn)
        if answer is None:
            raise NotFound("The message was deleted before its answer came.", code="message_not_found")
        if answer["status"] == "failed":
            raise _failure(answer["problem"] or {}, opened.turn.generation_id)
        mine = await self._messages.get(session_id, opened.turn.user_message_id or "")
        return {"user_message": message_document(mine) if mine else {}, "message": message_document(answer)}

    async def cancel(self, session_id: str, generation_id: str | None, user: User) -> None:
        """Cancels the session's running turn.

        Raises:
            Conflict: nothing runs, or something else than was named.
        """
        await self._turns.cancel(await self._running(session_id, generation_id, user))

    async def answer(self, session_id: str, frame: AnswerFrame, user: User) -> None:
        """Answers a question that the running turn asked.

        Raises:
            Conflict: nothing runs, or it was answered before.
            NotFound: there was no such question.
        """
        generation_id = await self._running(session_id, frame.generation_id, user)
        asked = await self._turns.questions(generation_id)
        if frame.question_id not in asked:
            raise NotFound("The generation did not ask that question.", code="question_not_found")
        if not await self._generations.add_answer(generation_id, frame.question_id, frame.value):
            raise Conflict("The question was answered before.", code="already_answered")

    async def _running(self, session_id: str, generation_id: str | None, user: User) -> str:
        running = (await self.session(session_id, user)).running
        if running is None or generation_id not in {None, running}:
            raise Conflict("Nothing of this session is running.", code="nothing_running")
        return running

    async def generate(self, request: GenerateRequest, user: User) -> Event:
        """Starts an answer without a session; gives its first event."""
        await self._orders.check_model(request.model)
        engines = await self._engines.engines()
        engine = engines.find(request.model) if engines else None
        limit = prompt_limit(engine.context_window if engine else None, request.max_tokens)
        fit(request.prompt, (), system_prompt=request.system_prompt, limit=limit, earlier_count=0, field="prompt")
        order = Order(
            id=new_id(),
            created_at=now(),
            prompt=request.prompt,
            user_id=user.id,
            role=user.role,
            model=request.model,
            channel="llm",
            request=request.model_dump(mode="json"),
            chat=True,
            temperature=request.temperature,
            max_tokens=request.max_tokens,
            system_prompt=request.system_prompt,
            use_knowledge=request.use_knowledge,
        )
        return await self._orders.place(order)

    async def generated(self, created: Event, user: User) -> dict[str, Any]:
        """The whole answer.

        Raises:
            ServiceError: the generation failed, with its status.
        """
        row = await self._orders.end_of(created.data["generation_id"], user_id=user.id, created=created)
        if row.status != "completed":
            raise _failure(row.problem or {"detail": "The answer was cancelled.", "status": 409}, row.id)
        return {
            "generation_id": row.id,
            "text": row.answer or "",
            "model": row.model,
            "model_version": row.engine_model,
            "engine": row.engine,
            "degraded": row.degraded,
            "usage": row.usage or {},
            "processing_ms": row.duration_ms,
            "warnings": row.warnings or [],
        }

    async def models(self) -> Engines:
        """The engines that there are.

        Raises:
            UpstreamFailed: llm-proxy can't be asked, and never could.
        """
        found = await self._engines.engines()
        if found is None:
            raise UpstreamFailed("llm-proxy can't be asked for its engines.", code="engines_unknown")
        return found

    async def model(self, model_id: str) -> Engine:
        found = (await self.models()).find(model_id)
        if found is None:
            raise NotFound("There is no such model.", code="model_not_found")
        return found


def _failure(problem: dict[str, Any], generation_id: str) -> ServiceError:
    error = ServiceError(
        str(problem.get("detail", "The answer failed.")), code=str(problem.get("code", "generation_failed")),
        extra={"generation_id": generation_id},
    )  # fmt: skip
    error.status = type(error.status)(int(problem.get("status", 500)))
    return error
