#!/usr/bin/env bash
# What is done to each chunk, timed alone with JMH on a real disk image: naming, compressing and encrypting, and back.
#
#   snapshot-engine/bench/stages.sh IMAGE [JMH OPTIONS]      for example -p chunkKiB=64 -f 1
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/classpath.sh"
image=$(readlink -f -- "${1:?usage: stages.sh IMAGE [JMH OPTIONS]}")
shift
exec "$java" -cp "$classpath" org.openjdk.jmh.Main -p "image=$image" "$@" StageBenchmark
