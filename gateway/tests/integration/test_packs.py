"""A framework pack is checked by both services that read one."""

import httpx
import pytest

from ..conftest import FakeMesh
from ..fakes.admin import KEY

PACK = {"name": "tiny", "files": [{"path": "pack.yaml", "content": "name: tiny"}], "language": "ko"}


@pytest.fixture(autouse=True)
def operator(mesh: FakeMesh) -> None:
    mesh.admin.keys[KEY] = ("k1", "alice", "operator")


def test_what_both_services_find_is_one_list_errors_first(client: httpx.Client, mesh: FakeMesh) -> None:
    answer = client.post("/api/v1/packs/lint", json=PACK)
    assert answer.status_code == 200
    document = answer.json()
    assert [(item["severity"], item["file"]) for item in document["findings"]] == [
        ("error", "knowledge/a.yaml"),
        ("warning", "README.md"),
    ]
    assert (document["emitted"], document["entries"], document["templates"]) == (28, 5, 2)
    assert mesh.rag.calls[-1] == mesh.postprocess.calls[-1] == ("/v1/packs/lint", PACK)


def test_a_name_that_is_none_is_refused_by_its_field(client: httpx.Client) -> None:
    answer = client.post("/api/v1/packs/lint", json={**PACK, "name": "../x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "name"
