"""What two views of a screen show, from the places that the prompt gives them."""

import re
from dataclasses import dataclass
from typing import Literal

from ...language.text import Language
from ...modelling.subject import Subject
from ...parsing.places import Places, find_places, is_view
from ...vocabulary.lexicon import Lexicon
from .patterns import POPUP
from .subjects import find_subjects

_DETAIL = re.compile(r"상세|폼|입력|정보|편집|내용|\b(?:details?|form|edit\w*)\b", re.IGNORECASE)
CONDITIONS = re.compile(
    r"조건|검색|조회(?!된)|필터|버튼|\b(?:search|filters?|conditions?|criteria|buttons?|toolbar)\b", re.IGNORECASE
)
"""What stands above any list: it makes no second view."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Two views. `span`: of the words; `lower`: what the lower part is called.

    `pattern`: two lists of which one follows the other, or a list with the details of its row; none where the upper
    part only holds conditions or buttons.
    """

    pattern: Literal["master_detail", "list_detail", "form"] | None
    subjects: tuple[Subject, ...]
    span: tuple[int, int]
    lower: str = ""

    def without_places(self, prose: str) -> str:
        """The prose with the lower view alone: 위쪽은 검색 조건, 아래쪽은 사원 목록 → 사원 목록."""
        start, end = self.span
        return f"{prose[:start]} {self.lower} {prose[end:]}"


def find_arrangement(prose: str, lexicon: Lexicon, language: Language) -> Arrangement | None:
    """None where the prose puts nothing anywhere, or the places don't say what they hold."""
    if POPUP.search(prose):
        return None
    places = find_places(prose)
    if places is None:
        return None
    if not places.chosen and CONDITIONS.search(places.upper):
        return Arrangement(None, (), places.span, places.lower)
    upper = _shown(places.upper, places, lexicon, language)
    lower = _shown(places.lower, places, lexicon, language)
    if not upper or (places.chosen and not _leads([*upper[:1], *lower[:1]], prose, lexicon, language)):
        return None
    return _arranged(places, upper[0], lower)


def _arranged(places: Places, upper: Subject, lower: list[Subject]) -> Arrangement | None:
    if lower and lower[0].name != upper.name:
        return Arrangement("master_detail", (upper, lower[0]), places.span)
    if _DETAIL.search(places.lower):
        return Arrangement("list_detail", (upper,), places.span)
    return None


def _shown(text: str, places: Places, lexicon: Lexicon, language: Language) -> list[Subject]:
    """What a view shows: a noun that the vocabulary doesn't know where the words call it a view, 학과 목록."""
    named = not places.chosen and is_view(text)
    return [subject for subject in find_subjects(text, lexicon, language) if named or subject.archetype is not None]


def _leads(shown: list[Subject], prose: str, lexicon: Lexicon, language: Language) -> bool:
    """Whether the screen is about one of them: `상품을 선택하면 재고가 나오는 주문 등록` is about orders."""
    subjects = find_subjects(prose, lexicon, language)
    return bool(subjects) and any(subjects[0].name == subject.name for subject in shown)
