"""What travels with a request: its trace, its deadline, its caller's token."""

import asyncio
import time

import jwt
import pytest

from chassis import deadlines, tracing
from chassis.testing import TEST_SECRET
from chassis.tokens import Caller, InvalidServiceToken, ServiceTokens

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE_ID}-b7ad6b7169203331-01"


async def test_a_trace_goes_on_with_a_span_of_its_own():
    trace = tracing.TraceContext.parse_or_start(PARENT)
    assert trace.trace_id == "0af7651916cd43dd8448eb211c80319c"
    assert trace.span_id != "b7ad6b7169203331"
    assert trace.header().startswith("00-0af7651916cd43dd8448eb211c80319c-")


@pytest.mark.parametrize(
    "header", [None, "", "x", PARENT + "0", PARENT.replace("0af7651916cd43dd8448eb211c80319c", "0" * 32)]
)
async def test_a_malformed_trace_starts_a_new_one(header: str | None):
    trace = tracing.TraceContext.parse_or_start(header)
    assert len(trace.trace_id) == 32
    assert trace.trace_id not in {"0" * 32, "0af7651916cd43dd8448eb211c80319c"}


async def test_the_trace_is_that_of_the_task():
    async def other() -> str:
        tracing.set_trace(tracing.TraceContext.parse_or_start(PARENT))
        return tracing.current_trace_id()

    mine = tracing.current_trace_id()
    assert await asyncio.create_task(other()) == "0af7651916cd43dd8448eb211c80319c"
    assert tracing.current_trace_id() == mine


async def test_a_deadline_only_ever_gets_shorter():
    assert deadlines.deadline_header() == {}
    deadlines.set_deadline_in(10)
    deadlines.set_deadline_in(60)
    assert 9 < deadlines.remaining_s() <= 10
    assert 9000 < int(deadlines.deadline_header()[deadlines.DEADLINE_HEADER]) <= 10_000
    deadlines.set_deadline_in(-1)
    assert deadlines.remaining_s() == 0
    deadlines.clear_deadline()
    assert deadlines.deadline_header() == {}


def test_a_token_names_the_service_and_the_user_it_acts_for():
    gateway = ServiceTokens(service="gateway", secret=TEST_SECRET)
    rag = ServiceTokens(service="rag-service", secret=TEST_SECRET)
    token = gateway.issue(audience="rag-service", user_id="u1", role="admin")
    assert rag.verify(token) == Caller("gateway", "u1", "admin")
    assert gateway.issue(audience="rag-service", user_id="u1", role="admin") is token
    assert rag.verify(gateway.issue(audience="rag-service")) == Caller("gateway")


def test_a_token_once_verified_is_known_until_it_expires():
    rag = ServiceTokens(service="rag-service", secret=TEST_SECRET)
    token = ServiceTokens(service="gateway", secret=TEST_SECRET).issue(audience="rag-service")
    assert rag.verify(token) is rag.verify(token)
    claims = {"iss": "gateway", "aud": "rag-service", "exp": int(time.time()) - 60}
    expired = jwt.encode(claims, TEST_SECRET, algorithm="HS256")
    rag._verified[expired] = (time.time() - 60, Caller("gateway"))
    with pytest.raises(InvalidServiceToken):
        rag.verify(expired)


def test_tokens_are_not_kept_without_end():
    tokens = ServiceTokens(service="gateway", secret=TEST_SECRET)
    tokens._issued = {("a", str(number), ""): (0.0, "") for number in range(10_001)}
    tokens.issue(audience="rag-service")
    assert len(tokens._issued) == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "gateway", "aud": "llm-proxy", "exp": int(time.time()) + 60},
        {"iss": "gateway", "aud": "rag-service", "exp": int(time.time()) - 60},
        {"iss": "gateway", "aud": "rag-service"},
        {"aud": "rag-service", "exp": int(time.time()) + 60},
    ],
)
def test_a_token_for_another_service_or_time_is_refused(claims: dict[str, object]):
    rag = ServiceTokens(service="rag-service", secret=TEST_SECRET)
    with pytest.raises(InvalidServiceToken):
        rag.verify(jwt.encode(claims, TEST_SECRET, algorithm="HS256"))


def test_a_token_of_another_secret_or_without_a_signature_is_refused():
    rag = ServiceTokens(service="rag-service", secret=TEST_SECRET)
    claims = {"iss": "gateway", "aud": "rag-service", "exp": int(time.time()) + 60}
    for token in (
        jwt.encode(claims, "another-secret-of-32-characters-or-more", algorithm="HS256"),
        jwt.encode(claims, "", algorithm="none"),
        "x",
        "",
    ):
        with pytest.raises(InvalidServiceToken):
            rag.verify(token)
