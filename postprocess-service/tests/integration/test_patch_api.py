"""`/v1/patches` and `/v1/plans` over a socket: hostile sizes and texts end as an answer or a problem."""

from typing import Any

import httpx
import pytest

CODE = "def load():\n    return 1\n"
MEGABYTES_5 = 5_000_000


def patch(client: httpx.Client, **body: Any) -> httpx.Response:
    return client.post("/v1/patches", json=body)


def test_a_patch_and_its_refusal(client: httpx.Client) -> None:  # R4.2
    files = [{"path": "a.py", "content": CODE}]
    good = patch(client, files=files, edits=[{"path": "a.py", "search": "return 1", "replace": "return 2"}])
    assert good.status_code == 200
    assert good.json()["files"][0]["content"] == CODE.replace("1", "2")
    bad = patch(client, files=files, edits=[{"path": "a.py", "search": "return 9", "replace": "x"}], language="en")
    document = bad.json()
    assert (bad.status_code, document["code"], document["errors"][0]["field"]) == (422, "not_found", "edits.0")
    assert document["failures"][0]["places"][0]["text"]
    stale = patch(client, files=[{**files[0], "sha256": "0" * 64}], edits=[{"path": "a.py", "content": "x = 1\n"}])
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_base")
    unknown = patch(client, files=files, edits=[{"path": "a.py", "content": ""}], framework="nope")
    assert unknown.json()["code"] == "unknown_framework"


def test_a_plan(client: httpx.Client) -> None:  # R4.1
    made = client.post("/v1/plans", json={"intent": "rename load", "files": [{"path": "a.py", "content": CODE}]}).json()
    assert made["targets"][0]["symbol"] == "load"
    assert made["snippets"][0]["text"] == CODE.rstrip("\n")


@pytest.mark.parametrize(
    "body",
    [
        {}, {"edits": []},
        {"files": [{"path": "a", "content": ""}] * 2, "edits": [{"path": "a", "content": "x"}]},
        {"edits": [{"path": "a.py"}]}, {"edits": [{"path": "a.py", "content": "x", "search": "y"}]},
        {"edits": [{"path": "a.py", "content": "x"}], "answer": "y"}, {"answer": "x" * 400_001},
        {"edits": [{"path": "a.py", "search": "\x00", "replace": "\x00"}]},
        {"edits": [{"path": "\ud800", "content": ""}]},
        {"edits": [{"path": "a.py", "content": "\ud800"}]},
        {"edits": [{"path": "a.py", "content": "x", "first_line": 1}]},
    ],
)  # fmt: skip
def test_bad_bodies_are_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    import json

    response = client.post(
        "/v1/patches", content=json.dumps({"files": [], **body}), headers={"Content-Type": "application/json"}
    )
    assert response.status_code in {400, 422}, response.text[:300]
    assert response.json()["code"]


@pytest.mark.parametrize(
    ("path", "content", "edit"),
    [
        ("a.txt", "a" * MEGABYTES_5, {"search": "a" * 300_000 + "b", "replace": "c"}),
        ("a.txt", "a" * MEGABYTES_5, {"search": "aaa", "replace": "c"}),
        ("a.txt", "a b\n" * 390_000, {"search": "a  b\n" * 5_000 + "x\n", "replace": "c"}),
        ("a.txt", "a b\n" * 390_000, {"search": "  a b\n" * 5_000, "replace": "c"}),
        ("a.py", "(" * MEGABYTES_5, {"search": "((((", "replace": "x"}),
        ("a.js", "f(); " * 700_000, {"content": "g(); " * 700_000}),
        ("a.json", "[" * 1_000_000, {"content": "[" * 1_000_001}),
        ("a.yaml", "a: 1\n", {"content": "- [" * 300_000}),
        ("a.yaml", "a: 1\n", {"content": "a: &a [x]\n" + "b: [" + "*a, " * 100_000 + "*a]\n"}),
        ("a.xml", "<a/>", {"content": "<a>" * 100_000}),
        ("a.xml", "<a/>", {"content": '<!DOCTYPE a [<!ENTITY b "' + "c" * 1_000 + '">'
                           + '<!ENTITY d "' + "&b;" * 1_000 + '">]><a>&d;</a>'}),
        ("a.sql", "SELECT 1;", {"content": "SELECT " + "(" * 900 + "1" + ")" * 900 + ";"}),
        ("a.sql", "SELECT 1;", {"content": "SELECT 1;\n" * 11_000}),
    ],
)  # fmt: skip
def test_no_input_hangs_the_engine(client: httpx.Client, path: str, content: str, edit: dict[str, str]) -> None:
    response = patch(client, files=[{"path": path, "content": content}], edits=[{"path": path, **edit}])
    assert response.status_code in {200, 409, 422}, response.text[:300]
