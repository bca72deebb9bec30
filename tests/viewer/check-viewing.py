#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the viewer leaves behind on a laptop after a chart of a sealed disc was looked at, as TAP.

  check-viewing.py TOMOSHIBI TOMOSHIBI-VIEWER

Every place a program may write to is a folder of this test. Needs a display.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM, VIEWER = sys.argv[1:3]
PLACES = {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache",
          "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "runtime",
          "TMPDIR": "tmp"}
results = []


def check(name, truth):
    results.append((name, bool(truth)))


def make_disc(work, environment):
    secret = work / "passphrase"
    secret.write_text("合言葉 for tests only\n", encoding="utf-8")
    for args in (["sample", "--to", work / "s.tar", "--patients", "30"],
                 ["build", "--as-of", "newest", "--from", work / "s.tar", "--to", work / "disc",
                  "--passphrase-file", secret]):
        subprocess.run([PROGRAM, *map(str, args)], check=True, capture_output=True, env=environment)
    export = subprocess.run([PROGRAM, "export", str(work / "disc"), "--passphrase-file", str(secret)],
                            check=True, capture_output=True, env=environment).stdout
    return secret, [json.loads(line) for line in export.splitlines()]


def words_of(entries):
    words = set()
    for entry in entries:
        if entry["type"] == "patient":
            words.update(entry[key] for key in ("id", "name", "kana") if key in entry)
        words.update(item["drug"] for item in entry.get("items", []) if "drug" in item)
    # Short ones stand in random bytes by chance.
    return {word.encode() for word in words if len(word.encode()) >= 8}


def window_of(process, environment):
    """Its number, when it shows the chart; None when it does not come."""
    for _ in range(600):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)],
                               capture_output=True, check=False, env=environment).stdout.split()
        if found:
            return found[0].decode()
        if process.poll() is not None:
            return None
        time.sleep(0.1)
    return None


def wait_for_file(folder):
    for _ in range(600):
        if files_in([folder]):
            return True
        time.sleep(0.1)
    return False


def files_in(folders):
    return [path for folder in folders for path in folder.rglob("*")
            if path.is_file() and not path.is_symlink()]


def view(work, environment, secret, patient):
    """Looks at one chart, turns a few pages, and ends the viewer as somebody ends it."""
    process = subprocess.Popen([VIEWER, str(work / "disc"), "--passphrase-file", str(secret),
                                "--patient", patient], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    window = window_of(process, environment)
    # The disc is open when the viewer notes where it was.
    if window is not None and wait_for_file(work / "laptop" / "config"):
        time.sleep(1)
        for key in ("F5", "F7", "space", "F3"):
            subprocess.run(["xdotool", "key", "--window", window, key], check=False, env=environment)
            time.sleep(0.5)
    still_there = process.poll() is None
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return window is not None and still_there


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="tomoshibi-viewing-"))
    try:
        environment = dict(os.environ, TOMOSHIBI_KEYS=str(work / "keys"), LC_ALL="C.UTF-8",
                           LANGUAGE="ja")
        for name in ("DBUS_SESSION_BUS_ADDRESS", "TOMOSHIBI_PASSPHRASE_FILE"):
            environment.pop(name, None)
        secret, entries = make_disc(work, environment)
        words = words_of(entries)
        patient = next(e["id"] for e in entries if e["type"] == "patient")

        for name, folder in PLACES.items():
            (work / "laptop" / folder).mkdir(parents=True, mode=0o700)
            environment[name] = str(work / "laptop" / folder)
        disc_before = {path: path.read_bytes() for path in files_in([work / "disc"])}
        check("the viewer shows the chart", view(work, environment, secret, patient))
        left = files_in([work / "laptop"])
        found = {word for path in left for word in words if word in path.read_bytes()}
        check("the viewer remembers what it was set to, where this test looks",
              any(path.is_relative_to(work / "laptop" / "config") for path in left))
        check("nothing that viewing leaves names anybody or any drug", words and not found)
        check("no name of a file does",
              not any(word in os.fsencode(path) for path in left for word in words))
        check("the disc is as it was",
              {path: path.read_bytes() for path in files_in([work / "disc"])} == disc_before)
    finally:
        shutil.rmtree(work)

    print(f"1..{len(results)}")
    for number, (name, ok) in enumerate(results, 1):
        print("ok" if ok else "not ok", number, "-", name)
    return 0 if all(ok for _, ok in results) else 1


if __name__ == "__main__":
    sys.exit(main())
