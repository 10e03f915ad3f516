#!/bin/sh
# Start a streaming replica: copy the primary the first time, then follow it.
set -eu

: "${REPLICATION_PASSWORD:?is empty: the replica cannot reach the primary}"
: "${PRIMARY_HOST:=db}"
: "${PRIMARY_PORT:=5432}"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    # Copied aside, so that an interrupted copy is never taken for a whole one
    copy=$PGDATA.copy
    rm -rf "$copy"
    mkdir -p "$copy"
    chmod 700 "$copy"
    passfile=$(dirname "$PGDATA")/replication.pgpass
    (umask 077 && echo "*:*:*:replicator:$REPLICATION_PASSWORD" >"$passfile")
    # The slot of an earlier copy that was interrupted serves again.
    psql "host=$PRIMARY_HOST port=$PRIMARY_PORT user=replicator dbname=postgres \
passfile=$passfile" --no-psqlrc --quiet --output /dev/null --set ON_ERROR_STOP=1 <<'SQL'
SELECT pg_create_physical_replication_slot('replica')
WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'replica');
SQL
    pg_basebackup --write-recovery-conf --slot replica --wal-method stream \
        --checkpoint fast --pgdata "$copy" --dbname \
        "host=$PRIMARY_HOST port=$PRIMARY_PORT user=replicator passfile=$passfile"
    rm -rf "$PGDATA"
    mv "$copy" "$PGDATA"
fi

exec "$@"
