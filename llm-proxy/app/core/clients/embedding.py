"""The client of embedding-service."""

from typing import Any

from chassis.errors import UpstreamFailed
from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

EMBEDDINGS_PATH = "/v1/embeddings"
LIMIT_S = 60.0
"""Many texts take their time, and the model may have to load first."""


class EmbeddingClient(ServiceClient):
    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        super().__init__(upstream="embedding-service", base_url=base_url, tokens=tokens, limit_s=LIMIT_S)

    async def embed(self, texts: list[str], *, user_id: str, role: str) -> dict[str, Any]:
        """OpenAI's embeddings document."""
        answer = await self.request_json(
            "POST", EMBEDDINGS_PATH, body={"input": texts}, user_id=user_id, role=role, repeatable=True
        )
        if not isinstance(answer, dict):
            raise UpstreamFailed("embedding-service answered something else than embeddings.")
        return answer
