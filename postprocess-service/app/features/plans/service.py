"""Plans a change: which definitions of which files an intent is about; an engine's plan is read and mended."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from chassis.errors import FieldError, Unprocessable

from ...specs.loose_json import LooseReader, NotJsonError, WorkLimitError
from ..patches.edits import EditFailure
from ..patches.messages import message
from ..patches.paths import checked_path
from .schemas import PlanFile, PlanRequest, PlanResponse, PlanSnippet, PlanTarget
from .targets import Source, snippets_of

_SYMBOLS = ("symbol", "symbols", "target", "targets", "function", "at", "name")
_STEPS = ("step", "steps", "do", "plan", "change", "action")
_LONGEST_STEP = 300
_MOST_STEPS = 10
_MOST_SYMBOLS = 200


@dataclass(frozen=True, slots=True)
class EnginePlan:
    """What an engine's answer says: names and steps, as far as they can be read."""

    symbols: list[str]
    steps: list[str]
    closed: bool


class PlanService:
    """A pure function of the request."""

    def plan(self, request: PlanRequest) -> PlanResponse:
        """Raises `Unprocessable` where a path is none inside a workspace."""
        _check_paths(request)
        sources = [Source(file.path, file.content) for file in request.files]
        read = _read_plan(request.answer) if request.answer else None
        names = list(_known_names(read.symbols if read else [], sources))
        targets = sorted(
            (target for source in sources for target in source.targets(request.intent, names)),
            key=lambda item: -item.score,
        )
        chosen = [target for target in targets if target.score >= targets[0].score // 2]
        usable = read is not None and bool(names or read.steps)
        return PlanResponse(
            steps=read.steps if read and read.steps else [request.intent[:_LONGEST_STEP]],
            targets=[PlanTarget(**_place(target.path, target.symbol, target.first, target.last)) for target in chosen],
            snippets=[
                PlanSnippet(
                    **_place(item.path, item.symbol, item.first, item.last),
                    language=next(source.language for source in sources if source.path == item.path),
                    text=item.text,
                )
                for item in snippets_of(sources, chosen, room=request.max_characters)
            ],
            files=[
                _file(source, file.content, file.encoding) for source, file in zip(sources, request.files, strict=True)
            ],
            source="engine" if usable else "rules",
            truncated=read is not None and (not read.closed or request.finish_reason == "length"),
        )


def _check_paths(request: PlanRequest) -> None:
    for number, file in enumerate(request.files):
        try:
            checked_path(file.path)
        except EditFailure as failure:
            text = message(failure.code, request.language, **failure.names)
            error = FieldError(f"files.{number}.path", text, failure.code)
            raise Unprocessable(text, code=failure.code, errors=[error]) from failure


def _read_plan(answer: str) -> EnginePlan | None:
    """The first JSON value of an answer; one that was cut off is closed."""
    start = min((place for mark in "{[" if (place := answer.find(mark)) >= 0), default=-1)
    if start < 0:
        return None
    try:
        parsed = LooseReader(answer).read(start)
    except (NotJsonError, WorkLimitError):
        return None
    return EnginePlan(
        symbols=[text for text in _texts(parsed.value, _SYMBOLS) if text],
        steps=[text[:_LONGEST_STEP] for text in _texts(parsed.value, _STEPS) if text.strip()][:_MOST_STEPS],
        closed=parsed.complete,
    )


def _texts(value: Any, names: Sequence[str]) -> Iterator[str]:
    """The texts of the members with these names, at any place."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, names)
    elif isinstance(value, dict):
        for name, item in value.items():
            if str(name).lower() not in names:
                yield from _texts(item, names)
            elif isinstance(item, str):
                yield item
            elif isinstance(item, list):
                yield from (part for part in item if isinstance(part, str))


def _known_names(wanted: Sequence[str], sources: Sequence[Source]) -> Iterator[str]:
    """Names that the files define; one that is nearly written so counts."""
    known = {symbol.name for source in sources for symbol in source.symbols}
    for name in wanted[:_MOST_STEPS]:
        bare = name.rsplit(".", maxsplit=1)[-1].split("(")[0].strip()[:200]
        if bare in known:
            yield bare
        else:
            yield from get_close_matches(bare, sorted(known)[:2_000], n=1, cutoff=0.85)


def _place(path: str, symbol: str, first: int, last: int) -> dict[str, Any]:
    return {"path": path, "symbol": symbol, "first_line": first + 1, "last_line": last + 1}


def _file(source: Source, content: str, encoding: str) -> PlanFile:
    try:
        data = content.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        data = content.encode()
    return PlanFile(
        path=source.path,
        language=source.language,
        sha256=hashlib.sha256(data).hexdigest(),
        lines=len(source.text.lines),
        symbols=[symbol.name for symbol in source.symbols[:_MOST_SYMBOLS]],
    )
