"""Prompt templates: immutable versions, and labels that say which version is in use."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, FieldError

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.versions import Expected
from ...db import releases, verdicts
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import Template, TemplateVersion
from ...db.pages import Page, PageRequest, fetch_page
from ...db.revisions import Feed, advance, current
from ...quality.gate import Verdict
from ...quality.golden import Pack
from .diff import Diff, compare
from .repository import TemplateDetail, detail_of, find, find_version

PRODUCTION = "production"


class TemplateService:
    def __init__(self, database: Database, clock: Clock, packs: Callable[[], Mapping[str, Pack]]) -> None:
        self._database = database
        self._clock = clock
        self._packs = packs

    async def list(self, framework: str | None, task: str | None, page: PageRequest) -> Page[Template]:
        statement = select(Template)
        if framework:
            statement = statement.where(col(Template.framework) == framework)
        if task:
            statement = statement.where(col(Template.task) == task)
        async with self._database.transaction() as session:
            return await fetch_page(
                session, statement, key=col(Template.id), key_of=lambda row: row.id, page=page, newest_first=False
            )

    async def get(self, template_id: str) -> TemplateDetail:
        async with self._database.transaction() as session:
            return await detail_of(session, await find(session, template_id))

    async def create(self, actor: Actor, members: dict[str, Any]) -> TemplateDetail:
        """Version 1 of a template, with the labels that are given."""
        template_id = f"{members['framework']}/{members['name'] or members['task']}"
        now = self._clock()
        async with self._database.transaction() as session:
            if await session.get(Template, template_id):
                taken = FieldError("name", f"There is a template {template_id}.", "taken")
                raise Conflict(f"There is a template {template_id}.", code="template_exists", errors=[taken])
            template = Template(
                id=template_id, framework=members["framework"], task=members["task"], latest_version=1,
                labels=dict.fromkeys(members["labels"], 1), created_at=now, updated_at=now,
            )  # fmt: skip
            session.add(template)
            await session.flush()
            self._add_version(session, actor, template, members["content"], members["note"])
            if PRODUCTION in members["labels"]:
                template.labels = {}
                await self._release(session, actor, template, 1, members["overrule"])
                template.labels = dict.fromkeys(members["labels"], 1)
            await advance(session, Feed.TEMPLATES)
            after = {**public_view(template), "task": template.task}
            record(session, actor, "template.create", ("template", template_id), after=after)
            await session.flush()
            return await detail_of(session, template)

    async def add_version(
        self, actor: Actor, template_id: str, *, content: str, base_version: int, note: str, expected: Expected
    ) -> TemplateDetail:
        """A new version; no label moves by that. Conflict where `base_version` is not the latest."""
        async with self._database.transaction() as session:
            template = await find(session, template_id, lock=True)
            expected.check(template.version)
            if base_version != template.latest_version:
                raise await self._overtaken(session, template, base_version)
            before = public_view(template)
            template.latest_version += 1
            self._touch(template)
            self._add_version(session, actor, template, content, note)
            record(
                session, actor, "template.add_version", ("template", template.id),
                before=before, after=public_view(template),
            )  # fmt: skip
            await session.flush()
            return await detail_of(session, template)

    async def move_label(
        self, actor: Actor, template_id: str, label: str, *, version: int | None, stood_on: int | None,
        expected: Expected, overrule: str | None = None,
    ) -> Template:  # fmt: skip
        """Puts the label on a version (an older one rolls back), or takes it away: then the pack's template holds."""
        async with self._database.transaction() as session:
            template = await find(session, template_id, lock=True)
            expected.check(template.version)
            present = template.labels.get(label, 0)
            if stood_on is not None and stood_on != present:
                extra = {"current_version": present}
                raise Conflict("Somebody else has moved the label.", code="version_conflict", extra=extra)
            if version is not None and version > template.latest_version:
                raise invalid_field("version", f"The latest version is {template.latest_version}.", "unknown")
            if present == (version or 0):
                return template
            if label == PRODUCTION:
                await self._release(session, actor, template, version or 0, overrule)
            before = public_view(template)
            others = {name: number for name, number in template.labels.items() if name != label}
            template.labels = others if version is None else {**others, label: version}
            self._touch(template)
            await advance(session, Feed.TEMPLATES)
            record(
                session, actor, "template.move_label", ("template", template.id),
                before=before, after=public_view(template),
            )  # fmt: skip
        return template

    async def content(self, template_id: str, version: int) -> TemplateVersion:
        async with self._database.transaction() as session:
            return await find_version(session, template_id, version)

    async def diff(self, template_id: str, from_version: int, to_version: int) -> Diff:
        """What changed between two versions, by line."""
        async with self._database.transaction() as session:
            old = await find_version(session, template_id, from_version)
            new = await find_version(session, template_id, to_version)
        return compare(template_id, old, new)

    async def revision(self) -> str:
        async with self._database.transaction() as session:
            return str(await current(session, Feed.TEMPLATES))

    async def published(self) -> dict[str, Any]:
        """What rag-service polls: the version in production of each template."""
        async with self._database.transaction() as session:
            revision = await current(session, Feed.TEMPLATES)
            production = col(Template.labels)["production"].as_integer()
            statement = (
                select(Template, TemplateVersion.content)
                .join(TemplateVersion, col(TemplateVersion.template_id) == col(Template.id))
                .where(col(TemplateVersion.version) == production)
                .order_by(col(Template.id))
            )
            rows = (await session.exec(statement)).all()
        templates = [
            {
                "id": template.id, "framework": template.framework, "task": template.task, "content": content,
                "version": str(template.labels["production"]), "label": "production",
            }
            for template, content in rows
        ]  # fmt: skip
        return {"revision": str(revision), "templates": templates}

    async def _overtaken(self, session: AsyncSession, template: Template, base_version: int) -> Conflict:
        """What happened since `base_version`: the versions, and what they changed of the text."""
        base = await find_version(session, template.id, base_version)
        latest = await find_version(session, template.id, template.latest_version)
        versions = (await detail_of(session, template)).versions
        since = [asdict(item) for item in versions if item.version > base_version]
        changed = asdict(compare(template.id, base, latest))
        return Conflict(
            f"There is a version {template.latest_version} by now: compare it with yours, save on top of it.",
            code="version_conflict",
            extra={"latest_version": template.latest_version, "since": since, "changed": changed},
        )

    async def _release(
        self, session: AsyncSession, actor: Actor, template: Template, version: int, overrule: str | None
    ) -> None:
        """Raises GateRefused where no evaluation shows the version fit for production, and nobody overrules.

        `version` 0: the pack's own template, which was there first.
        """
        current = template.labels.get(PRODUCTION, 0)
        verdict = Verdict("rollback")
        if version:
            verdict = await verdicts.template_verdict(session, template.id, version, current, self._packs)
        await releases.release(
            session, actor, self._clock(), kind=releases.TEMPLATE, subject=template.id, value=str(version),
            before=str(current), verdict=verdict, overrule=overrule,
        )  # fmt: skip

    def _add_version(self, session: AsyncSession, actor: Actor, template: Template, content: str, note: str) -> None:
        session.add(
            TemplateVersion(
                template_id=template.id,
                version=template.latest_version,
                content=content,
                note=note,
                created_by=actor.user_id,
                created_at=self._clock(),
            )
        )

    def _touch(self, template: Template) -> None:
        template.version += 1
        template.updated_at = self._clock()


def public_view(template: Template) -> dict[str, Any]:
    """What the audit log keeps; the versions themselves are never lost."""
    return {"latest_version": template.latest_version, "labels": dict(template.labels)}
