#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample hospital's FHIR export, written, imported and compared with its standard storage.

check-sample-fhir.py TOMOSHIBI: TAP on standard output.
"""
import collections
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

TOMOSHIBI = sys.argv[1]
AS_OF = "2026-11-01T23:50"
STATUSES = {"F": "final", "P": "preliminary", "C": "corrected"}
GIVEN = {"CP": "completed", "PA": "stopped", "RE": "not-done", "NA": "not-done"}
# What a prescription, a dose of an injection and a result say, verbatim in both.
DRUG = ("drug", "code", "dose", "dose_unit", "dose_max", "per_day", "per_day_unit", "total", "total_unit",
        "usage", "usage_code", "days", "times", "start", "repeats", "rp")
INJECTED = ("rp", "drug", "code", "amount", "amount_unit", "volume", "volume_unit", "rate", "route")


def run(*arguments):
    return subprocess.run([TOMOSHIBI, *map(str, arguments)], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def sample(*arguments):
    return run("sample", "--patients", 60, "--months", 4, "--clean", "--as-of", AS_OF, *arguments)


def digest(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def imported(work, tree):
    disc = work / (tree.name + "-disc")
    run("build", "--from", tree, "--to", disc, "--unsealed", "--as-of", AS_OF, "--months", 60, "--accept", "all")
    lines = [json.loads(line) for line in run("export", disc).decode("utf-8").splitlines()]
    return {kind: [line for line in lines if line["type"] == kind] for kind in ("patient", "record", "finding")}


def minute(time):
    """Both storages name the same minute; SS-MIX2 has no zone."""
    return time[:16] if time else time


class Sample:
    def __init__(self, work):
        self.work = work
        for name, options in (("both", ()), ("bare", ("--standard-only",)), ("full", ("--fhir-full",)),
                              ("fhir", ("--fhir-only",))):
            setattr(self, name, work / name)
            sample("--to", work / name, *options)
        self.ssmix = imported(work, self.bare)
        self.export = imported(work, self.fhir)
        self.added = imported(work, self.both)
        self.lines = collections.defaultdict(list)
        for path in sorted((self.fhir / "fhir").glob("*.ndjson")):
            for line in path.read_text("utf-8").split("\n")[:-1]:
                self.lines[path.name].append(json.loads(line))

    def of(self, which, *kinds):
        return [r for r in which["record"] if r["kind"] in kinds]


def value_of(item, field):
    """Without what one storage says in another field: a unit without an amount says nothing, and weekdays are an
    addition to the usage."""
    text = item.get(field)
    if field == "dose_unit" and "dose" not in item:
        return None
    return text.split("\n")[0] if field in ("usage", "usage_code") and text else text


def rows(records, fields, live=True, head=("patient", "order_no")):
    """A bag of the rows of live records."""
    out = collections.Counter()
    for record in records:
        if record["live"] == live:
            for item in record.get("items", ()):
                out[tuple(record.get(h) for h in head) + tuple(value_of(item, f) for f in fields)] += 1
    return out


def differ(name, ours, theirs, least):
    wrong = ["%s: only as SS-MIX2: %s" % (name, row) for row in (ours - theirs)]
    wrong += ["%s: only as FHIR: %s" % (name, row) for row in (theirs - ours)]
    if sum(ours.values()) < least:
        wrong.append("%s: only %d rows" % (name, sum(ours.values())))
    return wrong


def check_files(sample_):
    """The manifest names every file with its type and lines, and the time of the data in Japan."""
    wrong = []
    manifest = json.loads((sample_.fhir / "fhir/manifest.json").read_text("utf-8"))
    named = {e["url"].rsplit("/", 1)[1]: e for e in manifest["output"] + manifest["deleted"]}
    if manifest["transactionTime"] != AS_OF + ":00+09:00" or manifest["error"]:
        wrong.append("manifest: %s" % manifest["transactionTime"])
    if set(named) != set(sample_.lines) or len(manifest["deleted"]) != 1:
        wrong.append("files: %s" % sorted(set(named) ^ set(sample_.lines)))
    ids = collections.Counter()
    for name, lines in sample_.lines.items():
        if named[name]["count"] != len(lines) or {l["resourceType"] for l in lines} != {named[name]["type"]}:
            wrong.append("%s: %d lines" % (name, len(lines)))
        ids.update((l["resourceType"], l["id"]) for l in lines if "id" in l)
    wrong += ["twice: %s" % (key,) for key, n in ids.items() if n > 1]
    if len({kind for kind, _ in ids}) != 18:
        wrong.append("types: %s" % sorted({kind for kind, _ in ids}))
    wrong += ["finding: %s" % f for f in sample_.export["finding"] if f["code"] not in ("outside-window", "withdrawn")]
    return wrong


def check_people(sample_):
    """The same people, by the number of the same facility."""
    keys = ("id", "facility", "birth_date", "sex", "address", "phone")
    wrong = []
    ours = {p["id"]: p for p in sample_.ssmix["patient"]}
    theirs = {p["id"]: p for p in sample_.export["patient"]}
    if set(ours) != set(theirs):
        wrong.append("people: %s" % sorted(set(ours) ^ set(theirs)))
    for number in set(ours) & set(theirs):
        a, b = ours[number], theirs[number]
        if "name" not in a:
            continue
        if any(a.get(k) != b.get(k) for k in keys if k in a):
            wrong.append("%s: %s, %s" % (number, a, b))
        for name in ("name", "kana"):
            if (a.get(name) or "").replace("\u3000", " ") != (b.get(name) or "").replace("\u3000", " "):
                wrong.append("%s: %s, %s" % (number, a.get(name), b.get(name)))
    return wrong


def check_prescriptions(sample_):
    """Every prescription reads the same in both: numbers, RP, doses, uneven doses, days, totals."""
    ours = rows(sample_.of(sample_.ssmix, "prescription"), DRUG)
    theirs = rows(sample_.of(sample_.export, "prescription"), DRUG)
    wrong = differ("prescription", ours, theirs, 500)
    said = collections.Counter()
    texts = {(record["order_no"], item["rp"], item["drug"]): json.dumps(item, ensure_ascii=False)
             for record in sample_.of(sample_.export, "prescription") for item in record["items"]}
    for record in sample_.of(sample_.ssmix, "prescription"):
        for item in record["items"] if record["live"] else ():
            text = texts.get((record["order_no"], item["rp"], item["drug"]), "")
            words = item["usage"].split("\n")[1:] + (item.get("instruction") or "").split("\n")
            wrong += ["%s %s: not said: %s" % (record["order_no"], item["drug"], word) for word in words
                      # What the reader of SS-MIX2 makes of a code is not said by the other one.
                      if word not in text and not word.startswith("用法コード")]
    for record in sample_.of(sample_.export, "prescription"):
        for item in record["items"]:
            text = " ".join(item.get(f) or "" for f in ("usage_hint", "instruction", "comment", "usage"))
            said["uneven"] += "２錠" in text and "dose_max" in item
            said["weekly"] += "日曜日" in text or "土曜日" in text or "月曜日" in text
            said["as needed"] += item.get("times") is not None
    return wrong + ["no drug that is %s" % what for what in ("uneven", "weekly", "as needed") if not said[what]]


def check_injections(sample_):
    """Every dose of an injection reads the same in both, and so does what was given."""
    fields = INJECTED
    wrong = differ("injection", rows(sample_.of(sample_.ssmix, "injection"), fields),
                   rows(sample_.of(sample_.export, "injection"), fields), 500)
    given = []
    for which, words in ((sample_.ssmix, GIVEN), (sample_.export, {})):
        bag = collections.Counter()
        for record in sample_.of(which, "administration"):
            if record["live"] or record["status"] == "cancelled":
                for item in record["items"]:
                    status = item.get("status") or "in-progress"
                    bag[(record["patient"], record["order_no"], item["drug"], item.get("amount"),
                         item.get("amount_unit"), minute(item["given_at"]), minute(item.get("given_until"))
                         if item.get("rp", "").count("_") else None, words.get(status, status))] += 1
        given.append(bag)
    return wrong + differ("given", given[0], given[1], 2000)


def check_results(sample_):
    """Every result has the same value, unit, range, flag and status in both."""
    bags = []
    for which, words in ((sample_.ssmix, STATUSES), (sample_.export, {})):
        bag = collections.Counter()
        for record in sample_.of(which, "lab", "observation"):
            for item in record["items"] if record["live"] and "order_no" in record else ():
                # What is no result but a comment stands in the conclusion of a report.
                if item.get("code") and item["code"] not in ("9001", "9002"):
                    status = item["status"]
                    number = re.fullmatch("[<>]?[0-9]+([.][0-9]+)?", item["value"])
                    bag[(record["patient"], record["order_no"], item["name"], item["code"], item["value"],
                         item.get("unit") if number else None, item.get("range"),
                         item.get("flag"), words.get(status, status if not words else "unknown"), item.get("specimen"), item.get("group"),
                         minute(item.get("at") or record["at"]))] += 1
        bags.append(bag)
    seen = {row[8] for row in bags[1]} - {"unknown"}
    wrong = differ("lab", bags[0], bags[1], 5000)
    if seen != set(STATUSES.values()):
        wrong.append("statuses: %s" % seen)
    if not any((row[4] or "").startswith("<") for row in bags[1]):
        wrong.append("no value with a comparator")
    fields = ("organism", "drug", "value", "result")
    cultures = [collections.Counter({row: n for row, n in rows(sample_.of(w, "microbiology"), fields).items()
                                     if row[3] is not None}) for w in (sample_.ssmix, sample_.export)]
    return wrong + differ("culture", cultures[0], cultures[1], 20)


def check_lists(sample_):
    """Allergies and problems read the same, suspected ones as suspected."""
    bags = []
    for which in (sample_.ssmix, sample_.export):
        bag = collections.Counter()
        for record in sample_.of(which, "allergy"):
            for item in record["items"] if record["live"] else ():
                bag[(record["patient"], item["substance"])] = 1
        bags.append(bag)
    # SS-MIX2 deletes with an action what FHIR calls inactive; both stand.
    wrong = differ("allergy", bags[0], bags[1], 40)
    problems = []
    for which in (sample_.ssmix, sample_.export):
        bag = collections.Counter()
        for record in sample_.of(which, "problem"):
            for item in record["items"] if record["live"] and record["status"] != "entered-in-error" else ():
                bag[(record["patient"], item["name"], item.get("start"), item.get("end"),
                     bool(item.get("suspected")), bool(item.get("main")))] += 1
        problems.append(bag)
    wrong += differ("problem", problems[0], problems[1], 200)
    if not any(row[4] for row in problems[1]):
        wrong.append("nothing is suspected")
    return wrong


def check_dead(sample_):
    """What is cancelled, stopped or withdrawn in one is in the other."""
    wrong = []
    withdrawn = [e["request"]["url"] for b in sample_.lines["deleted.000.ndjson"] for e in b["entry"]]
    kinds = ("prescription", "injection", "order", "meal")
    dead = [{(r["kind"], r["order_no"]) for r in sample_.of(w, *kinds) if not r["live"]}
            for w in (sample_.ssmix, sample_.export)]
    live = [{(r["kind"], r["order_no"]) for r in sample_.of(w, *kinds) if r["live"]}
            for w in (sample_.ssmix, sample_.export)]
    wrong += ["dead as FHIR, live as SS-MIX2: %s %s" % key for key in dead[1] & live[0]]
    wrong += ["live as FHIR, dead as SS-MIX2: %s %s" % key for key in live[1] - live[0]]
    statuses = collections.Counter(r["status"] for r in sample_.of(sample_.export, *kinds) if not r["live"])
    if len(withdrawn) < 5 or statuses["deleted"] != len(withdrawn):
        wrong.append("%d withdrawals: %s" % (len(withdrawn), statuses))
    if not statuses["cancelled"] or not statuses["stopped"]:
        wrong.append("statuses: %s" % statuses)
    return wrong


def check_notes(sample_):
    """Notes, vital signs and stays are those of the storages."""
    wrong = []
    notes = [collections.Counter((r["patient"], r["text"].replace("\r", "").rstrip())
                                 for r in sample_.of(w, "note")) for w in (sample_.added, sample_.export)]
    wrong += differ("note", notes[0], notes[1], 300)
    vitals = []
    for which in (sample_.added, sample_.export):
        vitals.append(collections.Counter(
            (r["patient"], i["name"], i["value"], i["unit"], minute(i.get("at") or r["at"]))
            for r in sample_.of(which, "vital") for i in r["items"] if i["name"] not in ("身長", "体重")))
    wrong += differ("vital", vitals[0], vitals[1], 1000)
    admitted = [{(r["patient"], minute(i["start"])) for r in sample_.of(w, "encounter") for i in r["items"]
                 if i["event_code"] == code and r["live"] and r["status"] != "planned"}
                for w, code in ((sample_.ssmix, "A01"), (sample_.export, "IMP"))]
    if admitted[0] != admitted[1] or len(admitted[0]) < 10:
        wrong.append("admitted: %s" % sorted(admitted[0] ^ admitted[1]))
    return wrong


def check_added(sample_):
    """By default only people and what no storage has are written, and nothing is told twice."""
    kinds = collections.Counter(r["kind"] for r in sample_.added["record"] if r["source"]["format"] == "fhir-json")
    wrong = []
    if set(kinds) - {"demographics", "appointment", "observation", "flag", "immunization", "statement", "device"}:
        wrong.append("kinds: %s" % dict(kinds))
    if len(kinds) < 6:
        wrong.append("too few kinds: %s" % dict(kinds))
    ours = collections.Counter(f["code"] + f.get("detail", "") for f in sample_.ssmix["finding"])
    theirs = collections.Counter(f["code"] + f.get("detail", "") for f in sample_.added["finding"])
    wrong += ["finding: %s" % f for f in theirs - ours]
    full = {(l["resourceType"], l["id"]) for lines in sample_.lines.values() for l in lines if "id" in l}
    for path in (sample_.both / "fhir").glob("*.ndjson"):
        for line in path.read_text("utf-8").split("\n")[:-1]:
            resource = json.loads(line)
            if (resource["resourceType"], resource["id"]) not in full:
                wrong.append("not in the full export: %s" % resource["id"])
    return wrong


# What a fact counts and names: in the message word for word, or the resource is no second source of it.
COUNTED = ("drug", "name", "dose", "dose_max", "per_day", "total", "amount", "volume", "days", "times", "value",
           "result", "code")


def check_once(sample_):
    """What SS-MIX2 and FHIR tell of one order is shown once, as all it counts is the same; what is dead is not."""
    lines = imported(sample_.work, sample_.full)
    kinds = ("prescription", "injection", "administration", "lab", "microbiology", "order", "meal", "report")
    messages, shares, wrong = collections.defaultdict(list), collections.defaultdict(list), []
    for r in sample_.of(lines, *kinds):
        if r["source"]["format"] == "ssmix2" and r["live"]:
            messages[r["patient"], r["kind"], r.get("order_no")].append(r)
    for r in sample_.of(lines, *kinds):
        same = messages.get((r["patient"], r["kind"], r.get("order_no")))
        if r["source"]["format"] != "fhir-json" or not same:
            continue
        once = "said-before" in r["marks"]
        if r["live"]:
            shares[r["kind"]].append(once)
        elif once:
            wrong.append("dead: %s" % r["resource"])
        if once and not any("two-sources" in m["marks"] for m in same):
            wrong.append("one source: %s" % r["resource"])
        items = [i for m in same for i in m["items"]]
        for item in r["items"] if once and r["kind"] != "report" else ():
            if item.get("organism") and item["organism"] == item.get("value") and any(
                    i.get("organism") == item["organism"] for i in items):
                continue  # the name of what grew, which the message has beside the amount
            if not any(all(item[f] == i.get(f) for f in COUNTED if f in item) and
                       all(minute(item[f]) == minute(i[f]) for f in ("given_at", "given_until") if f in item) and
                       (i.get("rate") or "").replace("ml/hr", "") == item.get("rate", "") for i in items):
                wrong.append("not said: %s %s" % (r["resource"], item))
    for kind in kinds:
        if len(shares[kind]) < 10 or sum(shares[kind]) < 0.85 * len(shares[kind]):
            wrong.append("%s: %d of %d" % (kind, sum(shares[kind]), len(shares[kind])))
    print("# " + ", ".join("%s %d of %d" % (k, sum(shares[k]), len(shares[k])) for k in kinds))
    return wrong


def check_same(sample_):
    """The same options give the same bytes, as a tree and as a tar; the storages are the same with and without."""
    wrong = []
    trees = {name: digest(getattr(sample_, name)) for name in ("both", "bare", "full", "fhir")}
    for name, options in (("both", ()), ("full", ("--fhir-full",)), ("fhir", ("--fhir-only",))):
        stream = sample("--to", "-", *options)
        with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
            found = {m.name: tar.extractfile(m).read() for m in tar if m.isfile()}
        if found != trees[name]:
            wrong.append("%s: tar and tree differ" % name)
    for name in ("both", "full"):
        if {p: b for p, b in trees[name].items() if p.startswith("9910000001/")} != trees["bare"]:
            wrong.append("%s: another standard storage" % name)
    if {p for p in trees["fhir"] if not p.startswith("fhir/")}:
        wrong.append("--fhir-only writes a storage")
    for pair in (("--fhir-only", "--fhir-full"), ("--standard-only", "--fhir-full")):
        refused = subprocess.run([TOMOSHIBI, "sample", "--to", sample_.work / "none", *pair], check=False,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if refused.returncode != 2 or (sample_.work / "none").exists():
            wrong.append("%s together: %d" % (pair, refused.returncode))
    parts = {p: b for p, b in trees["full"].items() if p.startswith("fhir/")}
    if parts != trees["fhir"] or not any(p.endswith(".001.ndjson") for p in parts):
        wrong.append("the export differs beside the storages, or is in one part")
    return wrong


CHECKS = (check_files, check_people, check_prescriptions, check_injections, check_results, check_lists, check_dead,
          check_notes, check_added, check_once, check_same)


def main():
    print("1..%d" % len(CHECKS))
    with tempfile.TemporaryDirectory() as folder:
        made = Sample(pathlib.Path(folder))
        for number, check in enumerate(CHECKS, 1):
            wrong = check(made)
            for line in wrong[:30]:
                print("# " + line)
            print("%s %d %s" % ("not ok" if wrong else "ok", number, check.__doc__))


main()
