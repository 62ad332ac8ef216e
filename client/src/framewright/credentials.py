"""Where the mesh is, and what opens it: the environment, the local mesh's file, or a sign-in kept for this user."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .kept_sign_ins import Kept, KeptSignIns, place_of

DEFAULT_URL = "http://127.0.0.1:8080"
FILE = Path(".framewright") / "credentials.json"


@dataclass(frozen=True, slots=True)
class Credentials:
    """`kept`: the sign-in that opens this mesh, where no key does."""

    base_url: str
    api_key: str
    kept: Kept | None = None


def find_credentials(environment: Mapping[str, str], start: Path) -> Credentials:
    """FRAMEWRIGHT_URL and FRAMEWRIGHT_API_KEY; what they leave open comes from the local mesh's file, or a sign-in.

    The local mesh's file is in `FRAMEWRIGHT_STATE_DIR` where that is set, else in `.framewright` of the nearest folder
    upward. The sign-in is the one of `FRAMEWRIGHT_URL`, else the last one.
    """
    url, key = environment.get("FRAMEWRIGHT_URL", "").rstrip("/"), environment.get("FRAMEWRIGHT_API_KEY", "")
    state = environment.get("FRAMEWRIGHT_STATE_DIR", "")
    known = {} if url and key else _read(Path(state) / FILE.name) if state else _nearest_file(start)
    if url and url != str(known.get("base_url", "")).rstrip("/"):
        known = {}  # a key is for its own mesh: it is never sent to another one
    place = None if key or known else place_of(environment)
    kept = KeptSignIns(place).find(url) if place else None
    return Credentials(
        base_url=url or str(known.get("base_url") or (kept.base_url if kept else DEFAULT_URL)).rstrip("/"),
        api_key=key or str(known.get("api_key") or (kept.api_key if kept else "")),
        kept=kept,
    )


def _nearest_file(start: Path) -> dict[str, object]:
    return next((document for folder in (start, *start.parents) if (document := _read(folder / FILE))), {})


def _read(path: Path) -> dict[str, object]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
