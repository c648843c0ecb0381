#!/usr/bin/env bash
# Signs, signs again and verifies a zone with danectl and with the others, in turn, and holds the figures against the goals.
#
# usage: compare.sh DANECTL [SHAPE COUNT [ROUNDS]]       SHAPE: host or tld, see make-zone.py; ROUNDS: 3 unless told
#        compare.sh DANECTL scale [COUNT]                danectl alone: "tld COUNT" (1000000 unless told) and ten times that
#
# Without a shape: "host 100000", then "tld 1000000". What only the library can tell, reading and hashing alone, tells the
# program DANEKitBenchmarks, built for release: $DANECTL_PARTS, else where `make bench` builds it. Algorithm 13, NSEC3 without iterations or salt, all cores. What
# danectl has written is judged by dnssec-verify and ldns-verify-zone, or by kzonecheck where those would take hours.
# Exits with 1 when a goal is missed, 2 when an output is wrong.
set -euo pipefail

danectl=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
parts=${DANECTL_PARTS:-$here/.build/release/DANEKitBenchmarks}
[[ -x $parts ]] || { echo "$parts is missing: swift build --package-path Benchmarks -c release" >&2; exit 64; }
parts=$(realpath "$parts")
if [[ ${2:-} == scale ]]; then
    set -- "$danectl" tld "${3:-1000000}" scale
elif [[ $# -lt 3 ]]; then
    status=0
    for zone in "host 100000" "tld 1000000"; do
        # shellcheck disable=SC2086
        "$0" "$danectl" $zone 3 || status=$?
        [[ $status -le 1 ]] || exit "$status"
    done
    exit "$status"
fi
shape=$2 count=$3 rounds=${4:-3}
scale=no
[[ $rounds != scale ]] || scale=yes
[[ $shape == host || $shape == tld ]] || { echo "no such shape: $shape" >&2; exit 64; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/danectl-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
threads=$(nproc)
large=200000

prepare() {
    python3 "$here/make-zone.py" "$shape" "$count" > zone
    sed 's/^ns2 IN A 192\.0\.2\.2$/ns2 IN A 192.0.2.3/' zone > changed
    printf '%s\n' '$ORIGIN example.org.' '$TTL 3600' '@ IN SOA ns1 hostmaster 1 7200 3600 1209600 300' \
        '@ IN NS ns1' '@ IN NS ns2' '@ IN MX 10 mail' '@ IN A 192.0.2.4' 'ns1 IN A 192.0.2.1' 'ns2 IN A 192.0.2.2' \
        'mail IN A 192.0.2.5' 'www IN CNAME @' > everyday
    mkdir keys
    for role in "-f KSK" ""; do
        # shellcheck disable=SC2086
        dnssec-keygen -q -K keys -a ECDSAP256SHA256 $role example.org > /dev/null
    done
    ksk=$(grep -l ' 257 ' keys/*.key) zsk=$(grep -l ' 256 ' keys/*.key)
    ksk=${ksk%.key} zsk=${zsk%.key}
    local opt_out=off
    [[ $shape == host ]] || opt_out=on
    cat > knot.conf <<K
server:
    rundir: $folder
database:
    storage: $folder
    kasp-db: kasp
policy:
  - id: bench
    algorithm: ecdsap256sha256
    signing-threads: $threads
    cds-cdnskey-publish: none
    nsec3: on
    nsec3-opt-out: $opt_out
    nsec3-iterations: 0
    nsec3-salt-length: 0
template:
  - id: default
    storage: $folder
    dnssec-signing: on
zone:
  - domain: example.org
    file: zone
    dnssec-policy: bench
K
    danectl_options=() bind_options=() ldns_options=()
    if [[ $shape == tld ]]; then
        danectl_options=(--opt-out) bind_options=(-A) ldns_options=(-p)
    fi
}

# timed WORK TOOL COMMAND…: runs a command; its wall time, processor time and peak memory go to the file "times".
timed() {
    local work=$1 tool=$2
    shift 2
    if ! /usr/bin/time -o time -f "%e %U %S %M" "$@" > log 2>&1; then
        echo "$tool failed:" >&2
        tail -3 log >&2
        [[ $tool != danectl ]] || exit 2
        return 0
    fi
    [[ $round -eq 0 ]] || echo "$work $tool $(cat time)" >> times
}

danectl_sign() { # WORK SOURCE OUTPUT
    timed "$1" danectl "$danectl" sign --zone-file "$2" --origin example.org --keys keys --nsec3 \
        "${danectl_options[@]}" --output "$3"
}

sign_with_others() {
    rm -rf knot.out
    timed sign kzonesign kzonesign -c knot.conf -o knot.out example.org
    timed sign dnssec-signzone dnssec-signzone -q -P -n "$threads" -3 - -H 0 "${bind_options[@]}" -S -K keys \
        -o example.org -f bind.out zone
    # It takes minutes for a large zone: once is enough to know that it is not the fastest.
    if [[ $count -le $large || $round -eq 1 ]]; then
        timed sign ldns-signzone ldns-signzone -n "${ldns_options[@]}" -t 0 -f ldns.out zone "$ksk" "$zsk"
    fi
}

judge() { # FILE
    if [[ $count -gt $large ]]; then
        kzonecheck -o example.org -d on "$1" > log 2>&1 && return
    else
        dnssec-verify -q -x -o example.org "$1" > log 2>&1 && ldns-verify-zone -V 1 "$1" >> log 2>&1 && return
    fi
    echo "the output of danectl is not valid:" >&2
    tail -5 log >&2
    exit 2
}

# Milliseconds of one run of a command, the best of many, which is what the rest of the machine disturbs least; what it
# writes to "everyday.*" is removed before each.
start_up() { # WORK COMMAND…
    best_of 40 "$@"
}

best_of() { # RUNS WORK COMMAND…
    python3 - "$@" >> small <<'P'
import glob, os, shutil, sys, time
runs = int(sys.argv.pop(1))
program = shutil.which(sys.argv[2])
quiet = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_WRONLY, 0) for descriptor in (1, 2)]
def once():
    for path in glob.glob("everyday.*"):
        os.unlink(path)
    begin = time.perf_counter()
    process = os.posix_spawn(program, sys.argv[2:], os.environ, file_actions=quiet)
    status = os.waitpid(process, 0)[1]
    elapsed = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{sys.argv[2:]} failed")
    return elapsed
print(sys.argv[1], min(once() for _ in range(runs)) * 1000)
P
}

# danectl alone, with one size and ten times that: time and memory may grow by a tenth more.
if [[ $scale == yes ]]; then
    : > times
    round=1
    for factor in 1 10; do
        rm -rf keys zone danectl.out
        count=$((count * factor))
        echo "== tld $count =="
        prepare
        # The first time, a virtual machine gets its memory from its host.
        for round in 0 1 2 3; do
            rm -f danectl.out
            danectl_sign "$factor" zone danectl.out
        done
    done
    cat times
    # Of three rounds the middle one.
    for column in 3 6; do
        for factor in 1 10; do
            awk -v work="$factor" -v column="$column" '$1 == work { print $column }' times | sort -n | sed -n 2p
        done
    done | xargs | awk '{
        time = $2 / $1; memory = $4 / $3; missed = time > 11 || memory > 11
        printf "  %s  ten times the zone: %.1f x the time, %.1f x the memory, goal 11 x\n",
            missed ? "MISSED " : "reached", time, memory
        exit missed }'
    exit
fi

echo "== $shape $count: $rounds rounds after a warm-up, $threads threads =="
prepare
: > times
: > small
: > rates
: > raw-rates
for ((round = 0; round <= rounds; round++)); do
    # A large zone is warmed up by danectl alone: what the others would gain is below a hundredth.
    rm -f danectl.out
    danectl_sign sign zone danectl.out
    # Clocks change within minutes, so the raw rate is measured at once.
    if [[ $round -gt 0 ]]; then
        openssl speed -seconds 1 -multi "$threads" ecdsap256 2> /dev/null \
            | awk '/nistp256/ { print $(NF - 1) }' >> raw-rates
        judge danectl.out
    fi
    [[ $round -eq 0 && $count -gt $large ]] || sign_with_others
    # As it was published: on the disk.
    cp danectl.out again.out
    sync again.out
    danectl_sign re-sign changed again.out
    [[ $round -ne 1 ]] || judge again.out
    if [[ $shape == host ]]; then
        timed verify danectl "$danectl" verify danectl.out
        timed verify dnssec-verify dnssec-verify -q -x -o example.org danectl.out
        timed verify kzonecheck kzonecheck -o example.org -d on danectl.out
    fi
done
# By the type of the record: type bitmaps name RRSIG too.
signatures=$(awk '$4 == "RRSIG"' danectl.out | wc -l)
raw=$(sort -n raw-rates | awk '{ rate[NR] = $1 } END { print (rate[int((NR + 1) / 2)] + rate[int(NR / 2) + 1]) / 2 }')
# What the others have left to be written would be waited for, whoever writes next.
sync
start_up true true
start_up --version "$danectl" --version
start_up everyday "$danectl" sign --zone-file everyday --origin example.org --keys keys --output everyday.out
start_up everyday-with-ldns-signzone ldns-signzone -n -t 0 -f everyday.ldns everyday "$ksk" "$zsk"
start_up everyday-with-dnssec-signzone dnssec-signzone -q -P -3 - -H 0 -S -K keys -o example.org -f everyday.bind everyday
if [[ $shape == host ]]; then
    # Ten thousand services, published two days ago, of which nothing is due.
    mkdir services
    (cd services && python3 "$here/make-services.py" 10000 && mkdir live
        "$danectl" cert self-sign --key live/c0.key -o live/c0.crt --dns x.example --validity 90d \
            --now 2026-11-21T12:00:00Z
        "$danectl" apply --now 2026-11-21T12:00:00Z) > log 2>&1 || { tail -3 log >&2; exit 2; }
    for work in plan status apply; do
        best_of 5 "$work-10000-services" "$danectl" "$work" --manifest services/danectl.yaml --now 2026-11-23T12:00:00Z
    done
fi
if [[ $shape == tld ]]; then
    # The best of three rounds in turn.
    cc -O2 -o raw "$here/raw.c" -lcrypto -lpthread
    "$parts" rates read zone > rates
    for round in 1 2 3; do
        "$parts" rates write danectl.out "/dev/shm/danectl-bench.$$" >> rates
        "$parts" rates hash 2 >> rates
        echo "raw-hash $(./raw sha1 "$threads" 2)" >> rates
    done
fi
python3 "$here/judge-times.py" "$shape" "$signatures" "$raw" "$threads"
