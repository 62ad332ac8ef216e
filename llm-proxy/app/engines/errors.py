"""What can go wrong with an engine, and what of that another engine may make good.

ServiceError
├── InvalidInput       400  the caller's mistake: no other engine is asked
└── (faults)                the next engine of the chain is asked, as long as nothing was sent
    ├── EngineFailed   502  not reached, broke off, or sent what can't be read
    ├── EngineBusy     503  overloaded or loading, with Retry-After
    ├── EngineTimedOut 504
    └── EngineLacksModel 404
"""

from chassis.errors import (
    FieldError,
    InvalidInput,
    NotFound,
    ServiceError,
    Unavailable,
    UpstreamFailed,
    UpstreamTimedOut,
)


class EngineFailed(UpstreamFailed):
    default_code = "engine_failed"


class EngineUnreachable(EngineFailed):
    """No connection: nothing was sent, and the engine is marked as down."""

    default_code = "engine_unreachable"


class EngineBusy(Unavailable):
    default_code = "engine_busy"


class EngineTimedOut(UpstreamTimedOut):
    default_code = "engine_timed_out"


class EngineLacksModel(NotFound):
    default_code = "model_not_found"


class ContextTooLong(InvalidInput):
    default_code = "context_length_exceeded"


class NotSupported(InvalidInput):
    """The engine has no way to serve what was asked."""

    default_code = "unsupported_parameter"


def lacks_responses(engine: str) -> NotSupported:
    return NotSupported(
        f"The engine {engine} has no Responses API; /v1/chat/completions is there for every engine.",
        code="responses_not_supported",
        errors=[FieldError("model", "has no Responses API")],
    )


FAULTS: tuple[type[ServiceError], ...] = (EngineFailed, EngineBusy, EngineTimedOut, EngineLacksModel)
