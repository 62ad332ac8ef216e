"""Data models and request blocks for tests of the built-in engine."""

from typing import Any

import orjson
from app.engines.protocol import EngineCall

TASK: dict[str, Any] = {
    "entities": [
        {
            "name": "task",
            "label": "Task",
            "table": "task",
            "fields": [
                {"name": "task_id", "label": "Task ID", "length": 10, "key": True, "required": True},
                {"name": "title", "label": "제목", "length": 100, "required": True},
                {"name": "content", "label": "내용", "type": "text", "length": 1000},
                {
                    "name": "status",
                    "label": "상태",
                    "type": "code",
                    "length": 10,
                    "code_group": "TASK_STATUS",
                    "default": "TODO",
                },
                {"name": "assignee", "label": "담당자", "length": 30},
                {"name": "due_date", "label": "마감일", "type": "date"},
                {"name": "progress", "label": "진행률", "type": "integer", "length": 3},
            ],
        }
    ],
    "code_groups": [
        {"id": "TASK_STATUS", "label": "상태", "values": [["TODO", "대기"], ["DOING", "진행"], ["DONE", "완료"]]}
    ],
}
MEMBER: dict[str, Any] = {
    "entities": [
        {
            "name": "member",
            "label": "Member",
            "table": "member",
            "fields": [
                {"name": "nickname", "label": "Nickname", "length": 30},
                {"name": "id", "label": "ID", "type": "integer", "key": True, "required": True},
                {"name": "login_id", "label": "Login ID", "length": 50, "required": True},
                {"name": "bio", "label": "Bio", "type": "text", "required": True},
                {"name": "start_date", "label": "Start", "type": "date"},
                {"name": "end_date", "label": "End", "type": "date"},
                {"name": "grade", "label": "Grade", "type": "code", "code_group": "UNKNOWN"},
                {"name": "created_at", "label": "Created", "type": "datetime", "required": True, "default": "now()"},
            ],
        }
    ],
}
STAFF: dict[str, Any] = {
    "entities": [
        {
            "name": "staff",
            "label": "직원",
            "table": "staff",
            "fields": [
                {"name": "emp_no", "label": "사번", "length": 10, "key": True, "required": True},
                {"name": "emp_name", "label": "성명", "length": 30, "required": True},
                {"name": "gender", "label": "성별", "type": "code", "length": 1, "code_group": "GENDER"},
                {"name": "dept_code", "label": "부서코드", "length": 10},
                {"name": "dept_name", "label": "부서명", "length": 50},
                {"name": "hire_date", "label": "입사일", "type": "date"},
                {"name": "remote_yn", "label": "재택여부", "type": "boolean"},
            ],
        }
    ],
    "code_groups": [{"id": "GENDER", "label": "성별", "values": [["M", "남성"], ["F", "여성"]]}],
}
ORDERS: dict[str, Any] = {
    "entities": [
        {
            "name": "orders",
            "label": "주문",
            "table": "orders",
            "fields": [
                {"name": "order_no", "label": "주문번호", "length": 12, "key": True, "search": "equal"},
                {"name": "customer_name", "label": "고객명", "length": 60, "search": "like"},
                {"name": "memo", "label": "메모", "type": "text", "length": 4000, "search": "like"},
                {"name": "order_date", "label": "주문일", "type": "date", "search": "range"},
                {"name": "amount", "label": "금액", "type": "decimal", "length": 15, "scale": 0, "search": "range"},
            ],
        },
        {
            "name": "order_item",
            "label": "주문 상세",
            "table": "order_item",
            "fields": [
                {"name": "item_no", "label": "순번", "type": "integer", "length": 5, "key": True, "required": True},
                {"name": "product_name", "label": "상품명", "length": 60, "required": True},
            ],
        },
    ],
    "relations": [
        {"parent": "orders", "child": "order_item", "parent_fields": ["order_no"], "child_fields": ["order_no"]}
    ],
}


def block(**members: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "task": "spec",
        "language": "ko",
        "framework": "acme",
        "pattern": "multi_save",
        "screen": {"id": "TaskList", "title": "Task 관리"},
        "prompt": "Task 관리 화면 만들어줘",
        "data_model": TASK,
        "base_spec": None,
        "citations": [],
        **members,
    }


def fenced(document: Any) -> str:
    return f"Instructions come first.\n\n```framewright-request\n{orjson.dumps(document).decode()}\n```\n"


def call(text: str, **members: Any) -> EngineCall:
    return EngineCall("chat", messages=[{"role": "user", "content": text}], **members)
