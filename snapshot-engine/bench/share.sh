#!/usr/bin/env bash
# What share of this machine's limit a first backup and a restore reach: every stage alone, then the whole.
#
#   snapshot-engine/bench/share.sh IMAGE WORK_DIRECTORY [CHUNK_KIB]
#
# WORK_DIRECTORY is made, needs room for three first backups and a restored disk, and is removed afterwards.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/classpath.sh"
image=$(readlink -f -- "${1:?usage: share.sh IMAGE WORK_DIRECTORY [CHUNK_KIB]}")
work=${2:?usage: share.sh IMAGE WORK_DIRECTORY [CHUNK_KIB]}
[[ ! -e $work ]] || { echo "share.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
trap 'rm -rf "$work"' EXIT
"$java" -Xmx3g --enable-native-access=ALL-UNNAMED -cp "$classpath" io.diskvault.engine.bench.PipelineShare \
    "$image" "$work" "${3:-64}"
