#!/usr/bin/env bash
# How the cost of a backup grows with the disk: metadata written and heap held for the same changes on disks of 8 GiB, 1 TiB
# and 64 TiB, each in a virtual machine of its own with the same small heap.
#
#   snapshot-engine/bench/growth.sh WORK_DIRECTORY [HEAP]      HEAP as in -Xmx, 128m
#
# WORK_DIRECTORY is made, takes 6 GiB, and is removed afterwards.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/classpath.sh"
work=${1:?usage: growth.sh WORK_DIRECTORY [HEAP]}
[[ ! -e $work ]] || { echo "growth.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
for gib in 8 1024 65536; do
    "$java" "-Xmx${2:-128m}" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.diskvault.engine.bench.CostOfChange "$gib" "$work"
    rm -rf "$work"/store-*
done
