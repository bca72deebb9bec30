#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a machine can see, as TAP.

Who may include whom (viewer -> disc <- importer), the licence line in every source, complete lists
of translatable files, no path of a machine in what is committed.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
FOLDERS = ("disc", "importer", "viewer")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
# Which headers of the system a folder may not name, beside the other folders' own.
FORBIDDEN = {
    "disc": re.compile(r"^(gtk|gdk|libxml|cjson|archive)"),
    "importer": re.compile(r"^(gtk|gdk)/"),  # pixels of gdk-pixbuf need no screen
    "viewer": re.compile(r"^(libxml|cjson|archive|sqlite3)"),
}
NO_GTK = re.compile(r"-(list|model|layout|inventory)\.[ch]$")


def sources(folder, pattern="*.[ch]"):
    return sorted((ROOT / folder).rglob(pattern))


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def check_direction():
    """importer/ and viewer/ see disc/, nobody sees anybody else."""
    own = {f: {p.name for p in sources(f, "*.h")} for f in FOLDERS}
    wrong = []
    for folder in FOLDERS:
        allowed = own[folder] | own["disc"]
        others = set().union(*own.values()) - allowed
        for path in sources(folder):
            for name in includes(path):
                base = name.rsplit("/", 1)[-1]
                if base in others or ".." in name or FORBIDDEN[folder].match(name):
                    wrong.append(f"{path.relative_to(ROOT)} includes {name}")
                if base.endswith("-private.h") and base not in own[folder]:
                    wrong.append(f"{path.relative_to(ROOT)} includes the private {name}")
    return wrong


def check_models_draw_nothing():
    """Lists, models and layouts of the viewer can be tested without a display."""
    return [f"{path.relative_to(ROOT)} includes {name}"
            for path in sources("viewer") if NO_GTK.search(path.name)
            for name in includes(path) if name.startswith(("gtk/", "gdk/"))]


def tracked():
    """Files git tracks, or without git every file outside the build folders."""
    git = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True,
                         check=False)
    if git.returncode == 0 and git.stdout:
        return [ROOT / name for name in git.stdout.decode().split("\0") if name]
    return [p for p in ROOT.rglob("*") if p.is_file()
            and not any(part.startswith(("build", ".git")) for part in p.relative_to(ROOT).parts)]


def check_licence():
    endings = {".c", ".h", ".py", ".sh", ".css", ".ui", ".sql", ".build", ".svg"}
    wrong = []
    for path in tracked():
        if path.suffix in endings or path.name == "meson.build":
            head = path.read_text(encoding="utf-8", errors="replace")[:600]
            if "SPDX-License-Identifier:" not in head:
                wrong.append(str(path.relative_to(ROOT)))
    return wrong


def check_potfiles():
    """Every file with a translatable string is in po/POTFILES.in, and only files that exist are."""
    listed = {line.strip() for line in
              (ROOT / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
              if line.strip() and not line.startswith("#")}
    wrong = [f"{name} is listed and does not exist" for name in sorted(listed)
             if not (ROOT / name).exists()]
    marked = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext)\s*\(\s*"')
    for folder in FOLDERS:
        for path in sources(folder):
            name = str(path.relative_to(ROOT))
            if name not in listed and marked.search(path.read_text(encoding="utf-8")):
                wrong.append(f"{name} is not listed")
        for path in sources(folder, "*.ui"):
            name = str(path.relative_to(ROOT))
            if name not in listed and 'translatable="yes"' in path.read_text(encoding="utf-8"):
                wrong.append(f"{name} is not listed")
    return wrong


def check_no_machine_paths():
    pattern = re.compile(r"/(?:home|work|root|Users)/[A-Za-z]")
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".zst", ".gz", ".sqlite"} or "fuzz/corpus" in str(path):
            continue
        for number, line in enumerate(
                path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}")
    return wrong


CHECKS = (
    ("dependency direction", check_direction),
    ("models draw nothing", check_models_draw_nothing),
    ("licence line", check_licence),
    ("translatable files are listed", check_potfiles),
    ("no path of a machine", check_no_machine_paths),
)


def main():
    print(f"1..{len(CHECKS)}")
    for number, (name, check) in enumerate(CHECKS, 1):
        wrong = check()
        for line in wrong:
            print(f"# {line}")
        print(f"{'not ok' if wrong else 'ok'} {number} {name}")


main()
