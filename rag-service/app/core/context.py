"""The process's singletons, wired once the store is open."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chassis.errors import Unavailable
from chassis.tokens import ServiceTokens

from ..features import repositories
from ..features.knowledge.indexer import KnowledgeIndexer
from ..features.knowledge.service import KnowledgeService
from ..features.knowledge.worker import IndexWorker, OverlayPoller
from ..features.prompts.service import PromptService
from ..features.repositories.files import RepositoryFiles
from ..features.repositories.indexer import CodeIndexer
from ..features.repositories.records import Registry
from ..features.repositories.searching import CodeSearch
from ..features.repositories.service import Allowed, RepositoryService
from ..features.repositories.worker import RepositoryWorker
from ..features.search.everything import SearchOfEverything
from ..features.search.fusion import Calibration
from ..features.search.retrieval import Retriever
from ..features.search.service import SearchService
from ..features.snapshots.service import SnapshotService
from .catalog import Catalog
from .clients.admin import AdminClient
from .clients.embedding import EmbeddingClient
from .glossary import glossary_with
from .qdrant import VectorStore
from .settings import RagSettings

SERVICE = "rag-service"
CODE_GLOSSARY = Path(repositories.__file__).parent / "glossary.txt"


@dataclass(frozen=True, slots=True)
class Upstreams:
    """The services that this one calls: tests give their own."""

    embedding: Any
    admin: Any

    async def aclose(self) -> None:
        await self.embedding.aclose()
        await self.admin.aclose()


@dataclass(frozen=True, slots=True)
class CodeParts:
    """The code index."""

    registry: Registry
    repositories: RepositoryService
    files: RepositoryFiles
    worker: RepositoryWorker
    search: CodeSearch


@dataclass(frozen=True, slots=True)
class ProcessContext:
    catalog: Catalog
    store: VectorStore
    upstreams: Upstreams
    indexer: KnowledgeIndexer
    worker: IndexWorker
    poller: OverlayPoller
    search: SearchService
    retriever: Retriever
    knowledge: KnowledgeService
    prompts: PromptService
    snapshots: SnapshotService
    code: CodeParts
    everything: SearchOfEverything
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self) -> None:
        """Starts indexing and polling in the background: nothing waits for either."""
        self.catalog.on_change = self.worker.request
        self.tasks.append(asyncio.create_task(self.worker.run_forever(), name="index"))
        self.tasks.append(asyncio.create_task(self.poller.run_forever(), name="poll-overlays"))
        self.tasks.append(asyncio.create_task(self.code.worker.run_forever(), name="index-repositories"))
        self.tasks.append(asyncio.create_task(self.snapshots.finish(), name="finish-restore"))

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.store.close()
        await self.upstreams.aclose()


@dataclass(slots=True)
class ContextHolder:
    """Empty until the application has started: probes look through it."""

    context: ProcessContext | None = None

    async def check_store(self) -> str:
        if self.context is None:
            raise Unavailable("The store is not open yet.")
        return await self.context.store.check()

    async def check_index(self) -> str:
        state = self.context.indexer.state if self.context else None
        if state is None or not state.collection:
            raise Unavailable("Nothing is indexed yet: searches go by keywords.")
        return f"{sum((state.indexed or {}).values())} entries"


def default_upstreams(settings: RagSettings) -> Upstreams:
    tokens = ServiceTokens(service=SERVICE, secret=settings.service_secret.get_secret_value())
    return Upstreams(
        embedding=EmbeddingClient(
            base_url=settings.embedding_url,
            tokens=tokens,
            query_limit_s=settings.embedding_limit_s,
            index_limit_s=settings.index_limit_s,
        ),
        admin=AdminClient(base_url=settings.admin_url, tokens=tokens),
    )


def build_context(settings: RagSettings, store: VectorStore, upstreams: Upstreams) -> ProcessContext:
    catalog = Catalog(
        folders=settings.pack_folders,
        default_framework=settings.default_framework,
        retrieval=settings.retrieval,
    )
    catalog.reload_packs()
    indexer = KnowledgeIndexer(catalog=catalog, store=store, embedder=upstreams.embedding)
    worker = IndexWorker(indexer)
    poller = OverlayPoller(admin=upstreams.admin, catalog=catalog, every_s=settings.poll_s)
    retriever = Retriever(
        catalog=catalog,
        store=store,
        embedder=upstreams.embedding,
        index=indexer,
        calibration=Calibration(),
        index_is_stale=worker.request,
    )
    reader = upstreams.embedding if settings.rerank_model else None
    search = SearchService(catalog=catalog, retriever=retriever, reader=reader)
    code = build_code(settings, store, upstreams)

    def restored() -> None:
        worker.request()
        code.worker.request()

    return ProcessContext(
        catalog=catalog,
        store=store,
        upstreams=upstreams,
        indexer=indexer,
        worker=worker,
        poller=poller,
        search=search,
        retriever=retriever,
        knowledge=KnowledgeService(catalog=catalog, indexer=indexer, worker=worker, poller=poller),
        prompts=PromptService(catalog=catalog, searcher=search),
        snapshots=SnapshotService(
            store=store, records=code.registry, folder=settings.snapshots_path, restored=restored
        ),
        code=code,
        everything=SearchOfEverything(knowledge=search, code=code.search),
    )


def build_code(settings: RagSettings, store: VectorStore, upstreams: Upstreams) -> CodeParts:
    registry = Registry(settings.repositories_folder)
    indexer = CodeIndexer(store=store, embedder=upstreams.embedding)
    worker = RepositoryWorker(registry=registry, indexer=indexer, git_limit_s=settings.git_limit_s)
    allowed = Allowed(roots=settings.repository_roots, git=settings.git_sources)
    return CodeParts(
        registry=registry,
        repositories=RepositoryService(registry=registry, worker=worker, indexer=indexer, allowed=allowed),
        files=RepositoryFiles(registry=registry, indexer=indexer, roots=allowed.roots),
        worker=worker,
        search=CodeSearch(
            store=store, embedder=upstreams.embedding, registry=registry, words=glossary_with(CODE_GLOSSARY)
        ),
    )
