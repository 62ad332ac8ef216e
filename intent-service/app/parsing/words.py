"""Fields and entities stated in plain words, Korean and English, and where they stand in the prompt."""

import re

from ..language.korean import is_verbal
from ..language.word_lists import FUNCTION_NOUNS
from ..vocabulary.field_names import FieldNames
from ..vocabulary.naming import HANGUL
from .attributes import is_attribute
from .blocks import find_blocks
from .declared import DeclaredEntity, Spoken
from .english import MARKED, EnglishReader
from .korean.reader import KoreanReader
from .lists import read_list, split_items

_GROUP = re.compile(
    r"(?P<name>[A-Za-z가-힣][\w가-힣]*(?: [A-Za-z가-힣][\w가-힣]*){0,2})\s*[(（](?P<inside>(?:[^()（）]|\([^()]*\)){3,2000})[)）]"
)


def read_words(text: str, names: FieldNames) -> Spoken:
    """Lists that their shape tells, then what the prose says in its language."""
    blocks = find_blocks(text, names)
    if HANGUL.search(text) is None:
        grouped = _groups(text)
        return grouped if grouped.model.entities else EnglishReader(names).read(text, blocks)
    said = KoreanReader(names).read(text, blocks)
    if said.model.entities:
        return said
    english = EnglishReader(names).read(text, [])
    english.searched = said.searched or english.searched
    return english


def _groups(text: str) -> Spoken:
    """`주문(주문번호, 주문일)과 주문상세(순번, 상품)`: entities with their fields in brackets."""
    spoken = Spoken()
    groups = [match for match in _GROUP.finditer(text) if _states_entity(match)]
    outside = _without_spans(text, [match.span() for match in groups])
    first = MARKED.search(text)
    if len(groups) < 2 or (first and first.start() < groups[0].start()) or _listed_outside(outside):
        return spoken
    for match in groups:
        fields = read_list(match["inside"])
        name = _group_name(match["name"])
        spoken.model.entities.append(DeclaredEntity(name=name, label="", fields=fields))
        start = match.start("inside") - 1
        spoken.spans.append((start, match.end()))
    return spoken


def _states_entity(match: re.Match[str]) -> bool:
    """Two fields or more in the bracket, and no attribute (`이름(필수, 50자)` is a field)."""
    parts = [part for part in split_items(match["inside"]) if part.strip()]
    return len(parts) >= 2 and len(read_list(match["inside"])) >= 2 and not any(map(is_attribute, parts))


def _listed_outside(text: str) -> bool:
    """Whether commas stand around the brackets: then these describe items of a list."""
    return bool(re.search(r"[,，、](?!\s*§)|(?<!§)[,，、]", re.sub(r"§\s*[,，、]\s*§", "§", text)))


def _without_spans(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}§{text[end:]}"
    return text


def _group_name(text: str) -> str:
    """The last word before the bracket, without the verbs and particles that lead to it."""
    words = re.sub(r"^.*(?:for|of|manage|and|with|에\s|와\s|과\s|및\s)\s*", "", text.strip()) or text
    name = words.strip().split(" ")[-1] if re.search(r"[가-힣]", words) else words.strip()
    if (
        is_verbal(name)
        or name.lower() in FUNCTION_NOUNS
        or re.search(r"(?:줘|요|화면|페이지|폼)$|\bscreen$|\bpage$", name)
    ):
        return ""
    return name
