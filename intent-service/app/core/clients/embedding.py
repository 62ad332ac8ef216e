"""embedding-service: Korean morphemes, cached, and left alone for a while after it failed."""

import time
from collections import OrderedDict
from collections.abc import Callable

from pydantic import BaseModel, ValidationError

from chassis.errors import ServiceError
from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

_PATIENCE_S = 5.0
_CACHED = 2_000
_KEPT_TAGS = ("NN", "NP", "NR", "SL", "SN", "SH", "XR", "XSN", "XPN", "SW")


class Morpheme(BaseModel):
    form: str
    tag: str
    start: int
    length: int


class MorphemesItem(BaseModel):
    tokens: list[Morpheme]


class MorphemesAnswer(BaseModel):
    data: list[MorphemesItem]


class EmbeddingClient:
    """`POST /v1/morphemes`. A caller never waits long: the particle rules are the fallback."""

    def __init__(
        self, *, base_url: str, tokens: ServiceTokens, limit_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._service = ServiceClient(upstream="embedding-service", base_url=base_url, tokens=tokens, limit_s=limit_s)
        self._clock = clock
        self._closed_until = 0.0
        self._cache: OrderedDict[str, str] = OrderedDict()

    async def aclose(self) -> None:
        await self._service.aclose()

    async def nouns(self, text: str) -> str | None:
        """The text with its particles and endings taken off; None where the service can't say."""
        if text in self._cache:
            self._cache.move_to_end(text)
            return self._cache[text]
        if self._clock() < self._closed_until:
            return None
        try:
            document = await self._service.request_json("POST", "/v1/morphemes", body={"input": [text]})
            result = bare_nouns(text, MorphemesAnswer.model_validate(document).data[0].tokens)
        except (ServiceError, ValidationError, IndexError):
            self._closed_until = self._clock() + _PATIENCE_S
            return None
        self._cache[text] = result
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return result


def bare_nouns(text: str, tokens: list[Morpheme]) -> str:
    """Nouns and foreign words at their places, everything else a blank: `사원을 조회` is `사원  조회`."""
    kept = [" "] * len(text)
    for token in tokens:
        if token.tag.startswith(_KEPT_TAGS):
            kept[token.start : token.start + token.length] = text[token.start : token.start + token.length]
    return "".join(kept)
