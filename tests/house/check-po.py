#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every string of the program is translated into Japanese, as TAP.

The strings are taken from the sources of today, not from what the catalogue remembers.
"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2")


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}).stdout


def messages(text):
    """The msgid lines of a catalogue, without its header."""
    return [line for line in text.splitlines() if line.startswith("msgid ") and line != 'msgid ""']


def main():
    files = [line.strip() for line in (ROOT / "po" / "POTFILES.in").read_text().splitlines()
             if line.strip() and not line.startswith("#")]
    print("1..3")
    with tempfile.TemporaryDirectory() as folder:
        template = f"{folder}/all.pot"
        merged = f"{folder}/ja.po"
        run("xgettext", "--from-code=UTF-8", "--no-location", "-o", template,
            *(f"--keyword={word}" for word in KEYWORDS), *files)
        run("msgmerge", "-q", "--no-fuzzy-matching", "-o", merged, "po/ja.po", template)
        checks = (
            ("every string is translated", run("msgattrib", "--untranslated", merged)),
            ("no translation is a guess", run("msgattrib", "--only-fuzzy", "po/ja.po")),
        )
        for number, (name, found) in enumerate(checks, 1):
            for line in messages(found):
                print(f"# {line}")
            print(f"{'not ok' if found.strip() else 'ok'} {number} {name}")
        broken = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "po/ja.po"], cwd=ROOT,
                                capture_output=True, text=True, check=False)
        for line in broken.stderr.splitlines():
            print(f"# {line}")
        print(f"{'not ok' if broken.returncode else 'ok'} 3 formats agree")


main()
