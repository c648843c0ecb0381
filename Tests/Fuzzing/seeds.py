#!/usr/bin/env python3
"""Makes seeds for the fuzz targets from the repository's own zones, and from what danectl itself writes.

usage: seeds.py DANECTL FOLDER      makes FOLDER/TARGET for every target
"""
import pathlib
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


def main():
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
    for name in ("zone", "certificate"):
        seed("state", name, f"""{{"format":"danectl.{name}-state/1","{name}":"example.org.","events":[
          {{"track":"x","kind":"published","at":"2026-11-21T12:00:00Z","ttl":3600}}],
          "publications":[{{"at":"2026-11-21T12:00:00Z","serial":7}}],
          "unneededSince":{{"example.org.":"2026-11-21T12:00:00Z"}}}}""".encode())


if __name__ == "__main__":
    main()
