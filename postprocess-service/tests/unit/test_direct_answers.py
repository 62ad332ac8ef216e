"""Files out of engines' answers in direct mode: fences, headings, several files, cut off or finished."""

import pytest
from app.features.analysis.schemas import AnalysisRequest, AnalysisResponse, Mode
from app.features.analysis.service import AnalysisService

XML = '<?xml version="1.0"?>\n<map_list><map><screen screenid="TaskList"/></map></map_list>'
JS = "function screen_on_load()\n{\n\tthis.fn_search();\n}"


def analysed(
    analysis: AnalysisService, answer: str, mode: Mode = "direct", finish_reason: str | None = "stop"
) -> AnalysisResponse:
    request = AnalysisRequest(answer=answer, mode=mode, framework="xframe5", language="en", finish_reason=finish_reason)
    return analysis.analyse(request)


ANSWERS = {
    "fences_with_names": f"```xml path=TaskList.xml\n{XML}\n```\n```javascript TaskList.js\n{JS}\n```",
    "fences_with_titles": f'```xml title="TaskList.xml"\n{XML}\n```\nText.\n```js title="TaskList.js"\n{JS}\n```',
    "fences_without_names": f"```xml\n{XML}\n```\n```javascript\n{JS}\n```",
    "headings_over_fences": f"### TaskList.xml\n```xml\n{XML}\n```\n### TaskList.js\n```javascript\n{JS}\n```",
    "dashes": f"--- XML ---\n{XML}\n--- JS ---\n{JS}\n",
    "headings": f"### TaskList.xml\n{XML}\n\n### TaskList.js\n{JS}\n",
    "bold": f"**TaskList.xml**\n{XML}\n\n**TaskList.js**\n{JS}\n",
    "korean": f"파일명: TaskList.xml\n{XML}\n파일명: TaskList.js\n{JS}\n",
    "bare": f"Here it is.\n{XML}\n\n{JS}\n",
    "reasoning_left": f"<think>```xml\n<a/>\n```</think>```xml\n{XML}\n```\n```js\n{JS}\n```",
    "written_again": f"```xml\n{XML}\n```\n```js\nvar a;\n```\nBetter:\n```js path=TaskList.js\n{JS}\n```",
    "last_fence_open": f"```xml\n{XML}\n```\n```js\n{JS}\n",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_files_are_found_and_named(analysis: AnalysisService, name: str) -> None:
    """R1.10 R1.12"""
    answer = analysed(analysis, ANSWERS[name])
    found = {file.path: file.content.strip() for file in answer.files}
    assert answer.status == "ok"
    assert found["TaskList.xml"] == XML
    assert found["TaskList.js"] == JS


def test_cut_off_is_told_from_finished(analysis: AnalysisService) -> None:
    """R1.10"""
    assert analysed(analysis, f"```xml\n{XML[:40]}").status == "truncated"
    assert analysed(analysis, f"--- XML ---\n{XML}\n--- JS ---\n{JS[:-1]}").status == "truncated"
    assert analysed(analysis, ANSWERS["dashes"], finish_reason="length").status == "truncated"
    assert analysed(analysis, "```sql\nSELECT 1\n").status == "truncated"


def test_what_holds_no_files_is_said(analysis: AnalysisService) -> None:
    assert analysed(analysis, "I'm sorry, I can't help with that.").status == "refused"
    assert analysed(analysis, "Which fields should the screen have?").status == "not_a_spec"
    assert analysed(analysis, " ").status == "empty"


def test_auto_reads_files_where_there_is_no_spec(analysis: AnalysisService) -> None:
    answer = analysed(analysis, ANSWERS["fences_without_names"], mode="auto")
    assert answer.status == "ok"
    assert len(answer.files) == 2


def test_paths_never_leave_their_folder(analysis: AnalysisService) -> None:
    for name in ("../../etc/x.xml", "/etc/x.xml", "a/../../x.xml"):
        answer = analysed(analysis, f"### {name}\n{XML}\n")
        assert all(".." not in file.path and not file.path.startswith("/") for file in answer.files)
