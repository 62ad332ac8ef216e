"""English prompts that put lists of fields in parts of a screen: `orders on top, items (code, qty) below`."""

import re
from collections.abc import Callable

from .attributes import is_attribute
from .declared import DeclaredField
from .lists import split_items
from .parts import HIDDEN, Clause, Part, Place, bracket_at, clauses_of, without_brackets

_PLACE = re.compile(
    r"(?:\b(?:on|at|to|in)\s+(?:the\s+)?(?P<at>(?:(?:upper|lower|top|bottom)[\s-]+)?(?:left|right|top|bottom))(?:[\s-]+(?:hand\s+)?side)?"
    r"|\b(?P<plain>left|right|top|bottom|above|below|underneath|beneath)\b)(?:\s*:)?",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(
    r"\s*[,;\n]\s*(?:and\s+)?|[.!?](?=\s|$)\s*|\s+[/+]\s+|\s+(?:and|while|then)\s+|(?<!left)(?<!right)(?<!top)(?<!bottom)(?<!below):\s+",
    re.IGNORECASE,
)
_VERB = r"(?:select|click|choose|pick)"
_CHOICE = re.compile(
    rf"\b(?:when|if|once|after)\s+(?:an?|the|one)\s+(?P<first>[a-z][a-z -]{{1,30}}?)\s*{HIDDEN}*\s*"
    r"(?:is\s+|gets\s+)?(?:selected|clicked|chosen|picked)\b"
    rf"|\b(?:when|if|once)\s+you\s+{_VERB}\s+(?:on\s+)?(?:an?|the)\s+(?P<second>[a-z][a-z -]{{1,30}}?)\s*{HIDDEN}*"
    rf"(?=[,{HIDDEN}]|$)|\b(?:selecting|clicking|choosing|picking|{_VERB})\s+(?:on\s+)?(?:an?|the)\s+"
    rf"(?P<third>[a-z][a-z-]*(?:\s[a-z-]+)?)\s*{HIDDEN}*(?:\s+(?:from|in)\s+(?:the\s+)?[a-z ]{{3,30}}?)?"
    r"(?=\s+(?:and|to|then|shows?|displays?|lists?|opens?|loads?)\b|,|$"
    rf"|\s*{HIDDEN})",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:and|with|then|to|show(?:s|ing)?|display(?:s|ing)?|list(?:s|ing)?|see|put|place|have|has|there\s+(?:is|are)|is|are|i\s+want|i\s+need|we\s+need|want|need|it|the|an?|its|their|his|all|of|for|screen|page|view)\s+)+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:(?:is|are|shows?|appears?|go(?:es)?|come(?:s)?|should\s+be|must\s+be|with|placed|shown|displayed)\s*)+$",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:with|showing|having|containing|contains|shows|has|have|lists|columns?|fields?)\b\s*(?:the\s+)?(?:columns?|fields?)?\s*:?\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z][\w' -]{1,44}")
_OWN_CLAUSE = re.compile(
    r"\b(?:on|at|to|in)\s+(?:the\s+)?(?:left|right|top|bottom)\b|\b(?:please|search|filter|button|screen|page)\b",
    re.IGNORECASE,
)


def find_parts(text: str, read_list: Callable[[str], list[DeclaredField]]) -> list[Part]:
    """The parts that are placed or shown by a choice, in the order in which they are told."""
    return _Finder(text, read_list).parts()


class _Finder:
    """One use for each text."""

    def __init__(self, text: str, read_list: Callable[[str], list[DeclaredField]]) -> None:
        self._text = text
        self._hidden = without_brackets(text)
        self._read_list = read_list
        self._clauses = clauses_of(text, _SEPARATORS)

    def parts(self) -> list[Part]:
        parts: list[Part] = []
        for choice in _CHOICE.finditer(self._hidden):
            group = next(name for name in ("first", "second", "third") if choice[name])
            part = Part(choice[group].strip(), None, *choice.span(group))
            inside = bracket_at(self._hidden, choice.end())
            for start in (choice.end(group), choice.end()):
                self._take_bracket(part, start)
            self._take_listed(part)
            shown = self._next_bracket(inside[1] + 1 if inside is not None else choice.end())
            parts += [part, shown] if shown is not None else []
        if parts:
            return parts
        for index, clause in enumerate(self._clauses):
            place = _PLACE.search(clause.text)
            found = self._of_clause(index, clause, place) if place is not None else None
            parts += [found] if found is not None else []
        return parts

    def _of_clause(self, index: int, clause: Clause, place: re.Match[str]) -> Part | None:
        before, behind = clause.text[: place.start()], clause.text[place.end() :]
        at = clause.start
        if not _named(before):
            at, before = clause.start + place.end(), behind
        head = re.split(rf"{HIDDEN}|:", before)[0]
        named = _WITH.search(head, len(head) - len(head.lstrip()) + 1)
        name = _named(head[: named.start()] if named is not None else head)
        if not name:
            return None
        part = Part(name, _place_of(place), clause.start, clause.end)
        for start in (at + len(head), clause.start + place.end()):
            self._take_bracket(part, start)
        if not part.fields:
            self._take_rest(part, index, clause)
        return part

    def _take_bracket(self, part: Part, at: int) -> None:
        inside = bracket_at(self._hidden, at)
        if inside is not None and not part.fields and _lists_fields(self._text[slice(*inside)]):
            part.fields, part.end = self._read_list(self._text[slice(*inside)]), inside[1] + 1

    def _take_listed(self, part: Part) -> None:
        """`Show departments (code, name); when a department is selected, …`: its list stands elsewhere."""
        if part.fields:
            return
        match = re.search(rf"\b{re.escape(part.name)}(?:s|es)?\b(?=\s*{HIDDEN})", self._hidden, re.IGNORECASE)
        inside = bracket_at(self._hidden, match.end()) if match is not None else None
        if match is not None and inside is not None and _lists_fields(self._text[slice(*inside)]):
            part.fields, part.told = self._read_list(self._text[slice(*inside)]), (match.start(), inside[1] + 1)

    def _take_rest(self, part: Part, index: int, clause: Clause) -> None:
        """`employees grid right with emp no, name, title`: a list up to the next part."""
        lead = _WITH.search(clause.text)
        if lead is None and not (index + 1 < len(self._clauses) and self._hidden[clause.end : clause.end + 1] == ":"):
            return
        start = clause.start + lead.end() if lead is not None else self._clauses[index + 1].start
        end = clause.end
        for following in self._clauses[index + 1 :]:
            goes_on = following.goes_on or following.start == start
            if not goes_on or _PLACE.search(following.text) or _OWN_CLAUSE.search(following.text):
                break
            end = following.end
        fields = self._read_list(self._text[start:end]) if end > start else []
        if len(fields) > 1:
            part.fields, part.end = fields, end

    def _next_bracket(self, at: int) -> Part | None:
        """`…, show its members (name, role) below`: the first list behind a choice."""
        match = re.compile(rf"[^.\n{HIDDEN}]*?(?P<name>{_NAME.pattern})\s*(?={HIDDEN})").match(self._hidden, at)
        if match is None:
            return None
        name = _named(_PLACE.sub(" ", match["name"]))
        part = Part(name, None, match.start("name"), match.end())
        self._take_bracket(part, match.end("name"))
        return part if name and part.fields else None


def _named(text: str) -> str:
    """The words that name what a part shows."""
    name = _ENDS.sub("", _LEADS.sub("", " ".join(text.replace(HIDDEN, " ").split())))
    return name if _NAME.fullmatch(name) and len(name.split()) <= 4 else ""


def _lists_fields(inside: str) -> bool:
    parts = [part for part in split_items(inside) if part.strip()]
    return len(parts) > 1 and not any(map(is_attribute, parts))


def _place_of(match: re.Match[str]) -> Place:
    text = (match["at"] or match["plain"]).lower()
    low = re.search(r"bottom|lower|below|neath", text) is not None
    return int("right" in text), int(low)
