#!/usr/bin/env python3
"""Makes seeds for the fuzz targets from the repository's own zones, and from what danectl itself writes.

usage: seeds.py DANECTL FOLDER      makes FOLDER/TARGET for every target
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
danectl, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])


def run(*arguments, cwd=ROOT):
    return subprocess.run([danectl, *arguments], cwd=cwd, check=False, capture_output=True).stdout


def seed(target, name, octets):
    (folder / target).mkdir(parents=True, exist_ok=True)
    (folder / target / name).write_bytes(octets)


def seed_states():
    """The states of an example's zone and certificate, as they are after each step of a rollover."""
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        for file in (ROOT / "zones/selfsigned.example").glob("*.*"):
            shutil.copy(file, scratch)
        for part in ("live", "staged"):
            (scratch / part).mkdir()
        run("cert", "self-sign", "--key", "live/xmpp.key", "--validity", "90d", "--dns", "selfsigned.example",
            "--dns", "xmpp.selfsigned.example", "-o", "live/xmpp.crt", "--now", "2026-11-21T12:00:00Z", cwd=scratch)
        for step, (day, *rollover) in enumerate((("11-21",), ("12-01",), ("12-03", "rollover", "tlsa", "xmpp"),
                                                 ("12-05",), ("12-20",))):
            now = ["--now", f"2026-{day}T12:00:00Z"]
            if rollover:
                run(*rollover, *now, cwd=scratch)
            run("apply", "--quiet", *now, cwd=scratch)
            states = list((scratch / "state").rglob("*.json"))
            if len(states) < 2:
                sys.exit("danectl has left no states behind to begin with")
            for state in states:
                text = state.read_bytes()
                seed("state", f"{step}-{state.parent.name}", text)
                # Short ones get the fuzzer further.
                brief = json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)
                seed("state", f"{step}-{state.parent.name}-brief", brief.encode())


def seed_changes():
    """Two versions of a zone, and what a signed zone tells of its source."""
    head = "$TTL 60\n@ SOA n h 1 2 3 4 5\n@ NS n\nn A 1.2.3.4\n"
    hosts = [f"h{number} {record}\n" for number in range(8) for record in ("A 1.2.3.4", 'TXT "x"')]
    text = head + "".join(hosts)
    for index, (old, new) in enumerate((("h3 A 1.2.3.4", "h3 A 1.2.3.55"), ('h4 TXT "x"', 'h4 60 TXT "longer text"'),
                                        ("SOA n h 1", "SOA n h 1000"), ("h5 A", "; h5\nh5 A"), ("h2 A", "h9 A"),
                                        ("$TTL 60", "$TTL 61"), ("h6 A", "$ORIGIN x.\nh6 A"))):
        seed("changes", f"{index}", (text + "-----\n" + text.replace(old, new)).encode())
        seed("changes", f"{index}-back", (text.replace(old, new) + "-----\n" + text).encode())
    lines = ["; danectl source 2 3 4 5 6 1797175675 1796009275 " + " ".join(["0123456789abcdef" * 2] * 3)]
    lines += [f"; danectl block {length} 7c93519aec59c580 " + " ".join(["fedcba9876543210" * 2] * 2) for length in (131096, 7)]
    seed("provenance", "two-blocks", "".join(line + "\n" for line in lines).encode())


def main():
    seed_changes()
    every_type = ROOT / "Tests/Fixtures/every-type.zone"
    # Records one by one: the parts of a fuzzer's input are best small.
    own = run("read", "--origin", "example.", str(every_type)).decode().splitlines()
    generic = run("read", "--generic", "--origin", "example.", str(every_type)).decode().splitlines()
    for index, (line, numbered) in enumerate(zip(own, generic)):
        number = int(numbered.split("\t")[3].removeprefix("TYPE"))
        seed("zone", f"record-{index}", f"{line}\n".encode())
        if number < 512:
            kind = number.to_bytes(2, "big")
            seed("rdata", f"{index}", kind + line.split("\t", 4)[4].encode())
            seed("wire", f"{index}", kind + bytes.fromhex(numbered.split("\t", 4)[4].split(" ", 3)[2]
                                                          if numbered.count(" ") > 1 else ""))
    for zone in ROOT.glob("zones/*/*.zone"):
        text = zone.read_bytes()
        for start in range(0, min(len(text), 8000), 1000):
            seed("zone", f"{zone.name}-{start}", text[start:start + 1500])
    for manifest in ROOT.glob("zones/*/danectl.yaml"):
        seed("manifest", manifest.parent.name, manifest.read_bytes())
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        for algorithm in ("rsasha256", "ecdsap256sha256", "ecdsap384sha384", "ed25519", "ed448"):
            run("keygen", "example.", "--algorithm", algorithm, "--keys", "keys", cwd=scratch)
        for key in (scratch / "keys").glob("*.key"):
            private = key.with_suffix(".private")
            seed("keys", key.name, key.read_bytes() + b"-----\n" + private.read_bytes())
            seed("keys", f"{key.name}-state", key.read_bytes() + b"-----\n-----\nAlgorithm: 13\nKSK: yes\n")
        for index, names in enumerate((["--dns", "example.org"], ["--srv", "_xmpp-client.example.org"],
                                       ["--xmpp-address", "example.org"])):
            pem = run("cert", "self-sign", "--key", f"{index}.pem", *names, cwd=scratch)
            seed("certificates", f"{index}.pem", pem)
            der = subprocess.run(["openssl", "x509", "-outform", "der"], input=pem, check=False, capture_output=True)
            seed("certificates", f"{index}.der", der.stdout)
            seed("certificates", f"key-{index}.pem", (scratch / f"{index}.pem").read_bytes())
            (scratch / "chain.pem").write_bytes(pem)
            seed("posh", f"{index}.json", run("posh", "example.org", "--cert", "chain.pem", cwd=scratch))
    for index, text in enumerate(("3 1 1", "311", "dane-ee spki sha2-256", "DANE-TA(2) Cert(0) Full(0)", "1,0/2")):
        seed("tlsa", f"{index}", text.encode())
    seed("posh", "url.json", b'{"url":"https://example.net/posh.json","expires":86400}\n')
    seed_states()
    seed("state", "zone-2", b"""{"format":"danectl.zone-state/2","zone":"example.org.",
      "publications":[{"at":"2026-11-21T12:00:00Z","serial":7}],
      "histories":[{"events":[{"at":"2026-11-21T12:00:00Z","event":"done","content":{"absent":true},"ttl":300},
        {"at":"2026-11-21T12:00:00Z","event":"began","content":{"tlsa":["3 1 1 00ff"]},"ttl":3600},
        {"at":"2026-11-21T12:00:00Z","event":"signed","expiration":"2026-12-05T12:00:00Z"},
        {"at":"2026-11-21T12:00:00Z","event":"seen-lagging","server":"ns\\u0031","expire":86400},
        {"at":"2026-11-21T12:00:01Z","event":"finished"}],"of":["_443._tcp.a.example.org. TLSA"]},
       {"events":[{"at":"2026-11-21T12:00:00Z","event":"found","content":{"targets":["a.example.org."]},"ttl":60},
        {"at":"2026-11-21T12:00:00Z","event":"found","content":{"present":"addresses"},"ttl":60},
        {"at":"2026-11-21T12:00:00Z","event":"found","content":{"ds":[{"algorithm":13,"keyTag":1,"fingerprint":"x"}]},
         "ttl":60},{"at":"2026-11-21T12:00:00Z","event":"history-lost","ttl":86400}],
        "of":["_a._tcp.example.org. SRV","example.org. TYPE65280"]}],
      "records":{"a.example.org. A":{"ttl":60,"records":["192.0.2.1"]}},
      "unneededSince":{"_443._tcp.b.example.org. TLSA":"2026-11-21T12:00:00Z"}}""")


if __name__ == "__main__":
    main()
