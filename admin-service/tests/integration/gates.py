"""Evaluations for tests of gates: run by a worker whose engines read the templates that they are given."""

from collections.abc import Callable
from typing import Any

from tests.conftest import Api
from tests.integration.test_evaluations import PATH, Worker, record_of

CODER = {"id": "coder", "kind": "vllm", "base_url": "http://10.0.0.1:8000", "model": "coder-7b"}
LABEL = "/api/admin/templates/xframe5/spec/labels/production"
SETTINGS = "/api/admin/settings"
TEMPLATE = {"framework": "xframe5", "task": "spec", "content": "worse"}
BROKEN: dict[str, Any] = {"diagnostics": [{"severity": "error"}]}
Item = dict[str, Any]


async def with_engines(operator: Api, *names: str) -> None:
    for name in names:
        body = {**CODER, "id": name, "model": f"{name}-7b"}
        assert (await operator.post("/api/admin/engines", body)).status_code == 201


async def with_templates(operator: Api) -> None:
    """Version 1 is worse, version 2 is better."""
    assert (await operator.post("/api/admin/templates", TEMPLATE)).status_code == 201
    better = {"content": "better", "base_version": 1}
    assert (await operator.post("/api/admin/templates/xframe5/spec/versions", better)).status_code == 201


def pins(*versions: int, **more: Any) -> list[dict[str, Any]]:
    return [{"engine": "coder", "templates": {"xframe5/spec": version}, **more} for version in versions]


def is_bad(item: Item) -> dict[str, Any]:
    """Who is given the worse template makes mistakes."""
    return BROKEN if any(template["content"] == "worse" for template in item["templates"]) else {}


async def evaluated(
    operator: Api,
    service: Api,
    variants: list[dict[str, Any]],
    changes: Callable[[Item], dict[str, Any]] = is_bad,
    **request: Any,
) -> str:
    """An evaluation of 24 cases; `changes` of an item's record say how it went."""
    started = await operator.post(PATH, {"variants": variants, "limit": 24, **request})
    assert started.status_code == 201, started.text
    worker = Worker(service, started.json()["id"])
    await worker.begin()
    while items := await worker.next(limit=64):
        for item in items:
            made = record_of("list_popup") | {"engine": item["engine"], "templates": templates_used(item)}
            await worker.give(item, made | changes(item))
    return str(started.json()["id"])


def templates_used(item: Item) -> list[dict[str, str]]:
    """As rag-service chooses: of the item's framework and mode."""
    return [
        {"id": template["id"], "version": template["version"], "source": "admin" if template["content"] else "pack"}
        for template in item["templates"]
        if (template["framework"], template["task"]) == (item["framework"], item["mode"])
    ]
