"""`python -m app.features.snapshots.command`: backup and restore of the vector store by the service's API."""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from chassis.tokens import ServiceTokens

_LIMIT_S = 600
_PART = 2 * 1024 * 1024
_COMMANDS = {
    "create": "back up all collections, and the state of the repositories",
    "list": "the snapshots that there are",
    "download": "write a snapshot (the newest, where none is named) to --to, or to standard output",
    "upload": "take up a file, or standard input with a snapshot's name",
    "restore": "put a snapshot (the newest, where none is named) in the place of what is there",
}


def main(arguments: list[str] | None = None) -> int:
    summary = "\n".join(f"{name}: {what}" for name, what in _COMMANDS.items())
    parser = argparse.ArgumentParser(
        description=f"Back up and restore the vector store.\n\n{summary}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(_COMMANDS))
    parser.add_argument("name", nargs="?", help="a snapshot's name; upload: a file, or a name for standard input")
    parser.add_argument("--to", type=Path, help="the folder that a download goes to")
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen.command, chosen.name, chosen.to)
    except urllib.error.HTTPError as error:
        sys.stderr.write(f"rag-service answered {error.code}: {error.read().decode(errors='replace')}\n")
    except urllib.error.URLError as error:
        sys.stderr.write(f"rag-service could not be reached: {error.reason}\n")
    except OSError as error:
        sys.stderr.write(f"{error}\n")
    return 1


def _run(command: str, name: str | None, folder: Path | None) -> int:
    if command == "create":
        return _show(_call("POST", "/v1/snapshots"))
    if command == "list":
        return _show(_call("GET", "/v1/snapshots"))
    if command == "upload":
        return _upload(name)
    chosen = name or _newest()
    if chosen is None:
        sys.stderr.write("There is no snapshot.\n")
        return 1
    if command == "restore":
        return _show(_call("POST", f"/v1/snapshots/{chosen}/restore"))
    return _download(chosen, folder)


def _download(name: str, folder: Path | None) -> int:
    content = _call("GET", f"/v1/snapshots/{name}")
    if folder is None:
        sys.stdout.buffer.write(content)
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    sys.stdout.write(f"{folder / name}\n")
    return 0


def _upload(name: str | None) -> int:
    if name is None:
        sys.stderr.write("Name the file to upload.\n")
        return 1
    path = Path(name)
    with path.open("rb") if path.is_file() else sys.stdin.buffer as file:
        offset = 0
        while (part := file.read(_PART)) or offset == 0:
            _call("PUT", f"/v1/snapshots/{path.name}/content?offset={offset}", part)
            offset += len(part)
            if len(part) < _PART:
                break
    return _show(_call("POST", f"/v1/snapshots/{path.name}/content"))


def _newest() -> str | None:
    found: list[dict[str, Any]] = json.loads(_call("GET", "/v1/snapshots"))["snapshots"]
    return str(found[0]["name"]) if found else None


def _call(method: str, path: str, body: bytes | None = None) -> bytes:
    url = os.environ.get("RAG_URL", "http://127.0.0.1:8000")
    tokens = ServiceTokens(service="admin-service", secret=_secret())
    headers = {
        "Authorization": f"Bearer {tokens.issue(audience='rag-service')}",
        "Content-Type": "application/octet-stream",
    }
    request = urllib.request.Request(url + path, data=body, method=method, headers=headers)  # noqa: S310 - the operator's own URL
    with urllib.request.urlopen(request, timeout=_LIMIT_S) as response:  # noqa: S310 - the operator's own URL
        content: bytes = response.read()
        return content


def _secret() -> str:
    file = os.environ.get("FRAMEWRIGHT_SERVICE_SECRET_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ["FRAMEWRIGHT_SERVICE_SECRET"]


def _show(content: bytes) -> int:
    sys.stdout.write(json.dumps(json.loads(content), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
