"""Lists without any mark: names of fields with nothing but blanks between them."""

import re

from ...vocabulary.field_names import HEAD, TERM, UNKNOWN, WORDS
from .rules import is_rule
from .words import Word, WordReader, is_name_word

_ABOUT = re.compile(r"(?:현황|내역|목록|대장|이력|명세|일지|신청서|관리|리스트|명부|점검표|조회|등록|장부)$")
"""What a screen is about, though it may be a field's name too: 사용내역."""
_REGISTER = re.compile(r"[가-힣](?:장|대장|일지|명부|장부|부|표|서)$")
"""What is kept, and may stand behind its fields: 분개장."""


def find_run(words: list[Word], reader: WordReader, *, explicit: bool, alone: bool) -> tuple[int, int] | None:
    """The longest run: its first word, and behind its last. `explicit`: something says that a list follows."""
    if len(words) < (3 if alone else 4) and not (explicit and alone and len(words) == 2):
        return None
    first, after = _longest(words, reader)
    leading = explicit and first == 0
    if not leading:
        first = _begin(words, first, after, reader)
        after = _before_subject(words, first, after, reader)
    counted = after < len(words) and reader.is_filler(words[after].raw) and after - first > 2
    return (first, after) if _is_run(words[first:after], reader, explicit=leading or counted) else None


def _begin(words: list[Word], first: int, after: int, reader: WordReader) -> int:
    """Where the list begins; `FAQ 관리 화면 질문 답변`: what it is about stands in front of the run already."""
    if all(reader.ends_list(word.raw) for word in words[:first]):
        return _behind_subject(words, first, after, reader)
    while after - first > 2 and _is_foreign(words[first], reader):
        first += 1
    return first


def _longest(words: list[Word], reader: WordReader) -> tuple[int, int]:
    best = (0, 0)
    begin = 0
    for index, word in enumerate([*words, Word("", "", "close")]):
        if not word.stem or reader.ends_list(word.raw) or not is_name_word(word.stem) or is_rule(word, reader.names):
            end = index
        elif word.ending:
            end = index + 1
        else:
            continue
        if end - begin > best[1] - best[0]:
            best = (begin, end)
        begin = index + 1
    return best


def _behind_subject(words: list[Word], first: int, after: int, reader: WordReader) -> int:
    """`도서 대출 대출번호 회원번호`: what the screen is about stands before the list."""
    weak = first
    while after - weak > 2 and _is_about(words[weak], reader):
        weak += 1
    about = [index for index in range(first, weak) if _is_said(words[index], reader)]
    return about[-1] + 1 if about else weak


def _is_foreign(word: Word, reader: WordReader) -> bool:
    """A word that nothing is known of, in front of a list: what was said before in a dialect."""
    return reader.names.strength(word.stem) == UNKNOWN and not reader.names.is_subject(word.stem)


def _is_said(word: Word, reader: WordReader) -> bool:
    return reader.names.is_subject(word.stem) or _ABOUT.search(word.stem) is not None


def _is_about(word: Word, reader: WordReader) -> bool:
    names = reader.names
    if names.is_subject(word.stem) or names.strength(word.stem) < HEAD:
        return True
    return _ABOUT.search(word.stem) is not None


def _before_subject(words: list[Word], first: int, after: int, reader: WordReader) -> int:
    """`차변 대변 적요 전표 입력 화면`: what the screen is about may stand behind the list too."""
    followed = after < len(words) and reader.is_function(words[after].raw)
    last = words[after - 1]
    about = reader.names.is_subject(last.stem) or (
        reader.names.strength(last.stem) < HEAD and _REGISTER.search(last.stem) is not None
    )
    if followed and after - first > 3 and last.bare and about:
        return after - 1
    return after


def _is_run(words: list[Word], reader: WordReader, *, explicit: bool) -> bool:
    names = reader.names
    strengths = [names.strength(word.stem) for word in words]
    strong = sum(strength >= HEAD for strength in strengths)
    if explicit:
        if len(words) == 2:
            return strong == 2 and names.strength(words[0].stem + words[1].stem) < TERM
        return len(words) >= 3 and sum(strength >= WORDS for strength in strengths) * 5 >= len(words) * 2
    attributes = sum(
        strength >= HEAD and not names.is_subject(word.stem) for word, strength in zip(words, strengths, strict=True)
    )
    return len(words) >= 3 and strong * 10 >= len(words) * (5 if len(words) > 4 else 6) and attributes >= 2
