"""How an answer's model is held against what is expected."""

import re
from dataclasses import dataclass, field

from app.features.intents.schemas import IntentResponse

from screenspec.data_model import Field

from .prompts import Case, ExpectedField


@dataclass
class Tally:
    hits: int = 0
    total: int = 0

    def add(self, hits: int, total: int) -> None:
        self.hits += hits
        self.total += total

    @property
    def share(self) -> float:
        return self.hits / self.total if self.total else 1.0


@dataclass
class FieldCounts:
    matched: int = 0
    found: int = 0
    typed: int = 0
    """Of the first entity: fields that were found, whose types are looked at."""
    right_types: int = 0
    keys_right: bool = False
    notes: list[str] = field(default_factory=list)


def field_counts(case: Case, answer: IntentResponse) -> FieldCounts:
    """Of the first entity: fields in order, types, keys; of the second, where it is labelled, the fields alone.

    Fields that say `inferred` count as a key alone.
    """
    if case.loose:
        return _loose_counts(case, answer)
    entity = answer.data_model.entities[0] if answer.data_model else None
    fields = entity.fields if entity else []
    stated = [item for item in fields if item.origin == "stated"]
    counts = FieldCounts(found=len(stated))
    keys = set()
    for expected in case.fields:
        match = next((item for item in stated if expected.name in {item.name, item.label}), None)
        if match is None:
            counts.notes.append(f"lost {expected.name}")
            continue
        counts.matched += 1
        counts.typed += 1
        if match.type in expected.types:
            counts.right_types += 1
        else:
            counts.notes.append(f"{expected.name} is {match.type}")
        if expected.key:
            keys.add(match.name)
    extra = [item.name for item in stated if not any(e.name in {item.name, item.label} for e in case.fields)]
    counts.notes += [f"extra {name}" for name in extra]
    expected_stated = {item.name for item in stated if item.key}
    inferred = any(item.key for item in fields if item.origin == "inferred")
    counts.keys_right = expected_stated == keys and (inferred if not any(e.key for e in case.fields) else not inferred)
    if not counts.keys_right:
        counts.notes.append(f"keys {sorted(expected_stated)} inferred={inferred}")
    if case.details:
        _count_details(case, answer, counts)
    return counts


def _count_details(case: Case, answer: IntentResponse, counts: FieldCounts) -> None:
    entities = answer.data_model.entities[1:2] if answer.data_model else []
    stated = [item for entity in entities for item in entity.fields if item.origin == "stated"]
    lost = [name for name in case.details if not any(name in {item.name, item.label} for item in stated)]
    counts.found += len(stated)
    counts.matched += len(case.details) - len(lost)
    counts.notes += [f"lost detail {name}" for name in lost]


def _loose_counts(case: Case, answer: IntentResponse) -> FieldCounts:
    """Of all entities, a reference that repeats its parent's key once."""
    entities = answer.data_model.entities if answer.data_model else []
    stated = {_plain(item.label): item for entity in reversed(entities) for item in entity.fields if _is_stated(item)}
    expected = [*case.fields, *(ExpectedField(name, frozenset(), key=False) for name in case.details)]
    counts = FieldCounts(found=len(stated))
    keys, matched = set(), set()
    for wanted in expected:
        match = next(
            (item for item in stated.values() if _plain(wanted.name) in {_plain(item.name), _plain(item.label)}), None
        )
        if match is None:
            counts.notes.append(f"lost {wanted.name}")
            continue
        counts.matched += match.label not in matched
        matched.add(match.label)
        counts.typed += bool(wanted.types)
        counts.right_types += match.type in wanted.types
        keys |= {match.name} if wanted.key else set()
        if wanted.types and match.type not in wanted.types:
            counts.notes.append(f"{wanted.name} is {match.type}")
    counts.notes += [f"extra {item.name}" for item in stated.values() if item.label not in matched]
    found = {item.name for entity in entities[:1] for item in entity.fields if item.key and _is_stated(item)}
    counts.keys_right = not keys or (bool(found) and found <= keys)
    return counts


def _is_stated(field: Field) -> bool:
    return field.origin == "stated"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def concept_hits(case: Case, answer: IntentResponse) -> tuple[int, list[str]]:
    """How many expected concepts a field's or the entity's name has."""
    entities = answer.data_model.entities if answer.data_model else []
    names = " ".join(name for entity in entities for name in (entity.name, *(item.name for item in entity.fields)))
    missing = [concept for concept in case.concepts if not re.search(concept, names)]
    return len(case.concepts) - len(missing), missing
