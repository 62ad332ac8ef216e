"""The items of an English list: names with what is said about them."""

import re

from ..language.word_lists import FUNCTION_NOUNS, HEADS_ENGLISH, STOP_ENGLISH, words as word_list
from ..vocabulary.field_names import HEAD, TERM, FieldNames
from .attributes import apply_attribute, is_attribute
from .declared import DeclaredField
from .items import read_item
from .lists import split_items
from .type_names import TYPES

_ENDS = re.compile(
    r"\s+(?:so\s+(?:that|i|we|users?)|that|which|where|when|please|pls|thanks|because|while|then|instead|but|also|together)\b.*$"
    r"|\s+(?:for|in|on|into|onto|from|at|of|to|by|per)\s+(?:the|an?|our|my|all|each|every|one|this|these|its|their|new|me|us|be)\b.*$"
    r"|\s+for\s+\w+(?:\s+\w+)?(?:\s+(?:screen|page|form|grid|list|popup|table|management))?$|\s+(?:in|on|at)\s+(?:\w+\s+)?(?:screen|page|form|grid|list|popup|table)s?\b.*$"
    r"|\s+[-–—]+\s+.*$|\s+(?:as\s+(?:columns?|fields?)|columns?|fields?)\b.*$|\s*\b(?:etc|and\s+so\s+on|and\s+more)\b.*$"
    r"|(?<=\w)\s+(?:(?:can|should|must|will|to)\s+be|are|is)\s+(?!required|mandatory|optional|the\s+key|a\s+key|unique|\w+\s*\().*$",
    re.IGNORECASE | re.DOTALL,
)
_LEADS = re.compile(
    r"^(?:(?:and|or|the|its|their|an?|also|plus|with|having|including|then|each|every|his|her|our|your)\s+|\w+'s?\s+(?=\w))+",
    re.IGNORECASE,
)
_VALUES = re.compile(
    r"^(?P<name>\w+(?:\s\w+)?)\s+(?:of|as|either|being)\s+(?:either\s+)?(?P<values>\w+(?:\s*,\s*\w+)*\s*,?\s+or\s+\w+)$",
    re.IGNORECASE,
)
"""`a status of active or expired`."""
_OR = re.compile(r"\s*,?\s+or\s+|\s*,\s*", re.IGNORECASE)
_ADJECTIVE = re.compile(r"^(optional|required|mandatory)\s+(?=\w)", re.IGNORECASE)
_IN_UNIT = re.compile(
    r"\s+in\s+(?P<unit>kgs?|g|lbs?|tons?|km|m|cm|mm|ml|l|kwh|usd|eur|krw|percent|days|hours|minutes|%)$", re.IGNORECASE
)
"""`gross weight in kg`."""
_RANGE = re.compile(r"\s+\d+\s*(?:-|~|to)\s*\d+$")
_OF = re.compile(
    r"^(?!(?:number|count|no|list|type|kind|name)\b)(\w+(?:\s\w+)?)\s+(?:of|for|from)\s+(?:(?:the|all|each|every|an?)\s+\w+|\w+[^s\W]s)$",
    re.IGNORECASE,
)
"""`total_amount of orders`, and not `date of birth`, `port of loading`."""
_SAID = re.compile(
    r"^(?P<name>[A-Za-z]\w*(?:\s\w+){0,2}?)\s+(?:(?:is|are|as|being|must\s+be|should\s+be|of)\s+)?(?P<rules>(?:(?:a|an|the)\s+)?(?:required|mandatory|optional|up\s+to\s+.+|max(?:imum)?\s+.+|\d+\s*(?:chars?|characters?|digits?).*|not\s+null.*|unique))$",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"\b(?:create|make|build|generate|want|need|give|please|screen|page|popup|dialog|should|would|could|can|you|i|we|me|it|that|which|where|who|button|buttons|paging|pagination|sorting|crud)\b|^(?:search|save|delete|add|edit|update|list|filter|print|export|excel|read|only|grid|form|first|second)$|^(?:grid|list|table|show|display)s?\s+(?:shows?|with|has)\b",
    re.IGNORECASE,
)
_VERBS_TOO = frozenset({"make", "build", "need", "first", "second"})
_NOUNS_TOO = word_list(
    "user users type condition sample feature module entry thing page pages code box kind sort order row rows filter detail details view start end"
)
"""Words that a prompt is full of, and that name fields too."""
_NEED_BY = frozenset({"need by", "needed by", "required by"})
"""Dates, though nothing but words that name nothing."""
MAX_WORDS = 4
_CLAUSE = re.compile(
    r"\b(?:i|we|you|it|they|he|she|me|us|please|should|would|could|can|must|will|want|need(?!ed|\s+by)|make|create|build|give|when|if|screen|page|popup|dialog|buttons?|paging|pagination|sorting|crud|export|excel|search|save|thanks?|thx|pls|etc|asap)\b",
    re.IGNORECASE,
)


class EnglishItems:
    """Reads lists with a vocabulary."""

    def __init__(self, names: FieldNames) -> None:
        self._names = names

    def fields(self, listed: str, *, about: bool = False) -> list[DeclaredField]:
        listed = _ENDS.sub("", listed.strip().rstrip(".!?"))
        plain = not re.search(r"[,，、;]", listed)
        listed = re.sub(r"(?<=\w)\s*[/|]\s*(?=\w)", ", ", listed) if plain and "(" not in listed else listed
        pieces = [piece for piece in split_items(listed) if piece.strip()]
        pieces = [part for piece in pieces for part in self._run(piece) or [piece]]
        typed = sum(1 for piece in pieces if (item := read_item(piece)) is not None and item.type is not None)
        fields: dict[str, DeclaredField] = {}
        doubtful: list[DeclaredField] = []
        for piece in pieces:
            item = self._item(piece, typed=typed * 2 > len(pieces))
            if item is None:
                if not fields or is_attribute(piece.strip()):
                    continue
                if (maybe := _short_name(piece)) is None:
                    break
                doubtful.append(maybe)
                continue
            for held in doubtful:
                fields.setdefault(held.name.casefold(), held)
            doubtful.clear()
            if not fields and about and len(pieces) > 2 and item.bare and self._is_about(item.name, plain=plain):
                continue
            fields.setdefault(item.name.casefold(), item)
        if len(fields) > 2:
            for held in doubtful:
                fields.setdefault(held.name.casefold(), held)
        return list(fields.values())

    def _is_about(self, name: str, *, plain: bool) -> bool:
        """`maintenance log / machine id / …`: what the screen is about."""
        return self._names.strength(name) < (HEAD if plain else TERM) and (plain or self._names.is_subject(name))

    def _run(self, piece: str) -> list[str]:
        """`id name email role`: names with blanks alone between them."""
        words = piece.split()
        heads = [index for index, word in enumerate(words) if word.lower() in HEADS_ENGLISH]
        words = words[heads[-1] + 1 :] if heads else words
        known = [word for word in words if self._names.strength(word) >= HEAD]
        whole = self._names.strength(piece) == TERM or "(" in piece
        return words if len(words) >= 3 and len(known) == len(words) and not whole else []

    def _item(self, piece: str, *, typed: bool) -> DeclaredField | None:
        piece = _LEADS.sub("", piece.strip()).strip().rstrip(".?!")
        piece = _IN_UNIT.sub(r" (\g<unit>)", _RANGE.sub("", _OF.sub(r"\1", _without_screen(piece))))
        values = _VALUES.match(piece)
        if values is not None:
            piece = f"{values['name']} ({'/'.join(_OR.split(values['values']))})"
        said = _SAID.match(re.sub(r"\s*\(([^)]*)\)\s*$", "", piece))
        bracket = re.search(r"\(([^)]*)\)\s*$", piece)
        adjective = _ADJECTIVE.match(piece)
        piece = piece[adjective.end() :] if adjective else piece
        said = said if adjective is None else None
        item = read_item(
            f"{said['name']} ({bracket[1]})" if said and bracket else said["name"] if said else piece, typed=typed
        )
        if item is None:
            return None
        if said:
            for rule in re.split(r",|\band\b", said["rules"]):
                apply_attribute(item, re.sub(r"^(?:a|an|the)\s+", "", rule.strip()))
        if adjective is not None:
            apply_attribute(item, adjective[1])
        return item if self._is_name(item.name) else None

    def _is_name(self, name: str) -> bool:
        words = name.lower().split()
        if not words or len(words) > MAX_WORDS:
            return False
        if self._names.strength(name) == TERM or name.lower() in _NEED_BY:
            return True
        if is_attribute(name) and name.lower() not in TYPES:
            return False
        if _NOT_NAMES.search(name) and (len(words) > 1 or words[0] not in _VERBS_TOO):
            return False
        if len(words) == 1 and words[0] in _VERBS_TOO | _NOUNS_TOO:
            return True
        return not all(word in STOP_ENGLISH or word in HEADS_ENGLISH or word in FUNCTION_NOUNS for word in words)


def _short_name(piece: str) -> DeclaredField | None:
    """What may be a name between two that are: `need by` in `qty, need by, note`; no part of a sentence."""
    item = read_item(_LEADS.sub("", piece.strip()).strip().rstrip(".?!"))
    return item if item is not None and len(item.name.split()) <= 2 and not _CLAUSE.search(item.name) else None


def _without_screen(piece: str) -> str:
    """`total (decimal) order list`: what stands behind the last field's bracket says what is asked for."""
    match = re.fullmatch(r"(\w+(?: \w+)*\s*\([^()]*\))\s+(\w[\w ]*)", piece)
    asks = match is not None and not HEADS_ENGLISH.isdisjoint(match[2].lower().split())
    return match[1] if match is not None and asks else piece
