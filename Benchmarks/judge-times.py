#!/usr/bin/env python3
"""Prints what compare.sh has measured beside the goals, and exits with 1 when one is missed.

usage: judge-times.py SHAPE SIGNATURES RAW-RATE THREADS     (in the folder of the files "times", "small" and "rates")
"""
import os
import statistics
import sys

# Sign: times as fast as the fastest other; re-sign: part of danectl's own signing; verify: as sign.
GOALS = {"host": {"sign": 3.0, "re-sign": 1 / 10, "verify": 2.5}, "tld": {"sign": 10.0, "re-sign": 1 / 3}}
MEMORY_GOAL = 1 / 2
RAW_RATE_GOAL = 0.9
START_UP_GOALS = {"--version": 8.0, "everyday": 12.0}
# The same for manifests of 10 000 services with their states; the goal is for "plan", the others are held to it.
START_UP_GOALS |= {f"{work}-10000-services": 1000.0 for work in ("plan", "status", "apply")}
# For a million delegations, 133 MB of text, on two cores: seconds. The writing: octets a second to a RAM disk.
READ_GOALS = {"read": (0.2, "into records"), "read-ordered": (0.5, "into a zone in canonical order")}
READ_GOAL_OCTETS = 133e6
WRITE_GOAL = 1e9
HASH_GOAL = 0.8


class Row:
    """The runs of one tool at one kind of work: medians of the times, the peak of memory."""

    def __init__(self, runs):
        self.wall = statistics.median(run[0] for run in runs)
        self.processor = statistics.median(run[1] + run[2] for run in runs)
        self.peak = max(run[3] for run in runs) / 1024


def read_rows():
    runs = {}
    for line in open("times"):
        work, tool, *figures = line.split()
        runs.setdefault(work, {}).setdefault(tool, []).append([float(figure) for figure in figures])
    return {work: {tool: Row(found) for tool, found in tools.items()} for work, tools in runs.items()}


def read_rates():
    """The best figure of each name: seconds of reading are there once, all else is a rate."""
    rates = {}
    for line in open("rates"):
        name, figure = line.split()
        rates[name] = max(rates.get(name, 0.0), float(figure))
    return rates


def main():
    shape, signatures, raw, threads = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    rows, goals, missed = read_rows(), GOALS[shape], 0

    def verdict(text, reached):
        nonlocal missed
        missed += not reached
        print(f"  {'reached' if reached else 'MISSED '}  {text}")

    print(f"{'':10}{'':18}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'danectl is':>13}")
    for work, tools in rows.items():
        own = tools["danectl"].wall
        for tool, row in sorted(tools.items(), key=lambda item: item[1].wall):
            ratio = "" if tool == "danectl" else f"{row.wall / own:11.1f} x"
            print(f"{work:10}{tool:18}{row.wall:9.2f}{row.processor:9.2f}{row.peak:9.0f}{ratio:>13}")
    sign = rows["sign"]["danectl"]
    print(f"openssl speed: {raw:.0f} P-256 signatures/s on {threads} threads; "
          f"danectl: {signatures / sign.wall:.0f}/s from start to end")
    for work in ("sign", "verify"):
        others = {tool: row for tool, row in rows.get(work, {}).items() if tool != "danectl"}
        if work not in goals or not others:
            continue
        ratio = min(row.wall for row in others.values()) / rows[work]["danectl"].wall
        verdict(f"{work}: {ratio:.1f} x the fastest other, goal {goals[work]:g} x", ratio >= goals[work])
        if work == "sign":
            part = sign.peak / min(row.peak for row in others.values())
            verdict(f"memory: {part:.2f} of the smallest other, goal {MEMORY_GOAL}", part <= MEMORY_GOAL)
    if shape == "host":
        part = signatures / sign.wall / raw
        verdict(f"rate: {part:.2f} of the raw signing rate, goal {RAW_RATE_GOAL}", part >= RAW_RATE_GOAL)
    part = rows["re-sign"]["danectl"].wall / sign.wall
    verdict(f"re-sign: {part:.2f} of signing anew, goal {goals['re-sign']:.2f}", part <= goals["re-sign"])
    for line in open("small"):
        work, milliseconds = line.split()
        goal = START_UP_GOALS.get(work)
        if goal is None:
            print(f"           {work}: {float(milliseconds):.1f} ms")
        else:
            verdict(f"{work}: {float(milliseconds):.1f} ms, goal {goal:g} ms", float(milliseconds) <= goal)
    rates = read_rates()
    size = os.path.getsize("zone")
    for work, (goal, what) in READ_GOALS.items():
        if work in rates:
            goal *= size / READ_GOAL_OCTETS
            verdict(f"{work}: {rates[work]:.2f} s for {size / 1e6:.0f} MB {what}, goal {goal:.2f} s", rates[work] <= goal)
    if "write" in rates:
        rate = rates["write"] / 1e9
        verdict(f"write: {rate:.2f} GB/s to a RAM disk, goal {WRITE_GOAL / 1e9:g}", rates["write"] >= WRITE_GOAL)
    if "hash" in rates:
        part = rates["hash"] / rates["raw-hash"]
        verdict(f"NSEC3 hashing: {part:.2f} of raw SHA-1, goal {HASH_GOAL}", part >= HASH_GOAL)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
