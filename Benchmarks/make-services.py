#!/usr/bin/env python3
"""A manifest of many services, its zones, and what makes its certificates: make-services.py SERVICES [ZONES [CERTIFICATES]].

Writes into the working folder. Each service is an XMPP server of its own, on a host of its own, so that each has a TLSA RRset."""
import sys

services = int(sys.argv[1])
zones = int(sys.argv[2]) if len(sys.argv) > 2 else 4
certificates = int(sys.argv[3]) if len(sys.argv) > 3 else 1

for zone in range(zones):
    with open(f"z{zone}.example.zone", "w") as file:
        file.write("$TTL 1h\n@ SOA ns1 hostmaster 1 2h 1h 6d 5m\n@ NS ns1\nns1 A 192.0.2.53\n")
        for number in range(zone, services, zones):
            file.write(f"h{number} A 192.0.2.{number % 250 + 1}\n")
            file.write(f"_xmpp-server._tcp.d{number} SRV 5 0 5269 h{number}\n")

with open("danectl.yaml", "w") as file:
    file.write("version: 1\nzones:\n")
    for zone in range(zones):
        file.write(f"  z{zone}.example: {{ source: z{zone}.example.zone }}\n")
    file.write("certificates:\n")
    for number in range(certificates):
        file.write(
            f"  c{number}:\n    live: {{ chain: live/c{number}.crt, key: live/c{number}.key }}\n"
            f"    staged: {{ chain: staged/c{number}.crt, key: staged/c{number}.key }}\n"
            "    tlsa: 3 1 1\n    rollover: two-phase\n"
        )
    file.write("services:\n")
    for number in range(services):
        file.write(
            f"  - {{ srv: _xmpp-server._tcp.d{number}.z{number % zones}.example, certificate: c{number % certificates} }}\n"
        )
