"""One request's way through the mesh, as the contracts write it."""

import hashlib
from typing import Any

DATA_MODEL: dict[str, Any] = {
    "entities": [
        {
            "name": "task",
            "label": "Task",
            "table": "task",
            "origin": "inferred",
            "fields": [
                {
                    "name": "task_id",
                    "label": "Task ID",
                    "type": "string",
                    "length": 10,
                    "scale": None,
                    "required": True,
                    "key": True,
                    "default": None,
                    "code_group": None,
                    "format": None,
                    "search": "none",
                    "origin": "inferred",
                },
                {
                    "name": "title",
                    "label": "제목",
                    "type": "string",
                    "length": 100,
                    "scale": None,
                    "required": True,
                    "key": False,
                    "default": None,
                    "code_group": None,
                    "format": None,
                    "search": "like",
                    "origin": "inferred",
                },
            ],
        }
    ],
    "relations": [],
    "code_groups": [],
}

SPEC: dict[str, Any] = {
    "version": "1",
    "screen_id": "TaskList",
    "title": "Task 관리",
    "language": "ko",
    "pattern": "list",
    "framework": "demo",
    "datasets": [
        {
            "id": "list",
            "role": "list",
            "entity": "task",
            "columns": [
                {"name": "task_id", "label": "Task ID", "type": "string", "length": 10, "key": True},
                {"name": "title", "label": "제목", "type": "string", "length": 100},
            ],
        }
    ],
    "transactions": [],
    "regions": [{"id": "grid", "kind": "grid", "dataset": "list", "columns": ["task_id", "title"]}],
    "actions": [],
    "popups": [],
    "rules": [],
}

HITS: list[dict[str, Any]] = [
    {
        "id": "k1",
        "title": "그리드",
        "kind": "rule",
        "text": "그리드는 …",
        "score": 0.8,
        "dense": 0.8,
        "sparse": 0.5,
        "source": "pack",
    },
]

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "entity",
        "text": "무엇을 관리하는 화면인가요?",
        "default": "task",
        "choices": [{"value": "task", "label": "작업"}, {"value": "employee", "label": "사원"}],
    },
]


def intent(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "generate",
        "confidence": 0.97,
        "language": "ko",
        "framework": "demo",
        "pattern": "list",
        "pattern_reason": "목록",
        "reason": "화면을 만들어 달라는 요청입니다",
        "screen": {"id": "TaskList", "title": "Task 관리"},
        "needs_clarification": False,
        "questions": [],
        "data_model": DATA_MODEL,
        "source": "rules",
        "warnings": [],
    } | changes


def repository_file_of(repository_id: str, path: str, content: str) -> dict[str, Any]:
    """An indexed file, as rag-service gives it."""
    return {
        "repository_id": repository_id,
        "path": path,
        "encoding": "utf-8",
        "content": content,
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
    }
