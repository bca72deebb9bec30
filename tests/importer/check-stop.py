#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nights of a hospital: which backups become a disc, and which do not.

check-stop.py TOMOSHIBI: TAP on standard output.
"""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

TOMOSHIBI = sys.argv[1]
AS_OF = "2026-11-01T23:50"


def sample(folder, *options):
    subprocess.run([TOMOSHIBI, "sample", "--patients", "40", "--months", "2", "--as-of", AS_OF,
                    *options, "--to", folder], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


class Night:
    """One backup, damaged by the case, and what becomes of it."""

    def __init__(self, work, whole):
        self.work = work
        self.tree = work / "backup"
        shutil.copytree(whole, self.tree, symlinks=True, copy_function=os.link)
        self.files = sorted(p for p in (self.tree / "9910000001").rglob("*")
                            if p.is_file() and p.name.endswith("_1"))
        self.random = random.Random(5)

    def encrypt(self, files, ending=""):
        for path in files:
            size = path.stat().st_size
            path.unlink()  # other nights have the same file
            path.write_bytes(b"\xb3" + self.random.randbytes(size + 300))
            if ending:
                path.rename(path.with_name(path.name + ending))

    def build(self, *options, name="disc", seal=None):
        """Exit code and report."""
        report = self.work / "report.json"
        report.unlink(missing_ok=True)
        how = ["--unsealed"] if seal is None else ["--passphrase-file", seal]
        result = subprocess.run([TOMOSHIBI, "build", "--from", self.tree, "--to", self.work / name,
                                 "--as-of", AS_OF, "--report", report, *how, *options],
                                capture_output=True, text=True, check=False,
                                env={**os.environ, "TOMOSHIBI_KEYS": str(self.work / "keys")})
        if result.returncode == 4 and (self.work / name).exists():
            raise AssertionError("a disc was left: %s" % list((self.work / name).iterdir()))
        if result.returncode == 4 and result.stderr.count("\n") != 1:
            raise AssertionError("more than a line: %s" % result.stderr)
        return result.returncode, json.loads(report.read_text()) if report.exists() else None


def outcomes(report, wanted):
    return sorted(r["rule"] for r in report["stop_rules"] if r["outcome"] == wanted)


def expect(got, code, *stopped):
    """Complaints about exit code, rules and what the report says of them."""
    wrong = []
    if got[0] != code:
        wrong.append("exit %s, not %s" % (got[0], code))
    if got[1] is None:
        return wrong + ["no report"]
    if outcomes(got[1], "stopped") != sorted(stopped):
        wrong.append("stopped by %s" % outcomes(got[1], "stopped"))
    if got[1]["written"] != (code == 0):
        wrong.append("written: %s" % got[1]["written"])
    if (got[1]["verdict"]["level"] == "not-written") != (code == 4):
        wrong.append("verdict: %s" % got[1]["verdict"])
    return wrong


def ordinary(night):
    """A backup with the faults that real ones have."""
    return expect(night.build(), 0)


def half_encrypted(night):
    """At 2 a.m. every second file is already gone; it would be called by its victim."""
    night.encrypt(night.files[::2], ".k3Vq9")
    return expect(night.build(), 4, "high-entropy", "unreadable-files")


def half_locked(night):
    """The same by somebody whose name is known."""
    night.encrypt(night.files[::2], ".lockbit")
    return expect(night.build(), 4, "high-entropy", "ransom-names", "unreadable-files")


def begun(night):
    """It has only begun: fifteen files of some thousand, under their own names."""
    night.encrypt(night.files[:15])
    return expect(night.build(), 4, "high-entropy")


def lines_lost(night):
    """The files of a FHIR export can be read, many of their lines cannot."""
    for path in (night.tree / "fhir").rglob("*.ndjson"):
        lines = path.read_bytes().splitlines(keepends=True)
        path.unlink()  # other nights have the same file
        path.write_bytes(b"".join(line[:len(line) // 2] + b"\n" if i % 2 else line for i, line in enumerate(lines)))
    wrong = expect(night.build(), 4, "unreadable-resources")
    return wrong + expect(night.build("--accept", "unreadable-resources"), 0)


def few(night):
    """Three files that were written badly are no attack."""
    night.encrypt(night.files[:3])
    got = night.build()
    wrong = expect(got, 0)
    if got[1]["suspicious"]["high_entropy"] != 3 or len(got[1]["suspicious"]["such_as"]) != 3:
        wrong.append("not told: %s" % got[1]["suspicious"])
    if got[1]["verdict"]["level"] != "serious":
        wrong.append("verdict: %s" % got[1]["verdict"]["level"])
    return wrong


def notes(night):
    """Notes in three folders."""
    for path in night.files[:300:100]:
        (path.parent / "HOW_TO_DECRYPT.txt").write_text("Pay.")
    return expect(night.build(), 4, "ransom-names")


def archive(night):
    """From an archive the same is seen."""
    night.encrypt(night.files[::2], ".k3Vq9")
    whole = night.work / "backup.tar"
    subprocess.run(["tar", "-C", night.tree, "-cf", whole, "."], check=True)
    night.tree = whole
    return expect(night.build(), 4, "high-entropy", "unreadable-files")


def nested(night):
    """And from an archive inside another one, in a folder."""
    night.encrypt(night.files[::2], ".k3Vq9")
    outer = night.work / "outer"
    outer.mkdir()
    subprocess.run(["tar", "-C", night.tree, "-czf", night.work / "backup.tar.gz", "."], check=True)
    subprocess.run(["tar", "-C", night.work, "-cf", outer / "night.tar", "backup.tar.gz"], check=True)
    night.tree = outer
    return expect(night.build(), 4, "high-entropy", "unreadable-files")


def set_aside(night):
    """The operator may: named in the report, on the disc, in its label."""
    night.encrypt(night.files[::2], ".lockbit")
    got = night.build("--accept", "high-entropy", "--accept", "ransom-names", "--limit",
                      "unreadable-files=90%")
    wrong = expect(got, 0)
    if got[1].get("set_aside") != "ransom-names high-entropy":
        wrong.append("set aside: %s" % got[1].get("set_aside"))
    if got[1].get("overrides") != "accept=ransom-names accept=high-entropy unreadable-files=90%,20":
        wrong.append("overrides: %s" % got[1].get("overrides"))
    shown = subprocess.run([TOMOSHIBI, "report", night.work / "disc"], check=True,
                           capture_output=True, text=True).stdout
    for word in ("ransom-names: set aside by the operator", "usual limit 2%,20"):
        if word not in shown:
            wrong.append("report does not say: " + word)
    return wrong


def previous_sealed(night):
    """Against last week's sealed disc: as much again is fine, half of it is not."""
    passphrases = []
    for i in range(2):
        passphrases.append(night.work / ("passphrase-%d" % i))
        passphrases[i].write_text("correct horse battery staple %d\n" % i)
    wrong = expect(night.build(name="old", seal=passphrases[0]), 0)
    # another passphrase in between: each of them is tried
    both = ("--passphrase-file", passphrases[0])
    compare = ("--previous", night.work / "old", *both)
    got = night.build(*compare, name="again", seal=passphrases[1])
    wrong += expect(got, 0)
    if outcomes(got[1], "not-measured") != []:
        wrong.append("not measured: %s" % outcomes(got[1], "not-measured"))
    label = json.loads((night.work / "again" / "manifest.json").read_text()) if (
        night.work / "again" / "manifest.json").exists() else {}
    if "overrides" in label:
        wrong.append("label: %s" % label)
    for folder in sorted((night.tree / "9910000001").glob("*/*/*"))[::2]:
        shutil.rmtree(folder)
    wrong += expect(night.build(*compare, name="half", seal=passphrases[1]), 4, "fewer-than-previous")
    wrong += expect(night.build(*compare, "--accept", "fewer-than-previous", name="half",
                                seal=passphrases[1]), 0)
    found = list((night.work / "half").rglob("manifest.json"))
    label = json.loads(found[0].read_text())
    if label.get("set_aside") != "fewer-than-previous":
        wrong.append("label: %s" % label)
    return wrong


def previous_vanished(night):
    """A kind of data that is no longer there, and one patient fewer, which is nothing."""
    wrong = expect(night.build(name="old"), 0)
    for path in night.files:
        if "/OML-11/" in str(path):
            path.unlink()
    got = night.build("--previous", night.work / "old")
    wrong += expect(got, 4, "fewer-than-previous")
    detail = [r["detail"] for r in got[1]["stop_rules"] if r["rule"] == "fewer-than-previous"][0]
    if "OML-11" not in detail:
        wrong.append("detail: " + detail)
    return wrong


def previous_newer(night):
    """The backup of the week before, by mistake."""
    shutil.rmtree(night.tree / "fhir")
    wrong = expect(night.build(name="old"), 0)
    for path in list(night.tree.rglob("*_*_*_*_*_*_*")):
        sent = path.name.split("_")[4]
        if sent >= "20261031" and path.is_dir():
            shutil.rmtree(path)
        elif sent >= "20261031":
            path.unlink()
    wrong += expect(night.build("--previous", night.work / "old", "--limit", "stale-data=30"), 4,
                    "previous-newer")
    return wrong


def previous_missing(night):
    """The first night there is none: told before anything is read."""
    nothing = ("--previous", night.work / "none")
    wrong = expect(night.build(*nothing), 4, "previous-unreadable")
    wrong += expect(night.build(*nothing, "--accept", "previous-unreadable"), 0)
    return wrong


def nobody(night):
    """Every folder names another patient than its files: told when all is written, and nothing is left."""
    shutil.rmtree(night.tree / "9910000001_ext")
    shutil.rmtree(night.tree / "fhir")
    for folder in list((night.tree / "9910000001").glob("*/*/*")):
        folder.rename(folder.with_name("9" + folder.name[1:]))
    return expect(night.build(), 4, "no-patients")


def stale(night):
    """Days matter where they are named."""
    wrong = expect(night.build("--as-of", "2026-11-20T02:00"), 0)
    wrong += expect(night.build("--as-of", "2026-11-20T02:00", "--limit", "stale-data=3",
                                name="second"), 4, "stale-data")
    return wrong


def silent(night):
    """The storages stood still for ten days while the export of FHIR went on."""
    lab = next(p for p in night.files if "/OML-11/" in str(p) and p.name.split("_")[4] < "202611")
    parts = lab.name.split("_")
    for number in range(1300):  # 87 a day, in the first half of October
        parts[3] = "%015d" % (900000000 + number)
        parts[4] = "202610%02d1200%02d000" % (number % 15 + 1, number % 60)
        os.link(lab, lab.with_name("_".join(parts)))
    for path in list(night.tree.rglob("*_*_*_*_*_*_*")):
        if path.exists() and path.name.split("_")[4] >= "20261016":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    got = night.build("--limit", "silent-types=7")
    wrong = expect(got, 4, "silent-types")
    detail = [r["detail"] for r in got[1]["stop_rules"] if r["rule"] == "silent-types"][0]
    if not re.fullmatch(r"OML-11: 2026-10-15T[0-9:.]+", detail):
        wrong.append("detail: " + detail)
    # once it is known, it is told and stops nothing
    got = night.build("--limit", "silent-types=7", "--accept", "silent-types", name="known")
    wrong += expect(got, 0)
    got = night.build("--previous", night.work / "known", name="again")
    wrong += expect(got, 0)
    codes = [r["code"] for r in got[1]["verdict"]["reasons"]]
    if "type-silent" not in codes:
        wrong.append("verdict: %s" % codes)
    return wrong


def wrong_words(night):
    """A rule that does not exist is no rule."""
    wrong = []
    for option in (("--accept", "ransom-name"), ("--limit", "stale-data"), ("--limit", "x=1")):
        code = night.build(*option)[0]
        if code != 2:
            wrong.append("%s: exit %d" % (option, code))
    return wrong


CHECKS = (ordinary, half_encrypted, half_locked, begun, lines_lost, few, notes, archive, nested, set_aside,
          previous_sealed, previous_vanished, previous_newer, previous_missing, nobody, stale,
          silent, wrong_words)


def main():
    print("1..%d" % len(CHECKS))
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder) / "whole"
        sample(whole)
        for number, check in enumerate(CHECKS, 1):
            work = pathlib.Path(folder) / check.__name__
            work.mkdir()
            wrong = check(Night(work, whole))
            for line in wrong:
                print("# " + line)
            print("%s %d %s" % ("not ok" if wrong else "ok", number, check.__name__), flush=True)
            shutil.rmtree(work)


main()
