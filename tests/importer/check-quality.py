#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers of the quality report, added up and compared with what the disc holds.

check-quality.py TOMOSHIBI LOCALEDIR: TAP on standard output. The corpus is looked for in TOMOSHIBI_CORPUS, else
beside the source; without it that check is skipped.
"""
import collections
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOMOSHIBI = sys.argv[1]
CORPUS = pathlib.Path(os.environ.get("TOMOSHIBI_CORPUS") or
                      os.path.join(os.environ["TOMOSHIBI_SOURCE_DIR"], "..", "shared", "corpus"))
FHIR = "clinosim-jp-bulk"
CODES = ("code", "other_code", "organism_code")
ENVIRONMENT = {**os.environ, "TOMOSHIBI_LOCALEDIR": sys.argv[2]}
HOSPITAL = "見本 <b>&\"病院\""


def run(*arguments, **options):
    return subprocess.run([TOMOSHIBI, *map(str, arguments)], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, **options).stdout.decode("utf-8")


class Disc:
    def __init__(self, folder, source, *options):
        self.folder = folder
        run("build", "--unsealed", "--from", source, "--to", folder, "--hospital", HOSPITAL,
            "--accept", "all", *options)
        self.report = json.loads(run("report", folder, "--json"))
        self.records = [json.loads(line) for line in run("export", folder).splitlines()]
        self.lines = self.records
        self.records = [line for line in self.lines if line["type"] == "record"]


class Complaints(list):
    def equal(self, what, got, want):
        if got != want:
            self.append("%s: %s, not %s" % (what, got, want))


def total(objects, key):
    return sum(o.get(key, 0) for o in objects)


def check_sums(disc):
    """Each number is the sum of its parts, whichever way it is divided."""
    wrong = Complaints()
    report, counts = disc.report, disc.report["counts"]
    wrong.equal("files by fate", counts["files_read"] + counts["files_refused"] +
                counts["files_ignored"], counts["files"])
    for key in ("files", "files_read", "files_refused", "files_ignored", "bytes", "messages"):
        wrong.equal("sources: " + key, total(report["sources"], key), counts[key])
        wrong.equal("roots: " + key, total(report["roots"], key), counts[key])
    wrong.equal("roots: characters_lost", total(report["roots"], "characters_lost"),
                counts["characters_lost"])
    for place in ("sources", "roots"):
        types = [t for part in report[place] for t in part["types"].values()]
        wrong.equal(place + ": files of types", total(types, "files"),
                    counts["files_read"] + counts["files_refused"])
        wrong.equal(place + ": refused of types", total(types, "files_refused"),
                    counts["files_refused"])
        wrong.equal(place + ": messages of types", total(types, "messages"), counts["messages"])
        wrong.equal(place + ": too old of types", total(types, "outside_window"),
                    counts["messages_outside_window"])
        wrong.equal(place + ": on disc of types", total(types, "messages_on_disc"),
                    counts["messages_on_disc"])
        wrong.equal(place + ": records of types", total(types, "records"), counts["records"])
        for part in report[place]:
            for name, one in part["types"].items():
                if one.get("oldest_sent", "") > one.get("newest_sent", "9"):
                    wrong.append("%s is older at its newest" % name)
    kinds = counts["records_by_kind"]
    for key in ("records", "live"):
        wrong.equal("kinds: " + key, total(kinds.values(), key),
                    counts["records" if key == "records" else "records_live"])
    for name, kind in kinds.items():
        wrong.equal(name + " live and not", kind["live"] + sum(kind["not_live"].values()),
                    kind["records"])
        if "codes" in kind:
            wrong.equal(name + " codes", sum(kind["codes"].values()), kind["items"])
    return wrong


def check_kinds(disc):
    """What the report counts is what the export of the disc holds."""
    wrong = Complaints()
    seen = collections.defaultdict(lambda: {"records": 0, "live": 0, "items": 0, "disputed": 0,
                                            "not_live": collections.Counter(), "coded": 0})
    for record in disc.records:
        kind = seen[record["kind"]]
        kind["records"] += 1
        kind["live"] += record["live"]
        kind["disputed"] += bool(record.get("disputed"))
        kind["items"] += len(record.get("items", ()))
        kind["coded"] += sum(any(key in item for key in CODES) for item in record.get("items", ()))
        if not record["live"]:
            kind["not_live"][record["status"]] += 1
    kinds = disc.report["counts"]["records_by_kind"]
    wrong.equal("kinds", sorted(kinds), sorted(seen))
    for name, kind in kinds.items():
        for key in ("records", "live", "items", "disputed", "not_live"):
            wrong.equal(name + " " + key, kind[key], dict(seen[name][key]) if key == "not_live"
                        else seen[name][key])
        codes = kind.get("codes", {"standard": 0, "local": 0})
        wrong.equal(name + " coded", codes["standard"] + codes["local"], seen[name]["coded"])
        ats = sorted(r["at"] for r in disc.records
                     if r["kind"] == name and r["live"] and "at" in r)
        if ats:
            wrong.equal(name + " oldest", kind.get("oldest_at"), ats[0])
    if not any(kind["not_live"] for kind in kinds.values()):
        wrong.append("nothing is not live: that part proves nothing")
    return wrong


def check_wards(disc):
    """Who lies where, and what came last from there."""
    wrong = Complaints()
    report = disc.report
    if len(report["wards"]) < 2:
        wrong.append("no wards")
    for ward in report["wards"]:
        wrong.equal(ward["ward"] + " newest", max(ward["newest_sent_by_kind"].values()),
                    ward["newest_sent"])
        if ward["newest_sent"] > report["newest_sent"]:
            wrong.append(ward["ward"] + " is ahead of its hospital")
    beds = [ward["ward"] for ward in report["wards"] for _ in range(ward["patients"])]
    if len(beds) > report["counts"]["patients"]:
        wrong.append("more in bed than patients")
    return wrong


class Page(html.parser.HTMLParser):
    """What a page holds; complains about all that could fetch or run something."""

    ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "div", "strong", "ul", "li",
               "table", "thead", "tbody", "tr", "th", "td", "p"}

    def __init__(self):
        super().__init__()
        self.wrong, self.text, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.ALLOWED:
            self.wrong.append("<%s>" % tag)
        for name, value in attrs:
            if name not in ("lang", "charset", "http-equiv", "content", "class", "scope"):
                self.wrong.append("%s=%s" % (name, value))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append("</%s> closes another" % tag)

    def handle_data(self, data):
        self.text.append(data)


def check_html(disc):
    """One page, escaped, in both languages, with the numbers of the report."""
    wrong = Complaints()
    counts = disc.report["counts"]
    for language, words in (("ja", ("緊急時診療記録ディスクの品質", "ウイルス検査", "検査していません")),
                            ("en", ("Quality of an emergency disc", "Virus scanner", "Not scanned"))):
        path = disc.folder.parent / (language + ".html")
        printed = run("report", disc.folder, "--html", path, "--language", language,
                      env={**ENVIRONMENT, "LC_ALL": "C"})
        wrong.equal("printed", printed, "")
        text = path.read_text(encoding="utf-8")
        page = Page()
        page.feed(text)
        page.close()
        wrong += ["%s: %s" % (language, w) for w in page.wrong]
        wrong.equal("left open", page.open, [])
        if 'lang="%s"' % language not in text:
            wrong.append("not in " + language)
        shown = "\n".join(page.text)
        for word in words:
            if word not in shown:
                wrong.append("%s: not there: %s" % (language, word))
        if HOSPITAL not in "".join(page.text):
            wrong.append("%s: the hospital's name" % language)
        for key in ("files", "files_read", "messages_on_disc", "patients"):
            if "{:,}".format(counts[key]) not in page.text:
                wrong.append("%s: %s is not there" % (language, key))
        if "url(" in text or "http:" in text or "https:" in text or "javascript" in text:
            wrong.append("refers to something else")
    return wrong


class Tables(html.parser.HTMLParser):
    """The tables of a page: (heads, rows), each a list of texts; spaces, which lines may end at, left out."""

    def __init__(self):
        super().__init__()
        self.tables, self.row, self.cell = [], None, None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append(([], []))
        elif tag == "tr":
            self.row = ""
        elif tag in ("th", "td"):
            self.cell = ""
            self.is_head = ("scope", "col") in attrs

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.row, self.cell = self.row + self.cell, None
        elif tag == "tr":
            self.tables[-1][0 if self.is_head else 1].append(self.row)

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += "".join(data.split())


def read_pdf(path):
    """What each sheet says, in the order in which it was drawn, without spaces."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")
    return ["".join(sheet.split()) for sheet in text.split("\f")[:-1]]


def find_rows(language, tables, sheets):
    """Every row of the page on a sheet, in its order, below the heads of its table on that sheet."""
    wrong = []
    sheet, place, n_turned = 0, 0, 0
    for heads, rows in tables:
        begins = None
        for row in rows:
            while sheet < len(sheets) and sheets[sheet].find(row, place) < 0:
                sheet, place = sheet + 1, 0
            if sheet == len(sheets):
                return wrong + ["%s: this row and those after it are missing: %s" % (language, row)], 0
            if begins != sheet:
                above = sheets[sheet][place:sheets[sheet].find(row, place)]
                if heads and heads[0] not in above:
                    wrong.append("%s: sheet %d: no heads above %s" % (language, sheet + 1, row))
                n_turned += begins is not None
                begins = sheet
            place = sheets[sheet].find(row, place) + len(row)
    return wrong, n_turned


def find_outside(path):
    """Words over the margins of their sheet."""
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True,
                           stdout=subprocess.PIPE).stdout.decode("utf-8")
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<', boxes)
    if not words:
        return ["no words"]
    return ["outside: " + w[4] for w in words
            if float(w[0]) < 55 or float(w[2]) > 554 or float(w[1]) < 20 or float(w[3]) > 822]


def print_both(disc, language, wrong):
    """The report as HTML and as PDF; every row of the one is on the sheets of the other.
    Returns the sheets, how often a table went on overleaf, and the bytes of the PDF."""
    page, path = (disc.folder.parent / (disc.folder.name + "-" + language + end) for end in (".html", ".pdf"))
    path.write_bytes(b"another file" * 10000)
    printed = run("report", disc.folder, "--html", page, "--pdf", path, "--language", language,
                  env={**ENVIRONMENT, "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1793491200"})
    wrong.equal("printed", printed, "")
    wrong.equal("beside it", [p.name for p in path.parent.glob(path.name + "?*")], [])
    tables = Tables()
    tables.feed(page.read_text(encoding="utf-8"))
    sheets = read_pdf(path)
    missing, n_turned = find_rows(language, tables.tables, sheets)
    wrong += missing + find_outside(path)
    return sheets, n_turned, path.read_bytes()


def check_pdf(disc):
    """The same rows as of the page in HTML, on numbered sheets that say what they are of."""
    wrong = Complaints()
    turned = 0
    for language, number, as_of, verdict in (
            ("ja", "%d/%dページ", "データ時点2026-11-0123:50", "確認してください"),
            ("en", "Page%d/%d", "Dataasof2026-11-0123:50", "Thesepointsshouldbelookedat.")):
        sheets, n_turned, made = print_both(disc, language, wrong)
        wrong.equal(language + ": the same again", print_both(disc, language, wrong)[2] == made, True)
        turned += n_turned
        for i, sheet in enumerate(sheets, 1):
            for what in (number % (i, len(sheets)), as_of, "".join(HOSPITAL.split()),
                         "2026-11-0109:00"):  # the time that was set, in Asia/Tokyo
                if what not in sheet:
                    wrong.append("%s: sheet %d does not say %s" % (language, i, what))
        if verdict not in sheets[0]:
            wrong.append("%s: no verdict on the first sheet" % language)
    if turned < 2:
        wrong.append("no table is of several sheets: that part proves nothing")
    failed = subprocess.run([TOMOSHIBI, "report", disc.folder, "--pdf", disc.folder.parent / "no" / "x.pdf"],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    wrong.equal("not written, told", (failed.returncode > 0, bool(failed.stderr)), (True, True))
    return wrong


def check_no_font(disc):
    """Where no font has the words of the report, boxes do not take the place of a paper that can be read."""
    wrong = Complaints()
    folder = disc.folder.parent
    (folder / "no-fonts").mkdir()
    (folder / "fonts.conf").write_text("<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>" %
                                       (folder / "no-fonts", folder / "no-fonts"))
    path = folder / "kept.pdf"
    path.write_text("of yesterday")
    failed = subprocess.run([TOMOSHIBI, "report", disc.folder, "--pdf", path, "--language", "ja"],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                            env={**ENVIRONMENT, "FONTCONFIG_FILE": str(folder / "fonts.conf")})
    wrong.equal("exit code", failed.returncode, 1)
    wrong.equal("the file of before", path.read_text(), "of yesterday")
    if "fonts-ipaexfont-gothic" not in failed.stderr.decode("utf-8"):
        wrong.append("what to do is not told")
    return wrong


def check_pdf_rows(disc):
    """Of other people's data: long names, many types."""
    wrong = Complaints()
    print_both(disc, "ja", wrong)
    return wrong


def check_verdict(disc):
    """The words that a manager reads, for the faults that the sample has."""
    wrong = Complaints()
    verdict = disc.report["verdict"]
    reasons = {r["code"]: r for r in verdict["reasons"]}
    counts = disc.report["counts"]
    wrong.equal("level", verdict["level"], "attention")
    wrong.equal("disputed", reasons.get("disputed", {}).get("n"), counts["messages_disputed"])
    wrong.equal("unreadable", reasons.get("unreadable", {}).get("n"),
                disc.report["suspicious"]["files_unreadable"])
    shown = run("report", disc.folder, "--language", "ja", env=ENVIRONMENT)
    for words in ("総合判定", "使用できますが、次の点を確認してください", "読めなかったファイル"):
        if words not in shown:
            wrong.append("not there: " + words)
    return wrong


def check_fhir(disc):
    """A bulk export: files and messages by type of resource, and what became of each resource."""
    wrong = check_sums(disc)
    fhir = disc.report["counts"]["fhir"]
    fates = ("records", "context", "identical", "withdrawals", "withdrawals_of_nothing")
    wrong.equal("resources by fate", sum(fhir[key] for key in fates), fhir["read"])
    # nothing of it is HL7 or CDA
    wrong.equal("records and messages", fhir["records"], disc.report["counts"]["messages"])
    types = disc.report["sources"][0]["types"]
    for path in sorted((CORPUS / FHIR).glob("*.ndjson")):
        name = path.stem
        lines = sum(1 for line in path.read_bytes().split(b"\n") if line.strip())
        wrong.equal(name + " files", types.get(name, {}).get("files"), 1)
        if types.get(name, {}).get("messages", 0) > lines:
            wrong.append("%s: more messages than lines" % name)
        if name in ("Patient", "Encounter", "Observation", "MedicationRequest"):
            wrong.equal(name + " messages", types[name]["messages"], lines)
            wrong.equal(name + " on disc", types[name]["messages_on_disc"], lines)
    if not all("newest_sent" in types[name] for name in ("Encounter", "Observation")):
        wrong.append("no times: %s" % types)
    return wrong


def check_broken_fhir(disc):
    """Two lines that are read, one that is not: the file counts as read, so that this alone tells."""
    wrong = check_sums(disc)
    reasons = {r["code"]: r for r in disc.report["verdict"]["reasons"]}
    lost = reasons.get("resources-unreadable", {})
    wrong.equal("files read", disc.report["counts"]["files_read"], 1)
    wrong.equal("lost", (lost.get("n"), lost.get("of"), lost.get("level")), (1, 3, "serious"))
    wrong.equal("level", disc.report["verdict"]["level"], "serious")
    shown = run("report", disc.folder, "--language", "ja", env=ENVIRONMENT)
    if "読めなかった FHIR のリソース：3件のうち1件" not in shown:
        wrong.append("not told in words")
    return wrong


def main():
    checks = (check_sums, check_kinds, check_wards, check_html, check_pdf, check_no_font,
              check_verdict)
    print("1..%d" % (len(checks) + 6))
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        run("sample", "--patients", 150, "--months", 4, "--as-of", "2026-11-01T23:50", "--to",
            work / "tree")
        disc = Disc(work / "disc", work / "tree", "--as-of", "2026-11-01T23:50")
        for number, check in enumerate(checks, 1):
            report(number, check.__name__[6:], check(disc))
        (work / "broken").mkdir()
        (work / "broken" / "Patient.ndjson").write_text(
            '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":\n'
            '{"resourceType":"Patient","id":"b"}\n')
        report(8, "broken-fhir", check_broken_fhir(Disc(work / "broken-disc", work / "broken")))
        if not CORPUS.is_dir():
            print("ok 9 corpus # SKIP no corpus")
            print("ok 10 corpus-kinds # SKIP no corpus")
            print("ok 11 corpus-pdf # SKIP no corpus")
            print("ok 12 fhir # SKIP no corpus")
            print("ok 13 fhir-kinds # SKIP no corpus")
            return
        corpus = Disc(work / "corpus", CORPUS, "--as-of", "newest", "--months", 600)
        report(9, "corpus", check_sums(corpus))
        report(10, "corpus-kinds", check_kinds(corpus))
        report(11, "corpus-pdf", check_pdf_rows(corpus))
        fhir = Disc(work / "fhir", CORPUS / FHIR, "--as-of", "newest", "--months", 600)
        report(12, "fhir", check_fhir(fhir))
        report(13, "fhir-kinds", check_kinds(fhir))


def report(number, name, wrong):
    for line in wrong:
        print("# " + line)
    print("%s %d %s" % ("not ok" if wrong else "ok", number, name), flush=True)


main()
