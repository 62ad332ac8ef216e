"""Wire models of `POST /v1/questions`."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from screenspec.data_model import DataModel


class QuestionsRequest(BaseModel):
    prompt: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    language: Literal["ko", "en"] | None = None
    data_model: DataModel | None = None
    model: Annotated[str, StringConstraints(max_length=200)] | None = None


class AskedChoice(BaseModel):
    value: str
    label: str


class AskedQuestion(BaseModel):
    id: str
    text: str
    choices: list[AskedChoice] = Field(min_length=1)
    default: str


class QuestionsResponse(BaseModel):
    questions: list[AskedQuestion]
    source: Literal["engine", "fixed"]
