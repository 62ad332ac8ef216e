"""Engines: the language-model servers of the mesh, their secrets and their fallbacks."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, FieldError, NotFound

from ...core.clock import Clock
from ...core.errors import invalid_field, invalid_fields
from ...core.versions import Expected
from ...db import releases, verdicts
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import Engine, MeshSettings
from ...db.pages import Page, PageRequest, fetch_page
from ...db.revisions import Feed, advance
from ...db.serving import BUILTIN, Serving, serving_of
from ...quality.golden import Pack
from ...security.encryption import SecretBox
from ...security.url_policy import UrlPolicy
from .rules import RESERVED_IDS, class_of, origin, problems

_NULLABLE = frozenset({"temperature", "api_key", "max_concurrency", "capabilities", "models_at_once"})
_SERVING = ("weight", "max_concurrency", "max_queue", "aliases", "capabilities", "models_at_once")
"""Members that say how calls are spread; llm-proxy alone reads them."""


class EngineService:
    def __init__(
        self,
        database: Database,
        box: SecretBox,
        policy: UrlPolicy,
        clock: Clock,
        packs: Callable[[], Mapping[str, Pack]],
    ) -> None:
        self._database = database
        self._box = box
        self._policy = policy
        self._clock = clock
        self._packs = packs

    async def list(self, page: PageRequest) -> Page[Engine]:
        async with self._database.transaction() as session:
            return await fetch_page(
                session, select(Engine), key=col(Engine.id), key_of=lambda engine: engine.id, page=page,
                newest_first=False,
            )  # fmt: skip

    async def get(self, engine_id: str) -> Engine:
        async with self._database.transaction() as session:
            return await _find(session, engine_id)

    async def create(self, actor: Actor, members: dict[str, Any]) -> Engine:
        """`members` as in the request; `api_key` is sealed."""
        engine_id: str = members["id"]
        if engine_id in RESERVED_IDS:
            raise invalid_field("id", "This word has a meaning of its own.", "reserved")
        async with self._database.transaction() as session:
            if await session.get(Engine, engine_id):
                taken = FieldError("id", "There is an engine with this id.", "taken")
                raise Conflict("There is an engine with this id.", code="engine_exists", errors=[taken])
            now = self._clock()
            engine = Engine(
                id=engine_id, name=members["name"] or engine_id, kind=members["kind"], base_url=members["base_url"],
                model=members["model"], api=members["api"],
                llm_class=members["model_class"] or class_of(members["model"], cloud=members["kind"] == "openai"),
                context_window=members["context_window"], max_output_tokens=members["max_output_tokens"],
                temperature=members["temperature"], fallbacks=members["fallbacks"], enabled=members["enabled"],
                secret_encrypted=self._sealed(engine_id, members["api_key"]), created_at=now, updated_at=now,
                **{name: members[name] for name in _SERVING},
            )  # fmt: skip
            await self._check(session, engine)
            session.add(engine)
            await advance(session, Feed.SETTINGS)
            record(session, actor, "engine.create", ("engine", engine.id), after=public_view(engine))
        return engine

    async def update(
        self, actor: Actor, engine_id: str, changes: dict[str, Any], expected: Expected, *, overrule: str | None = None
    ) -> Engine:
        """Changes what is given. A secret never goes to another server than it was entered for.

        Raises:
            GateRefused: the default engine would serve something that no evaluation shows fit for production.
        """
        async with self._database.transaction() as session:
            engine = await _find(session, engine_id, lock=True)
            expected.check(engine.version)
            before, served = public_view(engine), serving_of(engine)
            self._apply(engine, changes)
            await self._check(session, engine)
            if (await _settings(session)).document["default_engine"] == engine.id:
                if not engine.enabled:
                    raise invalid_field("enabled", "It is the default engine: choose another default first.", "in_use")
                await self._release(session, actor, engine, served, overrule)
            engine.version += 1
            engine.updated_at = self._clock()
            await advance(session, Feed.SETTINGS)
            record(session, actor, "engine.update", ("engine", engine.id), before=before, after=public_view(engine))
        return engine

    async def delete(self, actor: Actor, engine_id: str, expected: Expected) -> None:
        """Removes an engine that nothing refers to."""
        async with self._database.transaction() as session:
            engine = await _find(session, engine_id, lock=True)
            expected.check(engine.version)
            if engine.kind == BUILTIN:
                raise Conflict("The built-in engine is the last fallback of all others.", code="builtin_engine")
            users = [name for name, chain in (await _chains(session)).items() if engine_id in chain]
            if users or (await _settings(session)).document["default_engine"] == engine_id:
                named = ", ".join(users) or "the default"
                raise Conflict(f"The engine is in use as fallback or default: {named}.", code="engine_in_use")
            await advance(session, Feed.SETTINGS)
            record(session, actor, "engine.delete", ("engine", engine.id), before=public_view(engine))
            await session.delete(engine)

    async def probe_target(self, engine_id: str) -> tuple[Engine, str | None]:
        """An engine and its opened secret, for the test of the connection."""
        engine = await self.get(engine_id)
        if engine.secret_encrypted is None:
            return engine, None
        return engine, self._box.open(engine.secret_encrypted, purpose=f"engine:{engine.id}").decode()

    async def _release(
        self, session: AsyncSession, actor: Actor, engine: Engine, before: Serving, overrule: str | None
    ) -> None:
        """Another model or server in the default engine's place is another engine in production."""
        serving = serving_of(engine)
        if serving == before:
            return
        new = verdicts.Served(engine.id, serving, by_any=True)
        verdict = await verdicts.engine_verdict(session, new, verdicts.Served(engine.id, before), self._packs)
        await releases.release(
            session, actor, self._clock(), kind=releases.ENGINE, subject=releases.DEFAULT, value=engine.id,
            before=engine.id, verdict=verdict, overrule=overrule, served={"value": serving, "before": before},
        )  # fmt: skip

    def _apply(self, engine: Engine, changes: dict[str, Any]) -> None:
        if engine.kind == BUILTIN and set(changes) - {"name", "context_window", "max_output_tokens", "enabled"}:
            wrong = sorted(set(changes) - {"name", "context_window", "max_output_tokens", "enabled"})
            raise invalid_fields([FieldError(name, "The built-in engine has no such setting.") for name in wrong])
        old_origin = origin(engine.base_url)
        for member, value in changes.items():
            if value is None and member not in _NULLABLE:
                continue
            if member == "api_key":
                engine.secret_encrypted = self._sealed(engine.id, value)
            else:
                setattr(engine, "llm_class" if member == "model_class" else member, value)
        if engine.secret_encrypted and origin(engine.base_url) != old_origin and "api_key" not in changes:
            raise invalid_field("api_key", "The server is another one: enter its key again.", "secret_needed")

    async def _check(self, session: AsyncSession, engine: Engine) -> None:
        chains = await _chains(session)
        chains.pop(engine.id, None)
        found = problems(
            {
                "id": engine.id, "kind": engine.kind, "base_url": engine.base_url, "fallbacks": engine.fallbacks,
                "context_window": engine.context_window, "max_output_tokens": engine.max_output_tokens,
                "aliases": engine.aliases,
            },
            chains,
            self._policy,
        )  # fmt: skip
        if found:
            raise invalid_fields(found)

    def _sealed(self, engine_id: str, secret: str | None) -> bytes | None:
        return self._box.seal(secret, purpose=f"engine:{engine_id}") if secret else None


def public_view(engine: Engine) -> dict[str, Any]:
    """What the audit log keeps of an engine: of the secret, that there is one, and when it changes."""
    members = (
        "name", "kind", "base_url", "model", "api", "context_window", "max_output_tokens", "temperature", "enabled",
    )  # fmt: skip
    view = {member: getattr(engine, member) for member in members}
    fingerprint = sha256(engine.secret_encrypted).hexdigest()[:8] if engine.secret_encrypted else None
    return {
        **view,
        **{member: getattr(engine, member) for member in _SERVING},
        "model_class": engine.llm_class,
        "fallbacks": list(engine.fallbacks),
        "api_key": None if fingerprint is None else f"set ({fingerprint})",
    }


async def _find(session: AsyncSession, engine_id: str, *, lock: bool = False) -> Engine:
    statement = select(Engine).where(col(Engine.id) == engine_id)
    engine = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if engine is None:
        raise NotFound("There is no such engine.")
    return engine


async def _chains(session: AsyncSession) -> dict[str, list[str]]:
    with session.no_autoflush:
        rows = (await session.exec(select(Engine.id, Engine.fallbacks))).all()
    return {engine_id: list(fallbacks) for engine_id, fallbacks in rows}


async def _settings(session: AsyncSession) -> MeshSettings:
    """The settings, locked: the default engine can't change while it is decided on."""
    return (await session.exec(select(MeshSettings).with_for_update())).one()
