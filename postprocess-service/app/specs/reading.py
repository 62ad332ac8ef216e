"""From a decoded document to a checked spec: its form is mended, it is validated, its references are mended."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from screenspec.data_model import DataModel
from screenspec.problems import SpecProblem
from screenspec.spec import ScreenSpec

from .fixes import Fix
from .forms import FormMender
from .mending import mend_references

_MAX_PROBLEMS = 50
_INVALID = {"ko": "값이 올바르지 않습니다", "en": "is not valid"}
_MISSING = {"ko": "값이 없습니다", "en": "is missing"}


@dataclass(frozen=True, slots=True)
class SpecReading:
    """The spec, or None with the problems that keep it from being one."""

    spec: ScreenSpec | None
    fixes: list[Fix] = field(default_factory=list)
    problems: list[SpecProblem] = field(default_factory=list)


def read_spec(document: dict[str, Any], data_model: DataModel | None, language: str) -> SpecReading:
    """Reads a document as a spec, with every safe mend; a spec that is right as it is needs none."""
    try:
        right = ScreenSpec.model_validate({"language": language, **document})
    except ValidationError:
        return _mended(document, data_model, language)
    return check_spec(right, data_model)


def _mended(document: dict[str, Any], data_model: DataModel | None, language: str) -> SpecReading:
    mender = FormMender(language)
    formed = mender.mend(document)
    formed.setdefault("language", language)
    try:
        spec = ScreenSpec.model_validate(formed)
    except ValidationError as error:
        return SpecReading(None, mender.fixes, _problems(error, language))
    return check_spec(spec, data_model, mender.fixes)


def check_spec(spec: ScreenSpec, data_model: DataModel | None, fixes: list[Fix] | None = None) -> SpecReading:
    """The same for a document that is a spec already."""
    mended, more, problems = mend_references(spec, data_model)
    return SpecReading(None if problems else mended, [*(fixes or []), *more], problems)


def _problems(error: ValidationError, language: str) -> list[SpecProblem]:
    found: list[SpecProblem] = []
    for item in error.errors(include_url=False, include_input=False)[:_MAX_PROBLEMS]:
        path = ".".join(str(part) for part in item["loc"])
        missing = item["type"] == "missing"
        text = (_MISSING if missing else _INVALID)[language if language == "ko" else "en"]
        detail = "" if missing or language == "ko" else f" ({item['msg']})"
        found.append(SpecProblem(path, item["type"], f"{path}: {text}{detail}"))
    return found
