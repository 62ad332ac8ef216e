"""The screen's id and title."""

from screenspec.spec import Pattern

from ...language.text import Language
from ...vocabulary.naming import pascal
from .schemas import ScreenName

_SUFFIXES: dict[Pattern, str] = {"form": "Form", "master_detail": "Master", "popup_picker": "Popup"}
_TITLES: dict[Pattern, tuple[str, str]] = {
    "list": ("{} 목록", "{} list"),
    "list_popup": ("{} 목록", "{} list"),
    "list_detail": ("{} 목록/상세", "{} list and details"),
    "multi_save": ("{} 관리", "{} management"),
    "form": ("{} 등록", "{} entry"),
    "master_detail": ("{} 관리", "{} management"),
    "popup_picker": ("{} 선택", "Choose {}"),
}


def screen_name(entity: str, label: str, pattern: Pattern, language: Language) -> ScreenName:
    """`TaskList`, `Task 관리`: the entity's English name with the pattern's suffix, and a title for people."""
    suffix = _SUFFIXES.get(pattern, "List")
    stem = pascal(entity.split("_"))[: 62 - len(suffix)]
    korean, english = _TITLES[pattern]
    shown = label if language == "ko" or pattern != "popup_picker" else label[:1].lower() + label[1:]
    return ScreenName(id=stem + suffix, title=(korean if language == "ko" else english).format(shown)[:200])
