"""`POST /v1/prompts`."""

from dataclasses import asdict

from fastapi import APIRouter

from ...core.dependencies import Prompts
from .schemas import (
    PromptArtifact,
    PromptCut,
    PromptMessage,
    PromptRequest,
    PromptResponse,
    PromptTemplate,
    PromptWarning,
)
from .service import Prompt

router = APIRouter(prefix="/v1", tags=["prompts"])


@router.post("/prompts", summary="Messages for an engine: template, knowledge, history and request")
async def assemble_prompt(body: PromptRequest, service: Prompts) -> PromptResponse:
    return _response(await service.assemble(body))


def _response(prompt: Prompt) -> PromptResponse:
    template = prompt.template
    return PromptResponse(
        messages=[PromptMessage.model_validate(message) for message in prompt.messages],
        artifacts=[PromptArtifact(**asdict(artifact)) for artifact in prompt.artifacts],
        templates=[PromptTemplate(id=template.id, version=template.version, source=template.source)],
        tokens=prompt.tokens,
        cut=[PromptCut(section=name, dropped=dropped) for name, dropped in prompt.cut.items()],
        response_schema=prompt.response_schema,
        hits_used=prompt.hits_used,
        warnings=[PromptWarning(**asdict(warning)) for warning in prompt.warnings],
    )
