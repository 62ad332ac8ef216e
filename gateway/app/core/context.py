"""The process's singletons, made once from the settings, and their life."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.health import Probe
from chassis.metrics import ServiceMetrics
from chassis.tokens import ServiceTokens

from ..conversations.assembly import Conversations, create_conversations
from ..db.engine import create_engine
from ..pipeline.engine import EngineLimits
from ..pipeline.pipeline import Limits, Pipeline, Upstreams
from ..runs.execution import Execution, Stores
from ..runs.executor import Executor
from ..runs.hub import Hub
from ..runs.keeper import Keeper
from ..runs.measures import Measures
from ..runs.orders import Orders
from ..storage.audit import AuditStore
from ..storage.batches import BatchStore
from ..storage.conversation_records import CHAT_CHANNEL
from ..storage.deliveries import DeliveryStore
from ..storage.events import EventStore
from ..storage.generation_log import LogExport
from ..storage.generations import GenerationStore
from ..storage.idempotency import IdempotencyStore
from ..storage.jobs import JobQueue
from ..storage.learning import LearningStore
from ..storage.leases import LeaseStore
from ..storage.listener import Listener
from ..storage.measures import MeasureStore
from ..storage.orphans import OrphanStore
from ..storage.processes import ProcessStore
from ..storage.records import CHANNEL, Event
from .clients.admin import AdminClient
from .clients.intent import IntentClient
from .clients.llm import LlmClient
from .clients.postprocess import PostprocessClient
from .clients.rag import RagClient
from .draining import Drain, on_termination
from .experiments import POLL_S as EXPERIMENT_POLL_S, Experiments
from .identity import Identity
from .profiles import ProfileBook
from .settings import Settings
from .webhook_addresses import AllowedAddresses
from .webhook_signature import WebhookSecrets

SERVICE = "gateway"
WORKER = "gateway-worker"


@dataclass(frozen=True, slots=True)
class Clients:
    intent: IntentClient
    rag: RagClient
    llm: LlmClient
    postprocess: PostprocessClient
    admin: AdminClient


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that lives as long as the process."""

    kind: str
    settings: Settings
    tokens: ServiceTokens
    clients: Clients
    database: AsyncEngine
    generations: GenerationStore
    events: EventStore
    measured: MeasureStore
    log_export: LogExport
    identity: Identity
    measures: Measures
    hub: Hub
    executor: Executor
    orders: Orders
    experiments: Experiments
    keeper: Keeper
    listener: Listener
    stores: Stores
    jobs: JobQueue
    keys: IdempotencyStore
    audit: AuditStore
    batches: BatchStore
    deliveries: DeliveryStore
    learning: LearningStore
    webhook_addresses: AllowedAddresses
    webhook_secrets: WebhookSecrets
    drain: Drain
    conversations: Conversations
    profiles: ProfileBook

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The background work of the process, from its start to its end."""
        async with AsyncExitStack() as stack:
            for client in (
                self.clients.intent, self.clients.rag, self.clients.llm, self.clients.postprocess, self.clients.admin,
            ):  # fmt: skip
                stack.push_async_callback(client.aclose)
            stack.push_async_callback(self.database.dispose)
            stack.push_async_callback(self.events.aclose)
            for work in self._work():
                stack.push_async_callback(_stopped, asyncio.create_task(work))
            stack.push_async_callback(self.drain.finish)
            if self.kind == SERVICE:  # the worker's queues have a drain of their own
                stack.enter_context(on_termination(self.drain.begin))
            yield

    def _work(self) -> Iterator[Coroutine[Any, Any, None]]:
        yield self.listener.run()
        yield self.keeper.run()
        yield self._poll_profiles()  # generations run in both
        if self.kind == SERVICE:  # the worker has neither callers nor sockets
            yield self._poll_revocations()
            yield self._poll_experiments()
            yield from self.conversations.work()

    async def _poll_revocations(self) -> None:
        while True:
            await self.identity.poll_revocations()
            await asyncio.sleep(self.settings.revocation_poll_s)

    async def _poll_experiments(self) -> None:
        while True:
            await self.experiments.poll()
            await asyncio.sleep(EXPERIMENT_POLL_S)

    async def _poll_profiles(self) -> None:
        while True:
            await self.profiles.poll()
            await asyncio.sleep(self.settings.profile_poll_s)

    def probes(self) -> list[Probe]:
        clients = self.clients
        return [
            Probe("postgres", self.generations.probe),
            Probe("accepting", self.drain.probe),
            Probe("intent-service", clients.intent.probe, required=False),
            Probe("rag-service", clients.rag.probe, required=False),
            Probe("llm-proxy", clients.llm.probe, required=False),
            Probe("postprocess-service", clients.postprocess.probe, required=False),
            Probe("admin-service", clients.admin.probe, required=False),
        ]


def create_context(settings: Settings, metrics: ServiceMetrics, *, kind: str = SERVICE) -> Context:
    """The composition root of the gateway and, by `kind`, of its worker: nothing connects before it is used."""
    tokens = ServiceTokens(service=SERVICE, secret=settings.service_secret.get_secret_value())
    clients = _clients(settings, tokens)
    url = settings.database_url.get_secret_value()
    database = create_engine(url, pool_size=settings.database_pool_size)
    events, generations = EventStore(database), GenerationStore(database)
    profiles = ProfileBook(clients.admin)
    jobs, holder = JobQueue(database), str(uuid.uuid4())
    leases = LeaseStore(database, holder=holder, lease_s=settings.lease_s, jobs=jobs)
    stores = Stores(events, generations, leases, OrphanStore(database, leases))
    processes = ProcessStore(database, holder=holder, kind=kind, lease_s=settings.lease_s)
    measures = Measures(metrics)

    async def read(generation_id: str, after: int) -> list[Event]:
        return await events.read(generation_id, after=after)

    hub = Hub(read=read, last_seqs=events.last_seqs)
    executor = Executor(
        stores=stores,
        hub=hub,
        execution=Execution(
            stores=stores,
            hub=hub,
            pipeline=_pipeline(settings, clients, profiles),
            measures=measures,
            window_s=settings.delta_window_s,
        ),
        limit_s=settings.generation_limit_s,
    )
    measures.running(lambda: executor.running)
    keeper = Keeper(
        executor=executor,
        hub=hub,
        leases=leases,
        orphans=stores.orphans,
        processes=processes,
        lease_s=settings.lease_s,
        takes_over=kind == SERVICE,
    )
    experiments = Experiments(clients.admin)
    orders = Orders(
        executor=executor,
        hub=hub,
        stores=stores,
        engines=clients.llm,
        intents=clients.intent,
        keep_alive_s=settings.keep_alive_s,
        route=experiments.route,
    )
    identity = Identity(clients.admin, recheck_s=settings.key_recheck_s, grace_s=settings.key_grace_s)
    conversations = create_conversations(
        database,
        orders=orders,
        hub=hub,
        engines=clients.llm,
        identity=identity,
        poll_s=settings.socket_poll_s,
        sockets_per_user=settings.sockets_per_user,
    )
    return Context(
        kind=kind,
        settings=settings,
        tokens=tokens,
        clients=clients,
        database=database,
        generations=generations,
        events=events,
        measured=MeasureStore(database),
        log_export=LogExport(database),
        identity=identity,
        measures=measures,
        hub=hub,
        executor=executor,
        orders=orders,
        experiments=experiments,
        keeper=keeper,
        listener=Listener(url, {CHANNEL: keeper.on_payload, CHAT_CHANNEL: conversations.sockets.on_payload}),
        stores=stores,
        jobs=jobs,
        keys=IdempotencyStore(database),
        audit=AuditStore(database),
        batches=BatchStore(database, leases),
        deliveries=DeliveryStore(database),
        learning=LearningStore(database),
        webhook_addresses=AllowedAddresses.parse(settings.webhook_allow),
        webhook_secrets=WebhookSecrets(settings.service_secret.get_secret_value()),
        drain=Drain(executor=executor, hub=hub, processes=processes, limit_s=settings.drain_s),
        conversations=conversations,
        profiles=profiles,
    )


def _clients(settings: Settings, tokens: ServiceTokens) -> Clients:
    """Each service has a pool of its own: one that hangs holds up no calls to the others."""
    few, many, patience_s = settings.upstream_connections, settings.engine_connections, settings.upstream_patience_s
    return Clients(
        intent=IntentClient(base_url=settings.intent_url, tokens=tokens, max_connections=few, patience_s=patience_s),
        rag=RagClient(base_url=settings.rag_url, tokens=tokens, max_connections=few),
        llm=LlmClient(base_url=settings.llm_proxy_url, tokens=tokens, max_connections=many, patience_s=patience_s),
        postprocess=PostprocessClient(
            base_url=settings.postprocess_url, tokens=tokens, max_connections=few, patience_s=patience_s
        ),
        admin=AdminClient(base_url=settings.admin_url, tokens=tokens, max_connections=few),
    )


def _pipeline(settings: Settings, clients: Clients, profiles: ProfileBook) -> Pipeline:
    return Pipeline(
        Upstreams(
            intents=clients.intent,
            knowledge=clients.rag,
            engines=clients.llm,
            postprocessing=clients.postprocess,
            profiles=profiles,
        ),
        Limits(
            prepare_s=settings.prepare_limit_s,
            question_s=settings.question_limit_s,
            engine=EngineLimits(
                first_byte_s=settings.engine_first_byte_s,
                loading_first_byte_s=settings.engine_loading_first_byte_s,
                gap_s=settings.engine_gap_s,
                total_s=settings.engine_total_s,
            ),
        ),
    )


async def _stopped(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
