#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storages that nobody here wrote, imported by the command line and compared with their truth.

check-corpus.py TOMOSHIBI: TAP on standard output. The corpus is looked for in TOMOSHIBI_CORPUS, else
beside the source; without it everything is skipped.
"""
import collections
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

TOMOSHIBI = sys.argv[1]
CORPUS = pathlib.Path(os.environ.get("TOMOSHIBI_CORPUS") or
                      os.path.join(os.environ["TOMOSHIBI_SOURCE_DIR"], "..", "shared", "corpus"))

# What a row of the source tables is (column "type").
ADMISSION, DISCHARGE, PROBLEM, PRESCRIPTION, INJECTION, LAB = "012345"


def build(source, *options):
    """Lines of the export of a disc made of @source, by type."""
    with tempfile.TemporaryDirectory() as folder:
        disc = os.path.join(folder, "disc")
        subprocess.run([TOMOSHIBI, "build", "--unsealed", "--from", str(source), "--to", disc,
                        "--months", "240", "--accept", "all", *options],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        out = subprocess.run([TOMOSHIBI, "export", disc], check=True, stdout=subprocess.PIPE).stdout
    lines = collections.defaultdict(list)
    for line in out.decode("utf-8").splitlines():
        value = json.loads(line)
        lines[value["type"]].append(value)
    return lines


def counts_add_up(lines, n_files):
    """Complaints about the last line."""
    counts = lines["counts"][0]
    wrong = []

    def equal(what, got, want):
        if got != want:
            wrong.append("%s: %s, not %s" % (what, got, want))

    equal("files", counts["files"], n_files)
    equal("files read + refused + ignored",
          counts["files_read"] + counts["files_refused"] + counts["files_ignored"], n_files)
    equal("refused by reason", sum(counts["refused"].values()), counts["files_refused"])
    equal("ignored by reason", sum(counts["ignored"].values()), counts["files_ignored"])
    equal("messages by fate",
          counts["messages_on_disc"] + counts["messages_outside_window"] +
          counts["messages_identical"] + counts["messages_beyond_ceiling"], counts["messages"])
    equal("messages in records", len({(r["source"]["path"], r["source"].get("entry"))
                                      for r in lines["record"]}), counts["messages_on_disc"])
    equal("records", counts["records"], len(lines["record"]))
    equal("records live", counts["records_live"], sum(r["live"] for r in lines["record"]))
    equal("patients", counts["patients"], len(lines["patient"]))
    equal("findings", counts["findings"], len(lines["finding"]))
    return wrong


def count_files(folder):
    return sum(len(files) for _, _, files in os.walk(folder))


# ---- the National Hospital Organization's sample ------------------------------------------------


def check_nho():
    """SS-MIX2 spec 8.1 says which of its files are disputed."""
    folder = CORPUS / "nho-ssmix2-sample" / "sampleData"
    lines = build(folder)
    wrong = counts_add_up(lines, count_files(folder))
    disputed = {r["source"]["path"].split("/")[-2] + "@" + r["source"]["path"].split("/")[2]
                for r in lines["record"] if r.get("disputed")}
    own = {r["source"]["path"].split("/")[-2] for r in lines["record"] if not r.get("disputed")}
    wanted_disputed = {t + "@9999013" for t in ("PPR-01", "OMD", "OML-11", "OMG-01", "OMG-02",
                                                "OMG-03", "OMG-11")} | {"OMP-11@0000001"}
    wanted_own = {"OMP-01", "OMP-02", "OMP-11", "ADT-00", "ADT-22", "ADT-42", "ADT-52", "OML-01"}
    if disputed != wanted_disputed:
        wrong.append("disputed: %s" % sorted(disputed ^ wanted_disputed))
    if own != wanted_own:
        wrong.append("undisputed: %s" % sorted(own ^ wanted_own))

    for record in lines["record"]:
        if record.get("disputed") and ("patient" in record or len(record["disputed_ids"]) < 2):
            wrong.append("a disputed record is somebody's: " + record["source"]["path"])
        if not record.get("disputed") and record["patient"] != "9999013":
            wrong.append("a record is in the wrong chart: " + record["source"]["path"])

    conflicts = [f for f in lines["finding"] if f["code"] == "demographics-conflict"]
    if not conflicts or any(f["patient"] != "9999013" for f in conflicts):
        wrong.append("three birth dates under 9999013 are not told")
    refused = [f["path"] for f in lines["finding"] if f["code"] == "unreadable"]
    if len(refused) != 1 or "/ADT-31/" not in refused[0]:
        wrong.append("the file of two bytes is not told: %s" % refused)
    return wrong


# ---- storage with the tables it was made from ----------------------------------------------------


def minute(stamp):
    return "%s-%s-%sT%s:%s" % (stamp[:4], stamp[4:6], stamp[6:8], stamp[8:10], stamp[10:12])


def day(stamp):
    return minute(stamp)[:10]


def read_tables(folder):
    """The tables came before the storage: their minus is one JIS character (21 5D) with the full
    width hyphen that vendors' tables, and spec 5.4, read it as."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        text = path.read_text(encoding="utf-8-sig").replace("\u2212", "\uff0d")
        tables[path.name] = list(csv.DictReader(text.splitlines()))
    return tables


def wanted_visits(rows):
    """A day with entries outside of any stay is an outpatient visit; each admission begins as one."""
    starts = sorted(r["timestamp"] for r in rows if r["type"] == ADMISSION)
    ends = sorted(r["timestamp"] for r in rows if r["type"] == DISCHARGE)
    ends += ["9" * 20] * (len(starts) - len(ends))
    stays = [(day(s), day(e)) for s, e in zip(starts, ends)]
    days = {day(r["timestamp"]) for r in rows}
    return {d for d in days if not any(s < d <= e for s, e in stays)}


def wanted_facts(rows):
    """Every line of a table as what must stand on the disc, with how often."""
    facts = collections.Counter()
    for r in rows:
        at = minute(r["timestamp"])
        if r["type"] == LAB:
            facts["lab", at, r["text"], r["jlac10"], r["lab_value"], r["unit"]] += 1
        elif r["type"] == PRESCRIPTION:
            facts["prescription", at, r["text"], r["hot"] or "999999"] += 1
        elif r["type"] == INJECTION:
            facts["injection", at, r["text"], r["hot"] or "999999"] += 1
        elif r["type"] == PROBLEM:
            facts["problem", at, r["text"], r["mdcdx2"] or "99999999", r["icd10"],
                  r["provisional"]] += 1
        elif r["type"] == ADMISSION:
            facts["admission", at] += 1
        elif r["type"] == DISCHARGE:
            facts["discharge", at, r["discharge_disposition"]] += 1
        else:
            facts["unknown type", r["type"]] += 1
    for visit in wanted_visits(rows):
        facts["visit", visit] += 1
    return facts


def found_facts(records):
    facts = collections.Counter()
    for r in records:
        kind, at, data_type = r["kind"], r.get("at", "")[:16], r["source"]["data_type"]
        for item in r["items"]:
            if not r["live"]:
                facts["not live", kind, at] += 1
            elif kind in ("lab", "microbiology"):
                facts["lab", item.get("at", at)[:16], item["name"], item["code"], item["value"],
                      item.get("unit", "")] += 1
            elif kind in ("prescription", "injection"):
                facts[kind, at, item["drug"], item["code"]] += 1
            elif kind == "problem":
                facts["problem", at, item["name"], item["code"], item.get("icd10", ""),
                      "1" if "suspected" in item else ""] += 1
            elif data_type == "ADT-22":
                facts["admission", at] += 1
            elif data_type == "ADT-52":
                facts["discharge", at, item.get("disposition_code", "")] += 1
            elif data_type == "ADT-12":
                facts["visit", at[:10]] += 1
    return facts


def labs_only(facts):
    return {fact: n for fact, n in facts.items() if fact[0] == "lab"}


def check_twins():
    """Which table is whose follows from the lab results; then everything else must agree too."""
    folder = CORPUS / "ssmixtwins-generated"
    lines = build(folder / "storage")
    wrong = counts_add_up(lines, count_files(folder / "storage"))
    tables = read_tables(folder / "source-tables")
    charts = collections.defaultdict(list)
    for record in lines["record"]:
        if record.get("disputed"):
            wrong.append("disputed: " + record["source"]["path"])
        else:
            charts[record["patient"]].append(record)
    found = {patient: found_facts(records) for patient, records in charts.items()}

    if len(tables) != 40 or len(found) != 40:
        wrong.append("%d tables, %d patients" % (len(tables), len(found)))
    for name, rows in tables.items():
        want = wanted_facts(rows)
        owners = [p for p, facts in found.items() if labs_only(facts) == labs_only(want)]
        if len(owners) != 1:
            wrong.append("%s: %d patients have its lab results" % (name, len(owners)))
            continue
        got = found.pop(owners[0])
        for fact in sorted((want - got).elements()):
            wrong.append("%s: missing %s" % (name, fact))
        for fact in sorted((got - want).elements()):
            wrong.append("%s: not in the table %s" % (name, fact))
    return wrong


# ---- CDA documents --------------------------------------------------------------------------------

HL7 = "{urn:hl7-org:v3}"
CDA_FOLDERS = {"cda-ccda-cc0": 8, "cda-sample-ccdas-ccby": 6, "cda-fhir-test-cases": 1}

# Read with a person's eyes in the documents: title, first author, two lines of the text.
CDA_FACTS = {
    "cda-original.xml": ("Good Health Clinic Consultation Note", "Robert",
                         "・Penicillin - Hives", "Systolic\t132 mmHg\t135 mmHg"),
    "hernia.xml": ("Operative Report", "General",
                   "・Indirect hernia", "・Class II. Patient with mild systemic disease"),
    "Patient-1.xml": ("Community Health and Hospitals: Health Summary", "Henry",
                      "Codeine\tNDF-RT\tN0000006691\tCodeine\tFatal\tSusceptible\t"
                      "03-31-2010 10:00:00\tActive",
                      "Encounter ED\tCPT\t99281\tEmergency dept visit\t04-30-2010 10:00:00\tPerformed"),
    "Progress_Note.xml": ("Progress Note", "Henry", "Penicillin\tNausea", "Codeine\tWheezing"),
    "CCD.xml": ("Summary of Patient Chart", "Patricia", "No known allergies",
                "情報なし（記録なし）"),
}


def words_of(element):
    """What stands in @element, without blanks."""
    return "".join("".join(element.itertext()).split())


def check_cda_file(path, record):
    """Every title, cell, item and paragraph of the document stands in the text of its record."""
    wrong = []
    root = ElementTree.parse(path).getroot()
    text = "".join(record.get("text", "").split())
    n = 0
    for section in root.iter(HL7 + "section"):
        parts = section.findall(HL7 + "title")
        narrative = section.find(HL7 + "text")
        if narrative is not None:
            for name in ("td", "th", "item", "paragraph", "content", "caption"):
                parts += [e for e in narrative.iter(HL7 + name)
                          if not any(True for inner in e)]
        for part in parts:
            n += 1
            if words_of(part) not in text:
                wrong.append("%s: a %s is missing" % (path.name, part.tag.split("}")[1]))
    if n == 0 and root.find(".//%snonXMLBody" % HL7) is None:
        wrong.append("%s: nothing to compare" % path.name)
    return wrong


def check_cda():
    wrong = []
    for folder, n_documents in CDA_FOLDERS.items():
        source = CORPUS / folder
        lines = build(source, "--as-of", "newest", "--months", "600")
        files = [p for p in source.iterdir() if p.is_file()]
        wrong += counts_add_up(lines, len(files))
        records = {r["source"]["path"]: r for r in lines["record"]}
        if len(records) != n_documents or len(lines["record"]) != n_documents:
            wrong.append("%s: %d records" % (folder, len(lines["record"])))
        for name, record in records.items():
            if record["source"]["format"] != "cda" or not record["live"]:
                wrong.append("%s: %s" % (name, record["source"]))
            # Numbers of strange hospitals make nobody a patient of this one.
            if "patient" in record:
                wrong.append("%s: has a patient" % name)
            wrong += check_cda_file(source / name, record)
            for fact in CDA_FACTS.get(name, ())[2:]:
                if fact not in record["text"].split("\n"):
                    wrong.append("%s: no line %s" % (name, fact))
            title, author = CDA_FACTS.get(name, (record["title"], ""))[:2]
            if record["title"] != title or author not in record.get("author", ""):
                wrong.append("%s: %s by %s" % (name, record["title"], record.get("author")))
    return wrong


# ---- HL7 v2 of elsewhere ---------------------------------------------------------------------------

# File, kind, and what one of its items holds; read in the messages themselves.
HL7_FACTS = [
    ("sample_unix.hl7", "allergy", {"substance": "OXYCODONE", "reaction": "HYPOTENSION"}),
    ("sample_win.hl7", "allergy", {"substance": "OXYCODONE", "reaction": "HYPOTENSION"}),  # MSH-2 of five signs
    ("sample_unix.hl7", "observation", {"value": "ECHOCARDIOGRAPHIC REPORT", "value_type": "TX"}),
    ("ORU-R01-RMGEAD.hl7", "lab", {"name": "GLUCOSE", "value": "182", "unit": "mg/dl", "range": "70_105", "flag": "H"}),
    ("LRI_2.0-NG_CBC_Typ_Message.hl7", "lab", {"name": "Erythrocytes [#/volume] in Blood", "value": "4.41",
                                               "unit": "million per microliter", "flag": "N"}),
    ("LRI_2.0-NG_CBC_Typ_Message.hl7", "lab", {"name": "Hemoglobin [Mass/volume] in Blood", "value": "12.5",
                                               "range": "13 to 18", "flag": "L"}),
    ("RDE-O11-01.hl7", "injection", {"amount": "3", "amount_unit": "Bag"}),
    ("RDE-O11-01.hl7", "injection", {"amount": "4", "amount_unit": "Bag"}),
    ("PC1-Problem-Delete-v2.3.1.hl7", "problem", {"name": "HYPOCHONDRIASIS", "start": "2004-06-29"}),
    ("ADT01-23.hl7", "encounter", {"event": "入院実施", "ward": "PREOP", "room": "101", "bed": "1"}),
    ("OML-O21-01.hl7", "allergy", {"substance": "Peanut Allergy", "reaction": "moderate"}),
]
HL7_STATES = {"ADT-A11-01.hl7": "cancelled", "PC1-Problem-Delete-v2.3.1.hl7": "entered-in-error"}
HL7_UNKNOWN = {"RDS-O13-01.hl7", "ADT-A40-01.hl7", "MDM-T02-03.hl7", "VXU.hl7"}


def check_hl7v2():
    """Messages of no storage: nobody says whether they stand, so none looks live; and none is lost."""
    wrong = []
    for folder, n_messages in (("hl7v2-linuxforhealth", 4), ("hl7v2-ms-fhir-converter", 21)):
        source = CORPUS / folder
        lines = build(source, "--months", "1200")
        wrong += counts_add_up(lines, count_files(source))
        if lines["counts"][0]["messages"] != n_messages:
            wrong.append("%s: %d messages" % (folder, lines["counts"][0]["messages"]))
        for record in lines["record"]:
            name = record["source"]["path"].split("/")[-1]
            if record["live"] or record["status"] != HL7_STATES.get(name, "unknown"):
                wrong.append("%s: %s" % (name, record["status"]))
            if (record["kind"] == "unknown") != (name in HL7_UNKNOWN):
                wrong.append("%s: %s" % (name, record["kind"]))
        for name, kind, values in HL7_FACTS:
            own = [r for r in lines["record"] if r["source"]["path"].endswith(name)]
            if own and not any(values.items() <= item.items() for r in own if r["kind"] == kind
                               for item in r["items"]):
                wrong.append("%s: no %s with %s" % (name, kind, values))
    return wrong


# ---- TAP -----------------------------------------------------------------------------------------

CHECKS = (("nho-ssmix2-sample accounts for every file and disputes what it must", check_nho),
          ("ssmixtwins-generated agrees with its tables for every patient", check_twins),
          ("every word of the CDA documents is in the export", check_cda),
          ("HL7 v2 of elsewhere is read and never live", check_hl7v2))


def main():
    if not CORPUS.is_dir():
        print("1..0 # SKIP no corpus at %s" % CORPUS.name)
        return
    print("1..%d" % len(CHECKS))
    for number, (title, check) in enumerate(CHECKS, 1):
        wrong = check()
        for line in wrong[:50]:
            print("# " + line)
        print("%s %d %s" % ("not ok" if wrong else "ok", number, title))


main()
