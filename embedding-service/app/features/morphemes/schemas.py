"""Morphemes on the wire."""

from pydantic import BaseModel


class MorphemesRequest(BaseModel):
    input: list[str]


class MorphemeToken(BaseModel):
    form: str
    tag: str
    start: int
    length: int


class MorphemesItem(BaseModel):
    index: int
    tokens: list[MorphemeToken]


class MorphemesResponse(BaseModel):
    data: list[MorphemesItem]
