"""Edits of a component of an emitted screen: its tag changes, every other byte stays."""

import re
from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from app.features.patches.schemas import PatchRequest, PatchResponse
from app.features.patches.service import PatchService

from chassis.errors import ServiceError

from ..conftest import FRAMEWORK, NAMES, fixture


@pytest.fixture(scope="module")
def service(frameworks: Frameworks) -> PatchService:
    return PatchService(frameworks)


def screen(emission: EmissionService, name: str) -> tuple[str, str]:
    spec = fixture(name)
    made = emission.create(ArtifactsRequest(spec=spec, framework=FRAMEWORK)).artifacts
    return next((item.path, item.content) for item in made if item.path.endswith(".xml"))


def apply(service: PatchService, path: str, content: str, *edits: dict[str, Any]) -> PatchResponse:
    body = {"files": [{"path": path, "content": content}], "edits": [{"path": path, **edit} for edit in edits],
            "framework": FRAMEWORK, "language": "en"}  # fmt: skip
    return service.apply(PatchRequest.model_validate(body))


def refused(service: PatchService, path: str, content: str, *edits: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(ServiceError) as caught:
        apply(service, path, content, *edits)
    failure: dict[str, Any] = caught.value.extra["failures"][0]
    return failure


def buttons(content: str) -> list[str]:
    return re.findall(r'<pushbutton [^>]*?\sname="([^"]+)"', content) or re.findall(r'\sname="(btn_[^"]+)"', content)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_component_s_tag_changes(  # R4.2
    service: PatchService, emission: EmissionService, name: str
) -> None:
    path, content = screen(emission, name)
    button = buttons(content)[0]
    after = apply(service, path, content, {"component": button, "set": {"text": 'A & "B" <C>'}}).files[0].content
    old, new = content.split(">"), after.split(">")
    changed = [(left, right) for left, right in zip(old, new, strict=False) if left != right]
    assert len(changed) == 1
    assert f'name="{button}"' in changed[0][0]
    assert 'text="A &amp; &quot;B&quot; &lt;C' in after
    back = re.search(rf'name="{button}"[^>]*?\stext="([^"]*)"|\stext="([^"]*)"[^>]*?name="{button}"', content)
    label = next(part for part in back.groups() if part is not None) if back else ""
    assert apply(service, path, after, {"component": button, "set": {"text": label}}).files[0].content == content


def test_attributes_come_and_go_and_components_too(service: PatchService, emission: EmissionService) -> None:
    path, content = screen(emission, NAMES[0])
    button = buttons(content)[0]
    without = apply(service, path, content, {"component": button, "set": {"text": None}}).files[0].content
    assert content.count(" text=") == without.count(" text=") + 1
    gone = apply(service, path, content, {"component": button, "remove": True}).files[0].content
    assert content.count("\n") == gone.count("\n") + 1
    assert f'name="{button}"' not in gone


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"component": "btn_nothing", "set": {"text": "x"}}, "unknown_component"),
        ({"component": "BUTTON", "set": {"txt": "x"}}, "unknown_attribute"),
        ({"component": "BUTTON", "set": {"te xt": "x"}}, "unknown_attribute"),
        ({"component": "BUTTON", "set": {"text": "\x01"}}, "bad_value"),
        ({"component": "BUTTON", "set": {"nothing_there": None}}, "no_change"),
        ({"component": "x" * 200, "set": {"text": "x"}}, "unknown_component"),
    ],
)  # fmt: skip
def test_what_a_screen_does_not_have_is_refused(
    service: PatchService, emission: EmissionService, edit: dict[str, Any], code: str
) -> None:
    path, content = screen(emission, NAMES[0])
    real = {**edit, "component": buttons(content)[0]} if edit["component"] == "BUTTON" else edit
    assert refused(service, path, content, real)["code"] == code


def test_components_and_texts_are_not_mixed(service: PatchService, emission: EmissionService) -> None:
    path, content = screen(emission, NAMES[0])
    one = {"component": buttons(content)[0], "set": {"text": "x"}}
    assert refused(service, path, content, one, {"search": content[:40], "replace": "x"})["code"] == "mixed_edits"
    assert refused(service, path, content, one, {**one, "set": {"text": "y"}})["code"] == "overlap"
    assert refused(service, path, "<a", one)["code"] == "not_markup"
    twice = refused(service, path, '<a><b name="x"/><b name="x"/></a>', {"component": "x", "set": {"c": "d"}})
    assert twice["code"] == "ambiguous_component"
    assert refused(service, path, '<a name="x"><b/></a>', {"component": "x", "remove": True})["code"] == "has_content"
