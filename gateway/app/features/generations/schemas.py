"""The wire models of generations."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ...learning.distance import EditDistance

MAX_PROMPT = 100_000
MAX_ATTACHMENT = 1_000_000


def _no_nul(text: str) -> str:
    """PostgreSQL has no such character, and no prompt needs it."""
    if "\x00" in text:
        raise ValueError("the character U+0000 is not allowed")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Plain = Annotated[str, AfterValidator(_no_nul)]
ShortName = Annotated[Plain, Field(min_length=1, max_length=200)]


class Attachment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: ShortName
    media_type: ShortName = "text/plain"
    content: Annotated[Plain, Field(max_length=MAX_ATTACHMENT)]


class GenerationOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    strictness: Literal["relaxed", "strict"] = "relaxed"
    dialect: Literal["postgresql", "oracle", "mysql", "mariadb"] | None = None
    """Of the SQL: the tables' definitions and the server's statements."""
    choices: Annotated[dict[ShortName, ShortName], Field(max_length=50)] = {}
    """Choices of the framework's pack, by name: `{"popup_form": "plain", "newline": "lf"}`."""
    questions: bool = True
    """False: no question is asked back, the defaults are taken."""
    deadline_s: Annotated[float, Field(ge=1, le=3_600)] | None = None
    """The caller's time as a whole, in seconds: the limits of all stages come out of it."""


class Webhook(BaseModel):
    """Where to tell of the end; signed with the user's secret (`GET /api/v1/webhooks/secret`)."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[Plain, Field(min_length=8, max_length=2_000, pattern="^https?://")]


class GenerationRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"prompt": "Task 관리 화면 만들어줘"}]})

    prompt: Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=MAX_PROMPT)]
    framework: ShortName | None = None
    mode: Literal["spec", "direct", "auto"] = "spec"
    model: ShortName | None = None
    session_id: ShortName | None = None
    base_generation_id: ShortName | None = None
    attachments: Annotated[list[Attachment], Field(max_length=20)] = []
    artifacts: Annotated[list[ShortName], Field(max_length=50)] | None = None
    options: GenerationOptions = GenerationOptions()
    webhook: Webhook | None = None


class Warning(BaseModel):  # noqa: A001 - its name in the API
    code: str
    message: str


class Choice(BaseModel):
    value: str
    label: str


class Question(BaseModel):
    id: str
    text: str
    choices: list[Choice] = []
    default: str | None = None


class Screen(BaseModel):
    id: str
    title: str


class Intent(BaseModel):
    kind: str
    confidence: float
    language: str
    framework: str | None = None
    pattern: str | None = None
    pattern_reason: str | None = None
    reason: str | None = None
    alternatives: list[str] = []
    screen: Screen | None = None
    questions: list[Question] = []
    source: str | None = None


class ModelField(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str
    label: str | None = None
    type: str | None = None
    length: int | None = None
    scale: int | None = None
    required: bool | None = None
    key: bool | None = None
    default: str | None = None
    origin: str | None = None


class Entity(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str
    label: str | None = None
    table: str | None = None
    fields: list[ModelField] = []


class DataModel(BaseModel):
    model_config = ConfigDict(extra="allow")

    entities: list[Entity] = []
    relations: list[dict[str, Any]] = []
    code_groups: list[dict[str, Any]] = []


class KnowledgeHit(BaseModel):
    id: str
    title: str = ""
    kind: str = ""
    text: str = ""
    score: float = 0.0
    dense: float | None = None
    sparse: float | None = None
    source: str | None = None


class Citation(BaseModel):
    id: str
    title: str = ""
    kind: str | None = None
    score: float | None = None
    source: str | None = None


class ArtifactInfo(BaseModel):
    """A file without its content."""

    path: str
    kind: str = ""
    language: str
    sha256: str
    size: int
    fixes: list[dict[str, Any]] = []
    diagnostics: list[dict[str, Any]] = []


class Problem(BaseModel):
    """RFC 9457."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


class GenerationResult(BaseModel):
    """The result so far; `timings` are milliseconds by stage, and `total`."""

    generation_id: str
    status: Literal["queued", "running", "waiting", "completed", "failed", "cancelled"]
    created_at: datetime
    ended_at: datetime | None = None
    prompt: str
    framework: str | None = None
    mode: str
    model: str | None = None
    session_id: str | None = None
    base_generation_id: str | None = None
    intent: Intent | None = None
    data_model: DataModel | None = None
    knowledge: list[KnowledgeHit] = []
    artifacts: list[ArtifactInfo] = []
    spec_version: int = 0
    answer: str | None = None
    citations: list[Citation] = []
    timings: dict[str, float] = {}
    usage: dict[str, int] = {}
    engine: str | None = None
    engine_model: str | None = None
    degraded: bool = False
    warnings: list[Warning] = []
    problem: Problem | None = None
    feedback: dict[str, Any] | None = None


class ReadingRequest(BaseModel):
    """A prompt that is read, and nothing made of it."""

    model_config = ConfigDict(extra="forbid")

    prompt: Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=MAX_PROMPT)]
    framework: ShortName | None = None
    model: ShortName | None = None
    attachments: Annotated[list[Attachment], Field(max_length=20)] = []


class ReadingResponse(BaseModel):
    """`data_model` is null unless a screen is asked for."""

    intent: Intent
    data_model: DataModel | None
    warnings: list[Warning] = []


class GenerationLine(BaseModel):
    id: str
    created_at: datetime
    prompt: str
    kind: str | None = None
    status: str
    framework: str | None = None
    engine: str | None = None
    degraded: bool
    duration_ms: float | None = None


class GenerationListResponse(BaseModel):
    items: list[GenerationLine]
    next_cursor: str | None = Field(None, description="For the page that follows; null at the end.")


class GenerationAccepted(BaseModel):
    generation_id: str
    status: str = "queued"


class CancelResponse(BaseModel):
    generation_id: str
    status: str


class ArtifactListResponse(BaseModel):
    artifacts: list[ArtifactInfo]


class AnswerRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question_id: ShortName
    value: Annotated[Plain, AfterValidator(_not_blank), Field(max_length=2_000)]


class AnswerResponse(BaseModel):
    question_id: str
    value: str


class AcceptedFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: ShortName
    content: Annotated[Plain, Field(max_length=MAX_ATTACHMENT)]


class FeedbackRequest(BaseModel):
    """What is given replaces what was said before. `accepted`: the code as it was finally taken over."""

    model_config = ConfigDict(extra="forbid")

    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    comment: Annotated[Plain, Field(max_length=10_000)] | None = None
    accepted: Annotated[list[AcceptedFile], Field(max_length=50)] | None = None
    consent: bool | None = Field(None, description="Whether the code may be learnt from: examples, training data.")


class FeedbackResponse(FeedbackRequest):
    """`distance`: how far the accepted code is from the first emission."""

    generation_id: str
    at: datetime
    distance: EditDistance | None = None
