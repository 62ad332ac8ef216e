"""Changes a screen as an instruction says, by rule; what is not clear is said, and nothing changes."""

from typing import Any

from pydantic import ValidationError

from screenspec.data_model import DataModel
from screenspec.references import check_references
from screenspec.spec import ScreenSpec

from .applying import apply_edits
from .edits import NotUnderstoodError
from .reading import read_edits


def modified_spec(base: dict[str, Any], prompt: str, model: DataModel | None) -> ScreenSpec:
    """The spec with what was asked for changed, and nothing else.

    Raises `NotUnderstoodError` where the instruction, or a part of it, can't be followed.
    """
    try:
        spec = ScreenSpec.model_validate(base)
    except ValidationError as error:
        raise NotUnderstoodError("broken_base", str(error.errors()[0]["loc"])) from error
    changed = apply_edits(spec, read_edits(prompt, spec, model))
    try:
        checked = ScreenSpec.model_validate(changed.model_dump(by_alias=True))
    except ValidationError as error:
        raise NotUnderstoodError("clause", prompt) from error
    problems = check_references(checked)
    if problems:
        raise NotUnderstoodError("would_break", problems[0].message)
    if checked == spec:
        raise NotUnderstoodError("unchanged", prompt)
    return checked
