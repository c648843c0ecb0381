#!/usr/bin/env bash
# Holds what the parts of the work cost against what thresholds.tsv allows: instructions as callgrind counts them and peak
# memory, which a busy machine leaves alone, and rates beside OpenSSL alone in the same run.
#
# usage: thresholds.sh DANECTL PARTS [--update]      PARTS: the program DANEKitBenchmarks, built for release
#
# Prints a line a part. Exits with 1 when a part costs more than it may; what has become cheaper is told too, so that the
# figures can follow it: --update writes what was measured into thresholds.tsv, whose allowances stay. The figures hold
# for the compiler, the OpenSSL and the processor named in that file; on others, update first and compare then.
set -euo pipefail

danectl=$(realpath "$1") parts=$(realpath "$2")
update=${3:-}
here=$(cd "$(dirname "$0")" && pwd)
table=$here/thresholds.tsv
folder=$(mktemp -d "${TMPDIR:-/tmp}/danectl-parts.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
threads=$(nproc)

# The same hash seeds each time. Valgrind does not understand all of the toolchain's debugging information.
export SWIFT_DETERMINISTIC_HASHING=1
strip --strip-debug -o danectl "$danectl"
strip --strip-debug -o parts "$parts"
cc -O2 -o raw "$here/raw.c" -lcrypto -lpthread
python3 "$here/make-zone.py" host 20000 > host
python3 "$here/make-zone.py" tld 100000 > tld
sed 's/^ns2 IN A 192\.0\.2\.2$/ns2 IN A 192.0.2.3/' host > changed
python3 "$here/make-zone.py" host 4 > everyday
./danectl keygen example.org --keys keys --quiet > /dev/null

services() { # the manifest of 10 000 services, published two days ago, with its state
    mkdir services
    (cd services && python3 "$here/make-services.py" 10000 && mkdir live)
    (cd services && ../danectl cert self-sign --key live/c0.key -o live/c0.crt --dns x.example --validity 90d \
        --now 2026-11-21T12:00:00Z && ../danectl apply --now 2026-11-21T12:00:00Z) > log 2>&1 || { tail -3 log >&2; exit 2; }
}

services

# One thread: what two do beside each other, and which of them memory is from, is not the same each time.
idle=(--manifest services/danectl.yaml --now 2026-11-23T12:00:00Z --threads 1)
sign=(sign --origin example.org --keys keys --quiet)

counted() { # COMMAND…: the instructions of the whole process, or of the part
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 > /dev/null \
        | awk '/Collected :/ { print $4; found = 1 } END { exit !found }'
}

peak() { # COMMAND…: kilobytes
    /usr/bin/time -o time -f %M "$@" > log 2>&1 || { tail -3 log >&2; exit 2; }
    cat time
}

measure() { # NAME: prints the figure of a line of the table
    case $1 in
    --version) counted ./danectl --version ;;
    everyday) counted ./danectl "${sign[@]}" --zone-file everyday --output everyday.out ;;
    sign-host-memory) peak ./danectl "${sign[@]}" --zone-file host --output host.out ;;
    re-sign-host-memory) cp host.out again; peak ./danectl "${sign[@]}" --zone-file changed --output again ;;
    verify-host-memory) peak ./danectl verify host.out ;;
    *-services) counted ./danectl "${1%-services}" "${idle[@]}" ;;
    *-services-memory) peak ./danectl "${1%-services-memory}" "${idle[@]}" ;;
    sign-tld-memory) peak ./danectl "${sign[@]}" --opt-out --zone-file tld --output tld.out ;;
    hash-rate) ratio sha1 hash 2 ;;
    sign-rate) ratio p256-sign sign ;;
    *) counted --toggle-collect='*countedWork*' ./parts count "$1" ;;
    esac
}

ratio() { # RAW OURS…: hundredths that we reach of what OpenSSL alone does, the best of three rounds in turn
    local round raw=$1; shift
    for round in 1 2 3; do
        echo "$(./raw "$raw" "$threads" 2) $(./parts rates "$@")"
    done | awk '{ if ($1 > raw) raw = $1; if ($3 > ours) ours = $3 } END { printf "%d\n", 100 * ours / raw }'
}

failures=0
grep '^#' "$table" > updated
while IFS=$'\t' read -r name unit figure allowed; do
    now=$(measure "$name")
    if [[ $unit == hundredths ]]; then
        # A rate: the figure is the least there may be.
        verdict=$([[ $now -ge $figure ]] && echo fine || echo "TOO LOW")
        printf '%-24s %12d %-13s at least %d: %s\n' "$name" "$now" "$unit" "$figure" "$verdict"
        [[ $verdict == fine ]] || failures=$((failures + 1))
        printf '%s\t%s\t%s\t%s\n' "$name" "$unit" "$figure" "$allowed" >> updated
        continue
    fi
    verdict=$(awk -v now="$now" -v figure="$figure" -v allowed="$allowed" 'BEGIN {
        growth = figure > 0 ? 100 * (now / figure - 1) : 0
        word = "fine"
        if (growth > allowed) word = "TOO MUCH"
        if (growth < -allowed) word = "cheaper than noted"
        printf "%+.1f %%: %s", growth, word }')
    printf '%-24s %12d %-13s of %d + %d %%, %s\n' "$name" "$now" "$unit" "$figure" "$allowed" "$verdict"
    [[ $verdict != *"TOO MUCH" ]] || failures=$((failures + 1))
    printf '%s\t%s\t%s\t%s\n' "$name" "$unit" "$now" "$allowed" >> updated
done < <(grep -v '^#' "$table")

if [[ $update == --update ]]; then
    cp updated "$table"
    echo "thresholds.tsv has the new figures; say in the commit why they changed"
    exit 0
fi
[[ $failures -eq 0 ]] || echo "$failures beyond what thresholds.tsv allows; if that is meant: thresholds.sh … --update" >&2
[[ $failures -eq 0 ]]
