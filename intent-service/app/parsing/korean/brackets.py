"""What a bracket holds: a list of fields (`주문(주문번호, 주문일)`), or what describes the word before it."""

import re
from dataclasses import dataclass

from ...language.korean import strip_functions
from ...vocabulary.field_names import HEAD, TERM, FieldNames
from ..attributes import apply_attribute, is_attribute
from ..declared import DeclaredField
from ..lists import split_items
from .tokens import Token
from .words import WordReader

_CODE = re.compile(
    r"(?:상태|구분|유형|종류|분류|등급|여부|수단|방법|방식|단계|타입|카테고리|성별|status|type|category|grade|priority|순위|중요도|긴급도)$",
    re.IGNORECASE,
)
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+")
"""`role(ADMIN/USER)`: values."""
_IDENTIFIER = re.compile(r"^(?:[A-Za-z]+_\w+|[a-z]+[A-Z]\w*|[a-z]+)$")
_PARTS = frozenset({"헤더", "마스터", "라인", "디테일"})
_LABEL = re.compile(r"^\s*[가-힣A-Za-z ]{1,14}\s*[:：]\s*")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A list of fields in a bracket. `start`: where its content stands in the text."""

    head: str
    content: str
    start: int
    token: Token


def find_bracket(token: Token, before: Token | None, reader: WordReader) -> Bracket | None:
    """The list in a token's bracket; None where it describes the word before it."""
    match = re.match(r"^(?P<head>[^(（\[{]*)[(（\[{](?P<inside>.*)[)）\]}]", token.text, re.DOTALL)
    if match is None:
        return None
    content = match["inside"]
    head = match["head"]
    listed = _LABEL.sub("", content)
    items = [item.strip() for item in split_items(re.sub(r"[/·ㆍ]", ",", listed)) if item.strip()]
    if len(items) == 1 and _are_names(listed.split(), reader.names):
        items = listed.split()
    if len(items) < 2 or not _lists_fields(head, items, reader.names, slashes="/" in content, apart=" / " in content):
        return None
    if (
        head in {"상세", "디테일", "라인", "품목", "정보", "내역"}
        and before is not None
        and before.kind == "word"
        and before.end + 1 >= token.start
    ):
        head = before.text + head
    return Bracket(head, content, token.start + match.start("inside"), token)


def _are_names(words: list[str], names: FieldNames) -> bool:
    """`전표(전표번호 회계일자 작성부서)`: three names and more with blanks alone between them."""
    return len(words) > 2 and sum(names.strength(word) >= HEAD for word in words) * 3 >= len(words) * 2


def _lists_fields(head: str, items: list[str], names: FieldNames, *, slashes: bool, apart: bool) -> bool:
    """`slashes`: values are parted so more often than fields; `apart`: with blanks around them, as fields are."""
    if any(is_attribute(item) for item in items) or (slashes and all(map(_CONSTANT.fullmatch, items))):
        return False
    if _IDENTIFIER.match(head) and any(apply_attribute(DeclaredField(""), item) for item in items):
        return False
    bare = [re.split(r"[\s(:（]", item)[0] for item in items]
    strong = sum(names.strength(name) >= HEAD for name in bare)
    if head and (_CODE.search(head) or slashes) and not names.is_subject(head):
        listed = strong == len(bare) > 2 or (apart and strong * 2 >= len(bare) > 3)
        return listed and not _CODE.search(head)
    if head and names.strength(head) == TERM and not names.is_subject(head):
        return strong * 3 >= len(bare) * 2
    return strong * 2 >= len(bare) or not head or len(strip_functions(head)) > 1


def entity_name(head: str, reader: WordReader, *, several: bool) -> str:
    """The entity that a bracket's head names: none for 사원 정보, a screen, or a mark."""
    if several and head in _PARTS:
        return head
    forms = [form for form in strip_functions(head) if reader.names.is_subject(form)]
    if forms:
        return forms[0]
    return head if several and not reader.ends_list(head) else ""
