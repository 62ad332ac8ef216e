#!/usr/bin/env bash
# Makes the secrets of the compose stack, once: deploy/secrets/, one file each, existing ones are kept.
set -euo pipefail
cd "$(dirname "$0")"

# The folder is closed to others; the files are open, for the containers' accounts are not this user.
umask 077
mkdir -p secrets
chmod 700 secrets

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

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
# For deploy/compose.observability.yml: Grafana's first password, and where Alertmanager reports to (write your own).
keep grafana_password "$(random 12)"
keep alert_webhook_url "${FRAMEWRIGHT_ALERT_WEBHOOK_URL:-http://127.0.0.1:9/set-deploy-secrets-alert_webhook_url}"
