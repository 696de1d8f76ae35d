#!/usr/bin/env bash
# A recovery point over NBD (`diskvault datastore export`) beside the same bytes as they are (`nbdkit file`): the whole disk
# with nbdcopy, and with one request at a time 4 KiB here and there, and 64 KiB after the other from the start of the disk,
# as whoever mounts it or runs dd. Both servers run all the time and take turns; ratios are of medians, and below 1 where
# Diskvault is slower. It decrypts, decompresses and checks every byte on the way.
#
#   snapshot-engine/bench/export.sh IMAGE WORK_DIRECTORY [RUNS] [READS]
#
#   IMAGE           a raw disk image; it is only read
#   WORK_DIRECTORY  is made, needs room for what a backup of the image takes, and is removed afterwards
#   RUNS            how often everything is done (5)
#   READS           how many reads of 4 KiB (2000), and five times as many in order
#
# Needs nbdkit, nbdcopy and python3. DISKVAULT names the program to measure; by default the one that is built here.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
image=$(readlink -f -- "${1:?usage: export.sh IMAGE WORK_DIRECTORY [RUNS] [READS]}")
work=${2:?usage: export.sh IMAGE WORK_DIRECTORY [RUNS] [READS]}
runs=${3:-5} reads=${4:-2000}
diskvault=${DISKVAULT:-$here/../../diskvault}
for tool in nbdkit nbdcopy python3 "$diskvault"; do
    command -v "$tool" >/dev/null || { echo "export.sh: $tool is needed and was not found." >&2; exit 2; }
done
[[ ! -e $work ]] || { echo "export.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
mkdir -p "$work"
work=$(readlink -f -- "$work")
servers=()
finish() {
    for server in "${servers[@]}"; do kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

"$diskvault" datastore init "$work/store" --key-file "$work/key" >/dev/null
"$diskvault" datastore backup "$work/store" --key-file "$work/key" --disk "$image" --name disk >&2
"$diskvault" datastore export "$work/store" --key-file "$work/key" --name disk --point latest --socket "$work/diskvault.sock" >&2 &
servers+=($!)
nbdkit --foreground --readonly --exit-with-parent -U "$work/nbdkit.sock" file "$image" &
servers+=($!)
for server in diskvault nbdkit; do
    for ((i = 0; i < 600; i++)); do [[ -S $work/$server.sock ]] && break; sleep 0.1; done
done

python3 - "$work" "$image" "$runs" "$reads" <<'PY'
import os, random, socket, statistics, struct, subprocess, sys, time
work, image, runs, reads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
servers = ["diskvault", "nbdkit"]

def receive(connection, count):
    data = bytearray(count)
    rest = memoryview(data)
    while rest:
        got = connection.recv_into(rest)
        if not got:
            sys.exit("export.sh: the server ended the connection")
        rest = rest[got:]
    return data

def copy(server):
    start = time.monotonic()
    subprocess.run(["nbdcopy", f"nbd+unix:///?socket={work}/{server}.sock", "null:"], check=True)
    return time.monotonic() - start

def here_and_there(server, seed):
    places = random.Random(seed)
    size = os.path.getsize(image) // 4096
    return read(server, 4096, [places.randrange(size) * 4096 for _ in range(reads)])

def in_order(server, _):
    count = os.path.getsize(image) // 65536
    return read(server, 65536, [number % count * 65536 for number in range(5 * reads)])

def read(server, length, offsets):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(f"{work}/{server}.sock")
        receive(connection, 18)
        connection.sendall(struct.pack(">IQII", 3, 0x49484156454F5054, 1, 0))
        receive(connection, 10)
        start = time.monotonic()
        for number, offset in enumerate(offsets):
            connection.sendall(struct.pack(">IHHQQI", 0x25609513, 0, 0, number, offset, length))
            if receive(connection, 16 + length)[4:8] != bytes(4):
                sys.exit("export.sh: a read failed")
        return time.monotonic() - start

with open(image, "rb") as disk:  # as warm for one as for the other
    while disk.read(1 << 22):
        pass
for server in servers:
    copy(server)
times = {}
for run in range(runs):
    for server in servers:
        times.setdefault(("copy", server), []).append(copy(server))
        times.setdefault(("here and there", server), []).append(here_and_there(server, run))
        times.setdefault(("in order", server), []).append(in_order(server, run))
data = os.stat(image).st_blocks * 512
for what, count in [("copy", 1), ("here and there", reads), ("in order", 5 * reads)]:
    ours, theirs = (statistics.median(times[what, server]) for server in servers)
    unit = f"{data / ours / 1e6:.0f} and {data / theirs / 1e6:.0f} MB of data/s" if what == "copy" \
        else f"{ours / count * 1e6:.0f} and {theirs / count * 1e6:.0f} us each"
    print(f"{what:15} diskvault {ours:.2f} s, nbdkit file {theirs:.2f} s ({unit}): {theirs / ours:.2f} of nbdkit's speed")
PY
