"""Versions of templates as rag-service takes them for one request: what evaluations and experiments try."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import NotFound

from .models import Template, TemplateVersion


async def pinned(session: AsyncSession, versions: dict[str, int]) -> list[dict[str, Any]]:
    """The versions of templates as rag-service takes them; 0, or a template that no admin has: the pack's own.

    Raises:
        NotFound: a template has no such version.
    """
    found = []
    for template_id, version in sorted(versions.items()):
        framework, _, name = template_id.partition("/")
        template = await session.get(Template, template_id)
        content = await session.get(TemplateVersion, (template_id, version)) if version else None
        if version and content is None:
            raise NotFound(f"There is no version {version} of {template_id}.", code="template_version_not_found")
        found.append(
            {
                "id": template_id,
                "framework": framework,
                "task": template.task if template else name,
                "version": str(version),
                "content": content.content if content else None,
            }
        )
    return found
