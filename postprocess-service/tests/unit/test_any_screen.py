"""Whatever columns, labels and codes a screen has, its files are clean."""

from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.conftest import FRAMEWORK, NAMES, fixture

TYPES = ["string", "text", "integer", "decimal", "boolean", "date", "datetime", "time", "code"]
LABELS = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != "")
COLUMN_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document = fixture(draw(st.sampled_from(NAMES)))
    names = draw(st.lists(COLUMN_NAMES, min_size=1, max_size=12, unique=True))
    columns = [
        {
            "name": name,
            "label": draw(LABELS),
            "type": draw(st.sampled_from(TYPES)),
            "length": draw(st.one_of(st.none(), st.integers(1, 4000))),
            "scale": draw(st.one_of(st.none(), st.integers(0, 10))),
            "required": draw(st.booleans()),
            "key": index == 0,
            "default": draw(st.one_of(st.none(), st.text(max_size=10))),
            "code_group": draw(st.one_of(st.none(), st.just("KINDS"))),
            "widget": draw(st.sampled_from([None, "radio", "combo", "multiline"])),
            "format": draw(st.sampled_from([None, "#,##0", "0", "999-9999-9999"])),
        }
        for index, name in enumerate(names)
    ]
    document["datasets"] = [item for item in document["datasets"] if item["role"] != "code"]
    for dataset in document["datasets"]:
        dataset["columns"] = columns
    rows = draw(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=12)), max_size=5))
    document["datasets"].append({"id": "kinds", "role": "code", "rows": rows})
    for region in document["regions"]:
        region["columns" if region["kind"] == "grid" else "fields"] = names
        region["read_only"] = []
    for action in document["actions"]:
        action["field"] = names[0] if action.get("field") else None
    document["rules"] = [
        {"id": f"rule_{kind}", "dataset": dataset, "kind": kind, "columns": names[:2], "message": draw(LABELS)}
        for kind, dataset in (("date_order", "list"), ("at_least_one", "list"), ("unique", "list"))
        if any(item["id"] == dataset for item in document["datasets"])
    ]
    for popup in document.get("popups", []):
        popup["key"] = names[:1]
    document["title"] = draw(LABELS)
    return document


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_no_screen_leaves_with_an_error(frameworks: Frameworks, document: dict[str, Any]) -> None:  # R1.11
    request = ArtifactsRequest.model_validate({"spec": document, "framework": FRAMEWORK, "strictness": "strict"})
    response = EmissionService(frameworks).create(request)
    notes = [(item.path, note.rule, note.message) for item in response.artifacts for note in item.diagnostics]
    assert notes == []


@pytest.mark.parametrize("members", [{"checkable": False}, {"editable": True}, {"label": "", "checkable": True}])
@pytest.mark.parametrize("name", NAMES)
def test_options_of_regions_leave_no_error_either(frameworks: Frameworks, name: str, members: dict[str, Any]) -> None:
    document = fixture(name)
    for region in document["regions"]:
        region.update(members)
    document["actions"].append(
        {
            "id": "drop",
            "label": "지우기",
            "on": ["button"],
            "do": "delete_checked",
            "region": document["regions"][1]["id"],
        }
    )
    request = ArtifactsRequest.model_validate({"spec": document, "framework": FRAMEWORK})
    response = EmissionService(frameworks).create(request)
    assert [note.rule for item in response.artifacts for note in item.diagnostics if note.severity == "error"] == []
