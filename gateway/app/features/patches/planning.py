"""`/plan`: the files, what in them an intent is about, and the engine's short word on it."""

import asyncio
import re
from time import perf_counter
from typing import Any, Protocol

from chassis.errors import NotFound, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ...core.clients.llm import Engine
from ...core.clients.postprocess import PlanReading
from ...core.identity import User
from ...core.patch_settings import PatchSettings
from ...db.patch_tables import PlanRow
from ...storage.identifiers import is_id, new_id
from ...storage.patches import PatchStore
from ...storage.records import now
from .asking import EngineDesk, EngineText, Question
from .schemas import (
    PatchWarning,
    Plan,
    PlanLine,
    PlanListResponse,
    PlannedFile,
    PlannedTarget,
    PlanRequest,
    PlanResponse,
)
from .sources import Base, BaseFiles

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_SHOWN_INTENT = 600
"""Characters of the intent that the engine sees: it shares 1,024 tokens with the code."""
_NO_ENGINE = {
    "ko": "엔진이 계획을 답하지 않아 규칙으로 계획했습니다: {reason}",
    "en": "The engine gave no plan, so rules made it: {reason}",
}
_SKIPPED = {"ko": "읽을 수 없어 뺀 파일: {names}", "en": "Left out, for they can't be read: {names}"}


class Planner(Protocol):
    async def plans(self, body: dict[str, Any], *, user_id: str, role: str) -> PlanReading: ...


class PlanningService:
    def __init__(
        self, *, store: PatchStore, bases: BaseFiles, planner: Planner, desk: EngineDesk, limits: PatchSettings
    ) -> None:
        self._store, self._bases, self._planner, self._desk, self._limits = store, bases, planner, desk, limits

    async def plan(self, request: PlanRequest, user: User) -> PlanResponse:
        """The plan, kept with its files.

        Raises:
            Unprocessable, NotFound, PayloadTooLarge: there are no files to plan with.
            UpstreamRejected: a path is none that a patch may write to.
        """
        started = perf_counter()
        language = "ko" if _HANGUL.search(request.intent) else "en"
        base = await self._bases.collect(request, user)
        reading, answer, warnings = await self._read(request, base, language, user)
        plan_id = new_id()
        plan = Plan(
            plan_id=plan_id,
            intent=request.intent,
            steps=reading.steps,
            targets=[PlannedTarget.model_validate(target) for target in reading.targets],
            files=[PlannedFile(**file.model_dump()) for file in reading.files],
            source=reading.source,
        )
        await self._store.add_plan(_row(request, base, plan, language, user))
        if base.skipped:
            warnings.append(_warning("files_skipped", _SKIPPED[language].format(names=", ".join(base.skipped[:10]))))
        return PlanResponse(
            plan_id=plan_id,
            plan=plan,
            truncated=reading.truncated,
            engine=answer.engine if answer else None,
            degraded=answer.degraded if answer else True,
            timings={"total": round((perf_counter() - started) * 1000, 1)},
            warnings=warnings,
        )

    async def page(self, user: User, *, cursor: str | None, limit: int) -> PlanListResponse:
        rows = await self._store.plans(user_id=user.id, cursor=cursor, limit=limit)
        items = [PlanLine(plan_id=row["id"], created_at=row["created_at"], intent=row["intent"]) for row in rows]
        more = len(items) > limit
        return PlanListResponse(items=items[:limit], next_cursor=items[limit - 1].plan_id if more else None)

    async def delete(self, plan_id: str, user: User) -> None:
        """Patches that were made of it stay in the ledger. Raises `NotFound`."""
        if not is_id(plan_id) or not await self._store.delete_plan(plan_id, user_id=user.id):
            raise NotFound("There is no such plan.", code="plan_not_found")

    async def _read(
        self, request: PlanRequest, base: Base, language: str, user: User
    ) -> tuple[PlanReading, EngineText | None, list[PatchWarning]]:
        """First by rule, for the snippets that the engine sees; then with the engine's answer, where one comes."""
        options = request.options
        body = {
            "intent": request.intent,
            "files": [_base_file(file) for file in base.files],
            "max_characters": options.context_characters or self._limits.context_characters,
            "language": language,
        }
        by_rule = await self._planner.plans(body, user_id=user.id, role=user.role)
        engine = await self._desk.engine(options.model)
        try:
            answer = await self._ask(request, by_rule, language, base.framework, engine, user)
        except (UpstreamFailed, UpstreamTimedOut, UpstreamRejected) as error:
            return by_rule, None, [_warning("planned_by_rules", _NO_ENGINE[language].format(reason=error.detail))]
        said = {**body, "answer": answer.text or None, "finish_reason": answer.finish_reason}
        reading = await self._planner.plans(said, user_id=user.id, role=user.role)
        return reading, answer, []

    async def _ask(
        self,
        request: PlanRequest,
        by_rule: PlanReading,
        language: str,
        framework: str | None,
        engine: Engine | None,
        user: User,
    ) -> EngineText:
        limits, options = self._limits, request.options
        tokens = options.max_new_tokens or limits.plan_new_tokens
        limit_s = options.max_time_s or limits.plan_limit_s
        prompt = await self._desk.prompt(
            {
                "task": "plan",
                "prompt": request.intent[:_SHOWN_INTENT],
                "language": language,
                "framework": framework,
                "max_output_tokens": tokens,
                "snippets": [snippet.model_dump(exclude={"symbol"}) for snippet in by_rule.snippets],
            },
            engine,
            user,
            room=limits.plan_input_tokens + tokens,
        )
        question = Question(
            model=options.model or "default",
            max_new_tokens=tokens,
            penalty=limits.plan_penalty,
            until=asyncio.get_running_loop().time() + limit_s,
            limit_s=limit_s,
            stop_at_json=True,
        )
        return await self._desk.ask(prompt, question, engine, user)


def _row(request: PlanRequest, base: Base, plan: Plan, language: str, user: User) -> PlanRow:
    return PlanRow(
        id=plan.plan_id,
        created_at=now(),
        user_id=user.id,
        intent=request.intent,
        language=language,
        framework=base.framework,
        generation_id=base.generation_id if base.has_spec else None,
        plan=plan.model_dump(),
        files=[{name: file[name] for name in ("path", "content", "encoding")} for file in base.files],
    )


def _base_file(file: dict[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in ("path", "content", "encoding", "sha256") if file.get(name) is not None}


def _warning(code: str, message: str) -> PatchWarning:
    return PatchWarning(code=code, message=message)
