"""Plans and patches by rule: one thing is named, what it is to become too, and it stands in the code that was sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from .request_block import RequestBlock, Snippet
from .words import Words

_MARKS = "\"'“”‘’`「」"


def _term(name: str) -> str:
    """Something in quotation marks, or one word."""
    return rf"(?:[{_MARKS}](?P<{name}q>[^{_MARKS}\n]{{1,200}})[{_MARKS}]|(?P<{name}>[\w$.-]{{1,100}}?))"


_OLD, _NEW = _term("old"), _term("new")
_KOREAN_ROLE = (
    r"(?:\s*(?:함수|메서드|변수|클래스|버튼|라벨|레이블|문구|글자|이름|항목|컬럼|값|제목)?(?:의)?"
    r"\s*(?:이름|라벨|문구|글자|값)?)"
)
_KOREAN_VERB = r"(?:으로|로)\s*(?:이름을\s*|모두\s*|전부\s*)?(?:바꾸|바꿔|바꿀|변경|수정|고쳐|고치|교체|대체)"
_ENGLISH_ROLE = (
    r"(?:the\s+)?(?:function|method|variable|class|button|label|text|name|column|field|value|title|constant)?\s*"
    r"(?:name|label|text|of)?\s*"
)
_ENGLISH_VERB = rf"\b(?:rename|change|replace|set|update)\s+{_ENGLISH_ROLE}"
_ENGLISH_FORM = rf"{_ENGLISH_VERB}{_OLD}\s+(?:to|with|by|into|as)\s+{_ENGLISH_ROLE}{_NEW}"
_FORMS = (
    re.compile(rf"{_OLD}{_KOREAN_ROLE}(?:을|를|은|는)?\s+{_NEW}{_KOREAN_ROLE}\s*{_KOREAN_VERB}"),
    re.compile(rf"{_ENGLISH_FORM}\s*[.!]?\s*$", re.IGNORECASE),
    re.compile(rf"{_ENGLISH_FORM}(?=\s+(?:in|everywhere|for)\b)", re.IGNORECASE),
)
_SEVERAL = re.compile(
    r"(?:바꾸|변경하|수정하|고치|교체하)고\s|그리고|\b(?:and|then|also)\s+(?:\w+\s+)?(?:rename|change|replace|set|update|add|remove|delete)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d][\w$]*")
_VALUE = re.compile(r"""-?\d+(?:\.\d+)?|true|false|null|none""", re.IGNORECASE)
_FENCE = re.compile(r"^(`{3,})[^\n]*\n", re.MULTILINE)
_LONGEST_PROMPT = 1_000
_LITERAL = r"""(?:-?\d+(?:\.\d+)?|true|false|null|None|True|False|"[^"\n]{0,200}"|'[^'\n]{0,200}')(?![\w.])"""


def plan_answer(block: RequestBlock) -> str:
    """What is to be changed into what; the intent itself where no rule reads it."""
    change = _change(block.prompt)
    step = f"{change.old} -> {change.new}" if change else block.prompt
    plan = {"symbol": change.old if change else "", "step": step}
    return orjson.dumps(plan).decode()


def patch_answer(block: RequestBlock, text: str, words: Words) -> str:
    """Edits as JSON, one for each line; a refusal where no rule reads the intent, or the code has nothing of it."""
    change = _change(block.prompt)
    if change is None:
        return words.cannot_patch
    edits = [edit for snippet, code in _codes(block, text) for edit in _edits(snippet, code, change)]
    return orjson.dumps({"edits": edits}).decode() if edits else words.nothing_to_patch.format(change.old)


@dataclass(frozen=True, slots=True)
class _Change:
    """`value`: what a name is set to changes, not the name."""

    old: str
    new: str
    value: bool = False


def _change(prompt: str) -> _Change | None:
    """What becomes what; None where that is not all that is asked for: half an order is none."""
    if len(prompt) > _LONGEST_PROMPT or _SEVERAL.search(prompt):
        return None
    for form in _FORMS:
        match = form.search(prompt)
        if match is None:
            continue
        old, new = match["oldq"] or match["old"], match["newq"] or match["new"]
        if old == new:
            return None
        if match["oldq"] is None and not (match["newq"] is None and _NAME.fullmatch(new)):
            return _Change(old, new, value=True) if _VALUE.fullmatch(new) else None
        return _Change(old, new)
    return None


def _codes(block: RequestBlock, text: str) -> Iterator[tuple[Snippet, str]]:
    """The code of each snippet: the fence below its heading, as the prompt's writer closes it."""
    at = 0
    for snippet in block.snippets:
        heading = f"### {snippet.path}:{snippet.first_line}-{snippet.last_line}\n"
        start = text.find(heading, at)
        opening = _FENCE.match(text, start + len(heading)) if start >= 0 else None
        if opening is None:
            continue
        end = text.find(f"\n{opening[1]}\n", opening.end() - 1)
        if end < 0:
            continue
        yield snippet, text[opening.end() : end]
        at = end


def _edits(snippet: Snippet, code: str, change: _Change) -> Iterator[dict[str, object]]:
    """One edit for each line that changes."""
    name = _whole_word(change.old)
    if change.value:
        name = f"(?P<kept>{name}\\s*(?::[^=\\n]{{0,80}})?[=:]\\s*){_LITERAL}"
    wanted = re.compile(name)
    for number, line in enumerate(code.split("\n")):
        becomes = wanted.sub(lambda match: (match["kept"] if change.value else "") + change.new, line)
        if becomes != line:
            yield {"path": snippet.path, "search": line, "replace": becomes, "line": snippet.first_line + number}


def _whole_word(text: str) -> str:
    """A pattern of the text, not as a part of a longer name."""
    before = r"(?<![\w$])" if re.match(r"[\w$]", text) else ""
    after = r"(?![\w$])" if re.search(r"[\w$]$", text) else ""
    return before + re.escape(text) + after
