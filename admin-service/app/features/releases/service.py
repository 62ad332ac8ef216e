"""Releases: what went into production by which verdict, and back again in one call."""

from collections.abc import Callable, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, NotFound

from ...core.clock import Clock
from ...db import releases
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.evaluation_tables import Release
from ...db.models import Engine, MeshSettings, Template
from ...db.pack_verdict import pack_verdict
from ...db.pages import Page, PageRequest, fetch_page
from ...db.revisions import Feed, advance
from ...db.serving import serving_of
from ...quality.gate import Verdict
from ...quality.golden import Pack


class ReleaseService:
    def __init__(self, database: Database, clock: Clock, packs: Callable[[], Mapping[str, Pack]]) -> None:
        self._database, self._clock, self._packs = database, clock, packs

    async def page(self, kind: str | None, subject: str | None, page: PageRequest) -> Page[Release]:
        statement = select(Release)
        if kind:
            statement = statement.where(col(Release.kind) == kind)
        if subject:
            statement = statement.where(col(Release.subject) == subject)
        async with self._database.transaction() as session:
            return await fetch_page(session, statement, key=col(Release.id), key_of=lambda row: row.id, page=page)

    async def release_pack(self, actor: Actor, framework: str, overrule: str | None) -> Release:
        """Labels the pack as it lies in its folder now. Its label is what evaluations of later states are held to."""
        pack = self._packs().get(framework)
        if pack is None:
            raise NotFound("There is no such pack.", code="pack_not_found")
        async with self._database.transaction() as session:
            last = await releases.latest(session, releases.PACK, framework)
            before = last.value if last else ""
            verdict = await pack_verdict(session, framework, pack.hash, before)
            written = await releases.release(
                session, actor, self._clock(), kind=releases.PACK, subject=framework, value=pack.hash, before=before,
                verdict=verdict, overrule=overrule,
            )  # fmt: skip
            after = {"version": pack.version, "hash": pack.hash}
            record(session, actor, "pack.release", ("pack", framework), after=after)
            return written

    async def roll_back(self, actor: Actor, kind: str, subject: str, release_id: str | None) -> Release:
        """Takes the newest release back, and no evaluation is asked for. Asked again, nothing more happens.

        Raises:
            Conflict: `release_id` is not the newest any more, or what was there before is gone or another by now.
        """
        async with self._database.transaction() as session:
            template, settings = await self._held(session, kind, subject)
            taken_back = await releases.latest_made(session, kind, subject)
            if taken_back is None:
                raise NotFound("Nothing of this was released yet.", code="release_not_found")
            if kind == releases.PACK:
                raise Conflict("Put the earlier folder back: its state was in production.", code="pack_is_a_folder")
            done = await releases.undoing(session, kind, subject, release_id or taken_back.id)
            if done is not None:
                return done
            if release_id not in {None, taken_back.id}:
                raise Conflict("Something else was released since.", code="version_conflict")
            if template is not None:
                await self._label(session, template, taken_back)
            if settings is not None:
                await self._choose_engine(session, settings, taken_back)
            served = taken_back.served and {"value": taken_back.served["before"], "before": taken_back.served["value"]}
            after = {"from": taken_back.value, "to": taken_back.before}
            record(session, actor, f"{kind}.roll_back", (kind, subject), after=after)
            return await releases.release(
                session, actor, self._clock(), kind=kind, subject=subject, value=taken_back.before,
                before=taken_back.value, verdict=Verdict("rollback"), served=served, undoes=taken_back.id,
            )  # fmt: skip

    @staticmethod
    async def _held(session: AsyncSession, kind: str, subject: str) -> tuple[Template | None, MeshSettings | None]:
        """What the release is of, locked: of two calls at once the second one sees what the first one did."""
        if kind == releases.TEMPLATE:
            return await session.get(Template, subject, with_for_update=True), None
        if kind == releases.ENGINE:
            return None, await session.get(MeshSettings, "mesh", with_for_update=True)
        return None, None

    async def _label(self, session: AsyncSession, template: Template, taken_back: Release) -> None:
        if str(template.labels.get("production", 0)) != taken_back.value:
            raise Conflict("Its label was moved since.", code="version_conflict")
        others = {name: number for name, number in template.labels.items() if name != "production"}
        number = int(taken_back.before or 0)
        template.labels = {**others, "production": number} if number else others
        template.version += 1
        template.updated_at = self._clock()
        await advance(session, Feed.TEMPLATES)

    async def _choose_engine(self, session: AsyncSession, settings: MeshSettings, taken_back: Release) -> None:
        engine = await session.get(Engine, taken_back.before)
        if engine is None or not engine.enabled:
            raise Conflict("The engine that was in production before is gone.", code="engine_gone")
        if settings.document["default_engine"] != taken_back.value:
            raise Conflict("The default engine was changed since.", code="version_conflict")
        if serving_of(engine) != (taken_back.served or {}).get("before"):
            raise Conflict(
                "The engine serves another model, or at another address, than before: change that back, "
                "or choose it anew.",
                code="engine_changed",
            )
        settings.document = {**settings.document, "default_engine": taken_back.before}
        settings.version += 1
        settings.updated_at = self._clock()
        await advance(session, Feed.SETTINGS)
