"""An engine's error answer, in any of the shapes that servers send, as one of our errors (PROTOCOLS section 6)."""

import re
from dataclasses import dataclass
from typing import Any

import orjson

from chassis.errors import FieldError, InvalidInput, ServiceError

from .errors import ContextTooLong, EngineBusy, EngineFailed, EngineLacksModel

_TEXT_LIMIT = 500
_VLLM_CONTEXT = re.compile(r"maximum context length is (\d+) tokens.*?(\d+) (?:input )?tokens", re.DOTALL)
_CONTEXT_WORDS = ("maximum context length", "context length", "available context size")
DEFAULT_RETRY_S = 5


@dataclass(frozen=True, slots=True)
class UpstreamError:
    """The members that matter of an error body."""

    message: str
    type: str = ""
    param: str = ""
    code: str = ""
    prompt_tokens: int | None = None
    context_window: int | None = None


def read_error(body: Any) -> UpstreamError:
    """`error` as an object or a string, else `detail`, else the raw text."""
    document = _parsed(body)
    if not isinstance(document, dict):
        return UpstreamError(str(document)[:_TEXT_LIMIT])
    error = document.get("error", document.get("detail", document.get("message", document)))
    if not isinstance(error, dict):
        return UpstreamError(str(error)[:_TEXT_LIMIT])
    return UpstreamError(
        message=str(error.get("message", ""))[:_TEXT_LIMIT],
        type=str(error.get("type") or ""),
        param=str(error.get("param") or ""),
        code=str(error.get("code") or ""),
        prompt_tokens=_count(error.get("n_prompt_tokens")),
        context_window=_count(error.get("n_ctx")),
    )


def _parsed(body: Any) -> Any:
    if not isinstance(body, bytes):
        return body
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return body.decode("utf-8", "replace")


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def error_from(status: int, body: Any, *, engine: str, retry_after: str = "") -> ServiceError:
    """The error of an answer with an error status, or of an error frame (its `code` as the status, else 500)."""
    error = read_error(body)
    if _is_context(status, error):
        return _context_error(error)
    if status in {401, 403}:
        return EngineFailed(f"The engine {engine} refused our key ({status}).", code="engine_unauthorized")
    if status == 404:
        return EngineLacksModel(f"The engine {engine} does not have what was asked for: {error.message}")
    if status in {429, 503}:
        wait = int(retry_after) if retry_after.isdigit() else DEFAULT_RETRY_S
        return EngineBusy(f"The engine {engine} is busy: {error.message}", retry_after_s=wait)
    if status in {400, 413, 422} or error.message.startswith("[json.exception."):
        fields = [FieldError(error.param, error.message)] if error.param else []
        return InvalidInput(
            f"The engine {engine} refused the request: {error.message}", code="invalid_request", errors=fields
        )
    return EngineFailed(f"The engine {engine} answered {status}: {error.message}")


def _is_context(status: int, error: UpstreamError) -> bool:
    if error.type == "exceed_context_size_error" or error.code == "context_length_exceeded":
        return True
    if status != 400:
        return False
    return error.param == "input_tokens" or any(words in error.message for words in _CONTEXT_WORDS)


def _context_error(error: UpstreamError) -> ContextTooLong:
    prompt, window = error.prompt_tokens, error.context_window
    if match := _VLLM_CONTEXT.search(error.message):
        window, prompt = int(match[1]), int(match[2])
    numbers = {"n_prompt_tokens": prompt, "n_ctx": window}
    return ContextTooLong(
        f"The prompt is too long for the engine: {error.message}",
        errors=[FieldError(error.param or "messages", "longer than the context window", "context_length_exceeded")],
        extra={key: value for key, value in numbers.items() if value is not None},
    )


def frame_error(document: dict[str, Any], *, engine: str) -> ServiceError:
    """The error of `{"error": …}` inside a stream."""
    error = document.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    return error_from(status, document, engine=engine)
