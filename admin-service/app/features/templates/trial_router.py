"""Trying a template out before it is saved: its prompt, and an engine's answer."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from chassis import sse

from ...core.dependencies import ContextDep, OperatorDep
from ...core.fields import Prose, Request as Body, Response, Slug, Words
from .schemas import Task
from .trial import Sample, TrialService, checked_engine

router = APIRouter(tags=["templates"])
ONE = "/api/admin/templates/{framework}/{name}"


class SampleScreen(Body):
    id: Words
    title: Words


class TrialRequest(Body):
    """The text that is tried, saved or not, and the variables of a sample request."""

    task: Task
    content: Prose
    prompt: Annotated[str, Field(min_length=1, max_length=20_000)]
    language: Literal["ko", "en"] = "ko"
    pattern: Slug | None = None
    screen: SampleScreen | None = None
    data_model: dict[str, Any] | None = Field(None, description="As intent-service gives it: `{entities, relations}`")
    base_spec: dict[str, Any] | None = Field(None, description="Of task `modify`: the screen that is changed")
    knowledge: bool = Field(True, description="With the knowledge that a search for the prompt finds")
    engine: Words | None = Field(None, description="Its window and class decide what fits; a run needs one")


class TrialMessage(Response):
    role: str
    content: str


class TrialTemplate(Response):
    id: str
    version: str
    source: str


class TrialCut(Response):
    section: str
    dropped: int


class TrialWarning(Response):
    code: str
    message: str


class TrialPromptResponse(Response):
    messages: list[TrialMessage]
    templates: list[TrialTemplate]
    tokens: dict[str, int] = Field(description="By section, then `total` and `limit`; estimates on the safe side")
    cut: list[TrialCut]
    hits_used: list[str]
    warnings: list[TrialWarning]


async def get_service(context: ContextDep) -> TrialService:
    return TrialService(context.rag, context.llm_proxy)


ServiceDep = Annotated[TrialService, Depends(get_service)]


@router.post(ONE + "/prompt", summary="The prompt that a text makes of a sample request, as it would be sent")
async def render_prompt(
    actor: OperatorDep, service: ServiceDep, framework: Slug, name: Slug, body: TrialRequest
) -> TrialPromptResponse:
    return TrialPromptResponse.model_validate(await service.render(actor, _sample(framework, name, body)))


@router.post(
    ONE + "/trial",
    response_class=StreamingResponse,
    responses={200: {"content": {sse.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    summary="Send it to one engine: events `prompt`, `delta` …, then `completed` or `failed`",
)
async def run_trial(
    request: Request, actor: OperatorDep, service: ServiceDep, framework: Slug, name: Slug, body: TrialRequest
) -> StreamingResponse:
    """No other engine answers in its place. Nothing is kept; who closes the connection stops the engine."""
    checked_engine(body.engine)
    events = service.run(actor, _sample(framework, name, body), instance=request.url.path)
    return StreamingResponse(events, media_type=sse.MEDIA_TYPE, headers=sse.HEADERS)


def _sample(framework: str, name: str, body: TrialRequest) -> Sample:
    variables = body.model_dump(
        include={"prompt", "language", "pattern", "screen", "data_model", "base_spec"}, exclude_none=True
    )
    return Sample(framework, name, body.task, body.content, variables, body.knowledge, body.engine)
