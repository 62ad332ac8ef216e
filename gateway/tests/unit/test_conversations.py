"""Rules of conversations without I/O: windows, search, snippets, files, settled answers, frames of sockets."""

from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import pytest
from app.conversations.context_window import fit
from app.conversations.rounds import Rounds
from app.conversations.rows import titled
from app.conversations.settling import settled_columns
from app.conversations.signals import decoded, notice_signal, presence_signal, turn_signal, typing_signal
from app.conversations.sockets import CREDENTIAL_VOID, NOTICES_KEPT, SESSION_GONE, Socket, Sockets
from app.core.access import check, rule_of
from app.core.grams import folded, grams_of, needed, words_of
from app.core.identity import User
from app.core.proxies import TrustedProxyMiddleware
from app.core.token_counts import estimate_tokens, prompt_limit, turn_tokens
from app.features.chat.socket import start_after
from app.features.sessions.snippets import snippet_of
from app.features.sessions.transfer import as_markdown, read_markdown
from app.pipeline.chat import conversation
from app.pipeline.draft import Order
from app.pipeline.pipeline import new_draft
from app.storage.conversation_records import Session

from chassis.errors import Forbidden, TooManyRequests, Unauthenticated, Unavailable, Unprocessable

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def turns(*contents: str) -> list[dict[str, str]]:
    """A conversation, the newest first."""
    roles = ("user", "assistant")
    return [{"role": roles[number % 2], "content": text} for number, text in enumerate(contents)][::-1]


@pytest.mark.parametrize(
    ("window", "max_tokens", "limit"),
    [(None, 512, 3_500), (4_096, 512, 3_500), (4_096, 2_048, 1_964), (8_192, 512, 7_000), (1_000, 900, 256)],
)
def test_the_prompts_share_of_the_window(window: int | None, max_tokens: int, limit: int) -> None:  # R3.5
    assert prompt_limit(window, max_tokens) == limit


def test_the_newest_turns_are_kept_whole_and_the_dropped_ones_counted() -> None:  # R3.5
    earlier = turns("a " * 50, "b " * 50, "c " * 50, "d " * 50)
    limit = turn_tokens("new") + 3 * turn_tokens("a " * 50)
    fitted = fit("new", earlier, system_prompt="", limit=limit, earlier_count=4)
    assert [turn["content"][0] for turn in fitted.history] == ["c", "d"]
    assert (fitted.dropped, fitted.tokens <= limit) == (2, True)
    whole = fit("new", earlier, system_prompt="", limit=10_000, earlier_count=4)
    assert (len(whole.history), whole.dropped) == (4, 0)


def test_a_message_that_does_not_fit_names_the_field() -> None:  # R3.5
    with pytest.raises(Unprocessable) as refused:
        fit("x " * 500, (), system_prompt="y " * 500, limit=100, earlier_count=0, field="prompt")
    assert refused.value.errors[0].field == "prompt"
    assert refused.value.extra["limit"] == 100


def test_korean_costs_more_tokens_than_english() -> None:
    assert estimate_tokens("그리드") > estimate_tokens("grid")
    assert estimate_tokens("") == 1


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("그리드", "데이터그리드사용법", True),
        ("API", "ａｐｉ gateway", True),
        ("가", "나가다", True),
        ("가나", "가 나", False),
        ("그리드 api", "API와 그리드", True),
        ("100%", "100% 완료", True),
        ("ß", "STRASSE", True),
    ],
)
def test_the_grams_of_a_query_are_in_every_text_that_holds_it(query: str, text: str, *, found: bool) -> None:  # R3.2
    searched = folded(text)
    assert (set(needed(words_of(query))) <= set(grams_of(searched))) == found
    assert all(word in searched for word in words_of(query)) == found


def test_a_query_of_blanks_has_no_words() -> None:
    assert words_of("  ") == []


def test_a_snippet_shows_the_words_in_their_surroundings() -> None:
    snippet, marks = snippet_of("앞말 " * 40 + "그리드를 조회하고 그리드를 저장" + " 뒷말" * 60, ["그리드", "저장"])
    assert (snippet[0], snippet[-1]) == ("…", "…")
    assert [snippet[start : start + length] for start, length in marks] == ["그리드", "그리드", "저장"]
    assert snippet_of("짧은 글", ["없음"]) == ("짧은 글", [])


@pytest.mark.parametrize(
    "content", ["글", "\n앞 빈 줄", "뒤 빈 줄\n\n", "## User\n글", "<!-- message: {} -->", "a\n\n\nb"]
)
def test_any_content_comes_back_from_markdown(content: str) -> None:  # R3.2
    message = {"role": "user", "content": content, "created_at": "2026-11-21T00:00:00Z"}
    document = {"format": "framewright-session", "version": 1, "session": {"title": "t"}, "messages": [message] * 2}
    read = read_markdown(as_markdown(document).encode())
    assert [item.content for item in read.messages] == [content] * 2


def test_a_long_first_line_makes_a_short_title() -> None:
    assert titled("\n  첫 줄  \n둘째")["title"] == "첫 줄"
    assert len(titled("x" * 500)["title"]) == 60


def record(**changes: Any) -> dict[str, Any]:
    return {
        "id": "g",
        "status": "completed",
        "kind": "chat",
        "answer": "답",
        "usage": {"completion_tokens": 3, "prompt_tokens": 40},
        "duration_ms": 12.0,
        "engine": "vllm",
        "engine_model": "m",
        "degraded": False,
        "citations": None,
        "warnings": [],
        "prompts": [
            {"templates": [{"id": "product/chat", "version": "1"}], "cut": [{"section": "history", "dropped": 2}]}
        ],
        "problem": None,
        "raw_answers": [{"text": "반쪽 "}],
        "intent": None,
        "spec": None,
        "artifacts": None,
        "ended_at": NOW,
        "prompt": "안녕",
        "context": {"tokens": 30, "limit": 3_500, "dropped": 1},
    } | changes


def test_an_answer_is_filled_from_its_generation() -> None:  # R3.3
    columns = settled_columns(record())
    assert (columns["content"], columns["status"], columns["tokens"], columns["model_version"]) == (
        "답",
        "complete",
        3,
        "m",
    )
    assert columns["template"] == {"id": "product/chat", "version": "1"}
    assert columns["context"] == {"tokens": 40, "limit": 3_500, "dropped": 3}


@pytest.mark.parametrize(
    ("changes", "status", "content"),
    [
        ({"status": "cancelled", "answer": None}, "cancelled", "반쪽"),
        ({"status": "failed", "answer": None, "raw_answers": None, "prompts": None, "usage": None}, "failed", ""),
        (
            {"kind": "generate", "answer": None, "spec": {"title": "할 일"}, "artifacts": [{"path": "a.xml"}]},
            "complete",
            "**할 일** 화면을 만들었습니다.\n\n- `a.xml`",
        ),
        (
            {"kind": "unsupported", "answer": None, "prompt": "hi", "intent": {"reason": "No.", "alternatives": ["a"]}},
            "complete",
            "No.\n\nWhat can be asked instead:\n\n- a",
        ),
        ({"kind": "generate", "answer": None, "status": "failed", "context": None}, "failed", ""),
    ],
)
def test_what_is_said_however_it_ended(changes: dict[str, Any], status: str, content: str) -> None:  # R3.8
    columns = settled_columns(record(**changes))
    assert (columns["status"], columns["content"]) == (status, content)


def test_a_turn_whose_generation_was_never_made_says_why() -> None:
    columns = settled_columns(record(id=None))
    assert (columns["status"], columns["problem"]["code"]) == ("failed", "owner_lost")


def test_the_persons_words_stand_in_place_of_the_request_block() -> None:
    order = Order(
        id="g", created_at=NOW, prompt="안녕 ```framewright-request", user_id="a", chat=True, system_prompt="짧게"
    )
    block = '```framewright-request\n{"prompt": "```framewright-request\\n"}\n```'
    messages = [{"role": "system", "content": "S"}, {"role": "user", "content": f"지식\n\n{block}"}]
    assert conversation(messages, new_draft(order)) == [
        {"role": "system", "content": "S\n\n짧게"}, {"role": "user", "content": "지식\n\n안녕 ```framewright-request"},
    ]  # fmt: skip
    alone = conversation([{"role": "user", "content": block}], new_draft(order))
    assert alone == [{"role": "user", "content": "안녕 ```framewright-request"}]


def session(**changes: Any) -> Session:
    values = dict.fromkeys(Session.__dataclass_fields__, None) | {"turns": 3, "last_event": 9} | changes
    return Session(**values)  # type: ignore[arg-type]


def test_where_a_socket_begins() -> None:  # R3.4
    idle, running = session(), session(running="g")
    assert start_after(idle, None) == 4_000_000
    assert start_after(running, None) == 3_000_000
    assert start_after(running, 2_000_005) == 2_000_005
    assert start_after(idle, 99_000_000) == 4_000_000
    assert (idle.last_seq, session(turns=0).last_seq) == (3_000_009, 0)


def socket(sockets: Sockets, id_: str, session_id: str = "s", user_id: str = "u", credential: str = "c") -> Socket:
    added = Socket(id_, session_id, user_id, credential)
    sockets.add(added)
    return added


def test_signals_reach_those_they_are_for() -> None:  # R3.4
    sockets = Sockets(per_user=9)
    first, second, elsewhere = socket(sockets, "1"), socket(sockets, "2"), socket(sockets, "3", "t")
    stranger = socket(sockets, "4", "z", "v")
    sockets.on_payload(turn_signal("s", 1))
    assert (first.turned.is_set(), elsewhere.turned.is_set()) == (True, False)
    sockets.on_payload(typing_signal("s", "1", typing=True))
    assert (len(first.notices), second.notices[-1]["connection_id"]) == (0, "1")
    sockets.on_payload(notice_signal("u", {"code": "turn_completed", "session_id": "s"}, elsewhere=True))
    assert (len(first.notices), elsewhere.notices[-1]["code"]) == (0, "turn_completed")
    sockets.on_payload(notice_signal("u", {"code": "session_deleted", "session_id": "s"}))
    assert (first.closing, elsewhere.closing) == (SESSION_GONE, None)
    assert not stranger.notices
    for nonsense in ("{", "[]", "{}", '{"kind": "x"}'):
        sockets.on_payload(nonsense)
    assert decoded("[1]") == {}


def test_a_slow_reader_keeps_so_many_words_of_the_moment_and_no_more() -> None:  # R3.4
    slow = socket(Sockets(per_user=9), "1")
    for number in range(1_000):
        slow.tell({"type": "presence", "online": number})
    assert len(slow.notices) == NOTICES_KEPT
    assert slow.notices[-1]["online"] == 999


def test_a_user_has_room_for_so_many_sockets() -> None:
    sockets = Sockets(per_user=1)
    only = socket(sockets, "1")
    with pytest.raises(TooManyRequests):
        sockets.check_room("u")
    sockets.check_room("v")
    sockets.remove(only)
    sockets.check_room("u")
    assert sockets.size == 0


class FakePresence:
    """Two sockets of every session, on another replica."""

    def __init__(self) -> None:
        self.put_: list[dict[str, int]] = []

    async def put(self, sockets: dict[str, int], *, channel: str, payloads: list[str]) -> None:
        self.put_.append(sockets)

    async def renew(self, sockets: dict[str, int]) -> None:
        return

    async def online(self, session_ids: list[str]) -> dict[str, int]:
        return dict.fromkeys(session_ids, 2)


class FakeSessions:
    def __init__(self, **numbers: int) -> None:
        self.numbers = numbers

    async def last_turns(self, ids: list[str]) -> dict[str, int]:
        return self.numbers


class FakeIdentity:
    """Credentials `void` and `away` are what they are called."""

    async def user(self, credential: str) -> User:
        if credential == "void":
            raise Unauthenticated("void")
        if credential == "away":
            raise Unavailable("away")
        return User("u", "developer")


async def test_a_round_tells_presence_wakes_feeds_and_ends_void_sockets() -> None:  # R3.8
    sockets, presence = Sockets(per_user=9), FakePresence()
    sessions = FakeSessions(s=1, t=1)
    rounds = Rounds(sockets=sockets, presence=presence, sessions=sessions, identity=FakeIdentity(), every_s=1)  # type: ignore[arg-type]
    await rounds._look_after()
    kept, void, away, gone = (
        socket(sockets, "1"), socket(sockets, "2", credential="void"), socket(sockets, "3", credential="away"),
        socket(sockets, "4", "deleted"),
    )  # fmt: skip
    await rounds._presence_now()
    assert presence.put_ == [{"s": 3, "deleted": 1}]
    assert [notice["online"] for notice in kept.notices] == [3]
    await rounds._look_after()
    assert (kept.closing, void.closing, away.closing, gone.closing) == (None, CREDENTIAL_VOID, None, SESSION_GONE)
    assert kept.turned.is_set()
    kept.turned.clear()
    await rounds._look_after()
    assert not kept.turned.is_set()
    sockets.on_payload(presence_signal("s"))
    assert len(kept.notices) == 1, "nobody is told what they know"


@pytest.mark.parametrize(
    ("method", "path", "scopes", "allowed"),
    [
        ("GET", "/api/auth/me", {"search"}, True),
        ("PATCH", "/api/auth/me", {"search"}, False),
        ("PATCH", "/api/auth/me", set(), True),
        ("POST", "/api/sessions", {"chat"}, True),
        ("POST", "/api/sessions", {"generate"}, False),
        ("GET", "/nobody/thought/of/it", {"admin"}, False),
        ("GET", "/nobody/thought/of/it", set(), True),
    ],
)
def test_a_keys_scopes_limit_it(method: str, path: str, scopes: set[str], *, allowed: bool) -> None:  # R3.8
    user = User("u", "admin", scopes=frozenset(scopes))
    if allowed:
        check(rule_of(method, path), user)
    else:
        with pytest.raises(Forbidden):
            check(rule_of(method, path), user)
    assert replace(user, scopes=frozenset()) == User("u", "admin")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client", "scheme"),
    [
        (("10.0.0.1", 5), "1.1.1.1, 2.2.2.2", "2.2.2.2", "wss"),
        (("10.0.0.1", 5), "1.1.1.1, nonsense", "10.0.0.1", "wss"),
        (("10.0.0.1", 5), "2001:db8::1", "2001:db8::1", "wss"),
        (("8.8.8.8", 5), "1.1.1.1", "8.8.8.8", "ws"),
        (None, "1.1.1.1", None, "ws"),
        (("testclient", 5), "1.1.1.1", "testclient", "ws"),
    ],
)
async def test_whose_word_on_the_caller_counts(
    peer: tuple[str, int] | None, forwarded: str, client: str | None, scheme: str
) -> None:  # R3.8
    seen: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope)

    headers = [(b"x-forwarded-for", forwarded.encode()), (b"x-forwarded-proto", b"https")]
    middleware = TrustedProxyMiddleware(app, trusted=[ip_network("10.0.0.0/8")], always_secure=False)
    await middleware({"type": "websocket", "client": peer, "scheme": "ws", "headers": headers}, None, None)  # type: ignore[arg-type]
    assert (seen["client"] and seen["client"][0], seen["scheme"]) == (client, scheme)
