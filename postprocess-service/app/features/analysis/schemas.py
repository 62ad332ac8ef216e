"""Wire models of `POST /v1/analyses`."""

from typing import Literal

from pydantic import BaseModel, Field

from screenspec.spec import Language, ScreenSpec

Status = Literal["ok", "truncated", "refused", "empty", "not_a_spec", "invalid_spec"]
Mode = Literal["spec", "direct", "auto"]
MAX_ANSWER = 1_000_000


class AnalysisRequest(BaseModel):
    answer: str = Field(max_length=MAX_ANSWER)
    mode: Mode = "spec"
    language: Language = "ko"
    framework: str = Field(min_length=1, max_length=100)
    finish_reason: str | None = Field(None, max_length=100)


class AnalysedFile(BaseModel):
    path: str
    language: str
    content: str


class AnalysedProblem(BaseModel):
    path: str
    code: str
    message: str


class AppliedFix(BaseModel):
    rule: str
    message: str
    line: int | None = None


class AnalysisResponse(BaseModel):
    """What an engine's answer is. `fixes` names what had to be mended to read the spec in it."""

    status: Status
    reason: str
    spec: ScreenSpec | None
    files: list[AnalysedFile]
    text: str
    problems: list[AnalysedProblem]
    fixes: list[AppliedFix]
