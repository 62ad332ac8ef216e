"""The client on a socket: events once each, whatever happens to the connection."""

import pytest
from tests.stand_in import KEY, Mesh

from framewright import AsyncClient, Client, KeyRefused, Refused, Unreachable, WrongAddress
from framewright._sync.connection import Connection


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


def test_behind_the_last_event_nothing_is_waited_for(finished: Mesh):
    finished.other = (204, {}, b"")
    with Client(finished.url, KEY, pauses_s=(0, 0)) as client:
        assert list(client.events("g1", after=11)) == []
    assert len(finished.asked) == 1


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


STOPPING = {"code": "gateway_stopping", "detail": "The gateway is stopping."}


def test_an_order_that_a_stopping_gateway_refused_is_sent_again_when_it_says(
    finished: Mesh, monkeypatch: pytest.MonkeyPatch
):
    pauses: list[float] = []
    monkeypatch.setattr("framewright._sync.connection.time.sleep", pauses.append)
    finished.errors = [(503, STOPPING), (502, {})]
    finished.error_headers = {"Retry-After": "3"}
    with client_of(finished) as client:
        assert [event.seq for event in client.generate("Task")] == list(range(1, 12))
    assert pauses == [3, 3]
    finished.errors = [(503, STOPPING)]
    finished.error_headers = {"Retry-After": "86400"}
    with client_of(finished) as client:
        list(client.generate("Task"))
    assert pauses[2:] == [30], "nobody waits for a day"


def test_a_gateway_that_goes_on_stopping_is_given_up(finished: Mesh):
    finished.errors = [(503, STOPPING)] * 9
    with client_of(finished) as client, pytest.raises(Unreachable, match="gateway is stopping"):
        list(client.generate("Task"))
    assert len(finished.asked) == 4


def test_an_order_that_a_gateway_refused_for_another_reason_is_not_sent_again(finished: Mesh):
    finished.errors = [(503, {"code": "store_unavailable", "detail": "no store"})]
    with client_of(finished) as client, pytest.raises(Refused, match="no store"):
        list(client.generate("Task"))
    assert len(finished.asked) == 1


def test_an_order_that_is_just_being_taken_is_asked_for_again(finished: Mesh):
    finished.errors = [(409, {"code": "idempotency_key_in_use"})]
    with client_of(finished) as client:
        assert len(list(client.generate("Task"))) == 11


def test_an_order_that_was_taken_is_resumed_even_before_its_first_event(finished: Mesh):
    finished.cut_after, finished.location = [0], "/api/v1/generations/g1"
    with client_of(finished) as client:
        assert len(list(client.generate("Task"))) == 11
    assert [method for method, _ in finished.paths()] == ["POST", "GET"]
    assert finished.resumed_from == ["0"]


def test_an_order_is_cancelled_by_its_name_where_nothing_was_heard_of_it(finished: Mesh):
    finished.errors = [(409, {"code": "idempotency_key_in_use"})]
    with client_of(finished) as client:
        order = client.order("Task")
        assert order.generation_id == ""
        assert order.cancel() == "cancelled"
        assert order.generation_id == "g1"
    assert finished.paths() == [("POST", "/api/v1/generations")] * 2 + [("DELETE", "/api/v1/generations/g1")]
    assert finished.asked[0][2] == finished.asked[1][2] == {"prompt": "Task"}


async def test_the_async_order_does_the_same(finished: Mesh):
    finished.errors = [(409, {"code": "idempotency_key_in_use"})]
    async with AsyncClient(finished.url, KEY) as client:
        order = client.order("Task")
        assert await order.cancel() == "cancelled"
        assert order.generation_id == "g1"
        assert len([event async for event in client.sessions.send("s1", "How?")]) == 11


def test_an_error_page_names_its_address(mesh: Mesh):
    mesh.other = (404, {"Content-Type": "text/html"}, b"<html>")
    with client_of(mesh) as client, pytest.raises(Refused, match=f"HTTP 404 {mesh.url}/api/auth/me"):
        client.me()


def test_a_turn_is_cancelled_by_its_name_too(finished: Mesh):
    with client_of(finished) as client:
        client.sessions.order("s1", "How?").cancel()
    assert finished.asked[0][2]["client_id"]
    assert finished.paths()[-1] == ("DELETE", "/api/v1/generations/g1")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Sign in</html>"), "text/html"),
        ((200, {"Content-Type": "application/json"}, b"{"), "application/json"),
        ((200, {}, b""), "nothing"),
        ((301, {"Location": "https://mesh.example/"}, b""), "https://mesh.example/"),
    ],
)
def test_another_server_at_the_address_is_said_at_once(
    mesh: Mesh, answer: tuple[int, dict[str, str], bytes], said: str
):
    mesh.other = answer
    with client_of(mesh) as client:
        with pytest.raises(WrongAddress, match=said):
            client.me()
        with pytest.raises(WrongAddress, match=said):
            list(client.generate("Task"))
    assert len(mesh.asked) == 2


def test_a_stream_of_something_else_is_no_event(mesh: Mesh):
    mesh.other = (200, {"Content-Type": "text/event-stream"}, b"data: hello\n\n")
    with client_of(mesh) as client, pytest.raises(WrongAddress, match="hello"):
        list(client.generate("Task"))


@pytest.mark.parametrize("url", ["http://[::1", "http://a:b", "mesh.example", "ftp://mesh.example", "http://"])
def test_an_address_that_is_none_is_unreachable(url: str):
    with pytest.raises(Unreachable), Client(url, KEY) as client:
        client.me()
    with pytest.raises(Unreachable), Client(url, KEY, pauses_s=(60,)) as client:
        list(client.generate("Task"))


def test_a_proxy_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "gopher://proxy")
    with pytest.raises(WrongAddress, match="gopher"):
        Client("http://mesh.example", KEY)


def test_what_takes_long_is_waited_for(mesh: Mesh, monkeypatch: pytest.MonkeyPatch):
    defaults = Connection.json.__kwdefaults__
    assert defaults
    monkeypatch.setitem(defaults, "limit_s", 0.1)
    mesh.pause_s = 0.4
    mesh.answers["/plan"] = {"plan_id": "p1"}
    with client_of(mesh) as client:
        assert client.patches.plan({})["plan_id"] == "p1"
        with pytest.raises(Unreachable, match="timed out"):
            client.ask("GET", "/plan")
