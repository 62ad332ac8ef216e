"""Code groups of a model: stated values, standard groups, and a sensible group where only the kind is known."""

from screenspec.data_model import CodeGroup, Field

from ..language.text import Language
from ..vocabulary.entries import StandardCodeGroup
from ..vocabulary.lexicon import Lexicon

_STATUS_NAMES = ("status", "state", "step", "stage")


class CodeGroups:
    """Collects the code groups of one model."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._lexicon = lexicon
        self._language = language
        self.groups: dict[str, CodeGroup] = {}

    def attach(self, field: Field, entity: str, values: list[tuple[str, str]], known: str | None) -> None:
        """Gives the field its group: the stated values first, then what the vocabulary knows."""
        if values:
            group_id = self._free_id(f"{entity}_{field.name}", values)
            self.groups[group_id] = CodeGroup(id=group_id, label=field.label, values=values, origin="stated")
            field.code_group = group_id
        elif field.type == "code":
            self._attach_known(field, entity, known)

    def _attach_known(self, field: Field, entity: str, known: str | None) -> None:
        own = _group_id(f"{entity}_{field.name}")
        standard = self._lexicon.code_groups.get(known or own) or self._lexicon.code_groups.get(own)
        if standard is None:
            generic = "STATUS" if field.name.endswith(_STATUS_NAMES) else "CATEGORY"
            self._add(own, field.label, self._lexicon.code_groups[generic])
            field.code_group = own
            return
        self._add(standard.id, field.label, standard)
        field.code_group = standard.id

    def _add(self, group_id: str, label: str, standard: StandardCodeGroup) -> None:
        korean = self._language == "ko"
        values = [(value.code, value.korean if korean else value.english) for value in standard.values]
        self.groups.setdefault(group_id, CodeGroup(id=group_id, label=label, values=values, origin="inferred"))

    def _free_id(self, text: str, values: list[tuple[str, str]]) -> str:
        candidate, number = _group_id(text), 1
        while candidate in self.groups and self.groups[candidate].values != values:
            number += 1
            candidate = _group_id(f"{text[:55]}_{number}")
        return candidate


def _group_id(text: str) -> str:
    return text.upper()[:62].rstrip("_")
