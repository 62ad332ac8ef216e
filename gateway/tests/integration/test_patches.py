"""Plans and patches as a client sees them: what the engine is asked, the ledger, and what is taken back."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from app.core.clients.llm import Engine
from app.core.clients.postprocess import PlannedSnippet
from app.features.patches.asking import fences_closed
from app.features.patches.showing import form_of, one_of_each_file
from hypothesis import HealthCheck, given, settings, strategies as st

from chassis.testing import service_headers

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY, OTHER_KEY
from ..fakes.llm import Script
from .reading import generate

CODE = "def load():\n    return 1\n"
REPOSITORY = "0123456789abcdef"
EDIT = {"path": "a.py", "search": "return 1", "replace": "return 2"}


@pytest.fixture(autouse=True)
def empty_ledger(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("TRUNCATE gateway.plans, gateway.patches, gateway.patch_answers")


def plan(client: httpx.Client, **more: Any) -> dict[str, Any]:
    response = client.post("/plan", json={"intent": "rename load", "paths": ["a.py"], "code_paste": CODE, **more})
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


def edits(*items: dict[str, str]) -> Script:
    return Script([json.dumps({"edits": list(items)})])


def patch(client: httpx.Client, planned: dict[str, Any], **more: Any) -> httpx.Response:
    return client.post("/patch_smart", json={"plan": planned["plan"], **more})


def test_a_plan_is_asked_for_greedily_and_short(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.1
    mesh.llm.scripts = [Script(['{"symbol": ', '"load"}'])]
    planned = plan(client)
    assert planned["plan"]["source"] == "engine"
    assert planned["plan_id"] == planned["plan"]["plan_id"]
    assert (planned["truncated"], planned["engine"], planned["degraded"]) == (False, "vllm", False)
    asked = mesh.llm.bodies("/v1/chat/completions")[0]
    assert (asked["max_tokens"], asked["repetition_penalty"], asked["temperature"]) == (16, 1.10, 0)
    assert not {"top_p", "top_k", "min_p", "seed", "presence_penalty", "frequency_penalty"} & set(asked)
    assert asked["framewright"]["stop_at_json"] is True
    assert 11 < asked["framewright"]["max_time_s"] <= 12
    prompted = mesh.rag.bodies("/v1/prompts")[0]
    assert (prompted["task"], prompted["context_window"], prompted["max_output_tokens"]) == ("plan", 1_040, 16)
    assert mesh.postprocess.bodies("/v1/plans")[0]["max_characters"] == 1_200


def test_a_plan_that_was_cut_off_says_so(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.1
    mesh.llm.scripts = [Script(['{"symbol": "lo'])]
    assert plan(client)["truncated"] is True


def test_without_an_engine_rules_plan(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(status=503)]
    planned = plan(client)
    assert (planned["plan"]["source"], planned["degraded"]) == ("rules", True)
    assert planned["warnings"][0]["code"] == "planned_by_rules"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"intent": "x"}, "code_paste"),
        ({"intent": "x", "paths": ["a", "b"], "code_paste": "x"}, "paths"),
        ({"intent": "x", "paths": ["src/a.py"]}, "paths"),
        ({"intent": ""}, "intent"),
        ({"intent": "x", "code_paste": "x", "options": {"max_new_tokens": 0}}, "options.max_new_tokens"),
        ({"intent": "x", "nonsense": 1}, "nonsense"),
    ],
)
def test_a_plan_without_files_says_what_is_missing(client: httpx.Client, body: dict[str, Any], field: str) -> None:
    refused = client.post("/plan", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


def test_a_generation_s_files_are_planned_with(client: httpx.Client) -> None:
    generation_id = generate(client)[0]["generation_id"]
    planned = client.post("/plan", json={"intent": "x", "generation_id": generation_id}).json()
    assert [file["path"] for file in planned["plan"]["files"]] == ["TaskList.xml"]
    unknown = client.post("/plan", json={"intent": "x", "generation_id": generation_id, "paths": ["x.js"]})
    assert (unknown.status_code, "TaskList.xml" in unknown.json()["detail"]) == (422, True)
    assert client.post("/plan", json={"intent": "x", "generation_id": "nope"}).status_code == 404


def test_an_indexed_repository_s_files_are_planned_with(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.1 R5.4
    code = "\ufeff# 주문\r\ndef load():\r\n    return 1\r\n"
    mesh.rag.files = {(REPOSITORY, "src/주문 a&b.py"): code, (REPOSITORY, "c.py"): CODE}
    body = {"intent": "x", "repository_id": REPOSITORY, "paths": ["src/주문 a&b.py", "c.py", "c.py"]}
    answer = client.post("/plan", json=body)
    assert answer.status_code == 200, answer.text
    planned = answer.json()
    assert [file["path"] for file in planned["plan"]["files"]] == ["src/주문 a&b.py", "c.py"]
    sent = mesh.postprocess.bodies("/v1/plans")[0]["files"][0]
    assert (sent["content"], sent["sha256"]) == (code, hashlib.sha256(code.encode()).hexdigest())
    mesh.llm.scripts = [edits({"path": "c.py", "search": "return 1", "replace": "return 2"})]
    made = patch(client, planned).json()
    assert (made["ok"], made["files"][0]["content"]) == (True, CODE.replace("1", "2"))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"repository_id": "0123456789abcdef", "paths": ["none.py"]}, 404, "file_not_indexed"),
        ({"repository_id": "0123456789abcdef"}, 422, "no_base_files"),
        ({"repository_id": "../v1/engines", "paths": ["a"]}, 422, "invalid_fields"),
    ],
)
def test_a_repository_s_file_that_can_t_be_had(
    client: httpx.Client, body: dict[str, Any], status: int, code: str
) -> None:
    refused = client.post("/plan", json={"intent": "x", **body})
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_limited_key_plans_with_a_repository_that_it_may_search(
    mesh: FakeMesh, start_gateway: GatewayFactory
) -> None:  # R3.8
    mesh.rag.files = {(REPOSITORY, "c.py"): CODE}
    mesh.admin.keys |= {f"fwk_{name}": (f"k-{name}", "alice", "developer") for name in ("patch", "both")}
    mesh.admin.scopes = {"k-patch": ["patch"], "k-both": ["patch", "search"]}
    url, body = start_gateway(), {"intent": "x", "repository_id": REPOSITORY, "paths": ["c.py"]}
    refused = httpx.post(f"{url}/plan", json=body, headers={"Authorization": "Bearer fwk_patch"})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert mesh.rag.bodies("/v1/repositories/files") == []
    assert httpx.post(f"{url}/plan", json=body, headers={"Authorization": "Bearer fwk_both"}).status_code == 200


def test_the_workspace_is_read_and_never_left(start_gateway: GatewayFactory, tmp_path: Path) -> None:  # R4.3
    root = tmp_path / "work"
    (root / "src").mkdir(parents=True)
    (root / "src" / "a.py").write_text(CODE)
    (root / "src" / "b.bin").write_bytes(b"\xff\xfe\x00")
    (root / ".git").mkdir()
    (tmp_path / "secret.py").write_text("SECRET = 1\n")
    (root / "link").symlink_to(tmp_path)
    open_url, closed_url = start_gateway(workspace=root), start_gateway(workspace=root, scan_folders=False)
    headers = {"Authorization": f"Bearer {KEY}"}
    found = httpx.post(f"{open_url}/plan", json={"intent": "x", "paths": ["src"]}, headers=headers).json()
    assert [file["path"] for file in found["plan"]["files"]] == ["src/a.py"]
    assert "b.bin" in found["warnings"][-1]["message"]
    assert httpx.post(f"{closed_url}/plan", json={"intent": "x", "paths": ["src"]}, headers=headers).status_code == 422
    for path in ("../secret.py", "/etc/passwd", "link/secret.py", "src/none.py", "src\\a.py"):
        refused = httpx.post(f"{open_url}/plan", json={"intent": "x", "paths": [path]}, headers=headers)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "paths"), path


def test_a_patch_needs_no_more_than_the_plan(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.2
    planned = plan(client)
    mesh.llm.scripts = [edits(EDIT)]
    made = patch(client, planned).json()
    assert (made["ok"], made["applied_before"], made["attempts"], made["engine"]) == (True, False, 1, "vllm")
    assert made["files"][0]["content"] == CODE.replace("1", "2")
    asked = mesh.llm.bodies("/v1/chat/completions")[-1]
    assert (asked["max_tokens"], asked["repetition_penalty"], asked["temperature"]) == (192, 1.03, 0)
    assert 24 < asked["framewright"]["max_time_s"] <= 25
    sent = mesh.postprocess.bodies("/v1/patches")[-1]
    assert sent["files"][0]["sha256"] == planned["plan"]["files"][0]["sha256"]


def test_the_same_patch_twice_is_one_and_a_rollback_is_a_call(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.2
    planned = plan(client)
    mesh.llm.scripts = [edits(EDIT), edits({**EDIT, "search": "    return 1", "replace": "    return 2"}), edits(EDIT)]
    first, second = patch(client, planned).json(), patch(client, planned).json()
    assert second["patch_id"] == first["patch_id"]
    assert second["applied_before"] is True
    path = f"/api/v1/patches/{first['patch_id']}"
    undone = client.post(f"{path}/rollback").json()
    assert (undone["status"], undone["rolled_back_before"]) == ("rolled_back", False)
    assert undone["files"][0]["content"] == CODE
    assert undone["files"][0]["base_sha256"] == first["files"][0]["sha256"]
    assert client.post(f"{path}/rollback").json()["rolled_back_before"] is True
    assert client.get(path).json()["status"] == "rolled_back"
    again = patch(client, planned).json()
    assert (again["patch_id"], again["applied_before"]) == (first["patch_id"], False)
    lines = client.get("/api/v1/patches").json()["items"]
    assert [(line["patch_id"], line["status"], line["paths"]) for line in lines] == [
        (first["patch_id"], "applied", ["a.py"])
    ]


def test_what_can_not_be_applied_is_asked_for_again_with_the_reason(mesh: FakeMesh, client: httpx.Client) -> None:
    two = [{"path": "a.py", "content": CODE}, {"path": "b.py", "content": CODE}]
    planned = plan(client, files=two, code_paste=None, paths=[])
    wrong = {"path": "b.py", "search": "nothing", "replace": "x"}
    mesh.llm.scripts = [edits(EDIT, wrong), edits({**EDIT, "path": "b.py"})]
    made = patch(client, planned).json()
    assert made["attempts"] == 2
    assert sorted(file["path"] for file in made["files"]) == ["a.py", "b.py"]
    again = mesh.rag.bodies("/v1/prompts")[-1]
    assert "b.py: because of not_found" in again["retry_reason"]
    assert "1: def load():" in again["retry_reason"]
    assert [file["path"] for file in mesh.postprocess.bodies("/v1/plans")[-1]["files"]] == ["b.py"]


def test_a_patch_that_never_fits_is_refused_with_the_reason(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.2
    planned = plan(client)
    mesh.llm.scripts = [edits({**EDIT, "search": "nothing"}), edits({**EDIT, "search": "still nothing"})]
    refused = patch(client, planned, feedback={"hint": "look at load", "reason": "it was wrong"})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_found")
    assert refused.json()["failures"][0]["places"] == [{"line": 1, "text": "def load():"}]
    assert client.get("/api/v1/patches").json()["items"] == []
    assert mesh.rag.bodies("/v1/prompts")[1]["retry_reason"] == "it was wrong"
    assert "look at load" in mesh.rag.bodies("/v1/prompts")[1]["prompt"]


def test_no_edits_is_not_ok(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.2
    planned = plan(client)
    mesh.llm.scripts = [Script(["I can't"]), Script(["no"])]
    made = patch(client, planned).json()
    assert (made["ok"], made["patch_id"], made["edits"], made["files"]) == (False, None, [], [])
    assert made["reason"]


def test_the_built_in_engine_sees_all_of_the_files_and_says_what_it_can_not(
    mesh: FakeMesh, client: httpx.Client
) -> None:
    mesh.llm.default = "builtin"
    planned = plan(client, code_paste="\ufeffx = 1\r\ny = 2\r\n")
    made = patch(client, planned).json()
    assert (made["ok"], made["reason"], made["engine"]) == (False, "SPEC", "builtin")
    prompted = mesh.rag.bodies("/v1/prompts")[-1]
    assert prompted["snippets"] == [
        {"path": "a.py", "language": "python", "first_line": 1, "last_line": 2, "text": "x = 1\ny = 2"}
    ]
    assert prompted["edit_format"] == "search_replace"


def test_a_fallback_to_the_built_in_engine_is_asked_anew(mesh: FakeMesh, client: httpx.Client) -> None:
    planned = plan(client)
    mesh.llm.scripts = [Script(["nothing"], engine="builtin", degraded=True)]
    made = patch(client, planned).json()
    assert (made["ok"], made["degraded"], made["engine"]) == (False, True, "builtin")
    assert [body["model"] for body in mesh.llm.bodies("/v1/chat/completions")][-2:] == ["default", "builtin"]


def test_an_engine_that_fails_leaves_the_patch_to_rules(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.8
    planned = plan(client)
    for script in (Script(status=503), Script(ending="error"), Script(silence_s=1.0)):
        mesh.llm.scripts = [script]
        made = patch(client, planned, options={"max_time_s": 0.3}).json()
        assert (made["ok"], made["degraded"], made["engine"]) == (False, True, "builtin"), script
        assert mesh.llm.bodies("/v1/chat/completions")[-1]["model"] == "builtin"


def test_what_an_engine_is_shown_goes_by_its_size() -> None:
    def snippet(path: str, size: int) -> PlannedSnippet:
        return PlannedSnippet(path=path, first_line=1, last_line=2, text="x" * size)

    small, large = Engine(id="s", model_class="small"), Engine(id="l", model_class="large")
    assert form_of([snippet("a", 300)], small, tokens=192) == "whole"
    assert form_of([snippet("a", 600)], small, tokens=192) == "search_replace"
    assert form_of([snippet("a", 300)], large, tokens=192) == "search_replace"
    kept = one_of_each_file([snippet("a", 1), snippet("b", 2), snippet("a", 3)])
    assert [len(item.text) for item in kept] == [1, 2]


def test_a_screen_without_a_model_is_patched_by_its_spec(mesh: FakeMesh, client: httpx.Client) -> None:
    generation_id = generate(client)[0]["generation_id"]
    planned = client.post("/plan", json={"intent": "제목을 바꿔줘", "generation_id": generation_id}).json()
    mesh.postprocess.content, before = mesh.postprocess.content.replace("TaskList", "Other"), mesh.postprocess.content
    try:
        made = patch(client, planned, options={"model": "builtin"}).json()
    finally:
        mesh.postprocess.content = before
    assert made["ok"] is True
    assert 'id="Other"' in made["files"][0]["content"]
    assert mesh.rag.bodies("/v1/prompts")[-1]["task"] == "modify"
    spec = client.get(f"/api/v1/generations/{generation_id}/spec").json()
    mesh.postprocess.content = before.replace("TaskList", "Edited")
    client.put(f"/api/v1/generations/{generation_id}/spec", json={**spec, "title": "x"})
    mesh.postprocess.content = before
    stale = patch(client, planned, options={"model": "builtin"})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_base")


def test_small_models_write_whole_snippets_and_are_stopped_at_their_fence(mesh: FakeMesh, client: httpx.Client) -> None:
    planned = plan(client)
    mesh.llm.scripts = [edits(EDIT)]
    patch(client, planned, options={"edit_format": "whole"})
    asked = mesh.llm.bodies("/v1/chat/completions")[-1]
    assert asked["framewright"]["stop_at_json"] is False
    assert mesh.rag.bodies("/v1/prompts")[-1]["edit_format"] == "whole"
    assert fences_closed("a.py\n```python\nx = 1\n```") == 1
    assert fences_closed("```\na\n````\n```\n") == 1
    assert fences_closed("```python\nx") == 0


def test_first_answers_of_a_model_are_figures_of_its_edit_format(mesh: FakeMesh, client: httpx.Client) -> None:  # R1.18
    good, wrong = edits(EDIT), edits({**EDIT, "search": "nothing"})
    for form, scripts, status in (
        ("whole", [good], 200), ("search_replace", [wrong, good], 200), ("whole", [wrong, wrong], 422),
    ):  # fmt: skip
        planned = plan(client)
        mesh.llm.scripts = list(scripts)
        assert patch(client, planned, options={"edit_format": form}).status_code == status
    headers = service_headers("gateway", caller="admin-service")
    figures = client.get("/internal/learning/figures", headers=headers).json()["edit_formats"]
    counted = {item["edit_format"]: (item["unusable"]["count"], item["unusable"]["of"]) for item in figures}
    assert counted == {"search_replace": (1, 1), "whole": (1, 2)}, "second answers don't count"
    assert {item["model"] for item in figures} == {"demo-7b"}
    patch(client, plan(client), options={"model": "builtin"})
    assert len(client.get("/internal/learning/figures", headers=headers).json()["edit_formats"]) == 2


def test_edits_of_one_s_own_are_applied_without_an_engine(mesh: FakeMesh, client: httpx.Client) -> None:
    body = {"files": [{"path": "a.py", "content": CODE}], "edits": [EDIT, {"path": "new.py", "content": "x = 1\n"}]}
    trial = client.post("/api/v1/patches", json={**body, "dry_run": True}).json()
    assert (trial["ok"], trial["patch_id"]) == (True, None)
    made = client.post("/api/v1/patches", json=body).json()
    assert {file["path"]: file["operation"] for file in made["files"]} == {"a.py": "modify", "new.py": "create"}
    undone = client.post(f"/api/v1/patches/{made['patch_id']}/rollback").json()
    assert {file["path"]: (file["operation"], file["content"]) for file in undone["files"]} == {
        "a.py": ("modify", CODE), "new.py": ("delete", None),
    }  # fmt: skip
    assert mesh.llm.calls == []


ANY = st.one_of(
    st.text(max_size=30), st.integers(), st.none(), st.booleans(), st.lists(st.text(max_size=5), max_size=2)
)
FILE = st.fixed_dictionaries({"path": st.text(max_size=10), "content": st.text(max_size=30)})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intent=st.one_of(st.text(max_size=40), ANY), paths=ANY, code=ANY, files=st.lists(FILE, max_size=2), edit=FILE)
def test_any_body_is_answered_or_refused(  # R4.1 R4.2
    client: httpx.Client, intent: Any, paths: Any, code: Any, files: list[dict[str, str]], edit: dict[str, str]
) -> None:
    body = {"intent": intent, "paths": paths, "code_paste": code, "files": files}
    planned = client.post("/plan", json=body)
    assert planned.status_code in {200, 400, 404, 413, 422}, planned.text
    if planned.status_code == 200:
        patched = client.post("/patch_smart", json={"plan": planned.json()["plan"], "feedback": {"hint": str(code)}})
        assert patched.status_code in {200, 400, 409, 422, 502}, patched.text
    direct = client.post("/api/v1/patches", json={"files": files, "edits": [edit]})
    assert direct.status_code in {200, 400, 409, 422}, direct.text


def test_a_nul_has_no_place_in_an_intent(client: httpx.Client) -> None:
    refused = client.post("/plan", json={"intent": "a\x00b", "code_paste": CODE})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "intent")


def test_the_same_patch_at_once_is_written_once(client: httpx.Client) -> None:  # R4.2
    body = {"files": [{"path": "a.py", "content": CODE}], "edits": [EDIT]}
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: client.post("/api/v1/patches", json=body).json(), range(16)))
    assert len({item["patch_id"] for item in made}) == 1
    assert sum(not item["applied_before"] for item in made) == 1


def test_plans_are_listed_and_forgotten_by_their_owner(client: httpx.Client) -> None:  # R4.1
    first, second = plan(client)["plan_id"], plan(client)["plan_id"]
    page = client.get("/api/v1/plans", params={"limit": 1}).json()
    assert [item["plan_id"] for item in page["items"]] == [second]
    page = client.get("/api/v1/plans", params={"limit": 1, "cursor": page["next_cursor"]}).json()
    assert ([item["plan_id"] for item in page["items"]], page["next_cursor"]) == ([first], None)
    stranger = {"Authorization": f"Bearer {OTHER_KEY}"}
    assert client.get("/api/v1/plans", headers=stranger).json()["items"] == []
    assert client.delete(f"/api/v1/plans/{first}", headers=stranger).status_code == 404
    assert client.delete(f"/api/v1/plans/{first}").status_code == 204
    assert client.delete(f"/api/v1/plans/{first}").status_code == 404
    assert client.post("/patch_smart", json={"plan": {"plan_id": first}}).status_code == 404
    assert [item["plan_id"] for item in client.get("/api/v1/plans").json()["items"]] == [second]


def test_patches_are_their_owner_s_and_paged(client: httpx.Client) -> None:
    for number in range(3):
        edit = {**EDIT, "replace": f"return {number + 5}"}
        client.post("/api/v1/patches", json={"files": [{"path": "a.py", "content": CODE}], "edits": [edit]})
    first = client.get("/api/v1/patches", params={"limit": 2}).json()
    second = client.get("/api/v1/patches", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (2, 1, None)
    for path in ("nope", "00000000-0000-7000-8000-000000000000"):
        assert client.get(f"/api/v1/patches/{path}").json()["code"] == "patch_not_found"
    missing = client.post("/patch_smart", json={"plan": {"plan_id": "nope"}})
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (404, "plan.plan_id")
