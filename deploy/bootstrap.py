"""Makes the first admin; run inside a service's container by deploy/up.sh.

Reads the e-mail address and the password (a line each; an empty password: one is made up), takes the mesh's outer
address as its argument, and prints the client's credentials as JSON, or nothing where there is an admin already.
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

from chassis.tokens import ServiceTokens

LIMIT_S = 20


def main() -> None:
    email, password = sys.stdin.read().splitlines()
    answer = ask({"email": email, "password": password} if password else {"email": email})
    if answer["created"]:
        kept = {name: answer[name] for name in ("api_key", "admin_email", "admin_password")}
        sys.stdout.write(json.dumps({"base_url": sys.argv[1], **kept}, indent=1) + "\n")


def ask(body: dict[str, str]) -> dict[str, str]:
    """The answer of `POST /internal/bootstrap`; an HTTP error ends the script with its traceback."""
    secret = Path(os.environ["FRAMEWRIGHT_SERVICE_SECRET_FILE"]).read_text(encoding="utf-8").strip()
    token = ServiceTokens(service="gateway", secret=secret).issue(audience="admin-service")
    request = urllib.request.Request(  # noqa: S310 - the mesh's own address
        f"{os.environ['ADMIN_URL']}/internal/bootstrap",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=LIMIT_S) as response:  # noqa: S310
        answer: dict[str, str] = json.load(response)
    return answer


if __name__ == "__main__":
    main()
