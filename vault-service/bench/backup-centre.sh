#!/usr/bin/env bash
# The numbers of the backup centre on both databases and at several sizes: how fast all projections are built anew from the
# event store while the server answers, how long until a new event is seen, and how long ten clients in another process wait
# for what the pages ask. The events are written into the event store as the server writes them: 200 jobs of each instance, of
# which 100 are backups that made a recovery point. The table at the end has each number beside what was asked of it, and how
# it grows with the size.
#
#   vault-service/bench/backup-centre.sh WORK_DIRECTORY [DATABASES [INSTANCES [SECONDS [RATE]]]]
#
#   WORK_DIRECTORY  is made, takes 7 MB for each instance (35 GB for 5000) on H2 and 2 MB on PostgreSQL, and is removed afterwards
#   DATABASES       "h2 postgresql"
#   INSTANCES       "500 5000": 5000 are 1,000,000 jobs and 500,000 recovery points
#   SECONDS         how long the clients ask (60), after 9,000 questions to warm up
#   RATE            how many questions a second each of the ten clients asks (5)
#
# HEAP is the heap as in -Xmx; a quarter of the memory by default, as for the program itself. The load of the machine is
# printed with each run: the figures are its, too.
set -euo pipefail
. "$(dirname -- "$(readlink -f -- "$0")")/classpath.sh"
work=${1:?usage: backup-centre.sh WORK_DIRECTORY [DATABASES [INSTANCES [SECONDS [RATE]]]]}
read -ra databases <<<"${2:-h2 postgresql}"
read -ra sizes <<<"${3:-500 5000}"
[[ ! -e $work ]] || { echo "backup-centre.sh: $work is there already. Name a directory that does not exist." >&2; exit 2; }
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
for database in "${databases[@]}"; do
    for size in "${sizes[@]}"; do
        echo "load average before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
        "$java" ${HEAP:+"-Xmx$HEAP"} -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classpath" \
            io.diskvault.bench.BackupCentreBench "$database" "$work/$database-$size" "$size" "${4:-60}" "${5:-5}" |
            tee "$work/$database-$size.txt" | grep -v ^NUMBER
        rm -rf "${work:?}/$database-$size"
    done
done
for database in "${databases[@]}"; do
    for size in "${sizes[@]}"; do grep ^NUMBER "$work/$database-$size.txt" | sed "s/^NUMBER/$database\t$size/"; done
done | awk -F '\t' '
    { row = $1 "\t" $3; if (!(row in unit)) { rows[++count] = row; unit[row] = $5; asked[row] = $6 }
      value[row, $2] = $4; if (!($2 in seen)) { seen[$2]; size[++sizes] = $2 } }
    END {
        printf "\n%-11s %-38s", "database", "what"
        for (i = 1; i <= sizes; i++) printf " %12s", size[i] " inst."
        printf " %9s %14s %10s %8s\n", "unit", "asked", "of asked", "growth"
        for (r = 1; r <= count; r++) {
            row = rows[r]; split(row, part, "\t"); last = value[row, size[sizes]]; first = value[row, size[1]]
            printf "%-11s %-38s", part[1], part[2]
            for (i = 1; i <= sizes; i++) printf " %12s", value[row, size[i]]
            printf " %9s %14s %9.2f %8.2f\n", unit[row], (unit[row] ~ /\/s/ ? "at least " : "at most ") asked[row],
                last / asked[row], last / first
        }
    }'
