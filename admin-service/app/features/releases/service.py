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
from ...db.pages import Page, PageRequest, fetch_page
from ...db.revisions import Feed, advance
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
            verdict = await releases.pack_verdict(session, framework, pack.hash, before)
            await releases.release(
                session, actor, self._clock(), kind=releases.PACK, subject=framework, value=pack.hash, before=before,
                verdict=verdict, overrule=overrule,
            )  # fmt: skip
            after = {"version": pack.version, "hash": pack.hash}
            record(session, actor, "pack.release", ("pack", framework), after=after)
            await session.flush()
            return await self._last(session, releases.PACK, framework)

    async def roll_back(self, actor: Actor, kind: str, subject: str) -> Release:
        """What was in production before is there again; no evaluation is asked for."""
        async with self._database.transaction() as session:
            last = await self._last(session, kind, subject)
            if kind == releases.PACK:
                raise Conflict("Put the earlier folder back: its state was in production.", code="pack_is_a_folder")
            await self._put_back(session, kind, last)
            await releases.release(
                session, actor, self._clock(), kind=kind, subject=subject, value=last.before, before=last.value,
                verdict=Verdict("rollback"), overrule=None,
            )  # fmt: skip
            after = {"from": last.value, "to": last.before}
            record(session, actor, f"{kind}.roll_back", (kind, subject), after=after)
            await session.flush()
            return await self._last(session, kind, subject)

    @staticmethod
    async def _last(session: AsyncSession, kind: str, subject: str) -> Release:
        found = await releases.latest(session, kind, subject)
        if found is None:
            raise NotFound("Nothing of this was released yet.", code="release_not_found")
        return found

    async def _put_back(self, session: AsyncSession, kind: str, last: Release) -> None:
        if kind == releases.TEMPLATE:
            template = await session.get(Template, last.subject, with_for_update=True)
            if template is None or str(template.labels.get("production", 0)) != last.value:
                raise Conflict("Its label was moved since.", code="version_conflict")
            others = {name: number for name, number in template.labels.items() if name != "production"}
            number = int(last.before or 0)
            template.labels = {**others, "production": number} if number else others
            template.version += 1
            template.updated_at = self._clock()
            await advance(session, Feed.TEMPLATES)
            return
        settings = await session.get(MeshSettings, "mesh", with_for_update=True)
        engine = await session.get(Engine, last.before)
        if settings is None or engine is None or not engine.enabled:
            raise Conflict("The engine that was in production before is gone.", code="engine_gone")
        if settings.document["default_engine"] != last.value:
            raise Conflict("The default engine was changed since.", code="version_conflict")
        settings.document = {**settings.document, "default_engine": last.before}
        settings.version += 1
        settings.updated_at = self._clock()
        await advance(session, Feed.SETTINGS)
