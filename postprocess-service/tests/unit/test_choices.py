"""A company's choices in place of the pack's: popups, button events, wrapper of transactions, encoding, line ends."""

import pytest
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest, ArtifactsResponse
from app.features.emission.service import EmissionService

from chassis.errors import Unprocessable
from tests.conftest import FRAMEWORK, fixture


def emitted(frameworks: Frameworks, name: str, **choices: str) -> dict[str, str]:
    options = {"choices": choices}
    request = ArtifactsRequest.model_validate({"spec": fixture(name), "framework": FRAMEWORK, "options": options})
    response: ArtifactsResponse = EmissionService(frameworks).create(request)
    notes = [(item.path, note.message) for item in response.artifacts for note in item.diagnostics]
    assert notes == []
    return {item.path: item.content for item in response.artifacts}


def test_a_popup_for_newer_wrappers_is_plain_functions(frameworks: Frameworks) -> None:  # R1.11
    script = emitted(frameworks, "task_list_popup", popup_form="plain")["TaskPopup.js"]
    assert "function screen_on_load()" in script
    assert "this.screen_on_load =" not in script
    assert "this.screen_on_load = function ()" in emitted(frameworks, "task_list_popup")["TaskPopup.js"]


def test_buttons_send_the_event_of_newer_engines(frameworks: Frameworks) -> None:  # R1.11
    files = emitted(frameworks, "task_multi_save", button_event="on_mousedown")
    assert 'on_mousedown="eventfunc:btn_search_on_mousedown(objInst)"' in files["TaskList.xml"]
    assert "function btn_search_on_mousedown(objInst)" in files["TaskList.js"]
    assert "on_mouseup" not in files["TaskList.xml"] + files["TaskList.js"]


def test_transactions_go_by_the_companys_wrapper(frameworks: Frameworks) -> None:  # R1.11
    submit = "TRN.submit(this.screen, {transaction})"
    files = emitted(frameworks, "order_master_detail", submit=submit)
    script = next(content for path, content in files.items() if path.endswith(".js"))
    assert 'TRN.submit(this.screen, "TR_SEARCH");' in script
    assert 'this.select_waits = !TRN.submit(this.screen, "TR_DETAIL");' in script
    assert "requestsubmit" not in script


def test_encoding_and_line_ends(frameworks: Frameworks) -> None:  # R1.11
    plain = emitted(frameworks, "task_multi_save", newline="lf", byte_order_mark="false")
    own = emitted(frameworks, "task_multi_save")
    for path in ("TaskList.xml", "TaskList.js"):
        assert own[path].startswith("\ufeff")
        assert "\r\n" in own[path]
        assert plain[path] == own[path].removeprefix("\ufeff").replace("\r\n", "\n")


@pytest.mark.parametrize("choices", [{"colour": "red"}, {"newline": "both"}, {"popup_form": "x" * 1000}])
def test_what_is_no_choice_is_refused_by_name(frameworks: Frameworks, choices: dict[str, str]) -> None:
    with pytest.raises(Unprocessable) as refusal:
        emitted(frameworks, "task_multi_save", **choices)
    assert refusal.value.errors[0].field == f"options.choices.{next(iter(choices))}"
    assert "popup_form" in refusal.value.detail
