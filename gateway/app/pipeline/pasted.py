"""A change of code that was sent along: the engine's edits in its files, all of them or none."""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from chassis.errors import Unprocessable, UpstreamRejected

from ..core.clients.postprocess import Emission, EmittedArtifact, Patched
from ..core.clients.rag import PromptAnswer
from .draft import BUILTIN, Draft, Order, stage
from .engine import EngineAnswer, EngineLimits, EngineStage
from .knowledge import model_class_of
from .ports import Knowledge, Postprocessing, Sink
from .prompt import DEFAULT_OUTPUT, DEFAULT_WINDOW

LANGUAGES = {
    ".xml": "xml", ".js": "javascript", ".jsx": "javascript", ".ts": "typescript", ".tsx": "tsx", ".java": "java",
    ".py": "python", ".sql": "sql", ".css": "css", ".html": "html", ".json": "json", ".yaml": "yaml", ".yml": "yaml",
}  # fmt: skip
_FENCE = re.compile(r"^```([\w+-]*)[^\n]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_LINE_END = re.compile(r"\r\n?")
_EXTENSIONS = {language: extension for extension, language in reversed(LANGUAGES.items())} | {
    "js": ".js", "ts": ".ts", "py": ".py", "jsx": ".jsx",
}  # fmt: skip
_ATTEMPTS = 3
_WHOLE_TO_BUILTIN = 1_000_000
_CHARACTERS_PER_TOKEN = 3
_MOST_REASON = 1_500
_REFUSALS = frozenset({409, 422})
File = dict[str, Any]


def code_of(order: Order) -> list[File]:
    """The files among the attachments, then the code that stands in the prompt in fences."""
    files: dict[str, str] = {}
    for item in order.attachments:
        path = PurePosixPath(str(item.get("name") or ""))
        if path.suffix.lower() in LANGUAGES and item.get("encoding") != "base64":
            files.setdefault(_inside(path), str(item.get("content") or ""))
    for number, match in enumerate(_FENCE.finditer(order.prompt), start=1):
        extension = _EXTENSIONS.get(match[1].lower()) or (".xml" if match[2].lstrip().startswith("<") else ".js")
        files.setdefault(f"pasted{'' if number == 1 else number}{extension}", match[2])
    return [{"path": path, "content": content} for path, content in files.items() if content.strip()]


def _inside(path: PurePosixPath) -> str:
    """A name that leads nowhere else."""
    return "/".join(part for part in path.parts if part not in {"..", "/", "."}) or "pasted"


def sha256_forms(content: str) -> set[str]:
    """The hashes of a text as it may have been sent out: with another line end, a mark before it, or its last end."""
    plain = _LINE_END.sub("\n", content.removeprefix("\ufeff"))
    texts = {content, plain, plain.rstrip("\n"), plain.rstrip("\n") + "\n"}
    texts |= {text.replace("\n", "\r\n") for text in texts if "\r" not in text}
    return {hashlib.sha256((mark + text).encode()).hexdigest() for text in texts for mark in ("", "\ufeff")}


class CodeChange:
    """Stages 5 to 11 of such a change."""

    def __init__(
        self, prompts: Knowledge, engine: EngineStage, postprocessing: Postprocessing, limits: EngineLimits
    ) -> None:
        self._prompts, self._engine, self._postprocessing, self._limits = prompts, engine, postprocessing, limits

    async def run(self, draft: Draft, sink: Sink, files: list[File]) -> None:
        """All files into the draft; those that nothing was asked of are as they came, byte for byte.

        Raises:
            Unprocessable: the edits can't be applied, or there are none; the reason is the engine's or the check's.
        """
        until = asyncio.get_running_loop().time() + min(self._limits.total_s, draft.left_s())
        builtin, reason = draft.engine is not None and draft.engine.id == BUILTIN, ""
        for attempt in range(1, _ATTEMPTS + 1):
            shown = await self._shown(draft, files, builtin=builtin)
            prompt = await self._prompt(draft, sink, shown, reason, builtin=builtin)
            answer = await self._engine.run(draft, sink, prompt, attempt=attempt, builtin=builtin, until=until)
            draft.degraded = answer.degraded or draft.degraded
            if answer.builtin and not builtin:  # in another engine's place, and it has to see all of the files
                builtin = True
                sink.emit("reset", {"stage": "engine", "attempt": attempt, "reason": answer.fallback_reason or ""})
                continue
            try:
                with stage(draft, sink, "postprocess") as report:
                    patched = await self._applied(draft, files, shown, answer)
                    report.summary = draft.say("code_changed", files=len(patched.files))
            except UpstreamRejected as refusal:
                if refusal.status not in _REFUSALS:
                    raise
                reason = _reason(refusal)
                if answer.builtin or attempt == _ATTEMPTS - 1:
                    said = answer.text.strip()[:_MOST_REASON] if answer.builtin else reason
                    raise Unprocessable(
                        draft.say("code_unchanged", reason=said), code="modification_failed"
                    ) from refusal
                sink.emit("reset", {"stage": "engine", "attempt": attempt, "reason": reason})
            else:
                _keep(draft, sink, files, patched)
                return

    async def _shown(self, draft: Draft, files: list[File], *, builtin: bool) -> list[dict[str, Any]]:
        """All of every file where there is room for it, else the lines that the change is about."""
        window = (draft.engine.context_window if draft.engine else None) or DEFAULT_WINDOW
        room = _WHOLE_TO_BUILTIN if builtin else (window - DEFAULT_OUTPUT // 2) * _CHARACTERS_PER_TOKEN // 2
        if sum(len(file["content"]) for file in files) <= room:
            return [_whole(file) for file in files]
        body = {"intent": instruction(draft), "files": files, "max_characters": room, "language": draft.language}
        reading = await self._postprocessing.plans(body, **draft.user)
        return [snippet.model_dump(exclude={"symbol"}) for snippet in reading.snippets]

    async def _prompt(
        self, draft: Draft, sink: Sink, shown: Sequence[dict[str, Any]], reason: str, *, builtin: bool
    ) -> PromptAnswer:
        engine = draft.engine
        window = (engine.context_window if engine else None) or DEFAULT_WINDOW
        with stage(draft, sink, "prompt") as report:
            prompt = await self._prompts.prompts(
                {
                    "task": "patch",
                    "prompt": instruction(draft),
                    "language": draft.language,
                    "framework": draft.framework,
                    "hits": [],
                    "model_class": model_class_of(draft),
                    "context_window": _WHOLE_TO_BUILTIN if builtin else window,
                    "max_output_tokens": (engine.max_output_tokens if engine else None) or DEFAULT_OUTPUT,
                    "snippets": list(shown),
                    "edit_format": "search_replace",
                    "retry_reason": reason or None,
                },
                **draft.user,
            )
            report.summary = draft.say("prompt", messages=len(prompt.messages))
        draft.prompt_answer = prompt
        draft.prompts.append(prompt.model_dump(exclude={"response_schema", "warnings"}) | {"fallback": None})
        sink.record({"prompts": draft.prompts})
        return prompt

    async def _applied(
        self, draft: Draft, files: list[File], shown: Sequence[dict[str, Any]], answer: EngineAnswer
    ) -> Patched:
        places = [{name: item[name] for name in ("path", "first_line", "last_line")} for item in shown]
        return await self._postprocessing.patches(
            {
                "files": files,
                "answer": answer.text,
                "finish_reason": answer.finish_reason,
                "shown": places,
                "framework": draft.framework,
                "language": draft.language,
            },
            **draft.user,
        )


def instruction(draft: Draft) -> str:
    """What is asked, without the code that it is asked about."""
    return _FENCE.sub("", draft.prompt).strip() or draft.prompt


def _whole(file: File) -> dict[str, Any]:
    text = _LINE_END.sub("\n", file["content"].removeprefix("\ufeff")).removesuffix("\n")
    return {
        "path": file["path"], "language": language_of(file["path"]), "first_line": 1,
        "last_line": text.count("\n") + 1, "text": text,
    }  # fmt: skip


def language_of(path: str) -> str:
    return LANGUAGES.get(PurePosixPath(path).suffix.lower(), "text")


def _reason(refusal: UpstreamRejected) -> str:
    failures = refusal.extra.get("failures") or ()
    return ("\n".join(f"{item.get('path')}: {item.get('message')}" for item in failures) or refusal.detail)[
        :_MOST_REASON
    ]


def _keep(draft: Draft, sink: Sink, files: list[File], patched: Patched) -> None:
    """All files, as one would put them back."""
    contents = {file["path"]: file["content"] for file in files} | {file.path: file.content for file in patched.files}
    draft.pass_on(sink, patched.warnings)
    draft.emission = Emission(artifacts=[_artifact(path, content) for path, content in contents.items()])
    for artifact in draft.emission.artifacts:
        sink.emit("artifact", artifact.model_dump())


def _artifact(path: str, content: str) -> EmittedArtifact:
    encoded = content.encode()
    return EmittedArtifact(
        path=path, kind="file", language=language_of(path), sha256=hashlib.sha256(encoded).hexdigest(),
        size=len(encoded), content=content,
    )  # fmt: skip
