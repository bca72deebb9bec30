#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts meson's results over several build folders; the last line is "N passed, N failed".

A test that speaks TAP counts once per subtest; one that does not counts once. Read from meson's
testlog.json: its JUnit file is no XML any more as soon as a test prints a control character.
"""
import argparse
import json
import pathlib
import re
import sys

SUBTEST = re.compile(r"^(not )?ok\b[^#\n]*(#\s*(skip|todo)\b)?", re.I | re.M)
ENDED_WELL = {"OK", "SKIP", "EXPECTEDFAIL"}


def count_program(result):
    """Returns passed, failed, skipped of one test program."""
    good = result["result"] in ENDED_WELL
    passed = failed = skipped = 0
    for bad, _, directive in SUBTEST.findall(result.get("stdout") or ""):
        if directive.lower() == "skip":
            skipped += 1
        elif bad and directive.lower() != "todo":
            failed += 1
        else:
            passed += 1

    if not good:
        # A program that crashed or ran out of time may have no failed subtest of its own.
        failed = max(failed, 1)
    elif passed + failed + skipped == 0:
        if result["result"] == "SKIP":
            skipped = 1
        else:
            passed = 1
    return passed, failed, skipped


def count_folder(folder):
    with open(folder / "meson-logs" / "testlog.json", encoding="utf-8") as lines:
        results = [json.loads(line) for line in lines if line.strip()]
    counts = [count_program(result) for result in results]
    passed, failed, skipped = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
    bad = [r["name"] for r in results if r["result"] not in ENDED_WELL]
    print(f"{folder}: {len(results)} programs, {passed} passed, {failed} failed, {skipped} skipped"
          + (f"; not well: {', '.join(bad)}" if bad else ""))
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--failed-builds", type=int, default=0)
    options = parser.parse_args()

    passed = skipped = 0
    failed = options.failed_builds
    for folder in options.folders:
        if not (folder / "meson-logs" / "testlog.json").exists():
            print(f"{folder}: no test ran")
            failed += 0 if options.failed_builds else 1
            continue
        p, f, s = count_folder(folder)
        passed, failed, skipped = passed + p, failed + f, skipped + s

    if skipped:
        print(f"{skipped} skipped (the reasons stand in meson-logs/testlog.txt)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
