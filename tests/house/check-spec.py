#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of the references that says what is seen or what goes wrong has a test that is called after it.

check-spec.py SOURCE: TAP on standard output. The references are not part of the sources: they are looked
for in the folder spec beside TOMOSHIBI_CORPUS; without them, or without one of them, its checks are skipped.

A row is found in the name of a test or in a comment of one: tests of sections 8 and 10 of the reference of
SS-MIX2 are called spec8/NN-... and spec10/..., those of section 9 of the reference of FHIR fhir9/NN-... or
"9.NN ...", those of its other sections (FHIR_ROWS) "6.2.NN ...", its errors by their codes, its types of resources by
themselves.
"""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
CORPUS = os.environ.get("TOMOSHIBI_CORPUS") or str(ROOT / ".." / "shared" / "corpus")
SPEC = pathlib.Path(CORPUS) / ".." / "spec"

# Rows of section 10 of the reference of SS-MIX2 have no numbers: what their tests are called, in their order.
SSMIX2_WRONG = """
flag-ignored stopped-drug-continues both-halves-live reception-believed disputed-dropped-or-filed
only-newest-ppr-read three-amounts total-as-dose weekly-as-daily unit-lost
days-as-span limit-in-words limit-in-code usage-text-or-code-believed stop-rule-lost
kind-of-order-as-drug base-and-additive-swapped ordered-is-not-given operator-turned value-without-unit
serum-and-urine no-flag-is-no-judgement wrong-patient-shown suspected-as-confirmed closed-for-billing-as-cured
danger-code-lost deletion-hides-other-allergy confidential-not-on-summary no-allergy-inferred allergy-from-one-place
ids-as-numbers kanji-lost-or-replaced iconv-trusted bytes-split-before-decoding old-movement-as-present-ward
partial-import-as-complete 13-months-and-the-undated-folder blood-group-without-warning nothing-computed
""".split()


def names_of_c(text):
    """Paths of tests, names of cases, comments."""
    paths = re.findall(r'"(/[a-z][^"\\]*)"', text)
    cases = re.findall(r'\{\s*"([^"\\{}]{3,100})",', text)
    comments = re.findall(r"/\*.*?\*/", text, re.S)
    return paths + cases + comments


def names_of_python(text):
    """Names of checks, of cases in tables and of functions, descriptions, comments."""
    checks = re.findall(r'\b(?:check|whole|add|fields|kept_and_left)\(f?"([^"]*)"', text)
    cases = re.findall(r'\(\s*"(\d[^"]*)",', text)
    functions = re.findall(r"^\s*def (\w+)", text, re.M)
    comments = re.findall(r"(?m)(?:^|\s)# .*", text) + re.findall(r'"""(.*?)"""', text, re.S)
    return checks + cases + functions + comments


def names_of_tests():
    names = []
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix == ".c":
            names += names_of_c(path.read_text(encoding="utf-8"))
        elif path.suffix == ".py" and path.name != "check-spec.py":
            names += names_of_python(path.read_text(encoding="utf-8"))
    return "\n".join(names)


def section(text, heading):
    """From a heading to the next one of its level or of one above."""
    level = heading.split(" ")[0]
    start = re.search(r"(?m)^%s\b" % re.escape(heading), text)
    if start is None:
        return ""
    end = re.compile(r"(?m)^#{1,%d} " % len(level)).search(text, start.end())
    return text[start.start():end.start() if end else len(text)]


def rows(text):
    """Cells of the rows of all tables, without their heads."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        is_head = number + 1 < len(lines) and re.match(r"\|[\s:|-]+\|$", lines[number + 1])
        if line.startswith("|") and not is_head and not re.match(r"\|[\s:|-]+\|$", line):
            found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def at_least(found, n, what):
    """A reference that was laid out anew must not pass because nothing is found in it."""
    return [] if len(found) >= n else ["only %d %s in the reference" % (len(found), what)]


def ssmix2_seen(spec, names):
    numbers = [row[0] for row in rows(section(spec, "## 8")) if row[0].isdigit()]
    return at_least(numbers, 30, "rows") + [
        "8, row %s: no test spec8/%02d-..." % (n, int(n)) for n in numbers
        if "/spec8/%02d-" % int(n) not in names]


def ssmix2_wrong(spec, names):
    n_rows = len(rows(section(spec, "## 10")))
    wrong = [] if n_rows == len(SSMIX2_WRONG) else [
        "10: %d rows, and %d names of tests here" % (n_rows, len(SSMIX2_WRONG))]
    return wrong + ["10, row %d: no test spec10/%s" % (i, name) for i, name in enumerate(SSMIX2_WRONG, 1)
                    if not re.search(r"/spec10/%s\b" % re.escape(name), names)]


def fhir_wrong(spec, names):
    table = rows(section(spec, "## 9"))
    return at_least(table, 30, "rows") + [
        "9, row %d: no test fhir9/%02d-... or 9.%02d" % (n, n, n) for n in range(1, len(table) + 1)
        if not re.search(r"fhir9/%02d-|\b9\.%02d\b" % (n, n), names)]


def fhir_errors(spec, names):
    codes = sorted({row[0] for row in rows(section(spec, "## 8")) if re.fullmatch(r"[A-Z]\d\d", row[0])})
    return at_least(codes, 30, "codes") + [
        "8, %s: no test" % code for code in codes if not re.search(r"\b%s\b" % code, names)]


def fhir_types(spec, names):
    """Of who it belongs to, of what states it has, and of what it holds."""
    cells = ([row[1] for row in rows(section(spec, "### 2.0")) if len(row) == 2] +
             [row[0] for row in rows(section(spec, "#### 3.0.3")) + rows(section(spec, "### 3.7"))])
    types = {"Patient"} | {word for cell in cells for word in re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b", cell)}
    return at_least(types, 60, "types of resources") + [
        "%s: no test" % type for type in sorted(types) if not re.search(r"\b%s\b" % type, names)]


# Sections whose rows are numbered over all their tables, and how many rows each has at least: a test of row 3 of
# section 6.2 is called "6.2.03 ...".
FHIR_ROWS = {"### 1.1": 22, "### 1.2": 10, "### 1.4": 7, "### 1.5": 10, "### 1.6": 6, "### 2.0": 3, "### 2.1": 12, "### 2.2": 8,
             "#### 3.0.2": 13, "#### 3.0.3": 30, "#### 3.0.6": 6, "### 3.1": 12, "### 3.2": 9, "### 3.3": 8, "### 3.4": 7, "#### 3.5.1": 13,
             "#### 3.5.3": 17, "#### 3.5.5": 3, "### 3.6": 18, "### 3.7": 27, "### 3.8": 5, "### 3.9": 37, "### 3.10": 12,
             "### 4.2": 17, "### 4.3": 12, "### 5.2": 11, "### 6.2": 14, "### 6.4": 9, "## 7": 22}
# Of these the points of a list below the table are counted on from it.
FHIR_POINTS = ("### 1.2", "### 4.3")
# Sections without a table, and text beside one: a test is called "6.1 ...".
FHIR_SECTIONS = ("1.2", "1.2.1", "1.3", "1.6", "3.5.2", "3.5.4", "4.2", "5.1", "6.1", "6.3", "6.5")


def fhir_rows(spec, names):
    wrong = []
    for heading, n_rows in FHIR_ROWS.items():
        text = section(spec, heading)
        table = rows(text) + (re.findall(r"(?m)^- ", text) if heading in FHIR_POINTS else [])
        number = heading.split(" ")[1]
        wrong += at_least(table, n_rows, "rows of section " + number)
        wrong += ["%s, row %d: no test %s.%02d" % (number, n, number, n) for n in range(1, len(table) + 1)
                  if not re.search(r"(?<![\d.])%s\.%02d\b" % (re.escape(number), n), names)]
    return wrong + ["%s: no test" % number for number in FHIR_SECTIONS
                    if not section(spec, "#" * (2 + number.count(".")) + " " + number) or not re.search(r"(?m)^%s " % re.escape(number), names)]


CHECKS = (("ss-mix2.md", "8 irregularities", ssmix2_seen), ("ss-mix2.md", "10 what goes wrong", ssmix2_wrong),
          ("fhir.md", "8 errors", fhir_errors), ("fhir.md", "9 what goes wrong", fhir_wrong),
          ("fhir.md", "types of resources", fhir_types),
          ("fhir.md", "forms, documents and safe parsing", fhir_rows))


def main():
    if not SPEC.is_dir():
        print("1..0 # SKIP no references beside the corpus (TOMOSHIBI_CORPUS)")
        return
    names = names_of_tests()
    print("1..%d" % len(CHECKS))
    for number, (name, title, check) in enumerate(CHECKS, 1):
        title = "%s %s" % (name, title)
        if not (SPEC / name).exists():
            print("ok %d %s # SKIP no such reference" % (number, title))
            continue
        wrong = check((SPEC / name).read_text(encoding="utf-8"), names)
        for line in wrong:
            print("# " + line)
        print("%sok %d %s" % ("not " if wrong else "", number, title))


main()
