"""Real files: those of this repository, and screens and server's files as the emitter makes them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from app.packs.loader import PackLoader
from app.sources.languages import language_of_path
from app.sources.lines import Text

ROOT = Path(__file__).parents[3]
_FOLDERS = (
    "gateway", "rag-service", "llm-proxy", "intent-service", "embedding-service", "postprocess-service",
    "admin-service", "libs", "client/src", "frameworks", "deploy", "vector-db",
)  # fmt: skip
_LANGUAGES = frozenset({"python", "javascript", "typescript", "tsx", "java", "sql", "xml", "json", "yaml"})
_SKIPPED = frozenset({"node_modules", "__pycache__", ".venv", "dist"})
_FEWEST, _MOST = 20, 1_500
_EACH = 60


@dataclass(frozen=True, slots=True)
class SourceText:
    path: str
    language: str
    content: str


def corpus(random: Random) -> list[SourceText]:
    """Up to 60 files of each language, chosen at random; the same for the same seed and tree."""
    by_language: dict[str, list[SourceText]] = {}
    for source in sorted([*_own(), *_emitted()], key=lambda item: item.path):
        by_language.setdefault(source.language, []).append(source)
    return [
        source for _, found in sorted(by_language.items()) for source in random.sample(found, min(_EACH, len(found)))
    ]


def _own() -> Iterator[SourceText]:
    for folder in _FOLDERS:
        for place in (ROOT / folder).rglob("*"):
            language = language_of_path(place.name)
            if language not in _LANGUAGES or _SKIPPED & set(place.parts) or not place.is_file():
                continue
            content = place.read_bytes().decode(errors="replace")
            if _FEWEST <= len(Text.read(content).lines) <= _MOST and "\ufffd" not in content:
                yield SourceText(place.relative_to(ROOT).as_posix(), language, content)


def _emitted() -> Iterator[SourceText]:
    service = EmissionService(Frameworks(PackLoader([ROOT / "frameworks"])))
    for fixture in sorted((ROOT / "postprocess-service" / "tests" / "fixtures").glob("*.json")):
        spec = json.loads(fixture.read_text(encoding="utf-8"))
        for artifacts in (None, ["server"]):
            request = ArtifactsRequest(spec=spec, framework="xframe5", artifacts=artifacts)
            for artifact in service.create(request).artifacts:
                language = language_of_path(artifact.path)
                if language in _LANGUAGES and len(Text.read(artifact.content).lines) >= _FEWEST:
                    yield SourceText(f"emitted/{fixture.stem}/{artifact.path}", language, artifact.content)
