#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""FHIR files that nobody here wrote, walked and compared with Python's own reading of them.

check-fhir-corpus.py WALK-FHIR: TAP on standard output. The corpus is looked for in TOMOSHIBI_CORPUS,
else beside the source; without it everything is skipped.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys

WALK = sys.argv[1]
CORPUS = pathlib.Path(os.environ.get("TOMOSHIBI_CORPUS") or
                      os.path.join(os.environ["TOMOSHIBI_SOURCE_DIR"], "..", "shared", "corpus"))

CONFORMANCE = {"CapabilityStatement", "CodeSystem", "CompartmentDefinition", "ConceptMap",
               "GraphDefinition", "ImplementationGuide", "MessageDefinition", "NamingSystem",
               "OperationDefinition", "Questionnaire", "SearchParameter", "StructureDefinition",
               "StructureMap", "ValueSet"}


def walk(path):
    """Lines of the walk, by what they are."""
    out = subprocess.run([WALK, str(path)], check=True, stdout=subprocess.PIPE).stdout
    lines = collections.defaultdict(list)
    for line in out.decode("utf-8").splitlines():
        value = json.loads(line)
        lines[value["what"]].append(value)
    return lines


def load_all(text):
    """Every JSON value of @text, numbers as they are written; raises ValueError."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)
    values = []
    at = 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if at == len(text):
            return values
        value, at = decoder.raw_decode(text, at)
        values.append(value)


def resources_of(value):
    """Resources in the order of the file, those of Bundles within Bundles in their place."""
    if value.get("resourceType") == "Parameters":
        return [p["resource"] for p in value["parameter"] if "resource" in p]
    if value.get("resourceType") != "Bundle":
        return [value]
    found = []
    for entry in value.get("entry", []):
        if "resource" in entry:
            found += resources_of(entry["resource"])
    return found


def count_contained(resources):
    return collections.Counter(c["resourceType"] for r in resources
                               for c in r.get("contained", []))


def check_json(path):
    """Complaints: every resource is there, with every digit, and its text is what stands in the file."""
    text = path.read_text(encoding="utf-8-sig")
    lines = walk(path)
    total = lines["file"][0]
    values = load_all(text)
    if len(values) == 1 and values[0].get("resourceType") in CONFORMANCE:
        return [] if total["form"] == "conformance" and total["items"] == 0 else ["not skipped"]
    if "output" in values[0] and "transactionTime" in values[0]:
        return [] if total["form"] == "manifest" else ["not a manifest"]
    if "resourceType" not in values[0]:
        return [] if total["form"] == "other" else ["taken for FHIR"]

    wanted = [r for value in values for r in resources_of(value)]
    got = [item["resource"] for item in lines["item"] if "resource" in item]
    wrong = []
    if got != wanted:
        wrong.append("%d resources, not %d, or not the same" % (len(got), len(wanted)))
    if total["types"] != collections.Counter(r["resourceType"] for r in wanted):
        wrong.append("counts by type: %s" % total["types"])
    if total["contained"] != count_contained(wanted):
        wrong.append("counts of contained ones: %s" % total["contained"])
    for item in lines["item"]:
        if "text" in item and load_all(item["text"]) != [item["resource"]]:
            wrong.append("%s: text is not its own" % item["entry"])
    told = [f for f in lines["finding"] if not f["detail"].endswith("entries without a request: read as data")]
    if told:
        wrong.append("findings: %s" % told[:2])
    return wrong


def files_of(folder, *suffixes):
    return sorted(p for p in (CORPUS / folder).rglob("*") if p.suffix in suffixes)


def check_folder(folder, n_files, *suffixes):
    wrong = []
    files = files_of(folder, *(suffixes or (".json", ".ndjson")))
    if len(files) != n_files:
        wrong.append("%d files" % len(files))
    for path in files:
        try:
            wrong += ["%s: %s" % (path.name, w) for w in check_json(path)]
        except ValueError as error:
            wrong.append("%s: Python cannot read it: %s" % (path.name, error))
    return wrong


def check_checkups():
    """Eight of ten are no JSON: each gives its good entries, and a finding with its line."""
    wrong = []
    n_broken = 0
    for path in files_of("jp-municipal-checkup", ".json"):
        text = path.read_text(encoding="utf-8-sig")
        try:
            load_all(text)
            wrong += ["%s: %s" % (path.name, w) for w in check_json(path)]
            continue
        except ValueError:
            pass
        n_broken += 1
        lines = walk(path)
        broken_lines = [n for n, line in enumerate(text.splitlines(), 1)
                        if line.split(":")[-1].strip().startswith("$")]
        told = {f["line"] for f in lines["finding"]}
        if not told:
            wrong.append("%s: nothing is told" % path.name)
        if broken_lines and not told & set(broken_lines):
            wrong.append("%s: told in lines %s, not %s" % (path.name, sorted(told), broken_lines))
        total = lines["file"][0]
        if total["pieces"] != total["items"] + total["bundles"] + total["refused"]:
            wrong.append("%s: counts do not add up" % path.name)
        if total["refused"] == 0:
            wrong.append("%s: nothing refused" % path.name)
    if n_broken != 8:
        wrong.append("%d files are no JSON" % n_broken)
    return wrong


def plain(value):
    """What XML can tell: lists of one and their element, numbers and texts are the same."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "div" and plain(v) not in (None, {})}
    if isinstance(value, list):
        return plain(value[0]) if len(value) == 1 else [plain(v) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(value.split()) if isinstance(value, str) else value


def lists_of(value, path=()):
    """Paths that are lists."""
    found = set()
    if isinstance(value, dict):
        for k, v in value.items():
            found |= lists_of(v, path + (k,))
    elif isinstance(value, list):
        found.add(path)
        for v in value:
            found |= lists_of(v, path)
    return found


def check_xml():
    """The same resource in JSON and in XML gives one tree; the other XML files are walked."""
    wrong = []
    files = files_of("fhir-r4-examples", ".xml")
    n_pairs = 0
    for path in files:
        lines = walk(path)
        if len(lines["item"]) != 1 or lines["finding"]:
            wrong.append("%s: %s" % (path.name, lines["file"]))
            continue
        pair = path.with_suffix(".json")
        if not pair.exists():
            continue
        n_pairs += 1
        wanted = load_all(pair.read_text(encoding="utf-8-sig"))[0]
        got = lines["item"][0]["resource"]
        if path.name == "observation-example.xml":
            del got["extension"]  # the file in JSON has none
        if plain(got) != plain(wanted):
            wrong.append("%s: another tree" % path.name)
        if lists_of(got) != lists_of(wanted):
            wrong.append("%s: other lists: %s" % (path.name, lists_of(got) ^ lists_of(wanted)))
    if n_pairs < 3:
        wrong.append("%d pairs" % n_pairs)
    return wrong


def check_facts():
    """Read with a person's eyes in the files."""
    wrong = []
    manifest = walk(CORPUS / "clinosim-jp-bulk" / "manifest.json")["file"][0]
    if manifest["form"] != "manifest":
        wrong.append("manifest: %s" % manifest)
    decimal = walk(CORPUS / "fhir-r4-examples" / "observation-decimal.json")["item"][0]["resource"]
    values = [c["valueQuantity"]["value"] for c in decimal.get("component", [])] or [
        q for q in json.dumps(decimal).split('"') if q.replace(".", "").isdigit()]
    if not any("." in v and v.endswith("0") for v in values):
        wrong.append("no number has kept a zero at its end: %s" % values)
    cda = walk(CORPUS / "cda-ccda-cc0" / "CCD.xml")["file"][0]
    if cda["form"] != "cda":
        wrong.append("CDA: %s" % cda)
    return wrong


CHECKS = [
    ("jp-clins-examples", lambda: check_folder("jp-clins-examples", 49)),
    ("jp-ereferral-apache", lambda: check_folder("jp-ereferral-apache", 1)),
    ("jp-etwodis-unlicense", lambda: check_folder("jp-etwodis-unlicense", 10)),
    ("jp-municipal-checkup", check_checkups),
    ("jp-validator-cases", lambda: check_folder("jp-validator-cases", 228)),
    ("clinosim-jp-bulk", lambda: check_folder("clinosim-jp-bulk", 25)),
    ("synthea-bulk-ndjson-10", lambda: check_folder("synthea-bulk-ndjson-10", 13)),
    ("synthea-r4-bundles", lambda: check_folder("synthea-r4-bundles", 5)),
    ("fhir-r4-examples", lambda: check_folder("fhir-r4-examples", 69, ".json")),
    ("fhir-r4-examples in XML", check_xml),
    ("facts", check_facts),
]


def main():
    print("1..%d" % len(CHECKS))
    bad = False
    for number, (name, check) in enumerate(CHECKS, 1):
        if not CORPUS.is_dir():
            print("ok %d - %s # SKIP the corpus is not there" % (number, name))
            continue
        wrong = check()
        print("%s %d - %s" % ("not ok" if wrong else "ok", number, name))
        for line in wrong[:20]:
            print("# " + line)
        bad = bad or bool(wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
