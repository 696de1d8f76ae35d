#!/usr/bin/env bash
# What looking up a chunk takes, in time and heap, in indexes of 1, 14 and 200 million entries, with the same small heap.
# "Cold" is right after the file was dropped from the page cache.
#
#   snapshot-engine/bench/index-scale.sh WORK_DIRECTORY [HEAP [ENTRIES…]]      HEAP as in -Xmx, 32m
#
# WORK_DIRECTORY is made, takes 48 bytes for each entry (9.6 GB for 200 million), and is removed afterwards.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/classpath.sh"
work=${1:?usage: index-scale.sh WORK_DIRECTORY [HEAP [ENTRIES…]]}
heap=${2:-32m}
sizes=("${@:3}")
[[ ${#sizes[@]} -gt 0 ]] || sizes=(1000000 14000000 200000000)
[[ ! -e $work ]] || { echo "index-scale.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
run() {
    "$java" "-Xmx$heap" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.diskvault.engine.index.IndexScale "$@" "$work"
}
for entries in "${sizes[@]}"; do
    run make "$entries"
    find "$work" -name "*.idx" -exec dd if={} iflag=nocache count=0 status=none \;
    run look-up "$entries"
    rm -rf "$work"/index
done
