"""Korean words in a list: the stem, the ending that closes a list or joins its items, and what the word does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ...language.korean import is_verbal
from ...language.word_lists import FUNCTION_NOUNS, STOP_KOREAN, WORDS_WITH_PARTICLE_ENDING
from ...vocabulary.field_names import HEAD, TERM, UNKNOWN, WORDS, FieldNames
from ...vocabulary.naming import HANGUL
from ..attributes import apply_attribute
from ..declared import DeclaredField
from .word_classes import (
    ACTION,
    CONJUNCTIONS,
    CONNECTIVE,
    COUNT,
    ENOUGH,
    FILLERS,
    HEADS,
    MARK,
    MODIFIERS,
    NOUNS_IN_HAN,
    QUESTION,
    VERB,
)

_BASE, _LAST, _RIEUL = 0xAC00, 0xD7A3, 8
_AFTER_CONSONANT, _AFTER_VOWEL, _ANY = 1, 2, 3
_ENDINGS: tuple[tuple[str, str, int], ...] = tuple(
    sorted(
        (
            (form, kind, after)
            for kind, after, forms in (
                ("conj", _AFTER_VOWEL, "와 랑"),
                ("conj", _AFTER_CONSONANT, "과 이랑"),
                ("conj", _ANY, "하고"),
                (
                    "close",
                    _AFTER_CONSONANT,
                    "을 이 은 으로 이고 이며 이면 이에요 이예요 이야 이구요 이고요 이요 이랑은 이라 이라고 이어야",
                ),
                ("close", _AFTER_VOWEL, "를 가 는 로 고 며 예요 야 구요 고요 요 라고 여야"),
                (
                    "close",
                    _ANY,
                    "의 만 도 까지 에 인 입니다 임 정도 등 만을 들을 들이 이고 인데 만은 까지만 에는 에서 에서는 이에요 으로는 로는 이다 부터",
                ),
            )
            for form in forms.split()
        ),
        key=lambda item: -len(item[0]),
    )
)
_PARTICLE = re.compile(r"(?:이|가|을|를|은|는|도|만)$")
_COLUMN = re.compile(r"^[A-Za-z]+_\w+$")
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9/]{1,5}$")
_LOOKS = frozenset({"조회", "검색"})
"""What a screen does, before a list without marks: 직원 조회 이름 부서."""
_ONLY_BEFORE_A_WORD = ("인", "의")
"""Endings that lead to another word: nothing is cut from 로그인 where it stands last."""
_CONTROL = re.compile(
    r"(?:화면|페이지|팝업|폼|그리드|버튼|프로그램|체크박스|콤보|콤보박스|라디오|입력창|입력란|텍스트박스|페이징|엑셀|다운로드|업로드|모달|필터)$|^(?:추가|수정|삭제|저장|조회|검색|등록|취소|닫기|신규|초기화|출력|인쇄)$"
)
_BRACKET = re.compile(r"^(?P<head>[^(（\[{]+)(?P<group>[(（\[{].*[)）\]}])(?P<tail>[^)）\]}]*)$", re.DOTALL)
_NAME = re.compile(r"^[\w가-힣][\w가-힣./%&+ -]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """`ending` is `conj`, `close` or empty; `group` is a bracket behind the stem."""

    raw: str
    stem: str
    ending: str
    group: str = ""

    @property
    def bare(self) -> bool:
        return not self.ending


class WordReader:
    """Reads words with a vocabulary at hand; what is in it is never cut. One for a text: it keeps what it split."""

    def __init__(self, names: FieldNames) -> None:
        self.names = names
        self.split: Callable[[str], tuple[str, str]] = lru_cache(maxsize=2048)(self._split)

    def read_all(self, texts: list[str], *, separated: bool) -> list[Word]:
        """The words of a chunk; the last one in front of a separator loses an ending only where a known name is left."""
        words = [self.read(text) for text in texts]
        if (
            words
            and words[-1].ending == "close"
            and words[-1].raw.endswith(_ONLY_BEFORE_A_WORD)
            and not words[-1].group
        ):
            words[-1] = Word(words[-1].raw, words[-1].raw, "")
        if separated and words and words[-1].ending == "close" and self.names.strength(words[-1].stem) < HEAD:
            last = words[-1]
            words[-1] = Word(last.raw, last.raw if not last.group else last.stem, "", last.group)
        return words

    def is_one(self, first: str, following: str, *, alone: bool) -> bool:
        """`접수 번호`, `고객 명`: two words that are one name together. `alone`: a separator stands before them."""
        second = self.read(following).stem
        if _COLUMN.match(first) and HANGUL.search(second):
            return self.names.strength(second) >= HEAD
        if _COLUMN.match(second) and HANGUL.search(first):
            return self.names.strength(first) >= HEAD and self.read(first).bare
        if _ACRONYM.match(first) and HANGUL.search(second):
            return self.names.strength(second) >= HEAD and (second in HEADS or self.names.strength(first) < TERM)
        if not HANGUL.search(first) or not HANGUL.search(second) or " " in first or not self.read(first).bare:
            return False
        behind = second in HEADS
        if first in MODIFIERS:
            return self.names.strength(second) >= WORDS and not self.ends_list(second)
        if self.is_action(first):
            loose = (behind and first not in _LOOKS) or alone or self.names.strength(first + second) == TERM
            return self.names.strength(second) >= HEAD and loose
        return behind and self.names.strength(first + second) == TERM and not self.ends_list(first)

    def read(self, raw: str) -> Word:
        match = _BRACKET.match(raw)
        if match is None:
            stem, ending = self.split(raw)
            return Word(raw, stem, ending)
        ending = "conj" if match["tail"] in CONJUNCTIONS else "close" if match["tail"] else ""
        return Word(raw, match["head"], ending, match["group"])

    def _split(self, word: str) -> tuple[str, str]:
        """The stem and what its ending does; a known name stays whole."""
        if self.names.strength(word) == TERM or word in WORDS_WITH_PARTICLE_ENDING or self.names.is_subject(word):
            return word, ""
        for form, kind, after in _ENDINGS:
            stem = word[: -len(form)]
            if not word.endswith(form) or not stem or not _agrees(stem[-1], form, after):
                continue
            if self._may_be_cut(word, stem, form):
                return stem, kind
        return word, ""

    def _may_be_cut(self, word: str, stem: str, form: str) -> bool:
        known = self.names.strength(stem)
        if known == UNKNOWN and len(form) == 1 and self.names.ends_in_word(word):
            return False
        if known == UNKNOWN and not self.names.is_subject(stem):
            if apply_attribute(DeclaredField(""), stem):
                return True
            return len(stem) >= 2 and not (len(form) == 1 and form in "고며야요인도만의에이가로" and len(stem) < 3)
        return known >= self.names.strength(word) or len(form) > 1

    def is_function(self, word: str) -> bool:
        """What a screen is or does: 화면, 목록, 조회, 등록폼."""
        stem, _ = self.split(word)
        if self.names.strength(stem) == TERM and stem not in FUNCTION_NOUNS:
            return False
        return (
            stem in FUNCTION_NOUNS
            or _PARTICLE.sub("", word) in FUNCTION_NOUNS
            or word in FUNCTION_NOUNS
            or bool(
                re.search(
                    r"(?:화면|페이지|팝업|폼|게시판|그리드|버튼|프로그램|메뉴얼|체크박스|콤보|콤보박스|라디오|입력창|입력란|텍스트박스|페이징)(?:랑|이랑|하고|와|과|을|를|은|는|이|가|으로|에|에는|에서|도|의|인데|이요|요|임|좀|좀요)?$",
                    word,
                )
            )
        )

    def is_control(self, word: str) -> bool:
        """What screens consist of and do (버튼, 팝업, 저장하는), and no field."""
        return (
            _CONTROL.search(word) is not None
            or (self.is_verb(word) and not self.is_action(word))
            or MARK.match(word) is not None
        )

    def is_verb(self, word: str) -> bool:
        if TERM in {self.names.strength(word), self.names.strength(self.split(word)[0])}:
            return False
        if VERB.match(word):
            return True
        if not is_verbal(word) or self.names.strength(word) > UNKNOWN or NOUNS_IN_HAN.search(word):
            return False
        stem, ending = self.split(word)
        return not ending or self.names.strength(stem) < HEAD

    def is_connective(self, word: str) -> bool:
        return self.is_verb(word) and CONNECTIVE.search(word) is not None

    def is_filler(self, word: str) -> bool:
        stem = word.rstrip(",.!~")
        return (
            stem in FILLERS
            or ENOUGH.match(stem) is not None
            or QUESTION.match(stem) is not None
            or (stem in STOP_KOREAN and self.names.strength(stem) < TERM)
            or COUNT.match(stem) is not None
            or MARK.match(self.split(stem)[0]) is not None
        )

    def is_action(self, word: str) -> bool:
        """접수, 처리: what is done, which may be the first half of a name."""
        return ACTION.fullmatch(word) is not None

    def ends_list(self, word: str) -> bool:
        """Whether this word can't be part of a field's name, but of what stands around the list."""
        return self.is_filler(word) or self.is_verb(word) or self.is_function(word)


def _agrees(last: str, form: str, after: int) -> bool:
    """은 stands behind a consonant, 는 behind a vowel; 로 behind ㄹ too. Latin letters and brackets take both."""
    code = ord(last)
    if not _BASE <= code <= _LAST or after == _ANY:
        return True
    final = (code - _BASE) % 28
    if form in {"로", "로는"}:
        return final in {0, _RIEUL}
    if form in {"으로", "으로는"}:
        return final not in {0, _RIEUL}
    return (final != 0) == (after == _AFTER_CONSONANT)


def is_name_word(text: str) -> bool:
    return _NAME.match(text) is not None and not text.isdigit()
