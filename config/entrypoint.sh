#!/bin/sh
# Write odoo.conf from the environment, then hand over to the official image.
#
# Every variable NAME may be given as NAME_FILE, a file that holds the value.
# Secrets leave the environment once they are in the file, which only Odoo reads.
set -eu

refuse() {
    echo "tierslieux: $1" >&2
    exit 64
}

# Put the content of NAME_FILE in NAME where there is one.
load() {
    eval "file=\${$1_FILE-}"
    if [ -n "$file" ]; then
        [ -r "$file" ] || refuse "$1_FILE names $file, which cannot be read."
        eval "$1=\$(cat \"\$file\")"
    fi
    eval "value=\${$1-}"
    # A second line would be another setting of odoo.conf.
    [ "$(printf '%s' "$value" | wc -l)" -eq 0 ] || refuse "$1 must be one line."
    eval "export $1=\"\$value\""
}

# Set NAME to VALUE where it has none.
default() {
    load "$1"
    [ -n "$value" ] || eval "export $1=\"\$2\""
}

need() {
    load "$1"
    [ -n "$value" ] || refuse "$1 is empty: $2"
}

need_secret() {
    need "$1" "$2"
    [ "${#value}" -ge 12 ] || refuse "$1 is shorter than 12 characters: $2"
}

generate='generate one with: openssl rand -hex 24'
need_secret DB_PASSWORD "the password of the database role; $generate"
need_secret MASTER_PASSWORD "Odoo's master password; $generate"
need DB_NAME 'the name of the database.'
need SMTP_HOST 'the server that sends the mail.'
need MAIL_FROM 'the address mail comes from.'
default DB_HOST db
default DB_PORT 5432
default DB_USER odoo
default DB_REPLICA_HOST ''
default DB_REPLICA_PORT "${DB_REPLICA_HOST:+5432}"
default WORKERS 4
default CRON_THREADS 0
default LIMIT_TIME_CPU 120
default LIMIT_TIME_REAL 240
default SMTP_PORT 587
default SMTP_STARTTLS True
load SMTP_USER
[ -z "$SMTP_USER" ] || need SMTP_PASSWORD "SMTP_USER is set, and its server asks for it."
load SMTP_PASSWORD

here=$(dirname "$0")
: "${ODOO_RC:=/run/odoo/odoo.conf}"
export ODOO_RC
umask 077
awk '
    /^;/ { print; next }
    {
        out = ""; empty = 0; rest = $0
        while (match(rest, /[$][{][A-Z_]+[}]/)) {
            value = ENVIRON[substr(rest, RSTART + 2, RLENGTH - 3)]
            if (value == "") empty = 1
            out = out substr(rest, 1, RSTART - 1) value
            rest = substr(rest, RSTART + RLENGTH)
        }
        if (!empty) print out rest
    }' "$here/odoo.conf.production" >"$ODOO_RC"
umask 022
unset DB_PASSWORD MASTER_PASSWORD SMTP_PASSWORD value

# The official entrypoint reads USER, HOST and PORT only for what odoo.conf lacks.
exec "${OFFICIAL_ENTRYPOINT:-/entrypoint.sh}" "$@"
