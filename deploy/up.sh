#!/usr/bin/env bash
# Starts the compose stack and makes the first admin. `COMPOSE_FILE` names layers, as `docker compose` reads it.
#   deploy/up.sh [arguments of `docker compose up`, such as --scale gateway=3]
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/secrets.sh
docker compose up -d --build --wait "$@"

credentials=deploy/secrets/credentials.json
address=$(docker compose port edge 8080)
base_url="http://${address/#0.0.0.0:/127.0.0.1:}"
answer=$(docker compose exec -T gateway python - "${FRAMEWRIGHT_ADMIN_EMAIL:-admin@framewright.local}" < deploy/bootstrap.py)

case $answer in
*'"api_key"'*)
    umask 077
    printf '%s' "$answer" | docker compose exec -T gateway python -c '
import json, sys
answer = json.load(sys.stdin)
names = ("api_key", "admin_email", "admin_password")
print(json.dumps({"base_url": sys.argv[1], **{name: answer[name] for name in names}}, indent=2))' "$base_url" > "$credentials"
    echo "The first admin was made."
    ;;
esac

echo "Framewright runs at $base_url (API: $base_url/docs, console: $base_url/console/)."
if [ -f "$credentials" ]; then
    echo "Credentials: $credentials"
fi
