# ruff: noqa: E501 - a pattern of a phrase is read in one line
"""Reads one clause in English."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from . import edits
from .edits import Edit, NotUnderstoodError, Position

if TYPE_CHECKING:
    from .reading import Request

_POLITE = re.compile(
    r"^(?:also\s+|then\s+|please\s+|(?:can|could|would|will)\s+you\s+(?:please\s+)?|i(?:'d|\s+would)\s+like\s+(?:you\s+)?to\s+"
    r"|i\s+want\s+(?:you\s+)?to\s+|let's\s+)+|[\s,]*\b(?:please|too|as\s+well|now|thanks|thank\s+you)$",
    re.IGNORECASE,
)
_ADD = r"(?:add|include|insert|create|append|put\s+in|(?:i|we)\s+(?:also\s+)?(?:need|want))"
_REMOVE = r"(?:remove|delete|drop|hide|get\s+rid\s+of|take\s+out|take\s+away|exclude|(?:i|we)\s+don't\s+need)"
_NOUN = r"(?:columns?|fields?|inputs?|attributes?|properties|property)"
_ARTICLE = r"(?:the|a|an|another|new|one|some|extra|additional)"
_PLACE = re.compile(
    r"\s+(?:to|in|from|on|into|of)\s+(?:both\s+)?(?:the\s+)?(?:(?:detail|main|search|master|lower|upper)\s+)?(?:grid|list|table|form|popup|pop-up|dialog|screen|page|details?)\b",
    re.IGNORECASE,
)
_CONDITION = r"(?:search|filter|query)\s*(?:conditions?|criteria|criterion|fields?|filters?|form|panel|area|options?|bar)|filters?|conditions?"
_ORDINALS = {
    "first": 1,
    "front": 1,
    "start": 1,
    "beginning": 1,
    "left": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
}
_ENDS = frozenset({"end", "last", "back", "right"})


def read(request: "Request") -> Iterator[Edit]:
    """The edits of the clause; none where no rule fits."""
    text = request.text
    while (shorter := _POLITE.sub("", text).strip()) != text:
        text = shorter
    for rule in _RULES:
        found = list(rule(request, text))
        if found:
            yield from found
            return


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.match(rf"(?:{pattern})\s*$", text, re.IGNORECASE)


def _phrases(request: "Request", text: str) -> list[str]:
    """The things named in a text: without places, articles and nouns."""
    text = _PLACE.sub(" ", f" {text} ")
    parts = re.split(r"\s*,\s*|\s+and\s+|\s*&\s*", text.strip())
    cleaned = (
        re.sub(
            rf"^(?:{_ARTICLE}\s+)+|\s+{_NOUN}$|^{_NOUN}\s+(?:for|called|named)\s+|'s$",
            "",
            part.strip(),
            flags=re.IGNORECASE,
        )
        for part in parts
    )
    again = (
        re.sub(
            rf"^(?:{_ARTICLE}\s+)+|^{_NOUN}\s+(?:for\s+(?:the\s+)?|called\s+|named\s+)?", "", part, flags=re.IGNORECASE
        )
        for part in cleaned
    )
    return [request.label(part) for part in again if part.strip()]


def _columns(request: "Request", text: str) -> Iterator[str]:
    for phrase in _phrases(request, text):
        yield request.screen.column(phrase, request.entity).name


def _title(request: "Request", text: str) -> Iterator[Edit]:
    match = (
        _match(
            r"(?:change|set|rename|update|make)\s+(?:the\s+)?(?:(?:screen|page)(?:'s)?\s+)?(?:title|heading)\s+(?:of\s+the\s+(?:screen|page)\s+)?(?:to|as|into)?\s*(.+)",
            text,
        )
        or _match(r"(?:rename|retitle)\s+(?:the\s+)?(?:screen|page)\s+(?:to|as)?\s*(.+)", text)
        or _match(r"(?:the\s+)?(?:screen\s+|page\s+)?title\s+should\s+be\s+(.+)", text)
    )
    if match is None:
        return
    said = re.search(
        r"\b(?:screen|page)\b|\b(?:length|required|mandatory|optional|column|field)\b", text, re.IGNORECASE
    )
    if said and said[0].lower() not in {"screen", "page"}:
        return
    if said is None and request.screen.find("title", request.entity) is not None:
        raise NotUnderstoodError("title_or_column", request.clause.plain())
    yield edits.SetTitle(request.label(match[1]))


def _buttons(request: "Request", text: str) -> Iterator[Edit]:
    screen = request.screen
    renamed = _match(
        r"(?:rename|change|relabel)\s+(?:the\s+)?(?:(?:label|text|name|caption)\s+of\s+(?:the\s+)?)?(.+?)\s+button(?:'s)?\s*(?:label|text|name|caption)?\s+(?:to|as|into)\s+(.+)",
        text,
    )
    if renamed:
        yield edits.RenameButton(_button(request, renamed[1]), request.label(renamed[2]))
        return
    if not re.search(r"\bbuttons?\b|\bexcel\b|\bexport\b", text, re.IGNORECASE) or re.search(
        rf"\b{_NOUN}\b", text, re.IGNORECASE
    ):
        return
    added = _match(rf"{_ADD}\s+(.+)", text)
    removed = _match(rf"{_REMOVE}\s+(.+)", text)
    match = added or removed
    if match is None:
        return
    for phrase in re.split(r"\s*,\s*|\s+and\s+", re.sub(r"\s+buttons?\b.*$", "", match[1], flags=re.IGNORECASE)):
        if removed:
            yield edits.RemoveButton(_button(request, phrase))
        else:
            kind = screen.button_kind(request.label(re.sub(r"^button\s+(?:for|to)\s+", "", phrase)))
            if kind is None:
                raise NotUnderstoodError("no_button", request.label(phrase))
            yield edits.AddButton(kind)


def _button(request: "Request", phrase: str) -> str:
    label = request.label(re.sub(rf"^(?:{_ARTICLE}\s+)+", "", phrase, flags=re.IGNORECASE))
    action = request.screen.button(label)
    if action is None:
        raise NotUnderstoodError("no_button", label)
    return action.id


def _conditions(request: "Request", text: str) -> Iterator[Edit]:
    added = (
        _match(rf"(?:{_ADD}|put|use)\s+(.+?)\s+(?:to|in|into|as|on)\s+(?:an?\s+|the\s+)?(?:{_CONDITION})", text)
        or _match(rf"{_ADD}\s+(?:an?\s+|the\s+)?(?:{_CONDITION})\s+(?:for|by|on)\s+(.+)", text)
        or _match(
            rf"{_ADD}\s+(.+?)\s+(?:as\s+)?(?:an?\s+)?(?:search\s+(?:condition|filter|criterion|field)s?|filters?|conditions?)",
            text,
        )
        or _match(
            r"(?:(?:make|let|allow|enable)\s+.*?)?(?:search(?:able|ing)?|filter(?:ing|able)?)\s+(?:also\s+)?by\s+(.+)",
            text,
        )
        or _match(r"make\s+(.+?)\s+(?:searchable|filterable|a\s+search\s+condition)", text)
    )
    removed = (
        _match(rf"{_REMOVE}\s+(.+?)\s+from\s+(?:the\s+)?(?:{_CONDITION})", text)
        or _match(rf"{_REMOVE}\s+(?:the\s+)?(?:{_CONDITION})\s+(?:for|by|on)\s+(.+)", text)
        or _match(
            rf"{_REMOVE}\s+(.+?)\s+(?:search\s+(?:condition|filter|criterion|field)s?|filters?|conditions?)", text
        )
    )
    if added:
        yield from (edits.AddCondition(name, request.entity) for name in _columns(request, added[1]))
    elif removed:
        yield from (edits.RemoveCondition(name) for name in _columns(request, removed[1]))


def _length(request: "Request", text: str) -> Iterator[Edit]:
    match = (
        _match(
            r"(?:change|set|increase|reduce|extend|shorten|limit|make)\s+(?:the\s+)?(?:max(?:imum)?\s+)?(?:length|size)\s+of\s+(.+?)\s+(?:to|=|as)\s*(\d{1,6})(?:\s+char\w*)?",
            text,
        )
        or _match(
            r"(?:change|set|increase|reduce|extend|shorten|make)\s+(.+?)(?:'s)?\s+(?:max(?:imum)?\s+)?(?:length|size)\s+(?:to\s+|=\s*|as\s+)?(\d{1,6})(?:\s+char\w*)?",
            text,
        )
        or _match(
            r"(?:limit|set|shorten|extend)\s+(.+?)\s+to\s+(?:at\s+most\s+|max(?:imum)?\s+)?(\d{1,6})\s+char\w*", text
        )
        or _match(r"make\s+(.+?)\s+(?:at\s+most\s+|up\s+to\s+|max(?:imum)?\s+)?(\d{1,6})\s+char\w*(?:\s+long)?", text)
    )
    if match:
        yield from (
            edits.ChangeField(name, request.entity, length=int(match[2])) for name in _columns(request, match[1])
        )


def _required(request: "Request", text: str) -> Iterator[Edit]:
    state = r"(not\s+required|no\s+longer\s+required|not\s+mandatory|optional|required|mandatory)(?:\s+fields?)?"
    match = (
        _match(rf"(?:make|set|mark)\s+(.+?)\s+(?:as\s+|to\s+be\s+|be\s+)?(?:an?\s+)?{state}", text)
        or _match(rf"(.+?)\s+(?:should|must|needs\s+to|has\s+to)\s+be\s+(?:an?\s+)?{state}", text)
        or _match(rf"(.+?)\s+(?:is|are)\s+{state}", text)
    )
    if match:
        required = match[2].lower() in {"required", "mandatory"}
        yield from (edits.ChangeField(name, request.entity, required=required) for name in _columns(request, match[1]))


def _editable(request: "Request", text: str) -> Iterator[Edit]:
    match = _match(
        r"(?:make|set|switch|turn)\s+(.+?)\s+(?:to\s+|into\s+|be\s+)?(editable|read[\s-]?only|not\s+editable|locked)",
        text,
    )
    allowed = _match(
        r"(?:(allow|enable)|(?:disable|forbid|lock))\s+(?:editing|edits|changes)\s*(?:in|of|on|for)?\s*(.*)", text
    )
    if match:
        editable, named = match[2].lower() == "editable", match[1]
    elif allowed:
        editable, named = bool(allowed[1]), allowed[2]
    else:
        return
    if re.fullmatch(r"(?:the\s+)?(?:(?:main|detail|whole)\s+)?(?:grid|list|table)?", named.strip(), re.IGNORECASE):
        yield edits.SetEditable(editable, request.entity)
        return
    yield from (edits.SetEditable(editable, request.entity, name) for name in _columns(request, named))


def _order(request: "Request", text: str) -> Iterator[Edit]:
    swapped = _match(r"swap\s+(?:the\s+order\s+of\s+)?(.+?)\s*(?:,|\s+and|\s+with)\s+(.+)", text)
    if swapped:
        first, second = (next(_columns(request, swapped[number])) for number in (1, 2))
        yield edits.SwapFields(first, second, request.entity)
        return
    beside = _match(
        r"(?:move|put|place|show)\s+(.+?)\s+(?:to\s+)?(?:right\s+|just\s+)?(before|after|in\s+front\s+of|behind|next\s+to)\s+(.+)",
        text,
    )
    counted = _match(
        r"(?:move|put|place|show|make)\s+(.+?)\s+(?:to\s+|at\s+|in\s+|as\s+|be\s+)?(?:the\s+)?(?:very\s+)?"
        r"(first|front|start|beginning|left|second|third|fourth|fifth|end|last|back|right)(?:\s+(?:position|column|place|field))?(?:\s+of\s+.+)?",
        text,
    )
    if beside:
        anchor = next(_columns(request, beside[3]))
        before = beside[2].lower() == "before" or beside[2].lower().startswith("in")
        position = Position(before=anchor) if before else Position(after=anchor)
    elif counted:
        word = counted[2].lower()
        position = Position(number=-1 if word in _ENDS else _ORDINALS[word])
    else:
        return
    moved = beside or counted
    if moved:
        yield from (
            edits.MoveField(name, request.entity, position, request.place) for name in _columns(request, moved[1])
        )


def _rename(request: "Request", text: str) -> Iterator[Edit]:
    match = (
        _match(r"(?:rename|relabel|retitle)\s+(.+?)\s+(?:to|as|into)\s+(.+)", text)
        or _match(
            r"(?:change|set)\s+(?:the\s+)?(?:label|name|caption|header|heading)\s+of\s+(.+?)\s+(?:to|as|into)\s+(.+)",
            text,
        )
        or _match(
            r"(?:change|set)\s+(.+?)(?:'s)?\s+(?:label|name|caption|header|heading)\s+(?:to|as|into)\s+(.+)", text
        )
        or _match(r"call\s+(.+?)\s+(?:column|field)\s+(.+)", text)
        or _match(r"(.+?)\s+should\s+be\s+(?:called|named|labelled|labeled)\s+(.+)", text)
    )
    if match:
        old = re.sub(r"\s+(?:label|name|caption|header)$", "", match[1])
        yield edits.ChangeField(next(_columns(request, old)), request.entity, label=request.label(match[2]))


def _remove(request: "Request", text: str) -> Iterator[Edit]:
    match = _match(rf"{_REMOVE}\s+(.+)", text)
    if match:
        yield from (edits.RemoveField(name, request.entity, request.place) for name in _columns(request, match[1]))


def _add(request: "Request", text: str) -> Iterator[Edit]:
    match = _match(rf"{_ADD}\s+(.+)", text)
    if match is None:
        return
    said, position = match[1], None
    beside = re.search(
        r"\s+(?:right\s+|just\s+)?(before|after)\s+(?:the\s+)?(.+?)(?:\s+(?:column|field))?\s*$", said, re.IGNORECASE
    )
    counted = re.search(
        r"\s+(?:at|to|as|in)\s+the\s+(first|front|start|beginning|end|last)(?:\s+\w+)?\s*$", said, re.IGNORECASE
    )
    if beside:
        anchor = request.screen.column(request.label(beside[2]), request.entity).name
        position = Position(before=anchor) if beside[1].lower() == "before" else Position(after=anchor)
        said = said[: beside.start()]
    elif counted:
        position = Position(number=_ORDINALS.get(counted[1].lower(), -1))
        said = said[: counted.start()]
    said = _PLACE.sub(" ", f" {said} ").strip()
    for part in re.split(r"\s*,\s*|\s+and\s+", said):
        named = re.sub(rf"^(?:{_ARTICLE}\s+)+", "", part.strip(), flags=re.IGNORECASE)
        named = re.sub(
            rf"^{_NOUN}\s+(?:for|called|named)?\s*(?:the\s+)?|\s*\b{_NOUN}\b", " ", named, flags=re.IGNORECASE
        )
        if named.strip():
            yield request.add_field(named.strip(), position, {})


_RULES: tuple[Callable[["Request", str], Iterator[Edit]], ...] = (
    _title, _conditions, _length, _required, _editable, _order, _buttons, _rename, _remove, _add,
)  # fmt: skip
