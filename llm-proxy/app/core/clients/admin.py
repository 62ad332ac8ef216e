"""The client of admin-service: engine settings, asked for by ETag."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson

from chassis.errors import UpstreamFailed
from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

SETTINGS_PATH = "/internal/settings"
LIMIT_S = 3.0
"""A poll that takes longer is given up; the next one follows in seconds."""


@dataclass(frozen=True, slots=True)
class SettingsAnswer:
    """The settings as JSON, and the tag under which they are known."""

    document: dict[str, Any]
    etag: str


class AdminClient(ServiceClient):
    """admin-service's `/internal/…`, as far as the proxy reads it."""

    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        super().__init__(upstream="admin-service", base_url=base_url, tokens=tokens, limit_s=LIMIT_S, max_connections=2)

    async def settings(self, etag: str) -> SettingsAnswer | None:
        """The settings, or None where they are still those of `etag`."""
        response = await self.request("GET", SETTINGS_PATH, headers={"If-None-Match": etag} if etag else {})
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        try:
            document = orjson.loads(response.content)
        except orjson.JSONDecodeError as error:
            raise UpstreamFailed("admin-service answered something that is not JSON.") from error
        if not isinstance(document, dict):
            raise UpstreamFailed("admin-service answered settings that are not an object.")
        return SettingsAnswer(document, response.headers.get("etag", ""))
