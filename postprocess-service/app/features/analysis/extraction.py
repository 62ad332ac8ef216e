"""What stands in an engine's answer: reasoning apart, JSON objects, fenced files, the text around."""

import re
from dataclasses import dataclass
from typing import Any

from ...specs.loose_json import LooseReader, NotJsonError, Parsed, WorkLimitError

_REASONING = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<reasoning>", "</reasoning>"),
    ("[THINK]", "[/THINK]"),
    ("<|channel|>analysis", "<|channel|>final<|message|>"),
)
_TOKENS = (
    "<|channel|>final<|message|>",
    "<|start|>assistant",
    "<|message|>",
    "<|return|>",
    "<|end|>",
    "<|im_end|>",
    "</s>",
    "<eos>",
)
_SPEC_MEMBERS = frozenset({"screen_id", "pattern", "datasets", "regions", "transactions", "actions"})
MAX_FILES = 100
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+#.-]*)[ \t]*(.*)$")
FILE_NAME = re.compile(r"[\w./-]{1,120}\.(?:xml|js|jsx|ts|tsx|sql|java|css|html|json|vue|py)\b")
LANGUAGES = {
    "js": "javascript",
    "xml": "xml",
    "sql": "sql",
    "ts": "typescript",
    "tsx": "tsx",
    "jsx": "javascript",
    "java": "java",
    "py": "python",
}
_SUFFIXES = {language: suffix for suffix, language in LANGUAGES.items() if suffix != "jsx"}


@dataclass(frozen=True, slots=True)
class Found:
    """A JSON object in the text, from `start` on."""

    start: int
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class FencedFile:
    path: str
    language: str
    content: str
    closed: bool


def without_reasoning(text: str) -> tuple[str, bool]:
    """The answer without reasoning that was left in it, and whether reasoning was cut off before any answer."""
    for opening, closing in _REASONING:
        parts: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0:
            parts.append(text[at:start])
            end = text.find(closing, start)
            if end < 0:
                return "".join(parts), True
            at = end + len(closing)
        text = "".join(parts) + text[at:]
        if closing in text and opening not in text:  # some servers swallow the opening mark
            text = text.rsplit(closing, maxsplit=1)[-1]
    for token in _TOKENS:
        text = text.replace(token, "")
    return text, False


def find_objects(text: str) -> list[Found]:
    """All JSON objects that stand in the text, outermost only."""
    reader = LooseReader(text)
    found: list[Found] = []
    at = 0
    while (start := text.find("{", at)) >= 0:
        try:
            parsed = reader.read(start)
        except NotJsonError:
            at = start + 1
            continue
        except WorkLimitError:
            break
        found.append(Found(start, parsed))
        at = max(parsed.end, start + 1)
    return found


def best_spec(found: list[Found]) -> Found | None:
    """The object most like a spec; the last of equals, as models correct themselves."""
    scored = [(spec_likeness(item.parsed.value), item.parsed.complete, index) for index, item in enumerate(found)]
    best = max(scored, default=None)
    return found[best[2]] if best is not None and best[0] >= 2 else None


def spec_likeness(value: Any) -> int:
    return len(_SPEC_MEMBERS & value.keys()) if isinstance(value, dict) else 0


def inner_spec(value: Any) -> dict[str, Any] | None:
    """The spec itself where it was wrapped, as in `{"spec": {…}}`."""
    if not isinstance(value, dict):
        return None
    if spec_likeness(value) >= 2:
        return value
    return next((item for item in value.values() if spec_likeness(item) >= 2), None)


def fenced_files(text: str) -> list[FencedFile]:
    """Files in fences; their names from the fence, or the last line before it that holds one."""
    files: list[FencedFile] = []
    fence, language, name, body = "", "", "", list[str]()
    last = ""
    for line in text.split("\n"):
        if len(files) == MAX_FILES:
            return files
        match = _FENCE.match(line) if len(line) < 300 else None
        if fence:
            if match and match[1][0] == fence[0] and len(match[1]) >= len(fence) and not match[2]:
                files.append(_file(name, language, body, len(files), closed=True))
                fence = ""
            else:
                body.append(line)
        elif match:
            fence, language, body = match[1], match[2].lower(), []
            named = FILE_NAME.search(f"{match[2]} {match[3]}"[:300]) or FILE_NAME.search(last[:300])
            name = named[0] if named else ""
        elif line.strip():
            last = line
    if fence:
        files.append(_file(name, language, body, len(files), closed=False))
    return files


def _file(name: str, language: str, body: list[str], index: int, *, closed: bool) -> FencedFile:
    suffix = name.rsplit(".", maxsplit=1)[-1] if name else ""
    language = LANGUAGES.get(suffix) or LANGUAGES.get(language, language or "text")
    path = (
        name.removeprefix("./")
        if name and ".." not in name and not name.startswith("/")
        else f"part{index + 1}.{suffix or _SUFFIXES.get(language, 'txt')}"
    )
    return FencedFile(path, language, "\n".join(body) + "\n", closed)
