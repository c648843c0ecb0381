#!/bin/sh
# Runs in network, mount and process namespaces of its own (unshare -rnmpf --kill-child), in a folder that has nsd.conf,
# unbound.conf, anchor, zones (a name a line) and checks (a name and a command a line). The resolver of this small world
# is the folder's Unbound at port 53, its trust anchor is the folder's; nothing of it is seen outside.
# Each check's output is left in NAME.out, its exit status in NAME.status.
set -eu
ip link set lo up
echo nameserver 127.0.0.1 > resolv.conf
mount --bind resolv.conf /etc/resolv.conf
# Where Debian's libdane looks for its trust anchor.
mount -t tmpfs tmpfs /usr/share
mkdir /usr/share/dns
cp anchor /usr/share/dns/root.key
[ "${1:-}" != probe ] || exit 0

nsd -d -c nsd.conf > nsd.out 2>&1 &
unbound -d -c unbound.conf > unbound.out 2>&1 &
for zone in $(cat zones); do
    turns=0
    until dig -r @127.0.0.1 +time=1 +tries=1 "$zone" SOA | grep -q 'status: NOERROR'; do
        turns=$((turns + 1))
        [ $turns -lt 40 ] || { cat nsd.out nsd.log unbound.out unbound.log >&2; exit 1; }
        sleep 0.1
    done
done
while read -r name check; do
    status=0
    sh -c "$check" > "$name.out" 2>&1 < /dev/null || status=$?
    echo $status > "$name.status"
done < checks
