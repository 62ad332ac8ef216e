"""Errors as problem documents."""

import orjson
import pytest

from chassis import errors


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (errors.InvalidInput, 400, "invalid_input"),
        (errors.Unauthenticated, 401, "unauthenticated"),
        (errors.Forbidden, 403, "forbidden"),
        (errors.NotFound, 404, "not_found"),
        (errors.Conflict, 409, "conflict"),
        (errors.PayloadTooLarge, 413, "payload_too_large"),
        (errors.Unprocessable, 422, "unprocessable"),
        (errors.TooManyRequests, 429, "too_many_requests"),
        (errors.UpstreamFailed, 502, "upstream_failed"),
        (errors.Unavailable, 503, "unavailable"),
        (errors.UpstreamTimedOut, 504, "upstream_timed_out"),
    ],
)
def test_each_error_has_its_status_and_code(kind: type[errors.ServiceError], status: int, code: str):
    response = errors.problem_response(kind("why"), instance="/x")
    document = orjson.loads(bytes(response.body))
    assert response.status_code == document["status"] == status
    assert document["code"] == code
    assert document["type"] == f"urn:framewright:problem:{code}"
    assert document["detail"] == "why"
    assert document["instance"] == "/x"
    assert len(document["trace_id"]) == 32
    assert response.media_type == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"


def test_fields_retry_and_more_members_are_told():
    error = errors.Unavailable(
        "later",
        code="loading",
        errors=[errors.FieldError("model", "it loads")],
        retry_after_s=7,
        extra={"dependency": "llm-proxy"},
    )
    response = errors.problem_response(error, instance="/x")
    document = orjson.loads(bytes(response.body))
    assert response.headers["retry-after"] == "7"
    assert document["dependency"] == "llm-proxy"
    assert document["errors"] == [{"field": "model", "message": "it loads", "code": "invalid"}]
    assert str(error) == "loading: later"


def test_401_says_how_to_come_in():
    assert (
        errors.problem_response(errors.Unauthenticated("who?"), instance="/x").headers["www-authenticate"] == "Bearer"
    )
