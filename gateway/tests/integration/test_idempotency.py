"""Idempotency keys, and the audit log."""

import threading

import httpx
import psycopg
import pytest
from app.core.idempotency import fingerprint_of
from app.db.engine import create_engine
from app.features.generations.schemas import GenerationRequest
from app.storage.idempotency import IdempotencyStore
from app.storage.identifiers import new_id
from app.storage.jobs import JobQueue
from app.storage.leases import LeaseStore
from app.storage.records import AlreadyThere, Event, StoreUnavailable, now

from chassis.errors import Unavailable

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY, OTHER_KEY
from ..fakes.llm import Script
from .reading import streamed

GENERATIONS = "/api/v1/generations"
BODY = {"prompt": "Task 화면"}
ADMIN_KEY = "fwk_9_root"


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def test_the_same_key_and_body_give_the_same_generation_in_every_form(
    mesh: FakeMesh, client: httpx.Client
) -> None:  # R2.2
    with streamed(client, "POST", GENERATIONS, json=BODY, headers=keyed("k1")) as events:
        first = list(events)
    generation_id = first[0]["generation_id"]
    with streamed(client, "POST", GENERATIONS, json=BODY, headers=keyed("k1")) as events:
        assert list(events) == first
    assert client.post(GENERATIONS, json=BODY, headers=keyed("k1")).json()["generation_id"] == generation_id
    accepted = client.post(GENERATIONS, json=BODY, headers={**keyed("k1"), "Prefer": "respond-async"})
    assert (accepted.status_code, accepted.json()["generation_id"]) == (202, generation_id)
    assert len(mesh.intent.bodies("/v1/intents")) == 1


def test_the_same_key_with_another_body_is_refused(client: httpx.Client) -> None:  # R2.2
    assert client.post(GENERATIONS, json=BODY, headers=keyed("k2")).status_code == 200
    answer = client.post(GENERATIONS, json={"prompt": "다른 화면"}, headers=keyed("k2"))
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    other = {**keyed("k2"), "Authorization": f"Bearer {OTHER_KEY}"}
    assert client.post(GENERATIONS, json={"prompt": "다른 화면"}, headers=other).status_code == 200, "keys are a user's"


def test_a_refused_request_does_not_use_the_key_up(client: httpx.Client) -> None:
    wrong = client.post(GENERATIONS, json={**BODY, "model": "nonesuch"}, headers=keyed("k3"))
    assert wrong.status_code == 422
    assert client.post(GENERATIONS, json=BODY, headers=keyed("k3")).status_code == 200


def test_many_at_once_make_one_generation(mesh: FakeMesh, client: httpx.Client, gateway: str) -> None:  # R2.2
    made: set[str] = set()

    def one() -> None:
        with httpx.Client(base_url=gateway, headers=client.headers, timeout=20) as own:
            made.add(own.post(GENERATIONS, json=BODY, headers=keyed("k4")).json()["generation_id"])

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(mesh.intent.bodies("/v1/intents")) == 1


def test_other_posts_give_the_same_answer_again(mesh: FakeMesh, client: httpx.Client) -> None:  # R2.2
    first, second = (client.post("/api/v1/search", json={"query": "그리드"}, headers=keyed("k5")) for _ in range(2))
    assert first.content == second.content
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == first.headers["content-type"]
    assert len(mesh.rag.bodies("/v1/search")) == 1
    assert client.post("/api/v1/search", json={"query": "다른"}, headers=keyed("k5")).status_code == 422


def test_an_answer_of_the_servers_fault_is_not_kept(mesh: FakeMesh, client: httpx.Client) -> None:

    mesh.rag.fail = Unavailable("down")
    assert client.post("/api/v1/search", json={"query": "x"}, headers=keyed("k6")).status_code >= 500
    mesh.rag.fail = None
    assert client.post("/api/v1/search", json={"query": "x"}, headers=keyed("k6")).status_code == 200


def test_a_conflict_that_passes_is_not_kept(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.3
    mesh.llm.scripts = [Script(parts=["x"] * 20, pause_s=0.1)]
    session = f"/api/sessions/{client.post('/api/sessions', json={}).json()['id']}"
    first = client.post(f"{session}/messages", json={"message": "하나"}, headers={"Prefer": "respond-async"}).json()

    def second() -> httpx.Response:
        return client.post(f"{session}/messages", json={"message": "둘"}, headers=keyed("k10"))

    assert second().status_code == 409
    client.delete(f"{GENERATIONS}/{first['generation_id']}")
    with streamed(client, "GET", f"{GENERATIONS}/{first['generation_id']}/events") as events:
        assert list(events)[-1]["type"] == "cancelled"
    answer = second()
    assert (answer.status_code, answer.headers.get("idempotency-replayed")) == (200, None)


def test_without_postgres_a_key_is_a_503_with_all_its_headers(start_gateway: GatewayFactory) -> None:  # R3.8
    url = start_gateway(database_url="postgresql://nobody:x@127.0.0.1:9/none", cors_origins="https://app.example")
    headers = {"Authorization": f"Bearer {KEY}", "Origin": "https://app.example", **keyed("k11")}
    answer = httpx.post(f"{url}/api/sessions", json={}, headers=headers, timeout=20, trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["access-control-allow-origin"] == "https://app.example"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:  # R3.8
    async def away(*_: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(IdempotencyStore, "answered", away)
    answer = client.post("/api/v1/search", json={"query": "x"}, headers=keyed("k12"))
    assert (answer.status_code, set(answer.json())) == (200, {"hits", "warnings"})


@pytest.mark.parametrize("key", ["", "x" * 256, "열쇠"])
def test_a_key_that_is_none_is_a_400(client: httpx.Client, key: str) -> None:
    for path, body in ((GENERATIONS, BODY), ("/api/v1/search", {"query": "x"})):
        answer = client.post(path, json=body, headers={b"Idempotency-Key": key.encode()})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_batch_is_made_once(client: httpx.Client) -> None:
    headers = {**keyed("k7"), "Content-Type": "text/csv"}
    first, second = (client.post("/api/v1/batches", content=b"prompt\na\n", headers=headers) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert client.post("/api/v1/batches", content=b"prompt\nb\n", headers=headers).status_code == 422


def test_privileged_actions_are_written_down(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.8
    mesh.admin.keys[ADMIN_KEY] = ("k9", "root", "admin")
    admin = {"Authorization": f"Bearer {ADMIN_KEY}"}
    client.post("/api/admin/engines", json={"id": "x"}, headers=admin)
    client.get("/api/admin/engines", headers=admin)
    client.delete("/api/v1/repositories/0123456789abcdef", headers=admin)
    client.delete("/api/v1/repositories/0123456789abcdef")
    entries = client.get("/api/v1/audit", headers=admin).json()["items"]
    assert [(entry["user_id"], entry["method"], entry["path"]) for entry in entries] == [
        ("root", "DELETE", "/api/v1/repositories/0123456789abcdef"),
        ("root", "POST", "/api/admin/engines"),
    ], "who was refused did nothing, and who reads changes nothing"
    assert entries[0]["at"] > entries[1]["at"]
    assert len(entries[0]["trace_id"]) == 32
    page = client.get("/api/v1/audit", params={"limit": 1}, headers=admin).json()
    rest = client.get("/api/v1/audit", params={"cursor": page["next_cursor"]}, headers=admin).json()
    assert rest["items"] == entries[1:]
    assert client.get("/api/v1/audit").status_code == 403


def test_a_key_whose_first_request_died_makes_it_after_all(client: httpx.Client, database_url: str) -> None:
    lost = "01900000-0000-7000-8000-000000000001"
    fingerprint = fingerprint_of("POST", GENERATIONS, GenerationRequest.model_validate(BODY).model_dump_json().encode())
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO gateway.idempotency_keys (user_id, key, fingerprint, created_at, subject_id) "
            "VALUES ('alice', 'k8', %s, now() - interval '10 s', %s)",
            [fingerprint, lost],
        )
    assert client.post(GENERATIONS, json=BODY, headers=keyed("k8")).json()["generation_id"] == lost


def test_one_that_is_still_being_worked_on_is_said_so(client: httpx.Client, database_url: str) -> None:
    fingerprint = fingerprint_of("POST", "/api/v1/search?", b'{"query":"x"}')
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO gateway.idempotency_keys (user_id, key, fingerprint, created_at) "
            "VALUES ('alice', 'k9', %s, now())",
            [fingerprint],
        )
    answer = client.post("/api/v1/search", content=b'{"query":"x"}', headers=keyed("k9"))
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_in_use")
    assert answer.headers["retry-after"] == "1"


async def test_what_is_made_twice_under_an_id_is_made_once(database_url: str) -> None:
    generation_id = new_id()
    engine = create_engine(database_url, pool_size=1)
    leases = LeaseStore(engine, holder="me", lease_s=5, jobs=JobQueue(engine))
    columns = {
        "id": generation_id, "created_at": now(), "user_id": "alice", "channel": "rest", "prompt": "x",
        "request": {}, "mode": "spec", "status": "running",
    }  # fmt: skip
    await leases.create(columns, Event(1, "created", now(), {}))
    with pytest.raises(AlreadyThere):
        await leases.create(columns, Event(1, "created", now(), {}))
    await engine.dispose()
