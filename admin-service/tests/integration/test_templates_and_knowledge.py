"""Templates and knowledge: versions, labels, conflicts, and what rag-service then polls."""

import asyncio

import psycopg
import pytest
from app.core.context import Context

from tests.conftest import Api

TEMPLATE = {
    "framework": "xf",
    "task": "spec",
    "content": "one\ntwo\n",
    "note": "first",
    "labels": ["production"],
    "overrule": "first one",
}
ENTRY = {
    "framework": "xf",
    "kind": "rule",
    "title": "그리드 저장",
    "text": "# 저장\n변경된 행만 보낸다.",
    "aliases": ["save grid"],
    "tags": ["grid"],
    "source": "handbook 3.2",
}


async def test_a_template_goes_live_and_is_rolled_back_by_its_label(service: Api, operator: Api) -> None:  # R1.16
    made = await operator.post("/api/admin/templates", TEMPLATE)
    assert made.status_code == 201, made.text
    assert made.json()["id"] == "xf/spec"
    first = await service.get("/internal/templates")
    assert first.json()["templates"] == [
        {
            "id": "xf/spec",
            "framework": "xf",
            "task": "spec",
            "version": "1",
            "content": "one\ntwo\n",
            "label": "production",
        }
    ]
    added = await operator.post("/api/admin/templates/xf/spec/versions", {"content": "one\n2\n", "base_version": 1})
    assert added.status_code == 201
    assert [entry["version"] for entry in added.json()["versions"]] == [2, 1]
    tag = first.headers["ETag"]
    assert (await service.get("/internal/templates", If_None_Match=tag)).status_code == 304, "no label has moved"
    label = "/api/admin/templates/xf/spec/labels/production"
    moved = await operator("PUT", label, {"version": 2, "expected": 1, "overrule": "a test"})
    assert moved.json()["labels"] == {"production": 2}
    second = await service.get("/internal/templates", If_None_Match=tag)
    assert second.json()["templates"][0]["content"] == "one\n2\n"
    await operator("PUT", label, {"version": 1, "overrule": "a test"})
    assert (await service.get("/internal/templates")).json()["templates"][0]["version"] == "1"
    await operator("DELETE", label)
    assert (await service.get("/internal/templates")).json()["templates"] == []


async def test_two_admins_edit_the_same_template_and_nothing_is_lost(operator: Api, admin: Api) -> None:
    await operator.post("/api/admin/templates", TEMPLATE)
    path = "/api/admin/templates/xf/spec/versions"
    answers = await asyncio.gather(
        *(who.post(path, {"content": f"by {n}", "base_version": 1}) for n, who in enumerate((operator, admin)))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["code"] == "version_conflict"
    assert refused["latest_version"] == 2
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 201)
    assert [(one["version"], one["created_by"]) for one in refused["since"]] == [(2, (operator, admin)[winner].user_id)]
    listed = (await admin.get("/api/admin/users")).json()["items"]
    names = {operator.user_id: operator.user_id, **{user["id"]: user["name"] for user in listed}}
    assert refused["since"][0]["created_by_name"] == names[(operator, admin)[winner].user_id], "or the id"
    changed = refused["changed"]
    assert (changed["from_version"], changed["to_version"]) == (1, 2)
    assert f"+by {winner}" in changed["diff"]
    assert "-one" in changed["diff"]
    again = await (admin, operator)[winner].post(path, {"content": f"by {1 - winner}", "base_version": 2})
    assert again.status_code == 201, "on top of the other's, nothing of either is lost"
    texts = [(await operator.get(f"{path}/{number}")).json()["content"] for number in (1, 2, 3)]
    assert texts == ["one\ntwo\n", f"by {winner}", f"by {1 - winner}"]
    unknown = await operator.post(path, {"content": "x", "base_version": 9})
    assert unknown.status_code == 404
    label = await operator(
        "PUT", "/api/admin/templates/xf/spec/labels/production", {"version": 2, "expected": 2, "overrule": "a test"}
    )
    assert label.status_code == 409
    old = await operator.post(path, {"content": "x", "base_version": 3}, If_Match='"1"')
    assert old.status_code == 412


async def test_versions_are_compared_and_immutable(operator: Api, developer: Api, context: Context) -> None:  # R1.16
    await operator.post("/api/admin/templates", TEMPLATE)
    await operator.post("/api/admin/templates/xf/spec/versions", {"content": "one\nzwei\ndrei\n", "base_version": 1})
    diff = (await developer.get("/api/admin/templates/xf/spec/diff?from=1&to=2")).json()
    assert (diff["added"], diff["removed"]) == (2, 1)
    assert "-two" in diff["diff"]
    assert "+zwei" in diff["diff"]
    assert (await developer.get("/api/admin/templates/xf/spec/versions/1")).json()["content"] == "one\ntwo\n"
    assert (await developer.get("/api/admin/templates/xf/spec/versions/9")).status_code == 404
    with (
        psycopg.connect(context.settings.database_url.get_secret_value()) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="immutable"),
    ):
        connection.execute("UPDATE admin.template_versions SET content = 'x'")


async def test_templates_are_listed_and_wrong_ones_refused(operator: Api, developer: Api) -> None:
    await operator.post("/api/admin/templates", TEMPLATE)
    await operator.post("/api/admin/templates", TEMPLATE | {"name": "spec.small", "labels": []})
    listed = (await developer.get("/api/admin/templates?framework=xf&task=spec")).json()["items"]
    assert [item["id"] for item in listed] == ["xf/spec", "xf/spec.small"]
    assert (await developer.get("/api/admin/templates/xf/spec")).headers["ETag"] == '"1"'
    assert (await developer.post("/api/admin/templates", TEMPLATE)).status_code == 403
    assert (await operator.post("/api/admin/templates", TEMPLATE)).json()["errors"][0]["field"] == "name"
    wrong = await operator.post("/api/admin/templates", TEMPLATE | {"task": "x", "framework": "X/Y", "content": ""})
    assert {error["field"] for error in wrong.json()["errors"]} == {"task", "framework", "content"}
    beyond = await operator("PUT", "/api/admin/templates/xf/spec/labels/staging", {"version": 5})
    assert beyond.json()["errors"][0]["field"] == "version"
    assert (await operator("PUT", "/api/admin/templates/xf/none/labels/staging", {"version": 1})).status_code == 404
    same = await operator("PUT", "/api/admin/templates/xf/spec/labels/production", {"version": 1})
    assert same.json()["version"] == 1, "nothing has changed"


async def test_an_entry_is_added_changed_restored_and_removed(service: Api, operator: Api) -> None:  # R1.15
    empty = await service.get("/internal/knowledge")
    assert empty.json()["entries"] == []
    made = await operator.post("/api/admin/knowledge", ENTRY)
    assert made.status_code == 201, made.text
    entry_id = made.json()["id"]
    path = f"/api/admin/knowledge/{entry_id}"
    polled = await service.get("/internal/knowledge", If_None_Match=empty.headers["ETag"])
    assert polled.json()["entries"] == [ENTRY | {"id": entry_id, "version": 1}]
    assert (await service.get("/internal/knowledge", If_None_Match=polled.headers["ETag"])).status_code == 304
    changed = await operator.patch(path, {"title": "저장 규칙"}, If_Match=made.headers["ETag"])
    assert changed.json()["version"] == 2
    assert (await service.get("/internal/knowledge", If_None_Match=polled.headers["ETag"])).status_code == 200
    restored = await operator.post(f"{path}/versions/1/restore")
    assert restored.json()["title"] == ENTRY["title"]
    assert restored.json()["version"] == 3
    versions = (await operator.get(f"{path}/versions")).json()["items"]
    assert [version["version"] for version in versions] == [3, 2, 1]
    assert versions[1]["document"]["title"] == "저장 규칙"
    assert (await operator.post(f"{path}/versions/9/restore")).status_code == 404
    await operator.patch(path, {"enabled": False})
    assert (await service.get("/internal/knowledge")).json()["entries"] == []
    assert (await operator("DELETE", path, None, If_Match='"1"')).status_code == 412
    assert (await operator("DELETE", path)).status_code == 204
    assert (await operator.get(path)).status_code == 404
    assert (await operator.get(f"{path}/versions")).status_code == 404


async def test_entries_are_found_and_old_versions_refused(operator: Api, developer: Api) -> None:  # R1.15
    for number in range(3):
        await operator.post("/api/admin/knowledge", ENTRY | {"id": f"e{number}", "title": f"제목 {number} 100%"})
    page = (await developer.get("/api/admin/knowledge?limit=2")).json()
    assert [item["id"] for item in page["items"]] == ["e2", "e1"]
    rest = (await developer.get(f"/api/admin/knowledge?limit=2&cursor={page['next_cursor']}")).json()
    assert [item["id"] for item in rest["items"]] == ["e0"]
    assert rest["next_cursor"] is None
    for query, count in [
        ("q=제목 1", 1),
        ("q=100%25", 3),
        ("q=변경된", 3),
        ("tag=grid", 3),
        ("tag=x", 0),
        ("framework=xf&kind=rule", 3),
        ("kind=example", 0),
    ]:
        found = (await developer.get(f"/api/admin/knowledge?{query}")).json()["items"]
        assert len(found) == count, query
    stale = await operator.patch("/api/admin/knowledge/e1", {"title": "x", "version": 9})
    assert stale.status_code == 409
    taken = await operator.post("/api/admin/knowledge", ENTRY | {"id": "e1"})
    assert taken.status_code == 409
    assert (await developer.post("/api/admin/knowledge", ENTRY)).status_code == 403
    wrong = await operator.post("/api/admin/knowledge", ENTRY | {"title": "", "kind": "??", "text": "x" * 100_001})
    assert {error["field"] for error in wrong.json()["errors"]} == {"title", "kind", "text"}
    surrogate = await operator._client.post(
        "/api/admin/knowledge",
        content=b'{"framework":"xf","kind":"rule","title":"\\ud800","text":"x"}',
        headers=operator.headers | {"Content-Type": "application/json"},
    )
    assert surrogate.status_code == 422
    assert surrogate.json()["errors"][0]["field"] == "title"
