#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of each folder of the corpus: how many records of each kind, and a digest of the export.

check-corpus-digests.py TOMOSHIBI [--write]: TAP on standard output; nothing to do where the corpus is
absent. The table beside this file was written by --write after the exports had been compared with their
sources by eye; a digest that changes says that some export did: look at it before writing the table anew.
"""
import collections
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

TOMOSHIBI = sys.argv[1]
CORPUS = pathlib.Path(os.environ.get("TOMOSHIBI_CORPUS") or
                      os.path.join(os.environ["TOMOSHIBI_SOURCE_DIR"], "..", "shared", "corpus"))
TABLE = pathlib.Path(__file__).with_name("corpus-digests.json")


def export(folder):
    """Lines of the export of a disc made of @folder, without what differs each time."""
    with tempfile.TemporaryDirectory() as work:
        disc = os.path.join(work, "disc")
        subprocess.run([TOMOSHIBI, "build", "--unsealed", "--accept", "all", "--months", "1200", "--clamd",
                        "none", "--as-of", "2026-11-01T00:00", "--from", str(folder), "--to", disc],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        out = subprocess.run([TOMOSHIBI, "export", disc], check=True, stdout=subprocess.PIPE).stdout
    return [line for line in out.decode("utf-8").splitlines() if '"type":"disc"' not in line[:20]]


def outcome(folder):
    lines = sorted(export(folder))
    kinds = collections.Counter()
    for line in lines:
        value = json.loads(line)
        if value["type"] == "record":
            kinds[value["kind"]] += 1
        elif value["type"] in ("patient", "finding"):
            kinds[value["type"] + "s"] += 1
    return {"kinds": dict(sorted(kinds.items())),
            "digest": hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]}


def main():
    if not CORPUS.is_dir():
        print("1..0 # SKIP no corpus at %s" % CORPUS.name)
        return
    folders = sorted(path for path in CORPUS.iterdir() if path.is_dir())
    if "--write" in sys.argv:
        table = {path.name: outcome(path) for path in folders}
        TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
        return
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    print("1..%d" % (len(folders) + 1))
    known = sorted(table) == [path.name for path in folders]
    print("%sok 1 every folder is in the table" % ("" if known else "not "))
    for number, path in enumerate(folders, 2):
        found, wanted = outcome(path), table.get(path.name)
        if found != wanted:
            print("# found %s" % json.dumps(found))
            print("# wanted %s" % json.dumps(wanted))
        print("%sok %d %s" % ("" if found == wanted else "not ", number, path.name), flush=True)


main()
