"""The prompts that the product is shown with, over HTTP."""

import base64
import io
import zipfile
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


async def test_a_prompt_that_is_too_long_says_how_to_send_it(client: httpx.AsyncClient) -> None:
    ddl = "create table t (id int primary key);\n" * 6_000
    refused = await client.post("/v1/intents", json={"prompt": ddl})
    assert refused.status_code == 422
    assert "attachment" in refused.json()["errors"][0]["message"]
    answer = await ask(client, "화면 만들어줘", attachments=[{"name": "big.sql", "content": ddl}])
    assert answer["data_model"]["entities"][0]["fields"][0]["name"] == "id"


async def test_a_zip_bomb_is_named_and_the_rest_is_answered(client: httpx.AsyncClient) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    bomb = {"name": "bomb.xlsx", "content": base64.b64encode(buffer.getvalue()).decode()}
    answer = await ask(client, "사원 목록 화면 만들어줘", attachments=[bomb])
    assert answer["kind"] == "generate"
    assert answer["warnings"][0]["code"] == "attachment_unreadable"


async def test_broken_ddl_is_used_as_far_as_it_goes(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "화면\ncreate table x (\n  a int,\n  oops,\n  b varchar(10)\n);")
    assert [
        field["name"] for field in answer["data_model"]["entities"][0]["fields"] if field["origin"] == "stated"
    ] == ["a", "b"]
    assert any("4" in warning["message"] for warning in answer["warnings"])


@pytest.mark.parametrize(
    "prompt", ["社員リスト画面を作ってください", "\u202eاعرض قائمة", "\x00\x00", "🎉🎉🎉 화면", "a\x00b 화면 만들어줘"]
)
async def test_odd_text_is_answered(client: httpx.AsyncClient, prompt: str) -> None:
    answer = await ask(client, prompt)
    assert answer["reason"]


async def test_names_in_every_form_and_as_the_framework_writes_them(client: httpx.AsyncClient) -> None:  # R1.2
    answer = await ask(client, "EMP_NO, EMP_NM, HIRE_DT 컬럼으로 사원 목록 화면 만들어줘", framework="blue")
    names = {item["name"]: item for item in answer["names"]}
    assert names["hire_dt"] == {
        "name": "hire_dt",
        "korean": "입사일",
        "english": "Hire date",
        "abbreviation": "HIRE_DT",
        "written": "HIRE_DT",
    }
    assert [field["label"] for field in answer["data_model"]["entities"][0]["fields"]] == [
        "사원번호",
        "사원명",
        "입사일",
    ]
    inferred = await ask(client, "사원 목록 화면 만들어줘", framework="blue")
    assert inferred["data_model"]["entities"][0]["table"] == "TB_EMPLOYEE"


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
