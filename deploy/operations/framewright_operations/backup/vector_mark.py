"""Run beside rag-service: prints what its store holds, as a line that changes when it is written; nothing while it is.

`RAG_URL` and the service's secret come from the environment. Only what a service's own image has is imported.
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

from chassis.tokens import ServiceTokens

_AT_REST = {"ready", "failed"}


def main() -> None:
    file = os.environ.get("FRAMEWRIGHT_SERVICE_SECRET_FILE")
    secret = Path(file).read_text(encoding="utf-8").strip() if file else os.environ["FRAMEWRIGHT_SERVICE_SECRET"]
    token = ServiceTokens(service="admin-service", secret=secret).issue(audience="rag-service")

    def ask(path: str) -> object:
        request = urllib.request.Request(  # noqa: S310 - the mesh's own address
            os.environ["RAG_URL"] + path, headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return json.load(response)

    knowledge = ask("/v1/knowledge/status")
    repositories = ask("/v1/repositories")["repositories"]  # type: ignore[index]
    known = [{name: one[name] for name in ("id", "state", "fingerprint", "indexed_at")} for one in repositories]
    still = all(one["state"] in _AT_REST for one in known)
    still = still and all(one["entries"] == one["indexed"] for one in knowledge.values())  # type: ignore[attr-defined]
    sys.stdout.write(json.dumps([knowledge, known], sort_keys=True) if still else "")


if __name__ == "__main__":
    main()
