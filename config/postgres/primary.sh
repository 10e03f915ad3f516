#!/bin/sh
# Run once by the official image, when the primary's data folder is new.
#
# Odoo's role is no superuser. What only a superuser may do is done here, in the
# template that Odoo creates its databases from: an unaccent that can be indexed.
# The role owns the extensions, so that it can restore a backup that names them.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname template1 <<'SQL'
\getenv odoo ODOO_DB_PASSWORD
\getenv replication REPLICATION_PASSWORD
CREATE ROLE odoo LOGIN CREATEDB PASSWORD :'odoo';
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication';
GRANT CREATE ON DATABASE template1 TO odoo;
GRANT CREATE ON SCHEMA public TO odoo;
SET ROLE odoo;
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
RESET ROLE;
ALTER FUNCTION unaccent(text) IMMUTABLE;
REVOKE CREATE ON DATABASE template1 FROM odoo;
SQL

# "all" of the image's own line means all databases, which replication is not.
echo 'host replication replicator all scram-sha-256' >>"$PGDATA/pg_hba.conf"
