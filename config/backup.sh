#!/bin/sh
# Write /backups/DATABASE-TIME.zip, database and files together, and look inside.
#
# pg_dump may fail and leave a backup that is empty: only a file whose dump reached
# its end gets its name.
set -eu

folder=${1:-/backups}
name=$(sed -n 's/^db_name = //p' "$ODOO_RC")
target=$folder/$name-$(date -u +%Y%m%dT%H%M%SZ).zip
umask 077
trap 'rm -f "$target.part"' EXIT
click-odoo-backupdb --config "$ODOO_RC" "$name" "$target.part"
python3 - "$target.part" <<'PY'
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as backup:
    broken = backup.testzip()
    tail = b""
    with backup.open("dump.sql") as dump:
        while block := dump.read(1 << 20):
            tail = (tail + block)[-4096:]
if broken or b"PostgreSQL database dump complete" not in tail:
    sys.exit("tierslieux: the backup is not whole, it was not kept.")
PY
mv "$target.part" "$target"
echo "$target"
