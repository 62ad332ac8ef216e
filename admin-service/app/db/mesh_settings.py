"""Members of the mesh's settings that came later than the document: what holds where none was chosen."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from .database import Database
from .models import MeshSettings

_LOG: dict[str, Any] = {"keep_days": None, "keep_details_days": None, "redact": []}


def log_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """How long the log of generations is kept, and what of it is masked."""
    return {**_LOG, **(document.get("log") or {})}


def currency_of(document: Mapping[str, Any]) -> str:
    return document.get("currency") or "KRW"


def prices_of(document: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """What engines cost: `gpu_hour`, `prompt_million` and `completion_million` by engine."""
    return dict(document.get("prices") or {})


async def settings_document(session: AsyncSession) -> Mapping[str, Any]:
    return (await session.exec(select(MeshSettings))).one().document


async def read_document(database: Database) -> dict[str, Any]:
    async with database.transaction() as session:
        return dict(await settings_document(session))
