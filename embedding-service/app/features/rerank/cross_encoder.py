"""A cross-encoder by sentence-transformers: query and document are read together by one model."""

from collections.abc import Sequence
from typing import Any, Protocol

_BATCH = 16
_MAX_TOKENS = 512


class RelevanceModel(Protocol):
    """A loaded cross-encoder. Its method blocks: it is called from worker threads alone."""

    @property
    def name(self) -> str: ...

    def scores(self, query: str, documents: Sequence[str]) -> list[float]:
        """The relevance of each document, 0 to 1."""
        ...


class SentenceTransformersCrossEncoder:
    """Any cross-encoder of a hub or a folder that gives one score (`BAAI/bge-reranker-v2-m3`, …)."""

    def __init__(self, model: str, *, token: str | None, device: str) -> None:
        import torch
        from sentence_transformers import CrossEncoder

        torch.set_num_threads(1)
        self._sigmoid = torch.nn.Sigmoid()
        self._model: Any = CrossEncoder(model, device=device, token=token, num_labels=1)
        places = int(getattr(self._model.config, "max_position_embeddings", _MAX_TOKENS))
        self._model.max_seq_length = min(_MAX_TOKENS, places)
        self.name = model

    def scores(self, query: str, documents: Sequence[str]) -> list[float]:
        found = self._model.predict(
            [(query, document) for document in documents],
            batch_size=_BATCH,
            activation_fn=self._sigmoid,
            show_progress_bar=False,
        )
        return [round(float(score), 6) for score in found]
