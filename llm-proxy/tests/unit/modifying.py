"""A screen to modify, and what differs between two specs, line by line."""

import re
from typing import Any

import orjson
from app.engines.builtin.compose import compose_spec
from app.engines.builtin.engine import BuiltinEngine
from app.engines.builtin.request_block import RequestBlock

from screenspec.spec import ScreenSpec

from .samples import block, call, fenced


def base(**members: Any) -> ScreenSpec:
    return compose_spec(RequestBlock.model_validate(block(**members)))


def answer_to(prompt: str, spec: ScreenSpec, **members: Any) -> str:
    document = spec.model_dump(mode="json", by_alias=True)
    request = block(task="modify", prompt=prompt, base_spec=document, data_model=None, pattern=None)
    return BuiltinEngine().answer(call(fenced({**request, "language": spec.language, **members})))


def modified(prompt: str, spec: ScreenSpec, **members: Any) -> ScreenSpec | None:
    """The spec in the answer, or None where the answer is a text alone."""
    match = re.search(r"```json\n(.*?)\n```", answer_to(prompt, spec, **members), re.DOTALL)
    return ScreenSpec.model_validate(orjson.loads(match[1])) if match else None


def changes(before: ScreenSpec, after: ScreenSpec) -> list[str]:
    """`+` what came, `-` what went, `~` what is different."""
    old, new = _lines(before), _lines(after)
    found = [f"+ {key}: {value}" for key, value in new.items() if key not in old]
    found += [f"- {key}" for key in old if key not in new]
    return found + [f"~ {key}: {value}" for key, value in new.items() if key in old and old[key] != value]


def _lines(spec: ScreenSpec) -> dict[str, str]:
    lines = {"title": spec.title, "pattern": spec.pattern, "screen_id": spec.screen_id}
    for dataset in spec.datasets:
        at = f"{dataset.popup or ''}/{dataset.id}"
        lines[at] = " ".join(label for _, label in dataset.rows) or dataset.label
        lines[f"{at} order"] = ""
        for column in dataset.columns:
            sizes = f"({column.length or ''}{f',{column.scale}' if column.scale else ''})"
            marks = f"{'!' if column.required else ''}{'#' if column.key else ''} {column.code_group or ''}".rstrip()
            lines[f"{at}.{column.name}"] = f"{column.label} {column.type}{sizes}{marks}"
    for region in spec.regions:
        at = f"{region.popup or ''}/{region.id}"
        flags = f"{'editable ' if region.editable else ''}{'checkable ' if region.checkable else ''}"
        lines[f"{at} shows"] = " ".join(region.shown)
        lines[f"{at} is"] = f"{region.kind} {flags}read_only={region.read_only} {region.label}"
    for action in spec.actions:
        lines[f"{action.popup or ''}/{action.id}()"] = str(
            action.model_dump(exclude={"id", "popup"}, exclude_defaults=True)
        )
    for item in spec.transactions:
        lines[f"{item.popup or ''}/{item.id}>"] = f"{item.path} {[part.dataset for part in item.sends]}"
    lines |= {f"rule {rule.id}": f"{rule.columns} {rule.message}" for rule in spec.rules}
    return lines
