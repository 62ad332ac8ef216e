"""The client on a socket: events once each, whatever happens to the connection."""

import pytest
from tests.stand_in import KEY, Mesh

from framewright import AsyncClient, Client, KeyRefused, Refused, Unreachable


def client_of(mesh: Mesh, key: str = KEY) -> Client:
    return Client(mesh.url, key, pauses_s=(0, 0, 0))


def test_events_come_in_order_and_once_however_often_the_stream_is_cut(finished: Mesh):
    finished.cut_after = [3, 3, 4, 7]
    cuts: list[str] = []
    with Client(finished.url, KEY, pauses_s=(0, 0), on_cut=cuts.append) as client:
        events = list(client.generate("Task", framework="x", model=None))
    assert [event.seq for event in events] == list(range(1, 12))
    assert finished.resumed_from == ["3", "3", "4", "7"]
    assert len(cuts) == 4
    assert finished.asked[0] == ("POST", "/api/v1/generations", {"prompt": "Task", "framework": "x"})


def test_an_order_that_was_cut_off_is_sent_again_under_its_name(finished: Mesh):
    finished.cut_orders = 2
    with client_of(finished) as client:
        assert [event.seq for event in client.generate("Task")] == list(range(1, 12))
    assert len(finished.names) == 3
    assert len(set(finished.names)) == 1
    assert finished.names[0]


async def test_the_async_client_does_the_same(finished: Mesh):
    finished.cut_after = [3, 3, 4, 7]
    async with AsyncClient(finished.url, KEY, pauses_s=(0, 0)) as client:
        events = [event async for event in client.generate("Task")]
        assert (await client.result("g1"))["status"] == "completed"
        assert (await client.search("x"))["hits"][0]["id"] == "h1"
    assert [event.seq for event in events] == list(range(1, 12))
    assert finished.resumed_from == ["3", "3", "4", "7"]


async def test_the_async_client_has_the_same_errors(mesh: Mesh):
    async with AsyncClient(mesh.url, "no") as client:
        with pytest.raises(KeyRefused):
            await client.me()
    async with AsyncClient("http://127.0.0.1:1", KEY) as client:
        with pytest.raises(Unreachable):
            [event async for event in client.generate("Task")]


def test_a_stream_that_brings_nothing_new_is_given_up(finished: Mesh):
    finished.cut_after = [3] * 9
    with client_of(finished) as client, pytest.raises(Unreachable, match="ended early"):
        list(client.generate("Task"))
    assert finished.resumed_from == ["3", "3", "3"]


def test_a_gateway_that_restarts_is_asked_again(finished: Mesh):
    finished.cut_after = [2]
    with client_of(finished) as client:
        events = client.generate("Task")
        first = next(events)
        finished.errors = [(503, {"detail": "not yet"}), (502, {})]
        rest = list(events)
    assert [event.seq for event in (first, *rest)] == list(range(1, 12))


def test_events_of_an_earlier_generation_can_be_read_from_a_seq_on(finished: Mesh):
    with client_of(finished) as client:
        assert [event.seq for event in client.events("g1", after=9)] == [10, 11]


def test_a_wrong_key_and_a_wrong_request_keep_their_problem(mesh: Mesh):
    with client_of(mesh, key="no") as client, pytest.raises(KeyRefused, match="Who are you"):
        list(client.generate("Task"))
    mesh.errors = [(422, {"detail": "No.", "errors": [{"field": "prompt", "message": "too long"}]})]
    with client_of(mesh) as client, pytest.raises(Refused, match="prompt: too long") as refused:
        client.search("x")
    assert refused.value.status == 422


def test_an_error_without_a_document_names_its_status(mesh: Mesh):
    mesh.errors = [(500, [])]  # type: ignore[list-item]
    with client_of(mesh) as client, pytest.raises(Refused, match="HTTP 500"):
        client.result("g1")


def test_nobody_there_is_unreachable():
    with Client("http://127.0.0.1:1", KEY) as client:
        with pytest.raises(Unreachable):
            list(client.generate("Task"))
        with pytest.raises(Unreachable):
            client.cancel("g1")


def test_an_id_cannot_reach_another_path(mesh: Mesh):
    with client_of(mesh) as client:
        client.cancel("../users")
    assert mesh.paths() == [("DELETE", "/api/v1/generations/..%2Fusers")]
