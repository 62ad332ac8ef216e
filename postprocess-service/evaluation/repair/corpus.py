"""Faulty answers: every mutation on the screens that give it an occasion, and answers written by hand."""

import hashlib
import json
from pathlib import Path

from app.checks.files import SourceFile
from app.core.frameworks import Frameworks
from app.features.analysis.schemas import AnalysisRequest
from app.features.analysis.service import AnalysisService
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService

from .mutations import MUTATIONS, Mutation
from .scoring import Case, plain

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "tests" / "fixtures"
MOST_OF_A_KIND = 4


def emitted(frameworks: Frameworks) -> dict[str, list[SourceFile]]:
    """The files of every fixture, as they are emitted."""
    service = EmissionService(frameworks)
    screens = {}
    for path in sorted(FIXTURES.glob("*.json")):
        spec = json.loads(path.read_text(encoding="utf-8"))
        response = service.create(ArtifactsRequest(spec=spec, framework=spec["framework"]))
        screens[path.stem] = [SourceFile(item.path, item.language, item.content) for item in response.artifacts]
    return screens


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
