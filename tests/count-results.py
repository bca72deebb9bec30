#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts meson's results over several build folders; the last line is "N passed, N failed".

A test that speaks TAP counts once per subtest; one that does not counts once.
"""
import argparse
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def count_junit(path):
    """Returns passed, failed, skipped of one testlog.junit.xml."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        tags = {child.tag for child in case}
        if tags & {"failure", "error"}:
            failed += 1
        elif "skipped" in tags:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def bad_programs(path):
    """Names of test programs that did not end well, from testlog.json: a crash has no subtest."""
    good = {"OK", "SKIP", "EXPECTEDFAIL"}
    with open(path, encoding="utf-8") as lines:
        results = [json.loads(line) for line in lines if line.strip()]
    return len(results), [r["name"] for r in results if r["result"] not in good]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--failed-builds", type=int, default=0)
    options = parser.parse_args()

    passed = skipped = 0
    failed = options.failed_builds
    for folder in options.folders:
        logs = folder / "meson-logs"
        if not (logs / "testlog.json").exists():
            print(f"{folder}: no test ran")
            failed += 1 if options.failed_builds == 0 else 0
            continue
        programs, bad = bad_programs(logs / "testlog.json")
        p, f, s = count_junit(logs / "testlog.junit.xml")
        # A program that crashed or ran out of time may have no failed subtest of its own.
        f = max(f, len(bad))
        print(f"{folder}: {programs} programs, {p} passed, {f} failed, {s} skipped"
              + (f"; not well: {', '.join(bad)}" if bad else ""))
        passed += p
        failed += f
        skipped += s

    if skipped:
        print(f"{skipped} skipped (the reasons stand in meson-logs/testlog.txt)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
