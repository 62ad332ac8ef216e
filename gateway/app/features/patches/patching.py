"""`/patch_smart`: edits for a plan from an engine, applied to its files in memory, or refused with the reason."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol

import orjson

from chassis.errors import FieldError, NotFound, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ...core.clients.llm import Engine
from ...core.clients.postprocess import Patched, PlannedSnippet
from ...core.identity import User
from ...core.patch_settings import PatchSettings
from ...core.profiles import Profile, ProfileBook
from ...db.patch_tables import PlanRow
from ...storage.identifiers import is_id
from ...storage.patches import PatchStore
from .asking import BUILTIN, EngineDesk, EngineText, Question, window_of
from .ledger import LedgerService, Made, Patcher
from .planning import Planner
from .schemas import PatchResponse, PatchSmartRequest
from .screens import ScreenEdits
from .showing import EditFormat, form_of, one_of_each_file, whole_files

_BY_RULE_S = 5.0
"""For the built-in engine, where another one used the time up."""
_LONGEST_REASON = 1_500
_NOTHING = {"ko": "엔진의 답에 수정이 없습니다.", "en": "The engine's answer has no edits."}
_EMPTY = "no_edits"
_REFUSALS = frozenset({409, 422})


class Patching(Planner, Patcher, Protocol):
    """What is needed of postprocess-service."""


@dataclass(slots=True)
class _Attempt:
    """What is asked of the engine, and why again. `kept`: edits of files that were sound already."""

    paths: list[str]
    reason: str
    kept: list[dict[str, Any]] = field(default_factory=list)
    number: int = 1


class PatchingService:
    def __init__(
        self,
        *,
        store: PatchStore,
        patcher: Patching,
        desk: EngineDesk,
        ledger: LedgerService,
        screens: ScreenEdits,
        limits: PatchSettings,
        profiles: ProfileBook,
    ) -> None:
        self.store, self.patcher, self.desk = store, patcher, desk
        self.ledger, self.screens, self.limits = ledger, screens, limits
        self.profiles = profiles

    async def patch(self, request: PatchSmartRequest, user: User) -> PatchResponse:
        """The patch, in the ledger; `ok` is False where the engine gave no edits.

        Raises:
            NotFound: there is no such plan.
            UpstreamRejected: the edits can't be applied (409, 422), after all attempts.
            UpstreamFailed, UpstreamTimedOut: no engine answered.
        """
        started = perf_counter()
        plan = await self._plan(request.plan.plan_id, user)
        response = await _Run(self, plan, request, user).response()
        response.timings = {"total": round((perf_counter() - started) * 1000, 1)}
        return response

    async def _plan(self, plan_id: str, user: User) -> PlanRow:
        row = await self.store.plan(plan_id, user_id=user.id) if is_id(plan_id) else None
        if row is None:
            message = "There is no such plan: /plan gives one."
            raise NotFound(message, code="plan_not_found", errors=[FieldError("plan.plan_id", message)])
        return row


class _Run:
    """One patch of one plan."""

    def __init__(self, service: PatchingService, plan: PlanRow, request: PatchSmartRequest, user: User) -> None:
        self._service, self._plan, self._user = service, plan, user
        self._options, self._feedback = request.options, request.feedback
        self._limit_s = request.options.max_time_s or service.limits.patch_limit_s
        self._until = asyncio.get_running_loop().time() + self._limit_s
        self._model = request.options.model or "default"
        self._degraded = False

    async def response(self) -> PatchResponse:
        engine = await self._service.desk.engine(self._options.model)
        attempt = _Attempt([file["path"] for file in self._plan.files], self._feedback.reason)
        while True:
            if engine is not None and engine.builtin:
                return await self._by_rule(engine, attempt)
            shown, form = await self._shown(attempt, engine)
            try:
                answer = await self._ask(attempt, shown, form, engine)
            except (UpstreamFailed, UpstreamTimedOut):
                answer = EngineText(engine=BUILTIN, degraded=True)
            if answer.builtin:  # in another engine's place, and it saw too little of the files
                self._model, self._degraded = BUILTIN, answer.degraded
                self._until = asyncio.get_running_loop().time() + _BY_RULE_S
                engine = Engine(id=BUILTIN, kind=BUILTIN, model_class="small", builtin=True)
                continue
            try:
                patched = await self._noted(answer, attempt, shown, form, engine)
                return await self._entered(patched, answer, attempt)
            except UpstreamRejected as refusal:
                again = self._again(attempt, refusal)
                if again is None and refusal.code == _EMPTY:
                    return self._nothing(answer, attempt)
                if again is None:
                    raise
                attempt = again

    async def _by_rule(self, engine: Engine, attempt: _Attempt) -> PatchResponse:
        """The built-in engine: it is shown all of the files, and changes every place or none."""
        answer = EngineText(engine=BUILTIN, degraded=self._degraded)
        if self._plan.generation_id is not None:
            change = await self._service.screens.change(self._plan, self._intent, engine, self._user)
            if change.edits:
                return await self._entered(await self._apply_edits(change.edits), answer, attempt)
            answer.text = change.said
        shown = whole_files(self._plan)
        if shown:
            said = answer.text
            answer = await self._ask(attempt, shown, "search_replace", engine)
            try:
                return await self._entered(await self._applied(answer, attempt, shown), answer, attempt)
            except UpstreamRejected as refusal:
                if refusal.code != _EMPTY:
                    raise
                answer.text = said or answer.text
        return self._nothing(answer, attempt)

    @property
    def _intent(self) -> str:
        return f"{self._plan.intent}\n{self._feedback.hint}".strip()

    async def _shown(self, attempt: _Attempt, engine: Engine | None) -> tuple[list[PlannedSnippet], EditFormat]:
        """The snippets that the engine sees, and the form in which it writes: small models write them whole."""
        names = [target["symbol"] for target in self._plan.plan["targets"] if target["symbol"]]
        body = {
            "intent": self._intent,
            "files": [file for file in self._plan.files if file["path"] in attempt.paths],
            "answer": orjson.dumps({"symbols": names}).decode(),
            "max_characters": self._service.limits.context_characters,
            "language": self._plan.language,
        }
        reading = await self._service.patcher.plans(body, **self._who)
        form = self._options.edit_format or form_of(
            reading.snippets, engine, tokens=self._tokens, wanted=self._profile(engine).edit_format
        )
        return (one_of_each_file(reading.snippets) if form == "whole" else reading.snippets), form

    async def _ask(
        self, attempt: _Attempt, shown: Sequence[PlannedSnippet], form: EditFormat, engine: Engine | None
    ) -> EngineText:
        prompt = await self._service.desk.prompt(
            {
                "task": "patch",
                "prompt": self._intent,
                "language": self._plan.language,
                "framework": self._plan.framework,
                "max_output_tokens": self._tokens,
                "snippets": [item.model_dump(exclude={"symbol"}) for item in shown],
                "steps": self._plan.plan["steps"] if self._plan.plan["source"] == "engine" else [],
                "edit_format": form,
                "retry_reason": attempt.reason or None,
            },
            engine,
            self._user,
            room=window_of(engine),
        )
        question = Question(
            model=self._model,
            max_new_tokens=self._tokens,
            penalty=self._service.limits.patch_penalty,
            until=self._until,
            limit_s=self._limit_s,
            stop_at_json=form == "search_replace",
            fences=len(shown) if form == "whole" else 0,
        )
        return await self._service.desk.ask(prompt, question, engine, self._user)

    async def _applied(self, answer: EngineText, attempt: _Attempt, shown: Sequence[PlannedSnippet]) -> Patched:
        """The answer's edits in their files; of a second attempt together with those that were sound before."""
        patched = await self._service.patcher.patches(
            {
                "files": self._files(attempt.paths),
                "answer": answer.text,
                "finish_reason": answer.finish_reason,
                "shown": [item.model_dump(include={"path", "first_line", "last_line"}) for item in shown],
                "framework": self._plan.framework,
                "language": self._plan.language,
            },
            **self._who,
        )
        if not attempt.kept:
            return patched
        return await self._apply_edits([*attempt.kept, *(_as_sent(edit) for edit in patched.edits)])

    async def _apply_edits(self, edits: Sequence[dict[str, Any]]) -> Patched:
        paths = [file["path"] for file in self._plan.files]
        body = {
            "files": self._files(paths), "edits": list(edits), "framework": self._plan.framework,
            "language": self._plan.language,
        }  # fmt: skip
        return await self._service.patcher.patches(body, **self._who)

    def _files(self, paths: Sequence[str]) -> list[dict[str, Any]]:
        shas = {file["path"]: file["sha256"] for file in self._plan.plan["files"]}
        return [{**file, "sha256": shas[file["path"]]} for file in self._plan.files if file["path"] in paths]

    def _again(self, attempt: _Attempt, refusal: UpstreamRejected) -> _Attempt | None:
        """What to ask next: only for the files whose edits failed, with the reasons. None where that is over."""
        over = asyncio.get_running_loop().time() >= self._until
        if refusal.status not in _REFUSALS or over or attempt.number > self._service.limits.patch_retries:
            return None
        failures = refusal.extra.get("failures") or ()
        failed = {item.get("path") for item in failures}
        paths = [path for path in attempt.paths if path in failed] or attempt.paths
        sound = (
            [edit for edit in refusal.extra.get("edits") or () if edit.get("path") not in failed] if any(failed) else []
        )
        return _Attempt(paths, _reason(refusal), [*attempt.kept, *sound], attempt.number + 1)

    async def _noted(
        self,
        answer: EngineText,
        attempt: _Attempt,
        shown: Sequence[PlannedSnippet],
        form: EditFormat,
        engine: Engine | None,
    ) -> Patched:
        """As `_applied`; whether a first answer could be is a figure of its model. What is asked again is harder."""
        model = engine.model if engine is not None and answer.engine == engine.id and attempt.number == 1 else None
        try:
            patched = await self._applied(answer, attempt, shown)
        except UpstreamRejected as refusal:
            if model and refusal.status in _REFUSALS:
                await self._service.store.note_answer(model=model, edit_format=form, usable=False)
            raise
        if model:
            await self._service.store.note_answer(model=model, edit_format=form, usable=True)
        return patched

    async def _entered(self, patched: Patched, answer: EngineText, attempt: _Attempt) -> PatchResponse:
        made = Made(
            patched=patched,
            bases={file["path"]: file["content"] for file in self._plan.files},
            plan_id=self._plan.id,
            intent=self._plan.intent,
            engine=answer.engine,
            degraded=answer.degraded or self._degraded,
            attempts=attempt.number,
        )
        return await self._service.ledger.enter(made, self._user, dry_run=self._options.dry_run)

    def _nothing(self, answer: EngineText, attempt: _Attempt) -> PatchResponse:
        """`ok: false`. What the built-in engine says is written for people; of a model's answer nobody knows."""
        said = answer.text.strip()[:_LONGEST_REASON] if answer.builtin else ""
        return PatchResponse(
            ok=False, patch_id=None, edits=[], files=[], reason=said or _NOTHING[self._plan.language],
            engine=answer.engine, degraded=answer.degraded or self._degraded, attempts=attempt.number,
        )  # fmt: skip

    def _profile(self, engine: Engine | None) -> Profile:
        return self._service.profiles.of(engine.model if engine else None)

    @property
    def _tokens(self) -> int:
        return self._options.max_new_tokens or self._service.limits.patch_new_tokens

    @property
    def _who(self) -> dict[str, str]:
        return {"user_id": self._user.id, "role": self._user.role}


def _reason(refusal: UpstreamRejected) -> str:
    """The failures in words, with the lines to look at."""
    parts = []
    for item in refusal.extra.get("failures") or ():
        places = "".join(f"\n  {place.get('line')}: {place.get('text')}" for place in item.get("places") or ())
        parts.append(f"{item.get('path')}: {item.get('message')}{places}")
    return ("\n".join(parts) or refusal.detail)[:_LONGEST_REASON]


def _as_sent(edit: dict[str, Any]) -> dict[str, Any]:
    """An edit as it may be sent again, without how it was matched."""
    return {name: value for name, value in edit.items() if name not in {"matched", "at"} and value is not None}
