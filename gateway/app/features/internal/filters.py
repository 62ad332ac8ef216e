"""Which generations of the log are meant, as a query says it; the same for the list and the export."""

from typing import Annotated

from fastapi import Depends, Query

from ...core.redaction import Kind, Redaction
from ...core.wire_fields import NO_NUL, Moment
from ...storage.records import GenerationFilter

Word = Annotated[str | None, Query(max_length=200, pattern=NO_NUL)]


async def get_filter(
    *,
    status: Annotated[str | None, Query(max_length=16, pattern=NO_NUL)] = None,
    kind: Annotated[str | None, Query(max_length=16, pattern=NO_NUL)] = None,
    user_id: Word = None,
    engine: Word = None,
    framework: Word = None,
    degraded: bool | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL, description="Every word has to occur")] = None,
) -> GenerationFilter:
    return GenerationFilter(
        user_id=user_id, status=status, kind=kind, engine=engine, framework=framework, degraded=degraded,
        since=since, until=until, query=q,
    )  # fmt: skip


async def get_redaction(
    redact: Annotated[list[Kind] | None, Query(description="What is masked in the texts")] = None,
) -> Redaction:
    return Redaction(redact or ())


Wanted = Annotated[GenerationFilter, Depends(get_filter)]
Masked = Annotated[Redaction, Depends(get_redaction)]
