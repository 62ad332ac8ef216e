"""The code index's public paths."""

import httpx
import pytest

from ..conftest import FakeMesh
from ..fakes.admin import KEY

ID = "0123456789abcdef"


def test_repositories_are_passed_on(mesh: FakeMesh, client: httpx.Client) -> None:  # R5.4
    created = client.post("/api/v1/repositories", json={"name": "shop", "source": {"type": "path", "path": "/a"}})
    assert (created.status_code, created.json()) == (202, {"id": ID})
    assert client.get("/api/v1/repositories").status_code == 200
    assert client.get(f"/api/v1/repositories/{ID}").json() == {"id": ID}
    assert client.post(f"/api/v1/repositories/{ID}/index").status_code == 202
    assert [path for path, _ in mesh.rag.calls] == [
        "POST /v1/repositories",
        "GET /v1/repositories",
        f"GET /v1/repositories/{ID}",
        f"POST /v1/repositories/{ID}/index",
    ]
    assert '"path":"/a"' in mesh.rag.calls[0][1].replace(" ", "")


@pytest.mark.parametrize(("role", "status"), [("developer", 403), ("operator", 200), ("admin", 200)])
def test_only_administrators_and_operators_delete(mesh: FakeMesh, client: httpx.Client, role: str, status: int) -> None:
    mesh.admin.keys[KEY] = ("k1", "alice", role)
    assert client.delete(f"/api/v1/repositories/{ID}").status_code == status
    assert bool(mesh.rag.calls) == (status == 200)


def test_an_id_that_is_none_is_refused(mesh: FakeMesh, client: httpx.Client) -> None:
    assert client.get("/api/v1/repositories/..%2Fsearch").status_code in {404, 422}
    assert client.get("/api/v1/repositories/x").status_code == 422
    assert mesh.rag.calls == []


def test_code_is_searched_by_its_index(mesh: FakeMesh, client: httpx.Client) -> None:  # R5.4
    body = {"query": "cancel order", "index": "code", "repositories": ["shop"], "kind": "api"}
    assert client.post("/api/v1/search", json=body).json()["hits"]
    sent = mesh.rag.bodies("/v1/search")[-1]
    assert (sent["index"], sent["repositories"], sent["kinds"]) == ("code", ["shop"], None)
