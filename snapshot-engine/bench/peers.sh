#!/usr/bin/env bash
# Diskvault beside what a user would pick instead, on one disk image: restic, Borg, and the plain copy. Whole processes,
# start included, encryption on; the tools take turns at every step, so that what the machine does besides hits all of them,
# and another one begins in each run: memory that lay idle for long may have to be fetched by whoever needs it first.
# Each begins when the device has written what the one before it left in the page cache, and with all that it is going to read
# in there: Borg drops from the cache what it has read, and whoever came after it would have had to wait for the device.
# The copy is timed twice: as it is, and with the sync after it that a restore by Diskvault contains.
#
#   snapshot-engine/bench/peers.sh IMAGE WORK_DIRECTORY [RUNS] [PERCENT]
#
#   IMAGE           a raw disk image; it is copied and stays as it is
#   WORK_DIRECTORY  is made, needs room for four times what the image uses, and is removed afterwards
#   RUNS            how often everything is done; medians are compared (3)
#   PERCENT         how much of the used bytes is rewritten, 4 KiB here and there, for the step "changed" (1)
#
# Needs restic, borg, GNU time and python3. DISKVAULT names the program to measure; by default the one that is built here.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
image=$(readlink -f -- "${1:?usage: peers.sh IMAGE WORK_DIRECTORY [RUNS] [PERCENT]}")
work=${2:?usage: peers.sh IMAGE WORK_DIRECTORY [RUNS] [PERCENT]}
runs=${3:-3} percent=${4:-1}
diskvault=${DISKVAULT:-$here/../../diskvault}
for tool in restic borg /usr/bin/time python3 "$diskvault"; do
    command -v "$tool" >/dev/null || { echo "peers.sh: $tool is needed and was not found." >&2; exit 2; }
done
[[ ! -e $work ]] || { echo "peers.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
mkdir -p "$work"
work=$(readlink -f -- "$work")
trap 'rm -rf "$work"' EXIT
disk=$work/disk.img results=$work/results.txt
export RESTIC_PASSWORD=bench RESTIC_CACHE_DIR=$work/restic-cache
export BORG_PASSPHRASE=bench BORG_BASE_DIR=$work/borg-home BORG_RELOCATED_REPO_ACCESS_IS_OK=yes
"$diskvault" --version >/dev/null # builds it, if need be

# measure STEP TOOL SOURCE COMMAND...: one line of seconds, processor seconds and MiB of memory; SOURCE is what will be read
measure() {
    local step=$1 tool=$2 source=$3
    shift 3
    find "$source" -type f -exec cat {} + >/dev/null
    sync
    if ! /usr/bin/time -f '%e %U %S %M' -o "$work/time.txt" "$@" >"$work/output.txt" 2>&1; then
        echo "peers.sh: $tool $step failed:" >&2
        tail -n 5 "$work/output.txt" >&2
        exit 1
    fi
    awk -v step="$step" -v tool="$tool" '{print step, tool, $1, $2 + $3, int($4 / 1024)}' "$work/time.txt" |
        tee -a "$results" >&2
}
stored() { echo "$1 $2 $(du -sm "$work/$2" | cut -f 1)" | tee -a "$work/stored.txt" >&2; }

# in_turns COMMAND...: for each tool, with its name as the last argument
in_turns() {
    local tools=(diskvault restic borg)
    for ((turn = 0; turn < 3; turn++)); do "$@" "${tools[(run + turn - 1) % 3]}"; done
}

backup() { # STEP BORG_ARCHIVE TOOL
    case $3 in
        diskvault)
            measure "$1" diskvault "$disk" "$diskvault" datastore backup "$work/diskvault" --key-file "$work/key" --disk "$disk" --name disk
            ;;
        restic) measure "$1" restic "$disk" restic -q -r "$work/restic" backup --force --compression auto "$disk" ;;
        borg)
            # Borg goes by the time stamp, and is to read everything as the others do.
            touch "$disk"
            measure "$1" borg "$disk" borg create --compression zstd,1 "$work/borg::$2" "$disk"
            ;;
    esac
    stored "$1" "$3"
}

restore() { # TOOL
    case $1 in
        diskvault)
            measure restore diskvault "$work/diskvault" "$diskvault" datastore restore "$work/diskvault" --key-file "$work/key" \
                --name disk --point latest --to "$work/restored.img"
            cmp "$work/restored.img" "$disk"
            rm "$work/restored.img"
            ;;
        restic)
            measure restore restic "$work/restic" restic -q -r "$work/restic" restore latest -t "$work/restic-restored"
            rm -rf "$work/restic-restored"
            ;;
        borg)
            mkdir "$work/borg-restored"
            (cd "$work/borg-restored" && measure restore borg "$work/borg" borg extract --sparse "$work/borg::3")
            rm -rf "$work/borg-restored"
            ;;
    esac
}

for ((run = 1; run <= runs; run++)); do
    echo "run $run of $runs" >&2
    rm -rf "$work/diskvault" "$work/restic" "$work/borg" "$work/key" "$work/restic-cache" "$work/borg-home"
    cp --sparse=always "$image" "$disk"
    "$diskvault" datastore init "$work/diskvault" --key-file "$work/key" >/dev/null
    restic -q init --repository-version 2 -r "$work/restic"
    borg init -e repokey-blake2 "$work/borg" >/dev/null 2>&1
    in_turns backup first 1
    in_turns backup unchanged 2
    python3 "$here/scatter.py" "$disk" "$percent" "$run"
    in_turns backup changed 3
    in_turns restore
    measure restore cp "$disk" cp --sparse=always "$disk" "$work/copy.img"
    rm "$work/copy.img"
    measure restore cp+sync "$disk" sh -c 'cp --sparse=always "$0" "$1" && sync "$1"' "$disk" "$work/copy.img"
    rm "$work/copy.img"
done

python3 - "$results" "$work/stored.txt" <<'PY'
import statistics, sys
seconds, memory, stored = {}, {}, {}
for line in open(sys.argv[1]):
    step, tool, wall, _, mib = line.split()
    seconds.setdefault((step, tool), []).append(float(wall))
    memory.setdefault(tool, []).append(int(mib))
for line in open(sys.argv[2]):
    step, tool, mib = line.split()
    stored.setdefault((step, tool), []).append(int(mib))
wall = {key: statistics.median(values) for key, values in seconds.items()}
size = {key: statistics.median(values) for key, values in stored.items()}
tools = ["diskvault", "restic", "borg", "cp", "cp+sync"]
print(f"\n{'step':10} " + " ".join(f"{tool:>9}" for tool in tools) + "   restic/diskvault  borg/diskvault")
for step in ["first", "unchanged", "changed", "restore"]:
    ours = wall[step, "diskvault"]
    cells = [f"{wall[step, tool]:.2f} s" if (step, tool) in wall else "" for tool in tools]
    print(f"{step:10} " + " ".join(f"{cell:>9}" for cell in cells)
          + f"   {wall[step, 'restic'] / ours:16.1f}  {wall[step, 'borg'] / ours:14.1f}")
print(f"\n{'stored':22} {'diskvault':>10} {'restic':>9} {'borg':>9}")
tools = tools[:3]
print(f"{'first backup, MiB':22} " + " ".join(f"{size['first', tool]:9.0f}" for tool in tools))
growth = {tool: size["changed", tool] - size["unchanged", tool] for tool in tools}
print(f"{'growth by changed, MiB':22} " + " ".join(f"{growth[tool]:9.0f}" for tool in tools))
print(f"first backup: {size['first', 'diskvault'] / size['first', 'restic']:.2f} of restic's size;"
      f" growth: 1/{growth['restic'] / max(1, growth['diskvault']):.1f} of restic's")
print("peak memory, MiB: " + ", ".join(f"{tool} {max(memory[tool])}" for tool in tools))
PY
