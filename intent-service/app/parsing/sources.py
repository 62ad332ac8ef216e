"""All sources of a data model in a request: the prompt and its attachments, each read by the reader that fits."""

import re
from collections.abc import Sequence

from ..vocabulary.field_names import HEAD, FieldNames
from .attachments import Attached, read_attachment
from .declared import DeclaredEntity, DeclaredField
from .formal import Sources, read_formal, without
from .lower_part import states_details, states_lower
from .numbered_names import without_ranges
from .semicolons import as_commas
from .spec_sheets import as_lines
from .stated_keys import mark_stated_keys, read_stated_keys
from .units import mark_weights
from .words import blanked, read_words

_LONG_RUN = re.compile(r"\S{200,}")
MAX_SPOKEN = 3_000
MAX_WORD = 199


def read_sources(text: str, attachments: Sequence[Attached], names: FieldNames) -> Sources:
    """Formal sources first; plain words are read where there is no formal one."""
    text = as_lines(text)
    sources = Sources(prose=text)
    for attachment in attachments:
        read_attachment(attachment, sources)
    read_formal(text, "", sources)
    sources.formal = bool(sources.model.entities)
    if not sources.formal:
        _read_prose(text, sources, names)
        return sources
    prose = shortened(sources.prose)
    _mark_keys(sources, read_stated_keys(prose)[0], names)
    if not sources.searched:
        said = read_words(prose, names)
        sources.searched, sources.conditions = said.searched, said.conditions
    return sources


def _read_prose(text: str, sources: Sources, names: FieldNames) -> None:
    prose = as_commas(without_ranges(shortened(text)))
    keys, key_spans = read_stated_keys(prose)
    prose = blanked(prose, key_spans)
    spoken = read_words(prose, names)
    sources.searched += spoken.searched
    sources.conditions += spoken.conditions
    if len(spoken.model.entities) == 1:
        [only] = spoken.model.entities
        starts = [start for start, end in spoken.spans if only.fields and only.fields[0].name in prose[start:end]]
        only.lower = bool(starts) and states_lower(prose, starts[0])
        only.details = only.lower and states_details(prose, starts[0])
    sources.searched = [names.mended(name) for name in sources.searched]
    for item in sources.conditions:
        item.name = names.mended(item.name)
    for entity in spoken.model.entities:
        mark_weights(entity.fields)
        _mend_names(entity, names)
    sources.model.extend(spoken.model)
    _mark_keys(sources, keys, names)
    if spoken.model.entities:
        sources.prose = without(prose, spoken.spans)


def _mend_names(entity: DeclaredEntity, names: FieldNames) -> None:
    """Misspelt names, where no other field is called so."""
    for item in entity.fields:
        mended = names.mended(item.name)
        if entity.field(mended) is None:
            item.name = mended


def _mark_keys(sources: Sources, keys: list[str], names: FieldNames) -> None:
    """Prose is about the first entity. A key that is stated outside the list of fields is a field too."""
    if not keys or not sources.model.entities:
        return
    entity = sources.model.entities[0]
    mark_stated_keys(entity, keys)
    if not sources.formal and not any(item.key for item in entity.fields):
        missing = [key for key in keys if names.strength(key) >= HEAD]
        entity.fields[:0] = [DeclaredField(key, key=True, required=True) for key in missing]


def shortened(text: str) -> str:
    """What plain words are read from: nobody speaks in longer texts or words, and patterns may be slow on them."""
    return _LONG_RUN.sub(lambda match: match.group()[:MAX_WORD], text[:MAX_SPOKEN])
