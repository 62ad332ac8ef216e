"""What lives as long as the process: the vocabulary and the services, wired in one place."""

import asyncio
import logging
from dataclasses import dataclass
from functools import cached_property

from chassis.tokens import ServiceTokens

from ..features.intents.review import Review
from ..features.intents.service import IntentService
from ..features.questions.service import QuestionService
from ..parsing.sources import read_sources
from ..vocabulary.lexicon import Lexicon
from .clients.embedding import EmbeddingClient
from .clients.llm_proxy import LlmProxyClient
from .frameworks import Frameworks
from .settings import Settings

SERVICE = "intent-service"
_WARM_DDL = "CREATE TABLE t (id NUMBER(5) PRIMARY KEY, `a` VARCHAR(10) NOT NULL COMMENT 'x');"


class LazyLexicon:
    """The vocabulary, read once: in the background after the start, or by the first request."""

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon.load()

    def __call__(self) -> Lexicon:
        return self.lexicon


@dataclass(frozen=True)
class ProcessContext:
    """The singletons of the process."""

    lexicon: LazyLexicon
    intents: IntentService
    questions: QuestionService
    embedding: EmbeddingClient
    llm_proxy: LlmProxyClient

    @classmethod
    def from_settings(cls, settings: Settings) -> "ProcessContext":
        logging.getLogger("sqlglot").setLevel(logging.ERROR)
        lexicon = LazyLexicon()
        frameworks = Frameworks.from_paths(settings.packs_dir, settings.more_packs, settings.default_framework)
        tokens = ServiceTokens(service=SERVICE, secret=settings.service_secret.get_secret_value())
        embedding = EmbeddingClient(base_url=settings.embedding_url, tokens=tokens, limit_s=settings.morphemes_limit_s)
        llm_proxy = LlmProxyClient(base_url=settings.llm_proxy_url, tokens=tokens, limit_s=settings.engine_limit_s)
        intents = IntentService(
            lexicon=lexicon,
            known_frameworks=frameworks.names,
            default_framework=frameworks.default,
            naming=frameworks.naming,
            nouns=embedding,
            review=Review(llm_proxy),
            review_below=settings.engine_threshold,
        )
        return cls(
            lexicon=lexicon,
            intents=intents,
            questions=QuestionService(llm_proxy),
            embedding=embedding,
            llm_proxy=llm_proxy,
        )

    async def aclose(self) -> None:
        await self.embedding.aclose()
        await self.llm_proxy.aclose()

    async def warm(self) -> None:
        """Reads the vocabulary and lets the SQL parser build its tables, off the event loop."""
        await asyncio.to_thread(self._warm)

    def _warm(self) -> None:
        names = self.lexicon().field_names
        self.lexicon().mended("warmed up")
        for hint in ("VARCHAR2", "AUTO_INCREMENT", "SERIAL", "IDENTITY(1,1)"):
            read_sources(f"{_WARM_DDL} -- {hint}", [], names)
        read_sources("SELECT a FROM b", [], names)
