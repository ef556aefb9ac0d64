#!/bin/sh
# Makes the database at the first start, and runs the server.
set -eu
if ! [ -e "$PGDATA/PG_VERSION" ]; then
  password=/var/run/postgresql/password
  printf '%s\n' "$POSTGRES_PASSWORD" >"$password"
  initdb --username "$POSTGRES_USER" --pwfile "$password" --auth scram-sha-256 --encoding UTF8 --locale C --no-sync
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE \"$POSTGRES_DB\"" | postgres --single -D "$PGDATA" postgres
fi
exec postgres -c listen_addresses='*'
