"""What handlers ask for by type.

All are coroutines: FastAPI runs a plain function in a thread, which costs more than all that these do.
"""

from typing import Annotated

from fastapi import Depends, Request

from ..features.embeddings.service import EmbeddingService
from ..features.morphemes.service import MorphemeService
from ..features.rerank.service import RerankService
from ..features.sparse.service import SparseService
from .context import ProcessContext


async def _context(request: Request) -> ProcessContext:
    context: ProcessContext = request.app.state.context
    return context


Context = Annotated[ProcessContext, Depends(_context)]


async def _embedder(context: Context) -> EmbeddingService:
    return context.embedder


async def _sparse(context: Context) -> SparseService:
    return context.sparse


async def _morphemes(context: Context) -> MorphemeService:
    return context.morphemes


async def _reranker(context: Context) -> RerankService:
    return context.reranker


Embedder = Annotated[EmbeddingService, Depends(_embedder)]
Sparse = Annotated[SparseService, Depends(_sparse)]
Morphemes = Annotated[MorphemeService, Depends(_morphemes)]
Reranker = Annotated[RerankService, Depends(_reranker)]
