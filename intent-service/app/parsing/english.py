"""Reads the fields and the search conditions that English prose states."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..vocabulary.field_names import HEAD, TERM, FieldNames
from .blocks import Block
from .declared import DeclaredEntity, DeclaredField, DeclaredModel, Spoken
from .english_items import EnglishItems
from .english_statements import read_statements

_SENTENCES = re.compile(r"(?<=[.!?])\s+|;\s*|\n+")
_MARK = r"(?:fields?|columns?|cols?|attributes?|properties|data\s+items?|inputs?|values)"
MARKED = re.compile(
    rf"\b{_MARK}\b\s*(?:are|is|should\s+be|must\s+be|will\s+be|include|including|such\s+as|of|named|called|for)?(?:\s+(?:as\s+follows|the\s+following|these))?\s*[:：=-]?\s*",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(?:(?:track|record|list|log|manage|identify)s?\s+\w+\s+by|with|having|contain(?:s|ing)?|includ(?:es?|ing)|shows?|showing|display(?:s|ing)?|list(?:s|ing)|captur(?:es?|ing)|record(?:s|ing)?|track(?:s|ing)?|collect(?:s|ing)?|enter(?:s|ing)?|hold(?:s|ing)?|stor(?:es?|ing)"
    r"|has|have|see|view|consist(?:s|ing)\s+of|made\s+up\s+of|compris(?:es|ing)|needs?|gives?|put|keep(?:s|ing)?|returns?(?!\s+(?:no|id|number|date|reason|qty|quantity|code|type|status)\b)|there\s+(?:is|are)|asks?\s+for|asking\s+for|takes?|input|fill\s+in|edit|manage|maintain|just|only|where|whose|of\s+each|(?:track|record|list|log|manage|identify)s?\s+\w+\s+by)\b\s+"
    rf"(?:the\s+)?(?:following\s+)?(?:(?P<marked>{_MARK})\b\s*(?:of|are|for)?\s*[:：]?\s*)?",
    re.IGNORECASE,
)
_COLON = re.compile(r"[:：]\s*|\s(?:[-–—]+|->|=>|→)\s+")
_CONDITIONS = re.compile(r"\b(?:search|filters?|conditions?|criteria|query)\b", re.IGNORECASE)
_SLASHED = re.compile(r"(\w)\s*:\s*(\w+(?:/\w+)+)")
"""`status: active/used`: values, and no list of fields."""
_ALSO = re.compile(
    r"\b(?:it|they|each|we|i)?\s*also\s+(?:needs?|has|have|wants?|shows?|includes?|requires?)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r",?\s+(?:plus|along\s+with|as\s+well\s+as|together\s+with)\s+", re.IGNORECASE)
_SHORT_WITH = re.compile(r"(?<!\w)w/(?=\s*\w)", re.IGNORECASE)
_NEEDS = re.compile(r"\b(?:required|mandatory|(?P<optional>optional))\b(?:\s+fields?)?\s*:\s*", re.IGNORECASE)
_VIEWS = re.compile(
    r"\b(?:(?P<rows>list|grid)|(?:\w+\s+)?(?:popup|pop-up|dialog|modal|form))(?:\s+(?:columns|fields))?\s*:\s*",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"\b(?:enter(?:ing)?|input(?:ting)?|type\s+in|fill\s+in|given)\s+(?P<list>[^.;:\n]{3,120}?)\s*,?\s+(?:and\s+then|and|then|to)\s+"
    r"(?:we\s+|it\s+|the\s+screen\s+|press\s+\w+\s+(?:and|to)\s+)?(?:get|see|shows?|display(?:s)?|calculates?|computes?|prints?|returns?|lists?|runs?)\b",
    re.IGNORECASE,
)
"""`Enter principal and rate, then show the schedule (…)`: what a result is asked for by."""
_BEHIND_COLON = re.compile(r"[:：=]\s*$")
_SEARCHED = re.compile(
    r"\b(?:search(?:able|ed|ing|es)?|filter(?:able|ed|ing|s)?|find|look(?:ed|ing)?\s*-?up|quer(?:y|ied))\b(?!\s+(?:popup|pop-up|dialog|modal|window|screen|page)s?\s*(?:(?:with|using)\b|[:：]))(?:\s+(?!by|on|with|using)\w+){0,3}?\s*(?:\b(?:by|on|with|using)\b|\b(?:conditions?|criteria|fields?)\b(?:\s+(?:are|is))?\s*[:：]?|[:：])\s*"
    r"|\b(?:pick|choose|select)\b(?:\s+(?!by)\w+){1,4}?\s+by\s+",
    re.IGNORECASE,
)
_AS_FILTERS = re.compile(
    r"\b(?:with|using|use|put|take|having)\s+(?P<listed>(?:(?!\bwith\b|\busing\b)[^.;:!?\n]){2,80}?)\s+as\s+(?:(?:the|its)\s+)?(?:search\s+|query\s+)?(?:filters?|conditions?|criteria|search\s+fields)\b",
    re.IGNORECASE,
)
_BEHIND_CONDITIONS = re.compile(
    r"[.!?;]|,?\s+(?:columns?|fields?|showing|shows?|displaying)\b|,?\s+(?:and|then|the|it|with)\s+(?:the\s+)?(?:grid|list|result|table|screen|show|display)\w*\b|\s+(?:that|which|and)\s+(?:returns?|shows?|lists?|displays?|gives?)\b"
)
_BUTTONS = re.compile(r"\b(?:buttons?|toolbar)\s*[:：]\s*[^.;\n]*", re.IGNORECASE)
"""What the screen does is none of its fields."""
_DATE_RANGE = re.compile(r"(^|,\s*|\b(?:and|or)\s+)(?:an?\s+|the\s+)?dates?\s+ranges?\b", re.IGNORECASE)
"""Of no date by name: the one that there is."""
_PART = re.compile(
    r"\b(?:(?P<upper>headers?|master|top|upper|parent|left)|(?P<lower>lines?|details?|line\s+items|bottom|lower|child(?:ren)?|right))(?:\s+(?:grid|list|part|section|table|side|fields?|columns?))?\s*(?::|\b(?:has|have|with|shows?|contains?|is|are)\b)\s*",
    re.IGNORECASE,
)

MAX_PLACES = 150
"""How many places of a sentence a list may start at: nobody's sentence has more."""


@dataclass(slots=True)
class Candidate:
    """A list that may start at a place. `explicit`: a mark or a colon says so."""

    fields: list[DeclaredField] = field(default_factory=list)
    start: int = 0
    end: int = 0
    explicit: bool = False

    def stands_behind(self, place: int) -> bool:
        return self.start >= place and len(self.fields) > 1


class EnglishReader:
    """One for a vocabulary; keeps no state of a text."""

    def __init__(self, names: FieldNames) -> None:
        self._names = names
        self._items = EnglishItems(names)

    def read(self, text: str, blocks: Sequence[Block] = ()) -> Spoken:
        """What the text states, the blocks of lines in it first; without entities where it states none."""
        spoken = Spoken()
        if blocks:
            _take_blocks(blocks, spoken)
            if spoken.model.entities:
                return spoken
        text = _BUTTONS.sub(lambda match: " " * len(match.group()), _SHORT_WITH.sub("with", text))
        text = _JOINED.sub(", ", _SLASHED.sub(r"\1 (\2)", text))
        parts = self._parts(text) or self._needed(text) or self._listed_and_entered(text)
        if parts:
            spoken.model = DeclaredModel([DeclaredEntity(name, fields=fields) for name, fields, _ in parts])
            spoken.spans += [span for _, _, span in parts]
            return spoken
        entered = _ENTERED.search(text)
        inputs = self._items.fields(entered["list"]) if entered is not None else []
        best = Candidate()
        for start, sentence in _sentences(text):
            for part_start, part in self._without_conditions(sentence, start, spoken):
                for candidate in self._candidates(part, part_start):
                    if self._rank(candidate) >= self._rank(best):
                        best = candidate
        self._say_more(text, best)
        shown = entered is not None and best.stands_behind(entered.end())
        if shown:
            spoken.conditions += inputs
            spoken.searched += [item.name for item in inputs]
        if best.fields:
            spoken.model = DeclaredModel([DeclaredEntity("", fields=best.fields, result=shown)])
            spoken.spans.append((best.start, best.end))
        return spoken

    def conditions(self, text: str) -> Spoken:
        """What the text says to search by, and where."""
        spoken = Spoken()
        for start, sentence in _sentences(text):
            self._without_conditions(sentence, start, spoken)
        return spoken

    def _say_more(self, text: str, best: Candidate) -> None:
        """What other sentences say about the fields, and the fields that they add (`it also needs a status`)."""
        said = read_statements(text, self._names)
        named = {item.name.casefold(): item for item in best.fields}
        if len(said) > max(1, len(named)) and named.keys() <= {item.name.casefold() for item in said}:
            best.fields, best.start, best.end = said, 0, 0
            return
        for item in said:
            same = named.get(item.name.casefold())
            if same is not None:
                same.required, same.length = same.required or item.required, same.length or item.length
                same.type, same.values = same.type or item.type, same.values or item.values
            elif named and item.values:
                best.fields.insert(0, item)
        for match in _ALSO.finditer(text) if named else ():
            more = self._items.fields(re.split(r"[.;\n]", text[match.end() :])[0])
            best.fields += [item for item in more if item.name.casefold() not in named]

    def _parts(self, text: str) -> list[tuple[str, list[DeclaredField], tuple[int, int]]]:
        """`header: a, b; lines: c, d`: the upper and the lower part of a screen."""
        marks = list(_PART.finditer(text))
        found: dict[str, tuple[str, list[DeclaredField], tuple[int, int]]] = {}
        for index, match in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            listed = re.split(r"[.;\n]", text[match.end() : end])[0]
            fields = self._items.fields(listed)
            name = "" if match["upper"] else "detail"
            if len(fields) >= 2:
                found.setdefault(name, (name, fields, (match.start(), match.end() + len(listed))))
        return [found[""], found["detail"]] if len(found) == 2 else []

    def _needed(self, text: str) -> list[tuple[str, list[DeclaredField], tuple[int, int]]]:
        """`Required: a, b. Optional: c`: one list."""
        fields: dict[str, DeclaredField] = {}
        marks = list(_NEEDS.finditer(text))
        for match in marks if len(marks) > 1 else []:
            for item in self._items.fields(re.split(r"[.;\n]", text[match.end() :])[0]):
                item.required = match["optional"] is None
                fields.setdefault(item.name.casefold(), item)
        return [("", list(fields.values()), (marks[0].start(), len(text)))] if len(fields) > 1 else []

    def _listed_and_entered(self, text: str) -> list[tuple[str, list[DeclaredField], tuple[int, int]]]:
        """`List: a, b. Popup: a, c`: one list."""
        fields: dict[str, DeclaredField] = {}
        marks = list(_VIEWS.finditer(text))
        if {bool(match["rows"]) for match in marks} != {True, False}:
            return []
        for match in marks:
            for item in self._items.fields(re.split(r"[.;\n]|\s/\s", text[match.end() :])[0]):
                fields.setdefault(item.name.casefold(), item)
        return [("", list(fields.values()), (marks[0].start(), len(text)))] if len(fields) > 1 else []

    def _rank(self, candidate: Candidate) -> tuple[bool, bool, int]:
        count = len(candidate.fields)
        return count > 0, candidate.explicit and count > 1, count

    def _without_conditions(self, sentence: str, start: int, spoken: Spoken) -> list[tuple[int, str]]:
        """The parts around `search by a and b` and `with a and b as filters`, whose fields are taken."""
        filters = _AS_FILTERS.search(sentence)
        if filters is not None and (fields := self._items.fields(filters["listed"])):
            begin, end, plain = filters.start(), filters.end(), True
        elif (match := _SEARCHED.search(sentence)) is not None:
            listed = _BEHIND_CONDITIONS.split(sentence[match.end() :])[0]
            fields = self._items.fields(_DATE_RANGE.sub(r"\1period", listed))
            begin, end = match.start(), match.end() + len(listed)
            plain = len(fields) > 1 or match.group().rstrip()[-1:] in ":："
        else:
            return [(start, sentence)]
        spoken.searched += [item.name for item in fields]
        spoken.conditions += fields if plain else []
        spoken.spans.append((start + begin, start + end))
        return [(start, sentence[:begin]), (start + end, sentence[end:])]

    def _candidates(self, sentence: str, start: int) -> list[Candidate]:
        places = [(0, 0, False)]
        places += [(match.start(), match.end(), True) for match in MARKED.finditer(sentence)]
        places += [(match.start(), match.end(), bool(match["marked"])) for match in _VERBS.finditer(sentence)]
        places += [(match.end(), match.end(), True) for match in _COLON.finditer(sentence)]
        places += [(match.start(), match.start(), False) for match in re.finditer(r"[(\[]", sentence)]
        found = []
        for at, begin, explicit in places[:MAX_PLACES]:
            candidate = self._candidate(sentence, begin, explicit=explicit)
            if candidate is not None:
                candidate.start, candidate.end = start + (at if explicit else begin), start + len(sentence)
                found.append(candidate)
        return found

    def _candidate(self, sentence: str, begin: int, *, explicit: bool) -> Candidate | None:
        listed = sentence[begin:]
        bracket = re.match(r"\s*[(\[{]((?:[^()\[\]{}]|\([^()]*\))+)[)\]}]", listed)
        listed = bracket[1] if bracket is not None and re.search(r"[,/]", bracket[1]) else listed
        colon = _COLON.search(listed)
        if colon is not None and "," in listed[colon.end() :] and not re.search(r",", listed[: colon.start()]):
            return None  # the list stands behind the colon
        if colon is not None and "," in listed[: colon.start()] and "," not in listed[colon.end() :]:
            listed = listed[: colon.start()]
        fields = self._items.fields(listed, about=begin == 0)
        if not fields or not self._holds(fields, listed, explicit=explicit, before=sentence[:begin]):
            return None
        return Candidate(fields, explicit=explicit)

    def _holds(self, fields: list[DeclaredField], listed: str, *, explicit: bool, before: str) -> bool:
        leading = not before
        strong = sum(self._names.strength(item.name) >= HEAD or not item.bare for item in fields)
        subjects = sum(self._names.is_subject(item.name) and self._names.strength(item.name) < TERM for item in fields)
        if explicit:
            only = re.search(r"\b(?:only|single|just)\b", listed) is not None
            return len(fields) >= 2 or (strong == 1 and (only or _BEHIND_COLON.search(before) is not None))
        if _VERBS.search(first := listed.split(",", maxsplit=1)[0] + " ") or _SEARCHED.search(first):
            return False
        if len(fields) == 1 or not re.search(r",|\band\b|/|\s&\s", listed):
            return len(fields) > 2 and strong == len(fields)
        if len(fields) == 2:
            return (
                strong == 2
                and subjects == 0
                and not re.search(r"\b(?:difference|between|versus|vs|compare)\b", f"{before} {listed}", re.IGNORECASE)
            )
        return strong * 2 >= len(fields) if leading else strong * 5 >= len(fields)


def _take_blocks(blocks: Sequence[Block], spoken: Spoken) -> None:
    """The longest block states the fields, but where its header says that they are searched by."""
    conditions = [block for block in blocks if _CONDITIONS.search(block.header)]
    spoken.conditions += [item for block in conditions for item in block.fields]
    spoken.searched += [item.name for item in spoken.conditions]
    lists = [block for block in blocks if block not in conditions]
    if lists:
        main = max(lists, key=lambda block: len(block.fields))
        spoken.model = DeclaredModel([DeclaredEntity("", fields=main.fields)])
    spoken.spans += [(block.start, block.end) for block in blocks]


def _sentences(text: str) -> list[tuple[int, str]]:
    sentences, start = [], 0
    for match in _SENTENCES.finditer(text):
        sentences.append((start, text[start : match.start()]))
        start = match.end()
    return [*sentences, (start, text[start:])]
