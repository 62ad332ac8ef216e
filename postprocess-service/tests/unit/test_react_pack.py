"""The second framework: screens of the same specs, in TypeScript. They are built and clicked by `make test-react`."""

import json
from pathlib import Path

import pytest
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest, ArtifactsResponse
from app.features.emission.service import EmissionService

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.json"))


def emitted(frameworks: Frameworks, fixture: Path, **members: object) -> ArtifactsResponse:
    spec = json.loads(fixture.read_text(encoding="utf-8"))
    request = ArtifactsRequest.model_validate({"spec": spec, "framework": "react", **members})
    return EmissionService(frameworks).create(request)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_every_screen_is_emitted_without_a_finding(frameworks: Frameworks, fixture: Path) -> None:
    answer = emitted(frameworks, fixture)
    errors = [
        (item.path, note.message) for item in answer.artifacts for note in item.diagnostics if note.severity == "error"
    ]
    assert errors == []
    paths = [item.path for item in answer.artifacts]
    spec = json.loads(fixture.read_text(encoding="utf-8"))
    screens = [spec["screen_id"], *(popup["screen_id"] for popup in spec.get("popups", []))]
    kit = ["screenkit.tsx", "datasets.ts", "messages.ts", "screenkit.css"]
    assert paths[: len(screens) + 4] == [*(f"{name}.tsx" for name in screens), *kit]


def test_the_kit_comes_once_and_with_the_screen_alone(frameworks: Frameworks) -> None:
    fixture = next(path for path in FIXTURES if path.stem == "task_list_popup")
    assert [item.kind for item in emitted(frameworks, fixture, artifacts=["ddl"]).artifacts] == ["ddl"]
    kinds = [item.kind for item in emitted(frameworks, fixture, artifacts=["screen_tsx"]).artifacts]
    assert kinds == ["screen_tsx", "popup_tsx", "kit", "kit_data", "kit_messages", "kit_css"]


def test_names_are_those_of_typescript(frameworks: Frameworks) -> None:
    fixture = next(path for path in FIXTURES if path.stem == "task_list_popup")
    text = emitted(frameworks, fixture).artifacts[0].content
    assert "dueDateFrom: string;" in text
    assert "const TASK_STATUS: readonly kit.Code[]" in text
    assert "async function handleSearch(): Promise<void> {" in text


def test_typescript_that_does_not_parse_is_found(frameworks: Frameworks) -> None:
    files = [{"path": "A.tsx", "language": "tsx", "content": "export function A() {\n  return <p>;\n}\n"}]
    request = ArtifactsRequest.model_validate({"files": files, "framework": "react", "language": "en"})
    notes = EmissionService(frameworks).create(request).artifacts[0].diagnostics
    assert [item.rule for item in notes][:1] == ["typescript_syntax"]
