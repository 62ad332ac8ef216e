"""The life of a LoRA adapter: registered, loaded, compared with the base model, promoted, rolled back (R4.6)."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, FieldError, NotFound, ServiceError, Unprocessable, UpstreamRejected

from ...core.clock import Clock
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import Adapter, Engine
from .rules import comparison

BASE = ""
FIGURES_DAYS = 30


class Proxy(Protocol):
    """What is needed of llm-proxy."""

    async def adapters(self, engine_id: str, *, user_id: str, role: str) -> dict[str, Any]: ...

    async def load(
        self, engine_id: str, *, name: str, version: str, path: str, user_id: str, role: str
    ) -> dict[str, Any]: ...

    async def unload(self, engine_id: str, name: str, *, user_id: str, role: str) -> dict[str, Any]: ...

    async def weigh(self, engine_id: str, weights: dict[str, float], *, user_id: str, role: str) -> dict[str, Any]: ...

    async def roll_back(self, engine_id: str, *, user_id: str, role: str) -> dict[str, Any]: ...


class Figures(Protocol):
    async def figures(self, days: int, *, user_id: str, role: str) -> dict[str, Any]: ...


class AdapterService:
    def __init__(self, database: Database, proxy: Proxy, figures: Figures, clock: Clock) -> None:
        self._database, self._proxy, self._figures, self._clock = database, proxy, figures, clock

    async def overview(self, actor: Actor, engine_id: str) -> dict[str, Any]:
        """What is registered, what the server has loaded, and how each does."""
        async with self._database.transaction() as session:
            engine = await _engine(session, engine_id)
            rows = await _registered(session, engine_id)
        state, supported, reachable = await self._state(actor, engine_id)
        return _view(engine, rows, state, await self._figures_of(actor), supported=supported, reachable=reachable)

    async def register(self, actor: Actor, engine_id: str, members: Mapping[str, str]) -> dict[str, Any]:
        name = f"{members['name']}@{members['version']}" if members["version"] else members["name"]
        async with self._database.transaction() as session:
            await _engine(session, engine_id)
            if await session.get(Adapter, (engine_id, name)):
                message = "There is an adapter of this name and version."
                raise Conflict(message, code="adapter_exists", errors=[FieldError("version", message, "taken")])
            session.add(
                Adapter(
                    engine_id=engine_id, name=name, adapter=members["name"], adapter_version=members["version"],
                    path=members["path"], note=members["note"], created_by=actor.user_id, created_at=self._clock(),
                )
            )  # fmt: skip
            after = {"path": members["path"], "note": members["note"]}
            record(session, actor, "adapter.register", ("adapter", f"{engine_id}/{name}"), after=after)
        return await self.overview(actor, engine_id)

    async def remove(self, actor: Actor, engine_id: str, name: str) -> None:
        """Raises Conflict while the server has it loaded."""
        state, _, _ = await self._state(actor, engine_id)
        if name in {item["name"] for item in state["adapters"]}:
            raise Conflict("The adapter is loaded: unload it first.", code="adapter_loaded")
        async with self._database.transaction() as session:
            row = await _adapter(session, engine_id, name)
            record(session, actor, "adapter.remove", ("adapter", f"{engine_id}/{name}"), before={"path": row.path})
            await session.delete(row)

    async def load(self, actor: Actor, engine_id: str, name: str) -> dict[str, Any]:
        """The server reads it; no call goes there before it has a share."""
        async with self._database.transaction() as session:
            row = await _adapter(session, engine_id, name)
        await self._proxy.load(
            engine_id, name=row.adapter, version=row.adapter_version, path=row.path, user_id=actor.user_id,
            role=actor.role,
        )  # fmt: skip
        return await self._done(actor, engine_id, "adapter.load", {"name": name})

    async def unload(self, actor: Actor, engine_id: str, name: str) -> dict[str, Any]:
        await self._proxy.unload(engine_id, name, user_id=actor.user_id, role=actor.role)
        return await self._done(actor, engine_id, "adapter.unload", {"name": name})

    async def share(self, actor: Actor, engine_id: str, shares: Mapping[str, float]) -> dict[str, Any]:
        """A/B: what the adapters leave goes to the base model.

        Raises:
            Unprocessable: the shares come to more than all calls, or llm-proxy does not know an adapter.
        """
        given = {name: share for name, share in shares.items() if name != BASE}
        rest = round(1.0 - sum(given.values()), 6)
        if rest < 0:
            message = "The shares come to more than 1."
            raise Unprocessable(message, errors=[FieldError("shares", message)])
        await self._proxy.weigh(engine_id, {BASE: rest, **given}, user_id=actor.user_id, role=actor.role)
        return await self._done(actor, engine_id, "adapter.share", {"shares": {BASE: rest, **given}})

    async def promote(self, actor: Actor, engine_id: str, name: str) -> dict[str, Any]:
        """All calls go to the adapter; the way back is one call."""
        return await self.share(actor, engine_id, {name: 1.0})

    async def roll_back(self, actor: Actor, engine_id: str) -> dict[str, Any]:
        """The shares before; the base model alone where there were none."""
        await self._proxy.roll_back(engine_id, user_id=actor.user_id, role=actor.role)
        return await self._done(actor, engine_id, "adapter.roll_back", {})

    async def _done(self, actor: Actor, engine_id: str, action: str, after: dict[str, Any]) -> dict[str, Any]:
        async with self._database.transaction() as session:
            record(session, actor, action, ("engine", engine_id), after=after)
        return await self.overview(actor, engine_id)

    async def _state(self, actor: Actor, engine_id: str) -> tuple[dict[str, Any], bool, bool]:
        """What llm-proxy says; whether the server takes adapters, and whether anybody answered."""
        nothing: dict[str, Any] = {"base_weight": 1.0, "adapters": []}
        try:
            return await self._proxy.adapters(engine_id, user_id=actor.user_id, role=actor.role), True, True
        except UpstreamRejected as error:
            return nothing, error.code not in {"unsupported_parameter", "engine_not_found"}, True
        except ServiceError:
            return nothing, True, False

    async def _figures_of(self, actor: Actor) -> list[dict[str, Any]]:
        try:
            answer = await self._figures.figures(FIGURES_DAYS, user_id=actor.user_id, role=actor.role)
        except ServiceError:
            return []
        return list(answer["models"])


def _view(
    engine: Engine,
    rows: Sequence[Adapter],
    state: Mapping[str, Any],
    figures: Sequence[dict[str, Any]],
    *,
    supported: bool,
    reachable: bool,
) -> dict[str, Any]:
    loaded = {item["name"]: item for item in state["adapters"]}
    kept = {row.name: row for row in rows}
    measured = {item["adapter"]: item for item in figures if item["model"] in {engine.model, engine.id}}
    share = _shares({BASE: state["base_weight"], **{name: item["weight"] for name, item in loaded.items()}})
    adapters = []
    for name in dict.fromkeys([*kept, *loaded]):
        row, item = kept.get(name), loaded.get(name)
        adapters.append({
            "name": name, "path": row.path if row else (item or {}).get("path", ""), "note": row.note if row else "",
            "registered": row is not None, "loaded": item is not None, "share": share.get(name, 0.0),
            "created_by": row.created_by if row else None, "created_at": row.created_at if row else None,
            "figures": measured.get(name),
        })  # fmt: skip
    compared = [comparison(name, own) for name, own in measured.items() if own.get("base_accepted") is not None]
    return {
        "engine": engine.id, "model": engine.model, "supported": supported, "reachable": reachable,
        "base_share": share[BASE], "base_figures": measured.get(BASE),
        "adapters": adapters, "comparisons": compared,
    }  # fmt: skip


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Of all calls. Where nobody is left with a weight, they go to the base model: its adapter was unloaded."""
    total = sum(weights.values())
    return {name: round(weight / total, 6) for name, weight in weights.items()} if total else {BASE: 1.0}


async def _engine(session: AsyncSession, engine_id: str) -> Engine:
    engine = await session.get(Engine, engine_id)
    if engine is None:
        raise NotFound("There is no such engine.")
    return engine


async def _registered(session: AsyncSession, engine_id: str) -> Sequence[Adapter]:
    statement = select(Adapter).where(col(Adapter.engine_id) == engine_id).order_by(col(Adapter.created_at))
    return (await session.exec(statement)).all()


async def _adapter(session: AsyncSession, engine_id: str, name: str) -> Adapter:
    row = await session.get(Adapter, (engine_id, name))
    if row is None:
        raise NotFound("There is no such adapter.", code="adapter_not_found")
    return row
