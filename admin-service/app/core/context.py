"""The process's singletons, built once by `create_app`."""

from dataclasses import dataclass
from functools import cached_property

from prometheus_client import Counter

from chassis.metrics import ServiceMetrics
from chassis.tokens import ServiceTokens

from ..db.database import Database
from ..db.signing_keys import SigningKeys
from ..quality.golden import Pack, find_packs
from ..security.encryption import SecretBox
from ..security.passwords import Passwords
from ..security.url_policy import UrlPolicy
from .clients.engines import EngineClient
from .clients.gateway import GatewayClient
from .clients.llm_proxy import LlmProxyClient
from .clients.rag import RagClient
from .clients.services import ServicesClient
from .clock import Clock, utc_now
from .settings import SERVICE, Settings


@dataclass
class Context:
    """Everything that outlives a request. Clients are made when first used: they cost a tenth of a second."""

    settings: Settings
    database: Database
    box: SecretBox
    passwords: Passwords
    signing: SigningKeys
    url_policy: UrlPolicy
    metrics: ServiceMetrics
    logins: Counter
    clock: Clock = utc_now

    @cached_property
    def _tokens(self) -> ServiceTokens:
        return ServiceTokens(service=SERVICE, secret=self.settings.service_secret.get_secret_value())

    @cached_property
    def gateway(self) -> GatewayClient:
        return GatewayClient(base_url=self.settings.gateway_url, tokens=self._tokens)

    @cached_property
    def llm_proxy(self) -> LlmProxyClient:
        return LlmProxyClient(base_url=self.settings.llm_proxy_url, tokens=self._tokens)

    @cached_property
    def rag(self) -> RagClient:
        return RagClient(base_url=self.settings.rag_url, tokens=self._tokens)

    @cached_property
    def services(self) -> ServicesClient:
        settings = self.settings
        urls = {
            "gateway": settings.gateway_url,
            "intent-service": settings.intent_url,
            "rag-service": settings.rag_url,
            "embedding-service": settings.embedding_url,
            "llm-proxy": settings.llm_proxy_url,
            "postprocess-service": settings.postprocess_url,
            "admin-service": settings.admin_url,
        }
        return ServicesClient(urls, self._tokens)

    @cached_property
    def engines(self) -> EngineClient:
        return EngineClient(self.url_policy)

    def packs(self) -> dict[str, Pack]:
        """The framework packs as they are now."""
        return find_packs(self.settings.packs_folders())

    async def aclose(self) -> None:
        if "gateway" in self.__dict__:
            await self.gateway.aclose()
        if "llm_proxy" in self.__dict__:
            await self.llm_proxy.aclose()
        if "rag" in self.__dict__:
            await self.rag.aclose()
        if "services" in self.__dict__:
            await self.services.aclose()
        await self.database.aclose()


def build_context(settings: Settings, *, clock: Clock = utc_now) -> Context:
    database = Database(settings.database_url.get_secret_value(), pool_size=settings.database_pool_size)
    box = SecretBox(settings.encryption_key.get_secret_value())
    metrics = ServiceMetrics(SERVICE)
    return Context(
        settings=settings,
        database=database,
        box=box,
        passwords=Passwords(),
        signing=SigningKeys(database, box, clock, token_s=settings.access_token_s),
        url_policy=UrlPolicy(allow_loopback=settings.mode == "local"),
        metrics=metrics,
        logins=metrics.counter("logins", "Sign-ins by outcome.", ("outcome",)),
        clock=clock,
    )
