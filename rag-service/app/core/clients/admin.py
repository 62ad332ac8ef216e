"""admin-service, as far as this service reads it: settings, templates and knowledge, by ETag."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from chassis.errors import UpstreamFailed
from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

from ..settings import RetrievalLimits

_LIMIT_S = 5.0  # a poll; what is known already goes on holding

M = TypeVar("M", bound=BaseModel)


class AdminSettings(BaseModel):
    retrieval: dict[str, RetrievalLimits] = Field(default_factory=dict)
    default_framework: str | None = None


class TemplateOverlay(BaseModel):
    id: str
    framework: str | None = None
    task: str
    version: str
    content: str
    label: str = "production"

    model_config = ConfigDict(coerce_numbers_to_str=True)


class AdminTemplates(BaseModel):
    templates: list[TemplateOverlay] = Field(default_factory=list)


class KnowledgeOverlay(BaseModel):
    id: str
    framework: str
    kind: str
    title: str
    text: str
    aliases: list[str] = Field(default_factory=list)
    tags: list[str] = Field(default_factory=list)
    source: str = "admin"


class AdminKnowledge(BaseModel):
    entries: list[KnowledgeOverlay] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Revision(Generic[M]):
    """A document and its ETag."""

    etag: str
    document: M


class AdminClient(ServiceClient):
    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        super().__init__(upstream="admin-service", base_url=base_url, tokens=tokens, limit_s=_LIMIT_S)

    async def settings(self, etag: str) -> Revision[AdminSettings] | None:
        return await self._changed("/internal/settings", etag, AdminSettings)

    async def templates(self, etag: str) -> Revision[AdminTemplates] | None:
        return await self._changed("/internal/templates", etag, AdminTemplates)

    async def knowledge(self, etag: str) -> Revision[AdminKnowledge] | None:
        return await self._changed("/internal/knowledge", etag, AdminKnowledge)

    async def _changed(self, path: str, etag: str, model: type[M]) -> Revision[M] | None:
        """The document, or None where it is still the one with this ETag."""
        response = await self.request("GET", path, headers={"If-None-Match": etag} if etag else None)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        try:
            return Revision(response.headers.get("etag", ""), model.model_validate_json(response.content))
        except ValueError as error:
            raise UpstreamFailed(f"admin-service answered {path} in another form than agreed.") from error
