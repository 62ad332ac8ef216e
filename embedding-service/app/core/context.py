"""The process's singletons, wired once."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from ..features.embeddings.cache import VectorCache
from ..features.embeddings.encoder import Encoder
from ..features.embeddings.lane import Lane
from ..features.embeddings.model_files import packaged_folder
from ..features.embeddings.service import EmbeddingService
from ..features.morphemes.service import MorphemeService
from ..features.rerank.cross_encoder import RelevanceModel
from ..features.rerank.service import RerankService
from ..features.sparse.service import SparseService
from .limits import InputLimits
from .loading import Loading
from .morpheme_process import ProcessAnalyzer
from .morphemes import MorphemeAnalyzer
from .settings import EmbeddingSettings
from .text_worker import TextWorker

_BULK_NICENESS = 10


@dataclass(frozen=True, slots=True)
class Loaders:
    """How the models are loaded: tests give their own."""

    encoder: Callable[[], Encoder]
    analyzer: Callable[[], MorphemeAnalyzer]
    cross_encoder: Callable[[], RelevanceModel] | None = None


@dataclass(frozen=True, slots=True)
class ProcessContext:
    encoder: Loading[Encoder]
    analyzer: Loading[MorphemeAnalyzer]
    cross_encoder: Loading[RelevanceModel] | None
    lanes: tuple[Lane, Lane]
    workers: tuple[TextWorker, TextWorker]
    cache: VectorCache
    embedder: EmbeddingService
    sparse: SparseService
    morphemes: MorphemeService
    reranker: RerankService

    def start(self) -> None:
        for loading in self._loadings():
            loading.start()

    def close(self) -> None:
        for loading in self._loadings():
            loading.stop()
        for lane in self.lanes:
            lane.close()
        for worker in self.workers:
            worker.close()
        if self.analyzer.ready:
            self.analyzer.get().close()

    def _loadings(self) -> list[Loading[Any]]:
        more = [self.cross_encoder] if self.cross_encoder else []
        return [self.encoder, self.analyzer, *more]


def default_loaders(settings: EmbeddingSettings) -> Loaders:
    def encoder() -> Encoder:
        folder = packaged_folder(settings.embedding_model)
        if folder is not None and uses_openvino(settings):
            from ..features.embeddings.openvino_encoder import OpenVinoEncoder

            return OpenVinoEncoder(settings.embedding_model, folder, precision=settings.precision)
        from ..features.embeddings.sentence_transformer import SentenceTransformerEncoder

        token = settings.hub_token.get_secret_value() if settings.hub_token else None
        return SentenceTransformerEncoder(
            settings.embedding_model, token=token, device=settings.device, precision=settings.precision
        )

    def cross_encoder() -> RelevanceModel:
        from ..features.rerank.cross_encoder import SentenceTransformersCrossEncoder

        token = settings.hub_token.get_secret_value() if settings.hub_token else None
        return SentenceTransformersCrossEncoder(settings.rerank_model or "", token=token, device=settings.device)

    return Loaders(
        encoder=encoder, analyzer=ProcessAnalyzer, cross_encoder=cross_encoder if settings.rerank_model else None
    )


def uses_openvino(settings: EmbeddingSettings) -> bool:
    if settings.backend == "auto":
        return settings.device == "cpu" and find_spec("openvino") is not None
    return settings.backend == "openvino"


def build_context(settings: EmbeddingSettings, loaders: Loaders) -> ProcessContext:
    limits = InputLimits(settings.max_inputs, settings.max_characters)
    worker = TextWorker(queue_characters=settings.text_queue_characters)
    encoder = Loading("embedding model", loaders.encoder)
    analyzer = Loading("morpheme analyser", loaders.analyzer)
    cross_encoder = Loading("cross-encoder", loaders.cross_encoder) if loaders.cross_encoder else None
    model_worker = TextWorker(queue_characters=settings.text_queue_characters, threads=1, name="rerank")
    cache = VectorCache(settings.cache_entries)
    query_lane = Lane("query", batch_tokens=settings.query_batch_tokens, queue_tokens=settings.queue_tokens)
    bulk_lane = Lane(
        "bulk",
        batch_tokens=settings.bulk_batch_tokens,
        queue_tokens=settings.queue_tokens,
        niceness=_BULK_NICENESS,
    )
    return ProcessContext(
        encoder=encoder,
        analyzer=analyzer,
        lanes=(query_lane, bulk_lane),
        cross_encoder=cross_encoder,
        workers=(worker, model_worker),
        cache=cache,
        embedder=EmbeddingService(
            encoder=encoder, query_lane=query_lane, bulk_lane=bulk_lane, worker=worker, cache=cache, limits=limits
        ),
        sparse=SparseService(
            analyzer=analyzer, worker=worker, limits=limits, average_length=settings.bm25_average_length
        ),
        morphemes=MorphemeService(analyzer=analyzer, worker=worker, limits=limits),
        reranker=RerankService(
            analyzer=analyzer, cross_encoder=cross_encoder, worker=worker, model_worker=model_worker, limits=limits
        ),
    )
