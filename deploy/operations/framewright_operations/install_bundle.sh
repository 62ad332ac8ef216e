#!/usr/bin/env bash
# Installs this bundle without any network: ./install.sh [FOLDER]    (/opt/framewright unless named)
# Checks every file first. Needs Python 3.11 and make; Docker for the images.
set -euo pipefail
bundle=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/framewright}

echo "Checking $(wc -l < "$bundle/SHA256SUMS") files …"
(cd "$bundle" && sha256sum --quiet --check SHA256SUMS) || {
    echo "This bundle is not what was made: copy it again. Nothing was installed." >&2
    exit 1
}
mkdir -p "$target"
# Over an earlier version: its files go first, or one that the new version no longer has would stay (a migration, say).
# What was made since (.env, .framewright, deploy/secrets, backups) is not on the list.
list="$target/.installed-files"
if [ -f "$list" ]; then (cd "$target" && xargs -d '\n' rm -f -- < .installed-files); fi
tar -xzf "$bundle/framewright.tar.gz" -C "$target" --strip-components=1
tar -tzf "$bundle/framewright.tar.gz" | sed 's|^[^/]*/||' > "$list"

if [ -d "$bundle/images" ]; then
    command -v docker > /dev/null || { echo "Docker is not here; its images are in $bundle/images" >&2; exit 1; }
    for image in "$bundle"/images/*.tar; do docker load --quiet --input "$image"; done
fi
if [ -d "$bundle/models" ]; then
    mkdir -p "$target/models" && cp -r "$bundle/models/." "$target/models/"
fi
PIP_NO_INDEX=1 PIP_FIND_LINKS="$bundle/wheels" PIP_CONFIG_FILE=/dev/null make -C "$target" setup TORCH_INDEX=

echo "Installed in $target. Next: cd $target && make preflight, then make serve (or make up, with the images)."
