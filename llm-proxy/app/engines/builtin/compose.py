"""A complete screen spec from a data model and a pattern, by rule: the same request gives the same bytes."""

from typing import Any

from chassis.errors import FieldError, InvalidInput
from screenspec.spec import SPEC_VERSION, Pattern, Rule, ScreenSpec

from . import parts
from .options import apply_wishes
from .patterns import Body, Subject, compose_body
from .request_block import RequestBlock
from .wishes import read_wishes
from .words import Words, words_of

_STARTS = (("start", "end"), ("begin", "end"), ("from", "to"), ("strt", "end"), ("bgn", "end"), ("open", "close"))
_DATES = frozenset({"date", "datetime"})


def compose_spec(block: RequestBlock) -> ScreenSpec:
    """The spec of a request block.

    Raises:
        InvalidInput: the block lacks what a screen needs.
    """
    model, pattern, screen = block.data_model, block.pattern, block.screen
    words = words_of(block.language)
    if model is None or pattern is None or screen is None or not model.entities or not model.entities[0].fields:
        missing = [name for name in ("pattern", "screen", "data_model") if getattr(block, name) is None]
        fields = [FieldError(name, "missing") for name in missing or ["data_model.entities"]]
        raise InvalidInput(words.no_data_model, code="malformed_request_block", errors=fields)
    subject = Subject(model=model, words=words, screen_id=screen.id)
    body = compose_body(pattern, subject)
    apply_wishes(body, subject, read_wishes(block.prompt))
    return ScreenSpec(
        version=SPEC_VERSION,
        screen_id=screen.id,
        title=screen.title,
        language=block.language,
        pattern=body.pattern,
        framework=block.framework or ScreenSpec.model_fields["framework"].default,
        datasets=[*body.datasets, *parts.code_datasets(body.datasets, model)],
        transactions=body.transactions,
        regions=body.regions,
        actions=body.actions,
        popups=body.popups,
        rules=_rules(body, words),
    )


def spec_document(spec: ScreenSpec) -> dict[str, Any]:
    """The spec as it is sent: its head in full, and elsewhere only what differs from the defaults."""
    head: tuple[str, ...] = ("version", "screen_id", "title", "language", "pattern", "framework")
    lean = spec.model_dump(mode="json", exclude_defaults=True)
    return {**{name: getattr(spec, name) for name in head}, **lean}


_SAVED: dict[Pattern, str] = {"multi_save": "list", "list_detail": "list", "form": "detail", "master_detail": "detail"}


def _rules(body: Body, words: Words) -> list[Rule]:
    """A start can't be after its end, in what the screen saves."""
    saved = _SAVED.get(body.pattern)
    dataset = next((item for item in body.datasets if item.id == saved), None)
    if dataset is None:
        return []
    dates = {column.name: column.label for column in dataset.columns if column.type in _DATES}
    result = []
    for name, label in dates.items():
        end = _end_of(name)
        if end in dates:
            message = words.date_order.format(label, dates[end])
            rule_id = f"{name[:56]}_order"
            result.append(Rule(id=rule_id, dataset=dataset.id, kind="date_order", columns=[name, end], message=message))
    return result


def _end_of(name: str) -> str:
    """`start_date` → `end_date`; empty where the name says nothing of a start."""
    parts_of_name = name.split("_")
    for start, end in _STARTS:
        if start in parts_of_name:
            return "_".join(end if part == start else part for part in parts_of_name)
    return ""
