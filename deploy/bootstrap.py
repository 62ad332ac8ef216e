"""Makes the first admin: run inside a service's container, prints admin-service's answer as JSON."""

import json
import os
import sys
import urllib.request
from pathlib import Path

from chassis.tokens import ServiceTokens


def main() -> None:
    secret = Path(os.environ["FRAMEWRIGHT_SERVICE_SECRET_FILE"]).read_text(encoding="utf-8").strip()
    token = ServiceTokens(service="gateway", secret=secret).issue(audience="admin-service")
    request = urllib.request.Request(  # noqa: S310 - the mesh's own address
        f"{os.environ['ADMIN_URL']}/internal/bootstrap",
        data=json.dumps({"email": sys.argv[1]}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        sys.stdout.write(response.read().decode())


if __name__ == "__main__":
    main()
