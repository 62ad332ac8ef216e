"""The prompts that the product is shown with, over HTTP."""

from typing import Any

import httpx
import pytest

MEMBER = (
    "Create a screen for: CREATE TABLE member (id bigint primary key, login_id varchar(50) not null, "
    "nickname varchar(30), birth date, point integer)"
)


async def ask(client: httpx.AsyncClient, prompt: str, **more: Any) -> dict[str, Any]:
    response = await client.post("/v1/intents", json={"prompt": prompt, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def names(answer: dict[str, Any]) -> list[str]:
    return [field["name"] for field in answer["data_model"]["entities"][0]["fields"]]


async def test_a_short_korean_prompt_gives_a_whole_model(client: httpx.AsyncClient) -> None:  # R1.1 R1.2
    answer = await ask(client, "Task 관리 화면 만들어줘")
    assert (answer["kind"], answer["pattern"], answer["language"]) == ("generate", "multi_save", "ko")
    assert answer["screen"] == {"id": "TaskList", "title": "Task 관리"}
    assert {"task_id", "title", "status", "assignee", "due_date"} <= set(names(answer))
    groups = {group["id"]: group["values"] for group in answer["data_model"]["code_groups"]}
    assert [label for _, label in groups["TASK_STATUS"]] == ["대기", "진행", "완료"]
    assert not answer["needs_clarification"]


@pytest.mark.parametrize(
    ("prompt", "pattern", "screen_id"),
    [
        ("사원 목록 조회 화면 만들어줘", "list", "EmployeeList"),
        ("고객 등록 팝업이 있는 목록 화면", "list_popup", "CustomerList"),
        ("상품 재고를 그리드에서 바로 수정하고 한 번에 저장하는 화면", "multi_save", "ProductStockList"),
    ],
)
async def test_patterns(client: httpx.AsyncClient, prompt: str, pattern: str, screen_id: str) -> None:  # R1.1
    answer = await ask(client, prompt)
    assert (answer["kind"], answer["pattern"], answer["screen"]["id"]) == ("generate", pattern, screen_id)


async def test_ddl_in_a_prompt_is_taken_exactly(client: httpx.AsyncClient) -> None:  # R1.2
    answer = await ask(client, MEMBER)
    entity = answer["data_model"]["entities"][0]
    assert [(f["name"], f["type"], f["length"], f["key"], f["required"], f["origin"]) for f in entity["fields"]] == [
        ("id", "integer", None, True, True, "stated"),
        ("login_id", "string", 50, False, True, "stated"),
        ("nickname", "string", 30, False, False, "stated"),
        ("birth", "date", None, False, False, "stated"),
        ("point", "integer", None, False, False, "stated"),
    ]
    assert (answer["language"], answer["screen"]["id"], entity["table"]) == ("en", "MemberList", "member")


async def test_a_prompt_that_names_nothing_needs_clarification_and_has_a_default(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "화면 만들어줘")
    assert answer["needs_clarification"]
    assert answer["questions"][0]["default"] == "task"
    assert answer["data_model"]
    assert answer["screen"]


async def test_off_topic_talk_is_unsupported_and_says_what_can_be_asked(client: httpx.AsyncClient) -> None:  # R1.1
    answer = await ask(client, "점심 뭐 먹지?")
    assert (answer["kind"], answer["data_model"]) == ("unsupported", None)
    assert answer["reason"]
    assert answer["alternatives"]


async def test_questions_and_changes_are_told_from_new_screens(client: httpx.AsyncClient) -> None:  # R1.1
    assert (await ask(client, "그리드에서 체크된 행을 가져오는 방법은?"))["kind"] == "question"
    base = {"generation_id": "1", "screen_id": "TaskList", "title": "Task 관리"}
    assert (await ask(client, "상태 컬럼을 하나 추가해줘", base=base))["kind"] == "modify"
    without = await ask(client, "상태 컬럼을 하나 추가해줘")
    assert [warning["code"] for warning in without["warnings"]] == ["no_base"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"prompt": ""}, "prompt"),
        ({"prompt": "  \n"}, "prompt"),
        ({"prompt": "x" * 100_001}, "prompt"),
        ({"prompt": "화면 만들어줘", "framework": "unheard-of"}, "framework"),
    ],
)
async def test_wrong_input_names_the_field(client: httpx.AsyncClient, body: dict[str, Any], field: str) -> None:
    response = await client.post("/v1/intents", json=body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


async def test_an_installed_framework_is_known(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "Task 관리 화면 만들어줘", framework="blue"))["framework"] == "blue"


async def test_fixed_questions(client: httpx.AsyncClient) -> None:  # R2.5
    model = (await ask(client, "사원 목록 조회 화면 만들어줘"))["data_model"]
    response = await client.post("/v1/questions", json={"prompt": "사원 화면", "data_model": model})
    answer = response.json()
    assert answer["source"] == "fixed"
    assert [question["id"] for question in answer["questions"]] == ["pattern", "search", "excel"]


async def test_a_call_without_a_token_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/v1/intents", json={"prompt": "x"}, headers={"Authorization": ""})
    assert response.status_code == 401
