"""Templates in storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import NotFound

from ...db.models import Template, TemplateVersion
from ...db.people import names_of

_VERSIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class VersionLine:
    """What is said of a version in a list; `created_by_name` is the id where the account is gone."""

    version: int
    note: str
    created_by: str
    created_by_name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TemplateDetail:
    """A template, the content of its latest version, and what its versions are."""

    id: str
    framework: str
    task: str
    labels: dict[str, int]
    latest_version: int
    version: int
    created_at: datetime
    updated_at: datetime
    content: str
    versions: Sequence[VersionLine]


async def find(session: AsyncSession, template_id: str, *, lock: bool = False) -> Template:
    statement = select(Template).where(col(Template.id) == template_id)
    template = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if template is None:
        raise NotFound("There is no such template.")
    return template


async def find_version(session: AsyncSession, template_id: str, version: int) -> TemplateVersion:
    found = await session.get(TemplateVersion, (template_id, version))
    if found is None:
        raise NotFound("There is no such version of this template.")
    return found


async def detail_of(session: AsyncSession, template: Template) -> TemplateDetail:
    statement = (
        select(TemplateVersion)
        .where(col(TemplateVersion.template_id) == template.id)
        .order_by(col(TemplateVersion.version).desc())
        .limit(_VERSIONS_SHOWN)
    )
    versions = (await session.exec(statement)).all()
    names = await names_of(session, (item.created_by for item in versions))
    lines = [
        VersionLine(
            item.version, item.note, item.created_by, names.get(item.created_by) or item.created_by, item.created_at
        )
        for item in versions
    ]
    return TemplateDetail(
        id=template.id, framework=template.framework, task=template.task, labels=template.labels,
        latest_version=template.latest_version, version=template.version, created_at=template.created_at,
        updated_at=template.updated_at, content=versions[0].content, versions=lines,
    )  # fmt: skip
