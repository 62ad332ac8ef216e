"""The first admin and API key of a mesh, written where the client finds them."""

import json
from collections.abc import Mapping
from pathlib import Path

from chassis.tokens import ServiceTokens

from .environment import secret, write_private
from .layout import ADMIN
from .messages import MeshError, Say
from .probe import request

DEFAULT_EMAIL = "admin@example.com"
_LIMIT_S = 20.0


async def ensure_credentials(
    path: Path,
    *,
    base_url: str,
    admin_port: int,
    settings: Mapping[str, str],
    environment: Mapping[str, str],
    say: Say,
) -> None:
    """Makes the first admin where the database has none, and keeps `base_url` true.

    Raises:
        MeshError: admin-service refused.
    """
    token = ServiceTokens(service="local-mesh", secret=secret(environment, "FRAMEWRIGHT_SERVICE_SECRET"))
    body = {"email": settings.get("FRAMEWRIGHT_ADMIN_EMAIL") or DEFAULT_EMAIL}
    if settings.get("FRAMEWRIGHT_ADMIN_PASSWORD"):
        body["password"] = settings["FRAMEWRIGHT_ADMIN_PASSWORD"]
    answer = await request(
        admin_port,
        "POST",
        "/internal/bootstrap",
        limit_s=_LIMIT_S,
        body=body,
        headers={"Authorization": f"Bearer {token.issue(audience=ADMIN.name)}"},
    )
    if answer.status not in {200, 201}:
        reason = f"{answer.status} {answer.body[:500].decode('utf-8', 'replace')}"
        raise MeshError("no_admin", reason=reason)
    made = answer.json()
    if not made.get("created"):
        _keep(path, base_url, say)
        return
    document = {"base_url": base_url, **{name: made[name] for name in ("api_key", "admin_email", "admin_password")}}
    write_private(path, json.dumps(document, indent=1))
    say("first_admin", email=made["admin_email"], file=path.name)


def _keep(path: Path, base_url: str, say: Say) -> None:
    """The admin was made by an earlier start: so was the file, whose address may have changed."""
    known = _read(path)
    if not known:
        say("no_credentials", file=path.name)
    elif known.get("base_url") != base_url:
        write_private(path, json.dumps({**known, "base_url": base_url}, indent=1))


def _read(path: Path) -> dict[str, str]:
    try:
        document: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if document.get("api_key") else {}
