"""Faulty answers: every mutation on the screens that give it an occasion, and answers written by hand."""

import hashlib
import json
import os
from pathlib import Path

from app.checks.files import SourceFile
from app.core.frameworks import Frameworks
from app.features.analysis.schemas import AnalysisRequest
from app.features.analysis.service import AnalysisService
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService

from ..screens.models import all_models
from ..screens.scoring import Case as ScreenCase, score
from ..screens.specs import cases as screen_cases
from .mutations import MUTATIONS, Mutation
from .scoring import Case, plain

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "tests" / "fixtures"
MOST_OF_A_KIND = 4
MODELS_OF_A_CASE = 4
FAULTY_SAMPLES = frozenset(
    {"SimpleFrame", "Menu", "empRegist", "empSelect", "xdataset5UpdateSample", "xdataset5UpdateSampleRW"}
)


def emitted(frameworks: Frameworks) -> dict[str, list[SourceFile]]:
    """The files of every fixture, as they are emitted."""
    service = EmissionService(frameworks)
    screens = {}
    for path in sorted(FIXTURES.glob("*.json")):
        spec = json.loads(path.read_text(encoding="utf-8"))
        response = service.create(ArtifactsRequest(spec=spec, framework=spec["framework"]))
        screens[path.stem] = [SourceFile(item.path, item.language, item.content) for item in response.artifacts]
    return screens


def correct(frameworks: Frameworks) -> dict[str, list[SourceFile]]:
    """Right files by screen: the fixtures', those of every pattern and option over some data models, an editor's own.

    The editor-made screens are the engine's samples: not part of the repository, read where `XF_ENGINE` names it.
    Some of them have real faults: an event that the engine does not fire, a handler that is named and not written.
    """
    service = EmissionService(frameworks)
    screens = emitted(frameworks)
    models = all_models()
    for index, (pattern, option) in enumerate(screen_cases()):
        for step in range(MODELS_OF_A_CASE):
            scored = score(ScreenCase(models[(index + step * 11) % len(models)], pattern, option), service)
            named = {path: _language(path) for path in scored.files}
            files = [SourceFile(path, named[path], content) for path, content in scored.files.items() if named[path]]
            screens[scored.case.name] = files
    return {**screens, **_editor_made()}


def _editor_made() -> dict[str, list[SourceFile]]:
    engine = os.environ.get("XF_ENGINE")
    folder = Path(engine) / "project" / "screen" if engine else None
    screens: dict[str, list[SourceFile]] = {}
    for path in sorted(folder.rglob("*.xml")) if folder and folder.is_dir() else []:
        pair = [path, path.with_suffix(".js")]
        if pair[1].is_file():
            texts = [(item.name, item.read_bytes().decode("utf-8", "replace")) for item in pair]
            if path.stem in FAULTY_SAMPLES:
                continue
            screens[f"editor/{path.stem}"] = [SourceFile(name, _language(name), text) for name, text in texts]
    return screens


def _language(path: str) -> str:
    return {".xml": "xml", ".js": "javascript"}.get(Path(path).suffix, "")


def held_out(kind: str, source: str) -> bool:
    """Half of all answers, by hash: never looked at while rules are written."""
    return hashlib.sha256(f"{kind}/{source}".encode()).digest()[0] % 2 == 0


def cases(frameworks: Frameworks) -> list[Case]:
    screens = emitted(frameworks)
    made = [case for mutation in MUTATIONS for case in _of(mutation, screens)]
    return [*made, *_by_hand(frameworks)]


def _of(mutation: Mutation, screens: dict[str, list[SourceFile]]) -> list[Case]:
    made: list[Case] = []
    for source in sorted(screens, key=lambda name: hashlib.sha256(f"{mutation.kind}{name}".encode()).digest()):
        files = [SourceFile(item.path, item.language, plain(item.content)) for item in screens[source]]
        for index, file in enumerate(files):
            faulty = mutation.apply(file.content) if file.language == mutation.language else None
            if faulty is None:
                continue
            good = {item.path: item.content for item in files} if mutation.exact else None
            changed = [*files[:index], SourceFile(file.path, file.language, faulty), *files[index + 1 :]]
            made.append(Case(mutation.kind, f"{source}/{file.path}", changed, good, held_out(mutation.kind, source)))
            break
        if len(made) == MOST_OF_A_KIND:
            break
    return made


def _by_hand(frameworks: Frameworks) -> list[Case]:
    """Answers written after the wrong forms of real models, read as an engine's answer is."""
    service = AnalysisService(frameworks)
    made = []
    for path in sorted((HERE / "answers").glob("*.md")):
        request = AnalysisRequest(
            answer=path.read_text(encoding="utf-8"), mode="direct", framework="xframe5", language="en"
        )
        answer = service.analyse(request)
        files = [SourceFile(item.path, item.language, item.content) for item in answer.files]
        made.append(Case("by_hand", path.stem, files, None, held_out("by_hand", path.stem)))
    return made
