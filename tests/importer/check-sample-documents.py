#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample hospital's extended storage, written, imported and compared with its standard storage.

check-sample-documents.py TOMOSHIBI: TAP on standard output.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

TOMOSHIBI = sys.argv[1]
KINDS = {"L11506^": "note", "L28623^": "note", "^退院サマリ": "document", "^紹介状": "document",
         "L-OBSERVATIONS^": "vital"}


def run(*arguments):
    return subprocess.run([TOMOSHIBI, *map(str, arguments)], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode("utf-8")


def digest(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Sample:
    def __init__(self, work):
        self.tree = work / "with"
        run("sample", "--patients", 60, "--months", 4, "--clean", "--as-of", "2026-11-01T23:50",
            "--to", self.tree)
        self.bare = work / "without"
        run("sample", "--patients", 60, "--months", 4, "--clean", "--as-of", "2026-11-01T23:50",
            "--standard-only", "--to", self.bare)
        run("build", "--from", self.tree, "--to", work / "disc", "--unsealed", "--as-of",
            "2026-11-01T23:50", "--accept", "all")
        lines = [json.loads(line) for line in run("export", work / "disc").splitlines()]
        self.records = [line for line in lines if line["type"] == "record"]
        self.findings = [line for line in lines if line["type"] == "finding"]
        self.files = [p for p in (self.tree / "9910000001_ext").rglob("main_document.*")]
        self.documents = collections.defaultdict(list)
        for record in self.records:
            if record["source"]["path"].startswith("9910000001_ext/"):
                self.documents[record["source"]["path"]].append(record)


def check_standard(sample):
    """The standard storage is the same bytes with and without documents."""
    return [] if digest(sample.tree / "9910000001") == digest(sample.bare / "9910000001") else [
        "the standard storage changed"]


def check_all(sample):
    """Every document is one record of its patient, live unless replaced, of the kind of its folder."""
    wrong = []
    counts = collections.Counter()
    for file in sample.files:
        path = str(file.relative_to(sample.tree))
        found = sample.documents.get(path, [])
        parts = path.split("/")
        kind = next(k for begin, k in KINDS.items() if parts[5].startswith(begin))
        counts[parts[5]] += 1
        if len(found) != 1:
            wrong.append("%s: %d records" % (path, len(found)))
            continue
        record = found[0]
        if record.get("patient") != parts[3] or record.get("disputed"):
            wrong.append("%s: of %s" % (path, record.get("patient")))
        if record["kind"] != kind or record["live"] != (parts[6][-1] == "1"):
            wrong.append("%s: %s, live %s" % (path, record["kind"], record["live"]))
    if len(counts) != 5 or min(counts.values()) < 3:
        wrong.append("too few documents: %s" % dict(counts))
    if not any(r["status"] == "superseded" for rs in sample.documents.values() for r in rs):
        wrong.append("no superseded summary")
    for finding in sample.findings:
        if finding.get("path", "").startswith("9910000001_ext/"):
            wrong.append("finding: %s %s" % (finding["code"], finding["detail"]))
    return wrong


def check_story(sample):
    """Days in hospital have notes and vital signs; a note names the drugs that are prescribed."""
    wrong = []
    drugs = collections.defaultdict(set)
    for record in sample.records:
        if record["kind"] == "prescription":
            for item in record.get("items", ()):
                drugs[record.get("patient")].add(item.get("drug"))
    n = 0
    for path, (record,) in sample.documents.items():
        if record["kind"] == "vital":
            times = {item["at"] for item in record["items"]}
            if len(record["items"]) != 15 or len(times) != 3:
                wrong.append("%s: %d values at %d times" % (path, len(record["items"]), len(times)))
        if record["kind"] == "note" and "内服（" in record["text"]:
            named = record["text"].split("内服（")[1].split("）を続ける")[0].replace(" ほか", "")
            n += 1
            if "/L11506^" in path and not set(named.split("、")) <= drugs[record["patient"]] and \
                    record["patient"] in drugs:
                # Out-patients' notes name the usual drugs; of those some are left out now and then.
                if not set(named.split("、")) & drugs[record["patient"]]:
                    wrong.append("%s: other drugs than the prescriptions" % path)
    if n == 0:
        wrong.append("no note names a drug")
    return wrong


def check_search(sample):
    """A word of a note finds it."""
    out = run("search", sample.tree.parent / "disc", "離床を進める")
    return [] if "経過記録" in out else ["not found: " + out[:200]]


CHECKS = (check_standard, check_all, check_story, check_search)


def main():
    print("1..%d" % len(CHECKS))
    with tempfile.TemporaryDirectory() as folder:
        sample = Sample(pathlib.Path(folder))
        for number, check in enumerate(CHECKS, 1):
            wrong = check(sample)
            for line in wrong[:30]:
                print("# " + line)
            print("%s %d %s" % ("not ok" if wrong else "ok", number, check.__doc__))


main()
