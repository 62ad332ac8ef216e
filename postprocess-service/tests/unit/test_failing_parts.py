"""The engine is asked once for the failing part alone, and its answer takes the part's place."""

from app.core.frameworks import Frameworks
from app.features.emission.failing import MAX_PARTS
from app.features.emission.schemas import ArtifactsRequest, ArtifactsResponse
from app.features.emission.service import EmissionService

from tests.conftest import FRAMEWORK, fixture


def good(frameworks: Frameworks) -> dict[str, str]:
    request = ArtifactsRequest(
        spec=fixture("task_multi_save"), framework=FRAMEWORK, artifacts=["screen_js", "screen_xml"]
    )
    return {item.path: item.content for item in EmissionService(frameworks).create(request).artifacts}


def checked(frameworks: Frameworks, files: dict[str, str], **more: object) -> ArtifactsResponse:
    languages = {"xml": "xml", "js": "javascript", "sql": "sql"}
    given = [
        {"path": path, "language": languages[path.rsplit(".")[-1]], "content": content}
        for path, content in files.items()
    ]
    request = ArtifactsRequest.model_validate({"files": given, "framework": FRAMEWORK, "language": "en", **more})
    return EmissionService(frameworks).create(request)


def broken(frameworks: Frameworks) -> dict[str, str]:
    files = good(frameworks)
    files["TaskList.js"] = files["TaskList.js"].replace("getrowcount()", "fetchEverything()", 1)
    return files


def test_right_files_ask_for_nothing(frameworks: Frameworks) -> None:  # R1.11
    assert checked(frameworks, good(frameworks)).failing is None


def test_the_function_with_the_error_is_asked_for_alone(frameworks: Frameworks) -> None:  # R1.11
    failing = checked(frameworks, broken(frameworks)).failing
    assert failing is not None
    (part,) = failing.parts
    assert part.path == "TaskList.js"
    assert part.text.startswith("function ")
    assert part.text.endswith("}")
    assert "fetchEverything" in part.text
    assert part.problems == ["A dataset has no method 'fetchEverything'."]
    assert part.text in failing.request
    assert part.problems[0] in failing.request
    assert "DS_LIST(" in failing.request
    assert "grd_list: grid" in failing.request
    assert len(failing.request) < 4000


def test_the_second_answer_takes_the_place_of_the_part(frameworks: Frameworks) -> None:  # R1.11
    files = broken(frameworks)
    first = checked(frameworks, files)
    assert first.failing is not None
    (part,) = first.failing.parts
    answer = (
        f"<think>hm</think>\n```javascript\n{part.text.replace('fetchEverything', 'getrowcount')}\n```\nThat is all."
    )
    second = {"parts": [part.model_dump()], "answer": answer}
    response = checked(frameworks, files, second=second)
    assert {item.path: item.content for item in response.artifacts} == good(frameworks)
    assert response.failing is None


def test_an_answer_that_is_no_better_changes_nothing(frameworks: Frameworks) -> None:  # R1.11
    files = broken(frameworks)
    failing = checked(frameworks, files).failing
    assert failing is not None
    parts = [part.model_dump() for part in failing.parts]
    for answer in ("I can't.", "```js\nvar a;\n```\n```js\nvar b;\n```", "```js\nfunction (\n```", ""):
        response = checked(frameworks, files, second={"parts": parts, "answer": answer})
        assert {item.path: item.content for item in response.artifacts} == files
        assert response.failing is not None


def test_a_document_that_cannot_be_read_is_asked_for_whole(frameworks: Frameworks) -> None:  # R1.11
    sql = "CREATE TABLE task (\n    id INTEGER,\n    ((\n);\n"
    failing = checked(frameworks, {"task.sql": sql}).failing
    assert failing is not None
    (part,) = failing.parts
    assert (part.first_line, part.last_line) == (1, 5)
    second = {"parts": [part.model_dump()], "answer": "CREATE TABLE task (\n    id INTEGER\n);"}
    response = checked(frameworks, {"task.sql": sql}, second=second)
    assert response.artifacts[0].content == "CREATE TABLE task (\n    id INTEGER\n);\n"
    assert response.failing is None


def test_more_than_an_engine_can_be_asked_for_is_left_as_findings(frameworks: Frameworks) -> None:  # R1.11
    functions = "".join(
        f"function f{index}() {{\n\tthis.screen.invented{index}();\n}}\n" for index in range(MAX_PARTS + 1)
    )
    files = good(frameworks)
    files["TaskList.js"] += functions
    response = checked(frameworks, files)
    assert any(note.severity == "error" for item in response.artifacts for note in item.diagnostics)
    assert response.failing is None
