#!/usr/bin/env bash
# Makes the secrets of the compose stack, once: deploy/secrets/, one file each, existing ones are kept.
set -euo pipefail
cd "$(dirname "$0")"

# The folder is closed to others; the files are open, for the containers' accounts are not this user.
umask 077
mkdir -p secrets
chmod 700 secrets

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# A setting of the environment, or else of .env.
setting() {
    local value=${!1:-}
    if [ -z "$value" ] && [ -f ../.env ]; then
        value=$(sed -n "s/^$1=//p" ../.env | tail -n 1)
    fi
    printf '%s' "$value"
}

follow() { # NAME VARIABLE: keeps the value of a setting as a file; an empty one where it is not set
    local value
    value=$(setting "$2")
    if [ ! -e "secrets/$1" ] || [ "$value" != "$(cat "secrets/$1")" ]; then
        printf '%s' "$value" > "secrets/$1.new"
        chmod 444 "secrets/$1.new"
        mv -f "secrets/$1.new" "secrets/$1"
    fi
}

keep() { # NAME VALUE: writes the value where there is none yet
    [ -s "secrets/$1" ] && return
    printf '%s' "$2" > "secrets/$1.new"
    chmod 444 "secrets/$1.new"
    mv "secrets/$1.new" "secrets/$1"
    echo "made deploy/secrets/$1"
}

keep service_secret "$(random 32)"
keep metrics_token "$(random 24)"
keep encryption_key "$(head -c 32 /dev/urandom | base64 | tr "+/" "-_")"
keep postgres_password "$(random 24)"
for owner in gateway admin; do
    keep "${owner}_database_password" "$(random 24)"
    keep "${owner}_database_url" "postgresql://$owner:$(cat "secrets/${owner}_database_password")@postgres:5432/framewright"
done
# Keys of others, as .env names them: services read them as files, so that no container's settings show them.
follow engine_api_key FRAMEWRIGHT_ENGINE_API_KEY
follow openai_api_key OPENAI_API_KEY
follow hub_token HUGGINGFACE_HUB_TOKEN
# The edge's certificate: write your own two files (PEM) in their place, and restart the edge.
if [ ! -s secrets/edge_certificate ] || [ ! -s secrets/edge_key ]; then
    host=$(setting FRAMEWRIGHT_HOST_NAME)
    host=${host:-localhost}
    command -v openssl > /dev/null || {
        echo "openssl is not here to make a certificate: write deploy/secrets/edge_certificate and edge_key yourself" >&2
        exit 1
    }
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 825 -subj "/CN=$host" \
        -addext "subjectAltName=DNS:$host,DNS:localhost,IP:127.0.0.1" -addext "extendedKeyUsage=serverAuth" \
        -keyout secrets/edge_key.new -out secrets/edge_certificate.new 2> /dev/null
    chmod 444 secrets/edge_key.new secrets/edge_certificate.new
    mv secrets/edge_key.new secrets/edge_key
    mv secrets/edge_certificate.new secrets/edge_certificate
    echo "made deploy/secrets/edge_certificate for $host (self-signed)"
fi
# For the profile observability: Grafana's first password, and where Alertmanager reports to (write your own).
keep grafana_password "$(random 12)"
webhook=$(setting FRAMEWRIGHT_ALERT_WEBHOOK_URL)
keep alert_webhook_url "${webhook:-http://127.0.0.1:9/set-deploy-secrets-alert_webhook_url}"
