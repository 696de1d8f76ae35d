#!/usr/bin/env bash
# How long a client waits for the first bytes of a recovery point over NBD: on made-up disks of 8 GiB and 8 TiB.
#
#   snapshot-engine/bench/first-byte.sh WORK_DIRECTORY
#
# WORK_DIRECTORY is made, takes 600 MiB, and is removed afterwards.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/classpath.sh"
work=${1:?usage: first-byte.sh WORK_DIRECTORY}
[[ ! -e $work ]] || { echo "first-byte.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
for gib in 8 8192; do
    "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.diskvault.engine.bench.FirstByte "$gib" "$work" | grep 'GiB: '
done
