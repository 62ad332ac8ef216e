"""All sources of a data model in a request: the prompt and its attachments, each read by the reader that fits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .ddl import read_ddl
from .declared import DeclaredModel, Problem
from .words import read_words

_DDL = re.compile(
    r"\bCREATE\s+(?:\w+\s+){0,3}?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\w.\"`\[가-힣]+\s*(?:\(|\n)", re.IGNORECASE
)
_FENCE = re.compile(r"```[\w-]*\n?|```")


class Attached(Protocol):
    """A file beside the prompt."""

    name: str
    media_type: str
    content: str


@dataclass(slots=True)
class Sources:
    """What was stated, and the prompt's prose without the parts that stated it."""

    model: DeclaredModel = field(default_factory=DeclaredModel)
    prose: str = ""


def read_sources(text: str, attachments: Sequence[Attached]) -> Sources:
    """Formal sources first; plain words are read where the prompt holds no formal one."""
    sources = Sources(prose=text)
    for attachment in attachments:
        _read_attachment(attachment, sources)
    if _DDL.search(text):
        sources.model.extend(read_ddl(_FENCE.sub("   ", text), ""))
        sources.prose = _without_ddl(text)
    if not sources.model.entities:
        spoken = read_words(text)
        sources.model.extend(spoken.model)
        sources.prose = _without(text, spoken.spans) if spoken.spans else sources.prose
    return sources


def _read_attachment(attachment: Attached, sources: Sources) -> None:
    if _DDL.search(attachment.content):
        sources.model.extend(read_ddl(attachment.content, attachment.name))
    else:
        sources.model.problems.append(Problem("attachment_ignored", None, attachment.name))


def _without_ddl(text: str) -> str:
    first = _DDL.search(text)
    if first is None:
        return text
    last = max(text.rfind(";"), text.rfind(")"))
    tail = text[last + 1 :] if last > first.start() else ""
    return f"{text[: first.start()]} {tail}"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
