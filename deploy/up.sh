#!/usr/bin/env bash
# Starts the compose stack and makes the first admin. `COMPOSE_FILE` names layers, as `docker compose` reads it.
#   deploy/up.sh [arguments of `docker compose up`, such as --scale gateway=3]
set -euo pipefail
cd "$(dirname "$0")/.."

# A setting of the environment, or else of .env.
setting() {
    local value=${!1:-}
    if [ -z "$value" ] && [ -f .env ]; then
        value=$(sed -n "s/^$1=//p" .env | tail -n 1)
    fi
    printf '%s' "$value"
}

deploy/secrets.sh
docker compose up -d --build --wait "$@"

credentials=deploy/secrets/credentials.json
address=$(docker compose port edge 8080)
base_url="http://${address/#0.0.0.0:/127.0.0.1:}"
email=$(setting FRAMEWRIGHT_ADMIN_EMAIL)
made=$(printf '%s\n%s\n' "${email:-admin@example.com}" "$(setting FRAMEWRIGHT_ADMIN_PASSWORD)" |
    docker compose exec -T gateway python -c "$(cat deploy/bootstrap.py)" "$base_url")
if [ -n "$made" ]; then
    (umask 077 && printf '%s\n' "$made" > "$credentials")
    echo "The first admin was made."
fi

echo "Framewright runs. API: $base_url/docs  (make down stops it)"
if [ -f "$credentials" ]; then
    echo "Key and password: $credentials"
fi
