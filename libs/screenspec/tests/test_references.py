"""Every name in a spec resolves, or is said not to."""

from collections.abc import Callable
from typing import Any

import pytest

from screenspec.references import check_references
from screenspec.scopes import scopes
from screenspec.spec import ScreenSpec

from .conftest import PATTERNS, example

Change = Callable[[dict[str, Any]], Any]


def codes(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item.path, item.code) for item in check_references(ScreenSpec.model_validate(document))]


def test_there_is_an_example_of_every_pattern() -> None:
    patterns = {example(name)["pattern"] for name in PATTERNS}
    assert patterns == {"list", "form", "list_popup", "list_detail", "master_detail", "multi_save", "popup_picker"}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_examples_have_no_problem(pattern: str) -> None:
    assert codes(example(pattern)) == []


RULE = {"id": "rule", "dataset": "list", "kind": "unique", "columns": ["title"], "message": "!"}


@pytest.mark.parametrize(
    ("path", "code", "value"),
    [
        ("regions.1.columns.1", "unknown_column", "nothing"),
        ("regions.1.columns.1", "duplicate_column", "task_id"),
        ("regions.1.read_only.0", "unknown_column", "nothing"),
        ("regions.1.columns", "nothing_shown", []),
        ("regions.1.dataset", "unknown_dataset", "nothing"),
        ("transactions.1.sends.0.dataset", "unknown_dataset", "nothing"),
        ("transactions.0.receives.0.dataset", "dataset_twice", "search"),
        ("transactions.1.sends.0.dataset", "code_in_transaction", "task_status"),
        ("actions.0.transaction", "unknown_transaction", "nothing"),
        ("actions.0.transaction", "missing_member", None),
        ("actions.1.region", "unknown_region", "nothing"),
        ("actions.1.region", "wrong_region", "conditions"),
        ("actions.3.then", "unknown_action", "nothing"),
        ("actions.0.label", "no_label", " "),
        ("actions.1.opens", "unknown_popup", "nothing"),
        ("actions.1.popup", "unknown_popup", "nothing"),
        ("datasets.1.columns.3.code_group", "unknown_code_group", "NOTHING"),
        ("datasets.1.columns.1.name", "duplicate_column", "task_id"),
        ("datasets.0.columns", "no_columns", []),
        ("datasets.2.id", "duplicate_id", "list"),
        ("rules.0.dataset", "unknown_dataset", "nothing"),
        ("rules.0.columns.0", "unknown_column", "nothing"),
    ],
)
def test_a_name_that_does_not_resolve_is_found(multi_save: dict[str, Any], path: str, code: str, value: object) -> None:
    multi_save["rules"] = [RULE | {"columns": ["title"]}]
    multi_save["regions"][1]["read_only"] = ["title"]
    *steps, last = path.split(".")
    node: Any = multi_save
    for step in steps:
        node = node[int(step) if step.isdigit() else step]
    node[int(last) if last.isdigit() else last] = value
    assert (path, code) in codes(multi_save)


def test_a_screen_without_regions_has_nothing_to_show(multi_save: dict[str, Any]) -> None:
    assert ("regions", "no_region") in codes({**multi_save, "regions": [], "actions": []})


def test_a_popup_has_names_of_its_own(list_popup: dict[str, Any]) -> None:
    spec = ScreenSpec.model_validate(list_popup)
    screen, popup = scopes(spec)
    assert screen.transaction("save") is None
    assert popup.transaction("save") is not None
    assert popup.screen_id == "TaskPopup"
    assert popup.action("close") is not None


def test_code_datasets_of_the_screen_serve_its_popups(list_popup: dict[str, Any]) -> None:
    popup = scopes(ScreenSpec.model_validate(list_popup))[1]
    assert popup.dataset("task_status") is popup.code_dataset("TASK_STATUS")
    assert popup.dataset("list") is None


@pytest.mark.parametrize(
    ("path", "code", "change"),
    [
        ("popups.0.key.0", "unknown_column", lambda d: d["popups"][0].update(key=["no"])),
        ("popups.0.screen_id", "duplicate_id", lambda d: d["popups"][0].update(screen_id="TaskList")),
        ("popups.0", "no_region", lambda d: d.update(regions=[r for r in d["regions"] if not r.get("popup")])),
    ],
)
def test_what_is_wrong_with_a_popup_is_found(list_popup: dict[str, Any], path: str, code: str, change: Change) -> None:
    change(list_popup)
    assert (path, code) in codes(list_popup)


def test_messages_are_in_the_language_of_the_screen(multi_save: dict[str, Any]) -> None:
    multi_save["actions"][0]["transaction"] = "nothing"
    korean = check_references(ScreenSpec.model_validate(multi_save))[0].message
    english = check_references(ScreenSpec.model_validate({**multi_save, "language": "en"}))[0].message
    assert "트랜잭션" in korean
    assert english == "There is no transaction 'nothing'."


def test_conditions_may_be_reset(multi_save: dict[str, Any]) -> None:
    multi_save["actions"].append(
        {"id": "clear", "label": "초기화", "on": ["button"], "do": "reset", "region": "conditions"}
    )
    assert codes(multi_save) == []
