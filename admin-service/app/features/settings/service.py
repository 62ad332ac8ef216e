"""Settings of the mesh, and the view of them and the engines that all services poll."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.logging import get_logger

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.versions import Expected
from ...db import releases, verdicts
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.mesh_settings import currency_of, log_of, prices_of
from ...db.models import Engine, MeshSettings
from ...db.revisions import Feed, advance, current
from ...db.serving import serving_now
from ...quality.gate import GateRules
from ...quality.golden import Pack
from ...security.encryption import SecretBox, Undecryptable

_CHOSEN = "default_engine_chosen"
_MERGED = frozenset({"retrieval", "log", "currency", "prices"})
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """The document, as people see it."""

    default_engine: str
    default_framework: str | None
    self_registration: bool | None
    registration: str | None
    retrieval: dict[str, Any]
    gates: dict[str, Any]
    log: dict[str, Any]
    currency: str
    prices: dict[str, dict[str, float]]
    version: int


class SettingsService:
    def __init__(
        self,
        database: Database,
        box: SecretBox,
        clock: Clock,
        default_framework: Callable[[], str],
        packs: Callable[[], Mapping[str, Pack]],
    ) -> None:
        """`default_framework` gives the one that holds where no admin has chosen."""
        self._database = database
        self._box = box
        self._clock = clock
        self._default_framework = default_framework
        self._packs = packs

    async def get(self) -> Settings:
        async with self._database.transaction() as session:
            return _view(await _row(session))

    async def update(self, actor: Actor, changes: dict[str, Any], expected: Expected) -> Settings:
        """Changes what is given; the services have it within their next poll."""
        async with self._database.transaction() as session:
            row = await _row(session, lock=True)
            expected.check(row.version)
            overrule = changes.pop("overrule", None)
            document = {**row.document, **{name: value for name, value in changes.items() if name not in _MERGED}}
            if changes.get("gates") is None and "gates" in document:
                document["gates"] = row.document.get("gates") or asdict(GateRules())
            if "self_registration" in changes and "registration" not in changes:
                document["registration"] = None
            if changes.get("default_engine") is not None:
                await _check_default(session, changes["default_engine"])
                await self._release(session, actor, row.document, changes["default_engine"], overrule)
                document[_CHOSEN] = True
            else:
                document["default_engine"] = row.document["default_engine"]
            given = {name: value for name, value in (changes.get("retrieval") or {}).items() if value is not None}
            document["retrieval"] = {**row.document["retrieval"], **given}
            document |= _chosen(row.document, changes)
            before = _audited(row.document)
            row.document = document
            row.version += 1
            row.updated_at = self._clock()
            await advance(session, Feed.SETTINGS)
            record(session, actor, "settings.update", ("settings", row.id), before=before, after=_audited(document))
            return _view(row)

    async def _release(
        self, session: AsyncSession, actor: Actor, document: dict[str, Any], engine_id: str, overrule: str | None
    ) -> None:
        """The default engine is the one in production: the gate has its word on it."""
        current = str(document["default_engine"])
        if engine_id == current:
            return
        new = verdicts.Served(engine_id, await serving_now(session, engine_id))
        old = verdicts.Served(current, await serving_now(session, current))
        verdict = await verdicts.engine_verdict(session, new, await verdicts.compared_with(session, old), self._packs)
        await releases.release(
            session, actor, self._clock(), kind=releases.ENGINE, subject=releases.DEFAULT, value=engine_id,
            before=current, verdict=verdict, overrule=overrule, served={"value": new.serving, "before": old.serving},
        )  # fmt: skip

    async def revision(self) -> str:
        async with self._database.transaction() as session:
            return str(await current(session, Feed.SETTINGS))

    async def published(self, *, with_secrets: bool) -> dict[str, Any]:
        """What services poll. Secrets are opened for llm-proxy alone."""
        async with self._database.transaction() as session:
            revision = await current(session, Feed.SETTINGS)
            document = (await _row(session)).document
            engines = (await session.exec(select(Engine).order_by(col(Engine.id)))).all()
        return {
            "revision": str(revision),
            "default_engine": document["default_engine"],
            "default_engine_chosen": bool(document.get(_CHOSEN)),
            "engines": [self._published_engine(engine, with_secrets=with_secrets) for engine in engines],
            "retrieval": document["retrieval"],
            "default_framework": document["default_framework"] or self._default_framework(),
            "log": log_of(document),
        }

    def _published_engine(self, engine: Engine, *, with_secrets: bool) -> dict[str, Any]:
        members = (
            "id", "name", "kind", "model", "api", "context_window", "max_output_tokens", "temperature",
            "enabled", "fallbacks", "weight", "max_concurrency", "max_queue", "aliases", "capabilities",
            "models_at_once",
        )  # fmt: skip
        view = {member: getattr(engine, member) for member in members}
        return {
            **view,
            "base_url": engine.base_url or "",
            "model_class": engine.llm_class,
            "api_key": self._opened(engine) if with_secrets else None,
        }

    def _opened(self, engine: Engine) -> str | None:
        if engine.secret_encrypted is None:
            return None
        try:
            return self._box.open(engine.secret_encrypted, purpose=f"engine:{engine.id}").decode()
        except Undecryptable:
            _log.error("engine_secret_undecryptable", engine=engine.id)
            return None


async def _row(session: AsyncSession, *, lock: bool = False) -> MeshSettings:
    statement = select(MeshSettings).where(col(MeshSettings.id) == "mesh")
    return (await session.exec(statement.with_for_update() if lock else statement)).one()


async def _check_default(session: AsyncSession, engine_id: str) -> None:
    engine = await session.get(Engine, engine_id)
    if engine is None:
        raise invalid_field("default_engine", "There is no such engine.", "unknown")
    if not engine.enabled:
        raise invalid_field("default_engine", "The engine is switched off.", "disabled")


def _chosen(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Of the members that came later, those that are changed; the others stay out of the document."""
    chosen: dict[str, Any] = {}
    if changes.get("log") is not None:
        log = {**log_of(document), **changes["log"]}
        chosen["log"] = {**log, "redact": log["redact"] or []}
    if changes.get("currency") is not None:
        chosen["currency"] = changes["currency"]
    if changes.get("prices") is not None:
        prices = {**prices_of(document), **changes["prices"]}
        chosen["prices"] = {engine: price for engine, price in prices.items() if price is not None}
    return chosen


def _audited(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != _CHOSEN}


def _view(row: MeshSettings) -> Settings:
    document = row.document
    return Settings(
        default_engine=document["default_engine"],
        default_framework=document["default_framework"],
        self_registration=document["self_registration"],
        registration=document.get("registration"),
        retrieval=document["retrieval"],
        gates=asdict(GateRules.of(document)),
        log=log_of(document),
        currency=currency_of(document),
        prices=prices_of(document),
        version=row.version,
    )
