"""All that a prompt says of its subject: `출장비 정산`, and not 정산 alone; and the names that it states as such."""

import re

from ...language.korean import strip_functions
from ...language.word_lists import HEADS_ENGLISH, LEADS_ENGLISH
from ...vocabulary.heads import domain_of_head
from ...vocabulary.lexicon import Lexicon
from .subject_tokens import Token

_STATED = re.compile(
    r"^\W*(?:(?:화면|프로그램|메뉴|테이블)\s*명|screen(?:\s*name)?)\s*[:：=]\s*(?P<name>[^\n,(（|]{2,40}?)\s*(?:[(（](?P<inside>[^)）\n]{2,30})[)）])?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_VERB = re.compile(
    r"^(?:조회|관리|등록|입력|검색|수정|삭제|저장|출력|작성|만들|맹글|개발|구현|생성|보여|보이|보는|나오|필요|부탁|뽑|짜)"
)
_NO_QUALIFIERS = frozenset({"no", "codeid", "date", "datetime", "yn", "id"})
"""Domains of names that only fields have: 신청번호."""
_WHEN = frozenset(
    {"당일", "금일", "전일", "익일", "당월", "전월", "익월", "당년", "전년", "금년", "최근", "현재", "기존"}
)
"""What says when, and not which: 당일 방문자."""
_OURS = frozenset({"우리", "저희", "우리의", "저희의", "our", "my"})
MAX_LEADING = 3
MAX_BEHIND = 2


def stated_name(prose: str) -> str:
    """`화면명: 설비 예방정비 계획`, `테이블명: TB_DONATION (기부내역)`: the name; empty where none is stated."""
    match = _STATED.search(prose)
    if match is None:
        return ""
    korean = match["inside"] if match["inside"] and match["name"].isascii() and not match["inside"].isascii() else ""
    return (korean or match["name"]).strip()


def phrase_of(tokens: list[Token], first: int, last: int, lexicon: Lexicon) -> str:
    """The subject at these tokens (first, behind the last) with the words around it; empty where none belongs to it."""
    begin, after = first, last
    while begin > 0 and first - begin < MAX_LEADING and tokens[begin].joined and _qualifies(tokens, begin - 1, lexicon):
        begin -= 1
    while after < len(tokens) and after - last < MAX_BEHIND and _goes_on(tokens, after, lexicon):
        after += 1
    if (begin, after) == (first, last):
        return ""
    words = [token.raw for token in tokens[begin : after - 1]]
    end = tokens[after - 1]
    shortest = strip_functions(end.stem)[-1] if after > last else end.stem
    return " ".join([*words, end.raw if end.raw.isascii() else shortest])


def _qualifies(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a word in front says which: 법인카드 정산, `overdue invoices`; 우리 부서 says who asks."""
    token = tokens[index]
    ours = index > 0 and tokens[index - 1].raw.lower() in _OURS
    if ours or token.stem in LEADS_ENGLISH or token.stem in _WHEN or not token.raw.isalnum():
        return False
    return _is_noun(token) and token.raw.lower() == token.stem and _is_known(token.stem, lexicon)


def _goes_on(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the word behind belongs to the subject: 금형 이력카드, `equipment calibration`."""
    before, token = tokens[index - 1], tokens[index]
    if not token.joined or before.raw.lower() != before.stem or not _is_noun(token) or _VERB.match(token.raw):
        return False
    if not token.raw.isascii():
        return _is_known(strip_functions(token.stem)[-1], lexicon)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    ends = following is None or not following.joined or following.stem in HEADS_ENGLISH
    return ends and before.raw.isascii()


def _is_noun(token: Token) -> bool:
    return not token.stop and not token.function and len(token.stem) > 1 and not token.raw.isdigit()


def _is_known(text: str, lexicon: Lexicon) -> bool:
    if domain_of_head(text) in _NO_QUALIFIERS:
        return False
    if text.isascii():
        return lexicon.korean_label(text) is not None
    return lexicon.term(text) is not None or lexicon.archetype(text) is not None or lexicon.is_made_of_words(text)
