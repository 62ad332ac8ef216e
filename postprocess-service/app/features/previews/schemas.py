"""Wire models of `POST /v1/previews`."""

from typing import Any, Literal

from pydantic import BaseModel

ThemeName = Literal["auto", "light", "dark"]


class PreviewRequest(BaseModel):
    """`auto` follows the reader's own choice of light or dark."""

    spec: dict[str, Any]
    theme: ThemeName = "auto"


class PreviewResponse(BaseModel):
    """A whole HTML page without scripts, links or anything fetched: safe to embed in a sandboxed frame."""

    html: str
