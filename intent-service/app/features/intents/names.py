"""The names of a model in all their forms: Korean, English, abbreviated, and as the framework writes them."""

from screenspec.data_model import DataModel

from ...vocabulary.forms import NamingRule, forms_of
from ...vocabulary.lexicon import Lexicon
from .schemas import FieldNames

MAX_NAMES = 300


def names_of(model: DataModel, lexicon: Lexicon, column: NamingRule) -> list[FieldNames]:
    """One for each field; a field that two entities share stands once."""
    found: dict[str, FieldNames] = {}
    for field in (field for entity in model.entities for field in entity.fields):
        if field.name in found or len(found) >= MAX_NAMES:
            continue
        forms = forms_of(field.name, lexicon)
        found[field.name] = FieldNames(
            name=field.name,
            korean=forms.korean or (field.label if not field.label.isascii() else None),
            english=forms.english,
            abbreviation=forms.abbreviation,
            written=column.apply(field.name),
        )
    return list(found.values())


def name_tables(model: DataModel, table: NamingRule) -> None:
    """Tables that no source names are written by the pack's rule."""
    for entity in model.entities:
        if entity.table == entity.name:
            entity.table = table.apply(entity.name)
