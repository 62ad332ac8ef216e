"""Finds what an instruction speaks of: columns, buttons, the entity meant, on the screen that is there."""

import re
from dataclasses import dataclass

from screenspec.spec import Action, Column, Dataset, ScreenSpec

from .edits import ButtonKind, NotUnderstoodError, Place
from .terms import english_name, plain

_SHOWN_ROLES = frozenset({"list", "detail"})
_BUTTON_WORDS: dict[ButtonKind, tuple[str, ...]] = {
    "export": ("엑셀", "excel", "export", "xlsx", "내보내기", "다운로드", "download"),
    "search": ("조회", "검색", "search", "query", "find"),
    "add": ("추가", "신규", "행추가", "등록", "add", "new", "insert", "create"),
    "delete": ("삭제", "행삭제", "delete", "remove"),
    "save": ("저장", "save"),
    "reset": ("초기화", "리셋", "reset", "clear"),
    "close": ("닫기", "취소", "close", "cancel"),
}
_DOES = {
    "export": {"export_excel"}, "add": {"add_row", "open_popup", "reset"}, "delete": {"delete_checked"},
    "reset": {"reset"}, "close": {"close_popup"},
}  # fmt: skip
_SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    label: str
    entity: str | None


class Screen:
    """A spec, asked by words."""

    def __init__(self, spec: ScreenSpec) -> None:
        self.spec = spec

    def shown_datasets(self, entity: str | None = None) -> list[Dataset]:
        found = [item for item in self.spec.datasets if item.role in _SHOWN_ROLES]
        return [item for item in found if item.entity == entity] if entity else found

    @property
    def main_entity(self) -> str | None:
        return next((item.entity for item in self.shown_datasets() if item.entity), None)

    def entity_meant(self, text: str) -> str | None:
        """The detail's entity where the text speaks of details and there is one of its own; else the main one."""
        entities = list(dict.fromkeys(item.entity for item in self.shown_datasets() if item.entity))
        if len(entities) > 1 and re.search(
            r"상세|디테일|하단|아래\s*(?:쪽)?\s*그리드|detail|lower|bottom", text, re.IGNORECASE
        ):
            return entities[1]
        return entities[0] if entities else None

    @staticmethod
    def place_meant(text: str) -> Place:
        if re.search(
            r"(?:그리드|목록|리스트|표)(?:에|에만|에서|에서만|의)|\b(?:in|from|to|on|of)\s+(?:the\s+)?(?:grid|list|table)\b",
            text,
        ):
            return "grid"
        if re.search(
            r"(?:폼|팝업|입력\s*화면|상세\s*화면)(?:에|에만|에서|에서만|의)|\b(?:in|from|to|on)\s+(?:the\s+)?(?:form|popup|pop-up|dialog)\b",
            text,
        ):
            return "form"
        return "all"

    def columns(self, entity: str | None) -> list[tuple[Column, str | None]]:
        """Columns shown, of the entity meant first; each name once for each entity."""
        datasets = sorted(self.shown_datasets(), key=lambda item: item.entity != entity)
        seen: dict[tuple[str, str | None], Column] = {}
        for dataset in datasets:
            for column in dataset.columns:
                seen.setdefault((column.name, dataset.entity), column)
        return [(column, owner) for (_, owner), column in seen.items()]

    def find(self, phrase: str, entity: str | None) -> Found | None:
        """The column that a phrase names: by label or name, else by the one label that holds it."""
        wanted = plain(phrase)
        if not wanted:
            return None
        columns = self.columns(entity)
        translated = plain(english_name(phrase))
        for spelling in ("label", "name"):
            for form in (wanted, translated):
                for column, owner in columns:
                    if plain(getattr(column, spelling)) == form:
                        return Found(column.name, column.label, owner)
        parts = [
            (column, owner)
            for column, owner in columns
            if owner == (entity or owner) and len(wanted) >= _SHORTEST_PART and wanted in plain(column.label)
        ]
        return Found(parts[0][0].name, parts[0][0].label, parts[0][1]) if len(parts) == 1 else None

    def column(self, phrase: str, entity: str | None) -> Found:
        """Raises `NotUnderstoodError` where there is none."""
        found = self.find(phrase, entity)
        if found is None:
            raise NotUnderstoodError("no_column", phrase.strip())
        return found

    def search_column(self, name: str) -> bool:
        return any(
            column.name in {name, f"{name}_from", f"{name}_to"}
            for dataset in self.spec.datasets
            if dataset.role == "search"
            for column in dataset.columns
        )

    @staticmethod
    def button_kind(text: str) -> ButtonKind | None:
        """The kind of button that a text names."""
        spoken = text.lower()
        for kind, words in _BUTTON_WORDS.items():
            if any((re.search(rf"\b{word}\b", spoken) if word.isascii() else word in spoken) for word in words):
                return kind
        return None

    def button(self, text: str) -> Action | None:
        """The button that a text names, by its label or by what it does; the screen's own before a popup's."""
        pressed = sorted((item for item in self.spec.actions if "button" in item.on), key=lambda item: item.popup or "")
        spoken = plain(text)
        for action in pressed:
            if action.label and plain(action.label) == spoken:
                return action
        kind = self.button_kind(text)
        if kind is None:
            return None
        does = _DOES.get(kind)
        for action in pressed:
            saves = action.do == "submit" and self._sends_changes(action)
            if (
                (does and action.do in does)
                or (kind == "save" and saves)
                or (kind == "search" and action.do == "submit" and not saves)
            ):
                return action
        return None

    def _sends_changes(self, action: Action) -> bool:
        transactions = [
            item for item in self.spec.transactions if item.id == action.transaction and item.popup == action.popup
        ]
        return any(send.rows != "all" for item in transactions for send in item.sends)
