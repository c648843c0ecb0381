#!/usr/bin/env python3
"""Prints a zone to sign: the same text for the same arguments.

usage: make-zone.py host|tld COUNT

  host  COUNT hosts, each with A, every second with AAAA, every fifth with TXT, every fourth with TLSA two labels
        below it: nearly every RRset gets a signature.
  tld   COUNT delegations, each with two NS and one address of glue, every tenth with DS: under opt-out nearly nothing
        gets one.

Names come in random order, as from a database.
"""
import random
import sys

LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEAD = """\
$ORIGIN example.org.
$TTL 3600
@ IN SOA ns1 hostmaster 1 7200 3600 1209600 300
@ IN NS ns1
@ IN NS ns2
ns1 IN A 192.0.2.1
ns2 IN A 192.0.2.2
"""


def labels(dice, count):
    """Different labels of 6 to 16 characters, the first one a letter, in random order."""
    found = {}
    while len(found) < count:
        rest = dice.choices(LETTERS + "0123456789", k=dice.randint(5, 15))
        found[dice.choice(LETTERS) + "".join(rest)] = None
    return found


def host(dice, number, label):
    yield f"{label} 3600 IN A 198.51.{number >> 8 & 255}.{number & 255}"
    if number % 2 == 0:
        yield f"{label} 3600 IN AAAA 2001:db8::{number & 0xFFFF:x}:{number >> 16:x}"
    if number % 5 == 0:
        yield f'{label} 3600 IN TXT "v=spf1 mx -all"'
    if number % 4 == 0:
        yield f"_5222._tcp.{label} 3600 IN TLSA 3 1 1 {dice.getrandbits(256):064x}"


def delegation(dice, number, label):
    yield f"{label} 86400 IN NS ns1.{label}"
    yield f"{label} 86400 IN NS ns2.hoster{number % 997}.net."
    yield f"ns1.{label} 86400 IN A 203.0.{number >> 8 & 255}.{number & 255}"
    if number % 10 == 0:
        yield f"{label} 86400 IN DS {number & 0xFFFF} 13 2 {dice.getrandbits(256):064x}"


def main():
    shape, count = {"host": host, "tld": delegation}[sys.argv[1]], int(sys.argv[2])
    dice = random.Random(count)
    sys.stdout.write(HEAD)
    for number, label in enumerate(labels(dice, count)):
        for line in shape(dice, number, label):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
