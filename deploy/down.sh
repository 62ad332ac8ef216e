#!/usr/bin/env bash
# Stops the compose stack; data and secrets stay. `deploy/down.sh --volumes` deletes the data too.
set -euo pipefail
cd "$(dirname "$0")/.."
deploy/secrets.sh > /dev/null
docker compose down --remove-orphans "$@"
