"""A screen whose fields are told by tabs: one thing, but where a tab lists rows of another."""

import re
from typing import Literal

from ...parsing.declared import DeclaredEntity, DeclaredModel
from ...parsing.formal import without
from ...parsing.tabs import Tab
from ...parsing.words import find_tabs
from ...vocabulary.lexicon import Lexicon
from .arrangements import Arrangement
from .patterns import POPUP
from .screen_parts import ScreenParts, called

_LISTED = re.compile(r"목록|리스트|그리드|조회|검색|\b(?:list|grid|search|selected|chosen)\b", re.IGNORECASE)

_SAID = re.compile(
    r"탭(?:을|은|이)?\s*(?:총\s*)?(?:\d+|두|세|네|다섯)\s*개(?:로|를|의|씩)?(?:\s*(?:나눠|나누|구성|분리|구분)\S*)?"
    r"|(?:(?:\d+|두|세|네|다섯)\s*개의?\s*)?탭(?:으로|로)(?:\s*(?:나눠|나누|구성|분리|구분)\S*)?"
)
"""What is said of the tabs themselves: `탭 3개로 나눠줘`."""


def find_screen_tabs(prompt: str, lexicon: Lexicon) -> ScreenParts | None:
    """None where no two tabs with their fields are told."""
    tabs = find_tabs(prompt, lexicon.field_names)
    if not tabs:
        return None
    prose = _SAID.sub(" ", without(prompt, [(tab.start, tab.end) for tab in tabs]))
    rows = [tab for tab in tabs if tab.lists]
    heads = [tab for tab in tabs if not tab.lists]
    span = (tabs[0].start, tabs[-1].end)
    if len(rows) == 1 and heads:
        entities = [_united(heads), DeclaredEntity(called(rows[0].title), fields=rows[0].fields)]
        return ScreenParts(DeclaredModel(entities, stacked=True), Arrangement("master_detail", (), span), prose)
    pattern: Literal["list_detail", "form"] | None = (
        None if POPUP.search(prose) else "list_detail" if _LISTED.search(prose) else "form"
    )
    return ScreenParts(DeclaredModel([_united(tabs)]), Arrangement(pattern, (), span), prose)


def _united(tabs: list[Tab]) -> DeclaredEntity:
    fields = {item.name.casefold(): item for tab in reversed(tabs) for item in tab.fields}
    ordered = dict.fromkeys(item.name.casefold() for tab in tabs for item in tab.fields)
    return DeclaredEntity("", fields=[fields[name] for name in ordered])
