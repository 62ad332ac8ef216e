"""What an engine serves: evaluations measure a model at an address, and an engine's name may come to mean another."""

from hashlib import sha256
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from .models import Engine

BUILTIN = "builtin"
"""The engine that needs no model, and holds no GPU."""
Serving = dict[str, Any]
"""`kind`, `model` and `url_hash`: evaluations are shown and exported, and an address is nobody's business there."""


def serving_of(engine: Engine) -> Serving:
    digest = sha256((engine.base_url or "").encode()).hexdigest()
    return {"kind": engine.kind, "model": engine.model, "url_hash": digest[:16]}


async def servings_now(session: AsyncSession) -> dict[str, Serving]:
    return {engine.id: serving_of(engine) for engine in await session.exec(select(Engine))}


async def serving_now(session: AsyncSession, engine_id: str) -> Serving | None:
    """None where the name is no engine's: an alias, a class of models, an engine of the environment."""
    engine = await session.get(Engine, engine_id)
    return serving_of(engine) if engine else None
