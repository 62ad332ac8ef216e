"""What handlers ask for by type.

All are coroutines: FastAPI runs a plain function in a thread, which costs more than all that these do.
"""

from typing import Annotated

from fastapi import Depends, Request

from ..features.knowledge.service import KnowledgeService
from ..features.prompts.service import PromptService
from ..features.repositories.files import RepositoryFiles
from ..features.repositories.searching import CodeSearch
from ..features.repositories.service import RepositoryService
from ..features.search.everything import SearchOfEverything
from ..features.search.service import SearchService
from ..features.snapshots.service import SnapshotService
from .context import ProcessContext


async def _context(request: Request) -> ProcessContext:
    context: ProcessContext = request.app.state.context
    return context


Context = Annotated[ProcessContext, Depends(_context)]


async def _search(context: Context) -> SearchService:
    return context.search


async def _knowledge(context: Context) -> KnowledgeService:
    return context.knowledge


async def _prompts(context: Context) -> PromptService:
    return context.prompts


async def _snapshots(context: Context) -> SnapshotService:
    return context.snapshots


async def _repositories(context: Context) -> RepositoryService:
    return context.code.repositories


async def _files(context: Context) -> RepositoryFiles:
    return context.code.files


async def _code_search(context: Context) -> CodeSearch:
    return context.code.search


async def _everything(context: Context) -> SearchOfEverything:
    return context.everything


Everything = Annotated[SearchOfEverything, Depends(_everything)]
Repositories = Annotated[RepositoryService, Depends(_repositories)]
Files = Annotated[RepositoryFiles, Depends(_files)]
Code = Annotated[CodeSearch, Depends(_code_search)]
Snapshots = Annotated[SnapshotService, Depends(_snapshots)]
Search = Annotated[SearchService, Depends(_search)]
Knowledge = Annotated[KnowledgeService, Depends(_knowledge)]
Prompts = Annotated[PromptService, Depends(_prompts)]
