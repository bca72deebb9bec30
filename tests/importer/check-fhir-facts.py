#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every folder of FHIR in the corpus, imported whole: all resources accounted for, counts by kind, facts by hand.

  check-fhir-facts.py TOMOSHIBI: TAP on standard output; nothing to do where the corpus is absent.

Resources are counted here by another reader (json and ElementTree of Python) and compared with what the
report accounts for. Facts were listed by hand from the sources.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

TOMOSHIBI = sys.argv[1]
CORPUS = pathlib.Path(os.environ.get("TOMOSHIBI_CORPUS",
                                     pathlib.Path(__file__).parents[2] / "../shared/corpus"))
FHIR = "{http://hl7.org/fhir}"

# Folder: records by kind; facts: (kind, patient, field, value) of some item or record.
FOLDERS = {
    "jp-clins-examples": (
        {"allergy": 2, "problem": 8, "prescription": 12, "lab": 2, "document": 2, "demographics": 4},
        [("problem", "000999739", "name", "左前腕骨折"), ("problem", "000999739", "start", "2019"),
         ("allergy", "000999739", "substance", "サバ"),
         ("prescription", "000999739", "drug", "新レシカルボン坐剤"),
         ("prescription", "000999739", "dose_unit", "ｍＬ"),
         ("problem", "000999739", "other_name", "腹痛症"),
         ("lab", "000999739", "unit", "ml/min/1.73m2")]),
    "jp-ereferral-apache": (
        {"allergy": 2, "problem": 5, "prescription": 2, "document": 1, "encounter": 2, "demographics": 1},
        [("prescription", "12345", "usage", "１日３回　毎食後　７錠（４錠－２錠－１錠）"),
         ("prescription", "12345", "per_day", "7"),
         ("allergy", "12345", "substance", "キーウイ")]),
    "jp-etwodis-unlicense": (
        {"allergy": 2, "problem": 5, "document": 1, "encounter": 2},
        [("problem", None, "name", "狭心症")]),
    "jp-municipal-checkup": ({"demographics": 6, "document": 6}, []),
    "jp-validator-cases": ({}, []),
    "clinosim-jp-bulk": (
        {"allergy": 1, "demographics": 9, "immunization": 41, "coverage": 9, "contact": 6},
        [("demographics", "POP-000007", "kana", "オオニシ ヒナタ"),
         ("problem", "POP-000011", "name", "喘息")]),
    "synthea-bulk-ndjson-10": (
        {"demographics": 13, "allergy": 11, "immunization": 161, "problem": 555}, []),
    "synthea-r4-bundles": ({"demographics": 4, "immunization": 17}, []),
    "fhir-r4-examples": ({"flag": 3}, []),
}


# ---- the other reader --------------------------------------------------------------------------

def walk_json(node):
    """Resources within: those of entries and parameters, Bundles themselves not."""
    if isinstance(node, list):
        for one in node:
            yield from walk_json(one)
    elif isinstance(node, dict):
        kind = node.get("resourceType")
        if kind == "Bundle":
            for entry in node.get("entry") or []:
                if isinstance(entry, dict) and "resource" in entry:
                    yield from walk_json(entry["resource"])
        elif kind == "Parameters" and any("resource" in p for p in node.get("parameter", [])):
            for parameter in node["parameter"]:
                if "resource" in parameter:
                    yield from walk_json(parameter["resource"])
        elif kind is not None:
            yield kind


def walk_xml(node):
    if node.tag == FHIR + "Bundle":
        for resource in node.iterfind(FHIR + "entry/" + FHIR + "resource"):
            for one in resource:
                yield from walk_xml(one)
    elif node.tag.startswith(FHIR):
        yield node.tag[len(FHIR):]


def values(text):
    """The JSON values of a text, one behind the other; None for a line that is none."""
    decoder = json.JSONDecoder()
    at = 0
    while True:
        while at < len(text) and text[at] in " \t\r\n\ufeff":
            at += 1
        if at >= len(text):
            return
        try:
            value, at = decoder.raw_decode(text, at)
            yield value
        except ValueError:
            yield None
            end = text.find("\n", at)
            at = len(text) if end < 0 else end


def count(folder):
    """Types of all resources that can be read, and whether everything could be."""
    types = collections.Counter()
    whole = True
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".json", ".ndjson"):
            found = list(values(path.read_text("utf-8")))
            whole = whole and None not in found
            for value in found:
                types.update(walk_json(value))
        elif path.suffix == ".xml":
            types.update(walk_xml(ET.parse(path).getroot()))
    return types, whole


# ---- this one ------------------------------------------------------------------------------------

def build(folder):
    with tempfile.TemporaryDirectory() as work:
        disc = pathlib.Path(work) / "disc"
        report = subprocess.run([TOMOSHIBI, "build", "--unsealed", "--accept", "all", "--months", "1200", "--as-of",
                                 "2026-11-01", "--json", "--from", str(folder), "--to", str(disc)],
                                check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        lines = subprocess.run([TOMOSHIBI, "export", str(disc)], check=True, stdout=subprocess.PIPE).stdout
    return json.loads(report), [json.loads(line) for line in lines.decode().splitlines()]


def check_counts(name, report, types, whole):
    """Every resource is a record, context, a copy, or counted as none of these."""
    fhir = report["counts"]["fhir"]
    wrong = []
    parts = sum(fhir[k] for k in ("records", "context", "identical", "withdrawals", "withdrawals_of_nothing"))
    if fhir["read"] != parts:
        wrong.append("read %d, told %d" % (fhir["read"], parts))
    # What a definition alone in its file is, is told of the file.
    definitions = sum(1 for line in report["finding_details"] if "definition of FHIR" in line)
    refused = sum(n for line, n in report["finding_details"].items() if "a definition of FHIR" in line)
    total = fhir["read"] + fhir["ignored"] + refused
    if whole and total != sum(types.values()):
        wrong.append("another reader finds %d resources, here are %d" % (sum(types.values()), total))
    if not whole and total < sum(types.values()):
        wrong.append("another reader finds %d resources and more, here are %d" % (sum(types.values()), total))
    if definitions > 1:
        wrong.append("definitions are told in two ways")
    counts = report["counts"]
    on_disc = (counts["messages_on_disc"] + counts["messages_outside_window"] + counts["messages_identical"] +
               counts["messages_beyond_ceiling"])
    if fhir["records"] != on_disc:
        wrong.append("%d resources for records, %d messages told" % (fhir["records"], on_disc))
    return wrong


def check_kinds(lines, wanted):
    found = collections.Counter(line["kind"] for line in lines if line["type"] == "record")
    return ["%s: %d records, wanted %d" % (kind, found[kind], n) for kind, n in wanted.items()
            if found[kind] != n]


def check_facts(lines, facts):
    wrong = []
    for kind, patient, field, value in facts:
        def says(record):
            return (record["kind"] == kind and record.get("patient") == patient and
                    any(value in item.get(field, "").split("\n") for item in record["items"]))
        if not any(line["type"] == "record" and says(line) for line in lines):
            wrong.append("nowhere: %s %s %s=%s" % (kind, patient, field, value))
    return wrong


def check_sources(lines):
    """Every record leads to a place; what belongs to nobody is told."""
    wrong = ["%s has no path" % line["kind"] for line in lines
             if line["type"] == "record" and not line["source"].get("path")]
    nobody = {(line["source"]["path"], line["source"].get("entry")) for line in lines
              if line["type"] == "record" and "patient" not in line}
    told = {(line.get("path"), line.get("entry")) for line in lines
            if line["type"] == "finding" and line["code"] in ("no-patient", "identity-conflict")}
    return wrong + ["not told: %s %s" % place for place in sorted(nobody - told, key=str)]


def main():
    if not CORPUS.is_dir():
        print("1..0 # SKIP no corpus")
        return
    print("1..%d" % len(FOLDERS))
    for number, (name, (kinds, facts)) in enumerate(FOLDERS.items(), 1):
        types, whole = count(CORPUS / name)
        report, lines = build(CORPUS / name)
        wrong = (check_counts(name, report, types, whole) + check_kinds(lines, kinds) +
                 check_facts(lines, facts) + check_sources(lines))
        for line in wrong[:20]:
            print("# " + line)
        print("%s %d %s" % ("not ok" if wrong else "ok", number, name))


main()
