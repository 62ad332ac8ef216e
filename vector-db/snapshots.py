"""Backup and restore of the vector store by rag-service's API: `python snapshots.py create|list|restore|download`."""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

from chassis.tokens import ServiceTokens

_LIMIT_S = 600


def main() -> int:
    parser = argparse.ArgumentParser(description="Back up and restore the vector store.")
    parser.add_argument("command", choices=["create", "list", "restore", "download"])
    parser.add_argument("name", nargs="?", help="a snapshot's name; restore and download: the newest where left out")
    parser.add_argument("--to", type=Path, default=Path(), help="the folder that a download goes to")
    arguments = parser.parse_args()
    try:
        return _run(arguments.command, arguments.name, arguments.to)
    except urllib.error.HTTPError as error:
        sys.stderr.write(f"rag-service answered {error.code}: {error.read().decode(errors='replace')}\n")
    except urllib.error.URLError as error:
        sys.stderr.write(f"rag-service could not be reached: {error.reason}\n")
    return 1


def _run(command: str, name: str | None, folder: Path) -> int:
    if command == "create":
        return _show(_call("POST", "/v1/snapshots"))
    if command == "list":
        return _show(_call("GET", "/v1/snapshots"))
    chosen = name or _newest()
    if chosen is None:
        sys.stderr.write("There is no snapshot.\n")
        return 1
    if command == "restore":
        return _show(_call("POST", f"/v1/snapshots/{chosen}/restore"))
    (folder / chosen).write_bytes(_call("GET", f"/v1/snapshots/{chosen}"))
    sys.stdout.write(f"{folder / chosen}\n")
    return 0


def _newest() -> str | None:
    found = json.loads(_call("GET", "/v1/snapshots"))["snapshots"]
    return str(found[0]["name"]) if found else None


def _call(method: str, path: str) -> bytes:
    url = os.environ.get("RAG_URL", "http://127.0.0.1:8000")
    tokens = ServiceTokens(service="admin-service", secret=_secret())
    headers = {"Authorization": f"Bearer {tokens.issue(audience='rag-service')}"}
    request = urllib.request.Request(url + path, method=method, headers=headers)  # noqa: S310 - the operator's own URL
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
