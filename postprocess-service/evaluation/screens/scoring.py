"""Emits a screen and says what is wrong with it: our checks' findings, its geometry, handlers that nothing calls."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from app.features.emission.schemas import ArtifactsRequest, ArtifactsResponse
from app.features.emission.service import EmissionService

from .geometry import faults
from .models import Model
from .specs import build

_FUNCTION = re.compile(r"^\s*(?:function |this\.)([a-z]\w*_on_[a-z]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    model: Model
    pattern: str
    option: str

    @property
    def name(self) -> str:
        return f"{self.pattern}.{self.option}.{self.model.name}"


@dataclass(slots=True)
class Scored:
    case: Case
    files: dict[str, str]
    found: list[str] = field(default_factory=list)


def score(case: Case, service: EmissionService) -> Scored:
    """A spec that needs a mend, or files with a finding of any severity, are faults."""
    spec = build(case.model, case.pattern, case.option)
    request = ArtifactsRequest(spec=spec, framework=str(spec["framework"]), strictness="strict")
    response = service.create(request)
    scored = Scored(case, {item.path: item.content for item in response.artifacts})
    scored.found.extend(_findings(response))
    for path, content in scored.files.items():
        if path.endswith(".xml"):
            scored.found.extend(f"{path}: {fault}" for fault in faults(content))
            scored.found.extend(_unheard(path, content, scored.files.get(path.removesuffix(".xml") + ".js", "")))
    return scored


def _findings(response: ArtifactsResponse) -> list[str]:
    notes = [f"{item.path}: {note.message}" for item in response.artifacts for note in item.diagnostics]
    return [*notes, *(f"spec: {fix.message}" for fix in response.fixes)]


def _unheard(path: str, markup: str, script: str) -> list[str]:
    """Functions that handle an event which no component of the markup sends."""
    heard = set(re.findall(r"eventfunc:(\w+)\(", markup))
    return [f"{path}: nothing calls {name}" for name in _FUNCTION.findall(script) if name not in heard]


def write(scored: Scored, folder: Path) -> Path:
    """The files where the judge reads them."""
    target = folder / scored.case.name
    target.mkdir(parents=True, exist_ok=True)
    for path, content in scored.files.items():
        (target / path).write_bytes(content.encode())
    return target
