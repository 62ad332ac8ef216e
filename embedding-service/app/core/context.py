"""The process's singletons, wired once."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from ..features.embeddings.cache import VectorCache
from ..features.embeddings.encoder import Encoder
from ..features.embeddings.lane import Lane
from ..features.embeddings.model_files import packaged_folder
from ..features.embeddings.service import EmbeddingService
from ..features.morphemes.service import MorphemeService
from ..features.rerank.service import RerankService
from ..features.sparse.service import SparseService
from .limits import InputLimits
from .loading import Loading
from .morphemes import KiwiAnalyzer, MorphemeAnalyzer
from .settings import EmbeddingSettings
from .text_worker import TextWorker

_BULK_NICENESS = 10


@dataclass(frozen=True, slots=True)
class Loaders:
    """How the models are loaded: tests give their own."""

    encoder: Callable[[], Encoder]
    analyzer: Callable[[], MorphemeAnalyzer]


@dataclass(frozen=True, slots=True)
class ProcessContext:
    encoder: Loading[Encoder]
    analyzer: Loading[MorphemeAnalyzer]
    lanes: tuple[Lane, Lane]
    worker: TextWorker
    cache: VectorCache
    embedder: EmbeddingService
    sparse: SparseService
    morphemes: MorphemeService
    reranker: RerankService

    def start(self) -> None:
        self.encoder.start()
        self.analyzer.start()

    def close(self) -> None:
        self.encoder.stop()
        self.analyzer.stop()
        for lane in self.lanes:
            lane.close()
        self.worker.close()


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

    return Loaders(encoder=encoder, analyzer=KiwiAnalyzer)


def uses_openvino(settings: EmbeddingSettings) -> bool:
    if settings.backend == "auto":
        return settings.device == "cpu" and find_spec("openvino") is not None
    return settings.backend == "openvino"


def build_context(settings: EmbeddingSettings, loaders: Loaders) -> ProcessContext:
    limits = InputLimits(settings.max_inputs, settings.max_characters)
    worker = TextWorker(queue_characters=settings.text_queue_characters)
    encoder = Loading("embedding model", loaders.encoder)
    analyzer = Loading("morpheme analyser", loaders.analyzer)
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
        worker=worker,
        cache=cache,
        embedder=EmbeddingService(
            encoder=encoder, query_lane=query_lane, bulk_lane=bulk_lane, worker=worker, cache=cache, limits=limits
        ),
        sparse=SparseService(
            analyzer=analyzer, worker=worker, limits=limits, average_length=settings.bm25_average_length
        ),
        morphemes=MorphemeService(analyzer=analyzer, worker=worker, limits=limits),
        reranker=RerankService(analyzer=analyzer, worker=worker, limits=limits),
    )
