#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet for the safe, read back as text, as TAP.

  check-guide.py GUIDE-JA.pdf GUIDE-EN.pdf KEYS-PAGE.c
"""
import pathlib
import re
import subprocess
import sys

JAPANESE, ENGLISH, KEYS = sys.argv[1:4]
SAID = {
    JAPANESE: ("電子カルテが使えないとき", "合言葉", "緊急キー", "データ時点", "指示は実施ではない", "輸血前に必ず検査",
               "未実施とは限らない", "「なし」ではない", "情報システム担当", "サマリー", "処方・薬歴", "ディスク後の予定"),
    ENGLISH: ("when the electronic chart is gone", "passphrase", "emergency key", "An order is not a dose given",
              "always test before a transfusion", "It does not mean", "IT officer", "Summary", "Medication",
              "Planned after the disc"),
}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")


def wrong_of(path):
    info = output("pdfinfo", path)
    # Lines of a column are broken anywhere; in Japanese no blank stands there.
    text = re.sub(r"\s+", " ", output("pdftotext", "-raw", path, "-"))
    bare = text.replace(" ", "")
    wrong = [] if re.search(r"^Pages: +1$", info, re.M) else ["not one page"]
    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", info).groups())
    if abs(width - 841.89) > 1 or abs(height - 595.28) > 1:
        wrong.append("not A4 across: %s x %s" % (width, height))
    wrong += ["missing: " + said for said in SAID[path] if said.replace(" ", "") not in bare]
    wrong += ["no F%d" % n for n in range(1, 13) if not re.search(r"\bF%d\b" % n, text)]
    for key in set(re.findall(r"Ctrl\+\S+", text)):
        if '"%s' % key.rstrip("。,:;") not in pathlib.Path(KEYS).read_text("utf-8"):
            wrong.append("no key of the program: " + key)
    for line in output("pdffonts", path).splitlines()[2:]:
        if line.split()[-5] != "yes":
            wrong.append("font not embedded: " + line)
    return wrong


print("1..2")
for number, path in enumerate((JAPANESE, ENGLISH), 1):
    found = wrong_of(path)
    for line in found:
        print("# " + line)
    print("%s %d %s" % ("not ok" if found else "ok", number, pathlib.Path(path).name))
