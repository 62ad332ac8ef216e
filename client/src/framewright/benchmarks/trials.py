"""One trial of each step: whether it went well, whether its JSON did, and how long it took."""

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from framewright.client import Client
from framewright.errors import ClientError, KeyRefused, Refused, Unreachable
from framewright.requests import generation_path

Step = Literal["generate", "plan", "patch"]
STEPS: tuple[Step, ...] = ("generate", "plan", "patch")
PROMPT = "Task 관리 화면 만들어줘"
INTENT = 'replace "(len(values) + 1)" with "len(values)"'
BROKEN = {
    "stats.py": '"""Figures of a list."""\n\n\ndef average(values):\n    """The mean of the values."""\n'
    "    return sum(values) / (len(values) + 1)\n"
}
"""The baseline that every repeat starts from: one fault, as the intent says."""
_NOT_JSON = frozenset({"engine_answer_unusable", "spec_unusable"})
_UNREAD = frozenset({"no_edits", "truncated"})
"""Failures of a patch where no edits could be read. Of any other, edits were there, and can't be applied."""
_NO_ENGINE = frozenset({"engine_failed", "engine_fallback"})
_TAKEN_OVER = 0
"""The attempt of a reset that another gateway's end made necessary, not the engine's answer."""


@dataclass(frozen=True, slots=True)
class Trial:
    """`json_ok`: what the engine wrote could be read as what was asked for.

    None where it wrote nothing: it was not asked, did not answer, or the built-in one stood in for it.
    """

    step: Step
    repeat: int
    ms: float
    ok: bool
    json_ok: bool | None
    engine: str = ""
    error: str = ""


class Trials:
    """Repeats on a mesh. `folder` holds the baseline's files, written anew before each repeat."""

    def __init__(
        self, client: Client, folder: Path, *, model: str | None, mode: str, edit_format: str | None = None,
        prompt: str = PROMPT,
    ) -> None:  # fmt: skip
        self._client, self._folder = client, folder
        self._model, self._mode, self._prompt = model, mode, prompt
        self._generation_id = ""
        self._patching = {
            name: value for name, value in (("model", model), ("edit_format", edit_format)) if value is not None
        }  # fmt: skip

    def run(self, repeats: int, steps: tuple[Step, ...] = STEPS) -> Iterator[Trial]:
        """Each trial when it is over.

        Raises:
            Unreachable, KeyRefused: there is no mesh to measure.
        """
        for repeat in range(1, repeats + 1):
            self.reset_baseline()
            plan: dict[str, Any] = {}
            if "generate" in steps:
                generated = self._timed("generate", repeat, self._generate)
                self._keep_from_learning()
                yield generated
            if "plan" in steps or "patch" in steps:
                planned = self._timed("plan", repeat, partial(self._plan, plan))
                yield planned
            if "patch" in steps and plan:
                yield self._timed("patch", repeat, partial(self._patch, plan))

    def reset_baseline(self) -> None:
        """The files as they were at first: no repeat profits from the one before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, content in BROKEN.items():
            (self._folder / name).write_text(content, encoding="utf-8")

    def _timed(self, step: Step, repeat: int, call: Callable[[], tuple[bool, bool | None, str, str]]) -> Trial:
        started = perf_counter()
        try:
            ok, json_ok, engine, error = call()
        except (Unreachable, KeyRefused):
            raise
        except Refused as refusal:
            code = str(refusal.problem.get("code") or refusal.status)
            ok, json_ok, engine, error = False, _read_of(refusal), "", code
        except ClientError as failure:
            ok, json_ok, engine, error = False, None, "", str(failure)
        return Trial(step, repeat, round((perf_counter() - started) * 1000, 1), ok, json_ok, engine, error)

    def _generate(self) -> tuple[bool, bool | None, str, str]:
        warnings: set[str] = set()
        resets = 0
        ended: dict[str, Any] = {}
        options = {"model": self._model, "mode": self._mode, "options": {"questions": False}}
        for event in self._client.generate(self._prompt, **options):
            self._generation_id = str(event.data.get("generation_id") or self._generation_id)
            warnings |= {str(event.data.get("code"))} if event.type == "warning" else set()
            resets += event.type == "reset" and event.data.get("attempt") != _TAKEN_OVER
            ended = dict(event.data) if event.terminal else ended
        ok = ended.get("type") == "completed" and not ended.get("degraded")
        code = str((ended.get("problem") or {}).get("code") or "")
        json_ok: bool | None = True if ok else None
        if not warnings & _NO_ENGINE and (resets or _NOT_JSON & {*warnings, code}):
            json_ok = False
        problem = code or ", ".join(sorted(warnings & (_NOT_JSON | _NO_ENGINE)))
        return ok, json_ok, str(ended.get("engine") or ""), "" if ok else str(problem or ended.get("type") or "")

    def _keep_from_learning(self) -> None:
        """A trial is no example, even where consent is assumed; an older mesh that can't be told is measured too."""
        if self._generation_id:
            with suppress(Refused):
                path = f"{generation_path(self._generation_id)}/feedback"
                self._client.ask("POST", path, body={"consent": False})
        self._generation_id = ""

    def _plan(self, plan: dict[str, Any]) -> tuple[bool, bool | None, str, str]:
        files = [{"path": name, "content": (self._folder / name).read_text(encoding="utf-8")} for name in BROKEN]
        body = {"intent": INTENT, "files": files, "options": {"model": self._model} if self._model else {}}
        answer = self._client.patches.plan(body)
        plan |= answer
        warnings = {str(item["code"]) for item in answer.get("warnings") or ()}
        own = not answer.get("degraded")
        json_ok = answer["plan"]["source"] == "engine" and not answer.get("truncated") if own else None
        ok = bool(answer["plan"]["steps"]) and own
        return ok, json_ok, str(answer.get("engine") or ""), "" if ok else ", ".join(sorted(warnings)) or "degraded"

    def _patch(self, plan: dict[str, Any]) -> tuple[bool, bool | None, str, str]:
        """Applied to the baseline's files, checked to parse, then taken back in the mesh's ledger."""
        answer = self._client.patches.patch({"plan": {"plan_id": plan["plan_id"]}, "options": self._patching})
        engine, own = str(answer.get("engine") or ""), not answer.get("degraded")
        if not answer.get("ok"):
            return False, False if own else None, engine, "no_edits"
        for file in answer["files"]:
            (self._folder / Path(str(file["path"])).name).write_text(str(file["content"]), encoding="utf-8")
        if answer.get("patch_id"):
            self._client.patches.roll_back(str(answer["patch_id"]))
        parses = all(_parses(self._folder / name) for name in BROKEN)
        ok = parses and own
        return ok, True if own else None, engine, "" if ok else ("degraded" if parses else "does_not_parse")


def _read_of(refusal: Refused) -> bool | None:
    """Whether edits could be read, of a refused patch, which names its failures; None of any other refusal."""
    failures = refusal.problem.get("failures")
    return all(item.get("code") not in _UNREAD for item in failures) if failures else None


def _parses(file: Path) -> bool:
    try:
        ast.parse(file.read_text(encoding="utf-8"))
    except SyntaxError:
        return False
    return True
