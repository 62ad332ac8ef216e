#!/bin/bash
# Run once, by the image's entrypoint, on an empty volume: a role and a schema for each owner of data.
set -euo pipefail

create_owner() {
    local owner=$1 password
    password=$(<"/run/secrets/$2")
    psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v owner="$owner" -v password="$password" -v database="$POSTGRES_DB" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'password';
CREATE SCHEMA :"owner" AUTHORIZATION :"owner";
ALTER ROLE :"owner" SET search_path = :"owner";
GRANT CONNECT, CREATE ON DATABASE :"database" TO :"owner";
SQL
}

psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE CONNECT, TEMPORARY ON DATABASE framewright FROM PUBLIC;
SQL
create_owner gateway gateway_database_password
create_owner admin admin_database_password
