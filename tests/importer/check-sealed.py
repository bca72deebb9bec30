#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed discs as their users make and read them, with the program itself, as TAP.

  check-sealed.py TOMOSHIBI
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
CONTAINER = "TOMOSHIBI/records.disc"
results = []


def run(*args, keys, env=None):
    environment = dict(os.environ, TOMOSHIBI_KEYS=str(keys), LC_ALL="C.UTF-8", LANGUAGE="en")
    environment.pop("TOMOSHIBI_PASSPHRASE_FILE", None)
    environment.update(env or {})
    return subprocess.run([PROGRAM, *map(str, args)], capture_output=True, env=environment,
                          check=False)


def check(name, truth):
    results.append((name, bool(truth)))


def facts(output):
    """The lines of an export that do not name the disc itself."""
    return sorted(line for line in output.split(b"\n") if line and b'"type":"disc"' not in line)


def names_on(export):
    words = set()
    for line in export.split(b"\n"):
        if line:
            entry = json.loads(line)
            if entry["type"] == "patient":
                words.update(entry[key] for key in ("id", "name", "kana") if key in entry)
            for item in entry.get("items", []):
                if "drug" in item:
                    words.add(item["drug"])
    # Short ones stand in random bytes by chance.
    return {word.encode() for word in words if len(word.encode()) >= 8}


def overwrite(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


def check_build(work, keys):
    source, sealed, plain = work / "s.tar", work / "sealed", work / "plain"
    secret = work / "passphrase"
    secret.write_text("合言葉 for tests only\n", encoding="utf-8")
    assert run("sample", "--to", source, "--patients", "30", keys=keys).returncode == 0

    result = run("build", "--from", source, "--to", sealed, keys=keys)
    check("a sealed disc wants a passphrase", result.returncode == 2 and not sealed.exists())
    result = run("build", "--as-of", "newest", "--from", source, "--to", sealed,
                 "--passphrase-file", secret, keys=keys)
    check("build seals by default", result.returncode == 0 and b"signed by" in result.stdout)
    assert run("build", "--unsealed", "--as-of", "newest", "--from", source, "--to", plain,
               keys=keys).returncode == 0
    check("the files of a sealed disc",
          sorted(p.name for p in (sealed / "TOMOSHIBI").iterdir()) ==
          sorted(["records.disc", "spare.disc", "manifest.json", "README.txt",
                  "はじめにお読みください.txt"]))
    return source, sealed, plain, secret


def check_reading(work, keys, sealed, plain, secret):
    exported = run("export", sealed, "--passphrase-file", secret, keys=keys)
    other = run("export", plain, keys=keys)
    check("sealed and unsealed discs export the same",
          exported.returncode == 0 and len(facts(exported.stdout)) > 1000
          and facts(exported.stdout) == facts(other.stdout))
    by_environment = run("export", sealed, keys=keys,
                         env={"TOMOSHIBI_PASSPHRASE_FILE": str(secret)})
    check("the passphrase file of the environment", by_environment.stdout == exported.stdout)

    result = run("export", sealed, keys=keys)
    check("no passphrase", result.returncode == 1 and b"is sealed" in result.stderr
          and not result.stdout)
    wrong = work / "wrong"
    wrong.write_text("another\n", encoding="utf-8")
    result = run("export", sealed, "--passphrase-file", wrong, keys=keys)
    check("a wrong passphrase", result.returncode == 1 and b"does not open" in result.stderr
          and not result.stdout)
    return exported.stdout


def check_nothing_plain(work, keys, export):
    words = names_on(export)
    found = set()
    for path in [*work.joinpath("sealed").rglob("*"), *keys.rglob("*")]:
        if path.is_file():
            data = path.read_bytes()
            found.update(word for word in words if word in data)
    check("nothing that a build leaves names anybody or any drug", words and not found)


def check_signer(work, sealed, secret):
    other = work / "other-keys"
    result = run("export", sealed, "--passphrase-file", secret, keys=other)
    found = re.search(rb"fingerprint ([0-9A-F ]{24})", result.stderr)
    check("an unknown signer is refused", result.returncode == 5 and not result.stdout
          and found is not None)
    fingerprint = found.group(1).decode() if found else ""
    result = run("trust", sealed, "--fingerprint", "0000 0000 0000 0000 0000", keys=other)
    check("a wrong fingerprint is not trusted", result.returncode == 5
          and run("export", sealed, "--passphrase-file", secret, keys=other).returncode == 5)
    result = run("trust", sealed, "--fingerprint", fingerprint.lower().replace(" ", ""),
                 keys=other)
    check("a signer is trusted by his fingerprint", result.returncode == 0
          and run("export", sealed, "--passphrase-file", secret, keys=other).returncode == 0)


def check_emergency(work, keys, source, export):
    sheet, code, disc = work / "sheet.html", work / "code", work / "by-key"
    result = run("emergency-key", "--sheet", sheet, "--hospital", "見本 & 病院", keys=keys)
    text = sheet.read_text(encoding="utf-8")
    found = re.search(r"<code>([0-9A-Z-]{41})</code>", text)
    check("the sheet has a code of seven groups, a QR code and nothing from elsewhere",
          result.returncode == 0 and found is not None and "<svg" in text
          and "見本 &amp; 病院" in text and not re.search(r"(src|href|url)\s*[=(]", text))
    check("the sheet is its owner's only", sheet.stat().st_mode & 0o777 == 0o600)
    code.write_text(found.group(1).lower().replace("-", " "), encoding="utf-8")
    secret = found.group(1).encode()
    check("the builder does not keep the code",
          not any(secret in p.read_bytes() for p in keys.rglob("*") if p.is_file()))

    result = run("build", "--as-of", "newest", "--from", source, "--to", disc, keys=keys)
    check("a disc for the emergency key alone", result.returncode == 0)
    result = run("export", disc, "--emergency-key-file", code, keys=keys)
    check("the emergency key opens it", facts(result.stdout) == facts(export))
    code.write_text("00000-" + found.group(1)[6:], encoding="utf-8")
    result = run("export", disc, "--emergency-key-file", code, keys=keys)
    check("a mistyped group is named", result.returncode == 1 and b"group 1" in result.stderr)
    result = run("emergency-key", "--sheet", work / "second.html", keys=keys)
    check("no second key by accident", result.returncode == 2
          and not (work / "second.html").exists())


def verify(disc, keys, *options):
    result = run("verify", disc, "--json", *options, keys=keys)
    return result.returncode, json.loads(result.stdout) if result.stdout else None


def check_manifest(disc, keys, sealed):
    """It stands twice: one that is lost is damage, both are not."""
    def told_of(manifest, copy):
        shutil.rmtree(disc)
        shutil.copytree(sealed, disc)
        path, spare = disc / "TOMOSHIBI/manifest.json", disc / "TOMOSHIBI/spare.disc"
        path.unlink()
        if manifest is not None:
            path.write_bytes(manifest)
        if not copy:
            overwrite(spare, spare.stat().st_size - 50, bytes(50))
        code, told = verify(disc, keys)
        return code, told["verdict"], told["manifest_intact"], told["spare_intact"], told["places"]

    signed = (sealed / "TOMOSHIBI/manifest.json").read_bytes()
    missing = ["manifest.json: missing or damaged; its second copy is used"]
    spoilt = ["spare.disc: not as it was written"]
    altered = ["manifest.json: not the one that was signed"]
    for name, manifest in (("missing", None), ("zeroed", bytes(len(signed))), ("cut", signed[:77]),
                           ("flipped", bytes([signed[0] ^ 16]) + signed[1:])):
        check("verify: a manifest that is " + name,
              told_of(manifest, True) == (5, "repairable", False, True, missing))
        check("verify: so is its copy; it is " + name,
              told_of(manifest, False) == (5, "altered", False, False, spoilt + altered))
    check("verify: the copy of the manifest damaged",
          told_of(signed, False) == (5, "repairable", True, False, spoilt))
    other = signed.replace(b'"id": "', b'"id": "0', 1).replace(b"\n}", b"}")
    check("verify: the manifest of another disc",
          told_of(other, True) == (5, "altered", False, True, altered))


def check_verify(work, keys, sealed, plain, secret, export):
    code, told = verify(sealed, keys)
    check("verify: intact", code == 0 and told["verdict"] == "intact" and not told["places"])
    code, told = verify(plain, keys)
    check("verify: unsealed", code == 0 and told["verdict"] == "unsealed")

    disc = work / "damaged"
    shutil.copytree(sealed, disc)
    container = disc / CONTAINER
    overwrite(container, 32768 + 3 * 32768 + 5000, bytes(2048))
    code, told = verify(disc, keys)
    check("verify: repairable", code == 5 and told["verdict"] == "repairable"
          and told["repairable"] == 1 and told["lost"] == 0)
    result = run("export", disc, "--passphrase-file", secret, keys=keys)
    check("a repaired disc exports the same", result.returncode == 0
          and facts(result.stdout) == facts(export))

    size = container.stat().st_size
    overwrite(container, 32768, os.urandom(min(12 * 32768, size // 2)))
    code, told = verify(disc, keys, "--passphrase-file", secret)
    result = run("export", disc, "--passphrase-file", secret, keys=keys)
    lines = [line for line in result.stdout.split(b"\n") if b'"damaged"' in line]
    touched = {entry.get("patient") for entry in told["touched"]}
    check("verify names whom a loss touches", code == 5 and told["verdict"] == "damaged"
          and told["lost"] > 8 and touched)
    check("export leaves out what is lost, says so, and has no other fact",
          result.returncode == 5 and lines
          and set(facts(result.stdout)) - set(lines) < set(facts(export)))
    told_of = {json.loads(line).get("patient") for line in lines}
    check("export tells of patients that verify names", told_of <= touched)

    shutil.rmtree(disc)
    shutil.copytree(sealed, disc)
    manifest = disc / "TOMOSHIBI/manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("202", "203", 1),
                        encoding="utf-8")
    code, told = verify(disc, keys)
    check("verify: an altered manifest", code == 5 and told["verdict"] == "altered")
    check_manifest(disc, keys, sealed)
    shutil.rmtree(disc)
    shutil.copytree(sealed, disc)
    with open(disc / CONTAINER, "r+b") as file:
        file.truncate(32768 * 5 + 17)
    code, told = verify(disc, keys)
    check("verify: cut", code == 5 and told["verdict"] == "truncated")


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="tomoshibi-sealed-"))
    keys = work / "keys"
    try:
        source, sealed, plain, secret = check_build(work, keys)
        export = check_reading(work, keys, sealed, plain, secret)
        check_nothing_plain(work, keys, export)
        check_signer(work, sealed, secret)
        check_verify(work, keys, sealed, plain, secret, export)
        check_emergency(work, keys, source, export)
    finally:
        shutil.rmtree(work)

    print(f"1..{len(results)}")
    for number, (name, truth) in enumerate(results, 1):
        print(f"{'ok' if truth else 'not ok'} {number} {name}")


main()
