"""`/api/v1/training`: what was accepted, as data to train a model with (R4.8)."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query

from ...core.dependencies import Ctx, CurrentUser
from ...core.streaming import Stream
from ...learning.export import Wanted
from .schemas import TrainingSummary
from .service import TrainingService

router = APIRouter(prefix="/api/v1/training", tags=["training"])
MEDIA_TYPE = "application/x-ndjson"
_PLAIN = r"^[^\x00]*$"


def training_service(context: Ctx) -> TrainingService:
    return TrainingService(learning=context.learning, consent=context.settings.training_consent)


def wanted_of(
    kind: Annotated[
        Literal["sft", "dpo"], Query(description="Good answers, or pairs of a better and a worse.")
    ] = "sft",
    split: Annotated[Literal["train", "test", "all"], Query(description="15 % are held out as `test`.")] = "all",
    framework: Annotated[str | None, Query(max_length=200, pattern=_PLAIN)] = None,
    task: Literal["spec", "direct", "patch"] | None = None,
    model: Annotated[
        str | None, Query(max_length=200, pattern=_PLAIN, description="An engine's id, or a model.")
    ] = None,
    rating: Annotated[int | None, Query(ge=1, le=5, description="The lowest rating.")] = None,
    builtin: Annotated[bool, Query(description="Whether the built-in engine's answers count.")] = True,  # noqa: FBT002
) -> Wanted:
    return Wanted(kind, split, framework, task, model, rating, builtin)  # fmt: skip


Service = Annotated[TrainingService, Depends(training_service)]
Filter = Annotated[Wanted, Depends(wanted_of)]
_LINES: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "One sample a line."}
}


@router.get("/export", response_class=Stream, responses=_LINES, summary="Training data as JSON lines")
async def export_training(user: CurrentUser, service: Service, wanted: Filter) -> Stream:
    name = "-".join(filter(None, ("framewright", wanted.kind, wanted.framework and "filtered", wanted.split)))
    headers = {"Content-Disposition": f'attachment; filename="{name}.jsonl"', "Cache-Control": "no-store"}
    return Stream(service.lines(wanted, user), media_type=MEDIA_TYPE, headers=headers)


@router.get("/summary", response_model=TrainingSummary, summary="What an export would hold")
async def summarise_training(_user: CurrentUser, service: Service, wanted: Filter) -> Any:
    return await service.summary(wanted)
