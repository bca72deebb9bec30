#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small imports of FHIR, written here, and what must stand in their export.

  check-fhir-import.py TOMOSHIBI
"""

import json
import os
import tempfile

from fhir_import import (CLINS, HOSPITAL, OTHER_HOSPITAL, allergy, build, bundle, check, entry, findings, patient,
                         patients, records, run, states)


# ---- whose it is: spec fhir.md 2.0, 2.2, 4.3 -------------------------------------------------------

def numbers_of_hospitals():
    lines, _ = build({"Patient.ndjson": [patient("00012345"), patient("12345", id="q")],
                      "AllergyIntolerance.ndjson": [allergy("卵"), allergy("そば", "Patient/q")]})
    # Leading zeros make another number.
    check("4.3 zeros", sorted(patients(lines)), [("1234567890", "00012345"), ("1234567890", "12345")])
    check("4.3 charts", sorted((r["patient"], r["items"][0]["substance"]) for r in records(lines, "allergy")),
          [("00012345", "卵"), ("12345", "そば")])


def number_without_facility():
    files = {"Patient.ndjson": [patient("00012345", "urn:oid:1.2.392.100495.20.3.51.1")]}
    lines, _ = build(files)
    check("4.3 row 4 without --facility", list(patients(lines)), [("backup", "p")])
    check("4.3 row 4 says so", list(patients(lines).values())[0].get("lacks_number"), True)
    lines, _ = build(files, "--facility", "1112223334")
    check("4.3 row 4 with --facility", list(patients(lines)), [("1112223334", "00012345")])


def number_of_clins():
    """Row 3: the facility stands in the identifier of the Bundle."""
    system = "http://jpfhir.jp/fhir/eCS/Idsystem/JP_Hospital_PatientID"
    lines, _ = build({"a.json": bundle("collection", [entry(patient("77", system))],
                                       identifier={"system": "x", "value": "1234567890^2025^1"})})
    check("4.3 row 3", list(patients(lines)), [("1234567890", "77")])


def insurance_is_no_number():
    member = {"system": "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID", "value": "06123456:10:2:01"}
    both = patient()
    both["identifier"].append(member)
    by_member = allergy("卵", subject=None)
    by_member["patient"] = {"identifier": member}
    lines, _ = build({"Patient.ndjson": [both], "a.ndjson": [by_member]})
    check("2.2 member id leads to him who has both", records(lines, "allergy")[0].get("patient"), "00012345")
    alone = patient(None)
    alone["identifier"] = [member]
    lines, _ = build({"Patient.ndjson": [alone], "a.ndjson": [by_member]})
    check("2.2 member id alone leads nowhere", records(lines, "allergy")[0].get("patient"), None)
    check("2.2 and it is told", len(findings(lines, "no-patient")), 1)


def nobody_is_guessed():
    lines, _ = build({"Patient.ndjson": [patient()],
                      "a.ndjson": [allergy("卵", "Patient/another"),
                                   {"resourceType": "AllergyIntolerance", "code": {"text": "乳"}},
                                   allergy("麦", "Group/g"), {"resourceType": "Group", "id": "g"}]})
    check("2.2 kept apart", sorted((r["items"][0]["substance"], r.get("patient"), r.get("disputed"))
                                   for r in records(lines, "allergy")),
          [("乳", None, True), ("卵", None, True), ("麦", None, True)])
    check("2.2 told", len(findings(lines, "no-patient")), 3)


def reference_and_identifier_differ():
    two = allergy("卵")
    two["patient"]["identifier"] = {"system": HOSPITAL, "value": "999"}
    lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [two]})
    found = records(lines, "allergy")[0]
    check("2.0 disputed", (found.get("patient"), found.get("disputed"), sorted(found.get("disputed_ids", []))),
          (None, True, ["00012345", "999"]))
    check("2.0 told", len(findings(lines, "identity-conflict")), 1)


def local_ids_are_local():
    """Two documents may both hold a Patient/1 who are two people (1.6)."""
    def document(number, substance):
        return bundle("document", [
            entry({"resourceType": "Composition", "id": "c", "status": "final", "title": "診療情報提供書",
                   "subject": {"reference": "Patient/1"}, "date": "2025-11-01"}),
            entry(patient(number, id="1")), entry(allergy(substance, "Patient/1"))])
    lines, _ = build({"a.json": document("111", "卵"), "b.json": document("222", "そば")})
    check("1.6 documents", sorted((r["patient"], r["items"][0]["substance"]) for r in records(lines, "allergy")),
          [("111", "卵"), ("222", "そば")])


def no_number_no_join():
    """Without a number each stays his own patient, whatever his name."""
    lines, _ = build({"a.json": bundle("collection", [entry(patient(None, id="1"))]),
                      "b.json": bundle("collection", [entry(patient(None, id="1"))])})
    check("4.3 no number", len(patients(lines)), 2)


def operators_systems():
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write("# ours\nhttp://h/mrn\t1112223334\n")
        file.flush()
        lines, _ = build({"Patient.ndjson": [patient("5", "http://h/mrn")]}, "--patient-systems", file.name)
    check("4.3 row 5", list(patients(lines)), [("1112223334", "5")])


def another_person_under_the_number():
    """Birth date or sex differ between sources: two charts (4.3)."""
    lines, _ = build({"a/Patient.ndjson": [patient("7"), allergy("卵")],
                      "b/Patient.ndjson": [patient("7", birthDate="1980-09-09", id="q"), allergy("乳", "Patient/q")]})
    check("4.3 another person: one source", sorted((r["facility"], r["patient"], r["items"][0]["substance"])
                                                   for r in records(lines, "allergy")),
          [("1234567890", "7", "卵"), ("1234567890#F2", "7", "乳")])
    check("4.3 told", [f["severity"] for f in findings(lines, "identity-conflict")], ["error"] * 2)
    # what names the number alone is in neither chart; another number's is where it was
    number = {"identifier": {"system": HOSPITAL, "value": "7"}}
    lines, _ = build({"a.ndjson": [patient("7"), patient("7", birthDate="1980-09-09", id="q"), patient("8", id="r"),
                                   allergy("卵", patient=number), allergy("乳", "Patient/r")]})
    check("4.3 the number alone", [(r.get("patient"), r.get("disputed", False)) for r in records(lines, "allergy")],
          [("8", False), (None, True)])
    # who may be either of them is neither
    silent = patient("7", id="s", birthDate=None, gender=None)
    lines, _ = build({"a.ndjson": [patient("7"), patient("7", birthDate="1980-09-09", id="q"), silent, allergy("卵", "Patient/s")]})
    check("4.3 either", ([r["facility"] for r in records(lines, "allergy")], len(patients(lines))), (["1234567890#F3"], 3))
    # versions, what is not told, and what is told in part contradict nobody
    same = [{}, {"birthDate": "1950"}, {"birthDate": None, "gender": None}, {"gender": "unknown"}]
    for more in same:
        lines, _ = build({"a.ndjson": [patient("7"), patient("7", id="q", **more), allergy("卵"), allergy("乳", "Patient/q")]})
        check("4.3 one person %s" % more, len(patients(lines)), 1)
    lines, _ = build({"a.ndjson": [patient("7", meta={"versionId": "1"}), patient("7", meta={"versionId": "2"}, birthDate="1950-01-03"),
                                   allergy("卵")]})
    check("4.3 one resource", (len(patients(lines)), list(patients(lines).values())[0]["birth_date"]), (1, "1950-01-03"))


def message(*segments):
    return "\r".join(segments) + "\r"


def storage(number, birth, order="000000000000123"):
    """One patient of SS-MIX2: basic data and a prescription."""
    stamp = "20251101100000000"
    head = "MSH|^~\\&|HIS|SMX|GW|GW|20251101100000||%s|1|P|2.5||||||~ISO IR87||ISO 2022-1994"
    pid = "PID|1||%s^^^^PI||試験^太郎^^^^^L^I||%s|M" % (number, birth)
    folder = "1234567890_SSMIX/%s/%s/%s" % (number[0:3], number[3:6], number)
    basics = message(head % "ADT^A08^ADT_A01", "EVN||20251101100000", pid, "PV1|1|O")
    rx = message(head % "RDE^O11^RDE_O11", pid, "PV1|1|O",
                 "ORC|NW|%s||%s_01|||||20251101100000" % (order, order),
                 "RXE||620000001^アムロジピン錠^HOT|1||TAB^錠^MR9P|||||14|TAB^錠^MR9P",
                 "TQ1|||X^１日１回朝食後^JHSI|||14^D&日&ISO+|20251101")
    return {"%s/-/ADT-00/%s_-_ADT-00_999999999999999_%s_-_1" % (folder, number, stamp): basics,
            "%s/20251101/OMP-01/%s_20251101_OMP-01_%s_%s_01_1" % (folder, number, order, stamp): rx}


def two_kinds_of_sources():
    order = {"resourceType": "MedicationRequest", "id": "m-1", "status": "active", "intent": "order",
             "identifier": [{"system": "urn:oid:1.2.392.100495.20.3.11", "value": "000000000000123"}],
             "medicationCodeableConcept": {"text": "アムロジピン錠"}, "subject": {"reference": "Patient/p"},
             "authoredOn": "2025-11-01"}
    files = storage("00012345", "19500102")
    lines, _ = build({**files, "fhir/a.ndjson": [patient("00012345"), allergy("卵")]})
    check("4 one patient", list(patients(lines)), [("1234567890", "00012345")])
    check("4 allergy of the other source", records(lines, "allergy")[0]["patient"], "00012345")
    lines, _ = build({**files, "fhir/a.ndjson": [patient("00012345", birthDate="1980-09-09"), allergy("卵")]})
    check("4.3 two charts", len(patients(lines)), 2)
    check("4.3 told", len(findings(lines, "identity-conflict")), 2)
    lines, _ = build({**files, "fhir/a.ndjson": [patient("00012345"), order]})
    check("4.2 both shown", len(records(lines, "prescription")), 2)
    check("4.2 told", [f["detail"] for f in findings(lines, "duplicate")],
          ["SS-MIX2 and FHIR tell the same order: both are shown"])


def same_order(dose="1", days=14, id="m-1", **more):
    """The prescription of storage(), as a conversion writes it."""
    return {"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "identifier": [{"system": "urn:oid:1.2.392.100495.20.3.81", "value": "000000000000123_01"},
                           {"system": "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber",
                            "value": "1"},
                           {"system": "urn:oid:1.2.392.100495.20.3.11", "value": "000000000000123"}],
            "medicationCodeableConcept": {"text": "アムロジピン錠", "coding": [
                {"system": "urn:oid:1.2.392.200119.4.403.1", "code": "620000001", "display": "アムロジピン錠"}]},
            "subject": {"reference": "Patient/p"}, "authoredOn": "2025-11-01T10:00:00+09:00",
            "dosageInstruction": [{"text": "１日１回朝食後", "timing": {"repeat": {
                "boundsPeriod": {"start": "2025-11-01"}}, "code": {"coding": [{"code": "X"}]}},
                "doseAndRate": [{"doseQuantity": {"value": float(dose) if "." in dose else int(dose), "unit": "錠"}}]}],
            "dispenseRequest": {"quantity": {"value": 14, "unit": "錠"},
                                "expectedSupplyDuration": {"value": days, "unit": "日"}}, **more}


def with_units(unit):
    """The same with the unit's code where the message has its name, or with another unit."""
    order = same_order()
    order["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["unit"] = unit
    order["dispenseRequest"]["quantity"]["unit"] = unit
    return order


def same_fact_once():
    """4.2: one fact with two sources only where all that FHIR says stands in the message too."""
    same = [("fhir-json", ("said-before",)), ("ssmix2", ("two-sources",))]
    both = [("fhir-json", ("maybe-duplicate",)), ("ssmix2", ("maybe-duplicate",))]
    cases = [
        ("all the same", [same_order()], same),
        ("another dose", [same_order(dose="2")], both),
        ("a dose written otherwise", [same_order(dose="1.0")], both),
        ("other days", [same_order(days=7)], both),
        ("FHIR says more", [same_order(note=[{"text": "血圧が低いときは中止"}])], both),
        ("another state", [same_order(status="on-hold")], None),
        ("urgent", [same_order(priority="stat")], both),
        ("as usual", [same_order(priority="routine")], same),
        ("the unit's code", [with_units("TAB")], same),
        ("another unit", [with_units("カプセル")], both),
        ("another usage", [same_order(dosageInstruction=[{**same_order()["dosageInstruction"][0], "text": "１日１回夕食後"}])],
         both),
        ("a usage more", [same_order(dosageInstruction=[{**same_order()["dosageInstruction"][0],
                                                         "additionalInstruction": [{"text": "隔日"}]}])], both),
        ("another prescriber", [same_order(requester={"display": "別の 医師"})], both),
        ("why it is given", [same_order(reasonCode=[{"text": "高血圧症"}])], both),
        ("a note of the pharmacy", [same_order(dispenseRequest={**same_order()["dispenseRequest"],
                                                              "numberOfRepeatsAllowed": 2})], both),
        ("what is not understood", [same_order(modifierExtension=[{"url": "http://example.org/x", "valueBoolean": True}])],
         None),
        ("one item, two resources", [same_order(), same_order(id="m-2")],
         [("fhir-json", ("maybe-duplicate",)), ("fhir-json", ("said-before",)),
          ("ssmix2", ("maybe-duplicate", "two-sources"))]),
    ]
    files = storage("00012345", "19500102")
    for name, orders, wanted in cases:
        lines, _ = build({**files, "fhir/a.ndjson": [patient("00012345"), *orders]})
        found = sorted((r["source"]["format"], tuple(sorted(r.get("marks", [])))) for r in records(lines, "prescription"))
        if wanted is None:
            check("4.2 " + name, any("said-before" in marks for _, marks in found), False)
        else:
            check("4.2 " + name, found, wanted)
    lines, _ = build({**files, "fhir/a.ndjson": [patient("00012345"), same_order(status="cancelled")]})
    check("4.2 one lives", [f["detail"] for f in findings(lines, "duplicate")],
          ["SS-MIX2 and FHIR tell the same order: one says that it stands, the other that it does not"])
    # The message is gone: what FHIR says is all there is.
    dead = {name[:-1] + "0" if "OMP-01" in name else name: text for name, text in files.items()}
    lines, _ = build({**dead, "fhir/a.ndjson": [patient("00012345"), same_order()]})
    check("4.2 the message is deleted", [r.get("marks") for r in records(lines, "prescription") if r["live"]],
          [["maybe-duplicate"]])


# ---- what withdraws what: spec fhir.md 1.2.1, 1.6 ----------------------------------------------------

def put(resource, time, method="PUT"):
    return bundle("transaction", [entry(None if method == "DELETE" else resource, None, method,
                                        "AllergyIntolerance/%s" % resource["id"])], timestamp=time)


def delete_then_put():
    """Every update of a converter is a DELETE and, a millisecond later, a PUT."""
    one = allergy("卵", id="a-long-enough")
    lines, _ = build({"Patient.ndjson": [patient()],
                      "1.json": put(one, "2025-11-01T10:00:59.567+09:00", "DELETE"),
                      "2.json": put(one, "2025-11-01T10:00:59.568+09:00")})
    check("1.2.1 update", states(lines), [("卵", "active", True)])


def put_then_delete():
    one = allergy("卵", id="a-long-enough")
    lines, report = build({"Patient.ndjson": [patient()],
                           "1.json": put(one, "2025-11-01T10:00:00+09:00"),
                           "2.json": put(one, "2025-11-01T11:00:00+09:00", "DELETE")})
    check("1.2.1 withdrawn", states(lines), [("卵", "deleted", False)])
    check("1.2.1 counted", report["counts"]["fhir"]["withdrawals"], 1)


def delete_without_order():
    one = allergy("卵", id="a-long-enough")
    lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [one],
                      "2.json": put(one, None, "DELETE")})
    check("1.2.1 not orderable", states(lines), [("卵", "active", True)])
    check("1.2.1 told", [f["severity"] for f in findings(lines, "withdrawn")], ["warning"])


def versions_and_copies():
    def version(n, text):
        return allergy(text, id="a1", meta={"versionId": str(n)})
    lines, report = build({"Patient.ndjson": [patient()],
                           "1.ndjson": [version(1, "卵"), version(10, "鶏卵"), version(2, "卵?")],
                           "2.ndjson": [version(10, "鶏卵")]})
    check("1.6 versions by number", states(lines),
          [("卵", "superseded", False), ("卵?", "superseded", False), ("鶏卵", "active", True)])
    check("1.6 copies", report["counts"]["fhir"]["identical"], 1)


def conflict_keeps_both():
    lines, _ = build({"Patient.ndjson": [patient()],
                      "1.ndjson": [allergy("卵", id="a1")], "2.ndjson": [allergy("乳", id="a1")]})
    check("1.6 conflict", states(lines), [("乳", "active", True), ("卵", "active", True)])
    check("1.6 told", len(findings(lines, "duplicate")), 2)


def two_patients_share_an_id():
    """Messages of a converter: one id in two messages, of two patients."""
    def message(number, text):
        header = {"resourceType": "MessageHeader", "id": "m" + number, "eventCoding": {"code": "O01"},
                  "reason": {"coding": [{"code": "NW"}]}, "focus": [{"reference": "AllergyIntolerance/allergy-0001"}]}
        return bundle("message", [entry(header), entry(patient(number, id="Inline-Instance-1")),
                                  entry(allergy(text, "Patient/Inline-Instance-1", id="allergy-0001"))],
                      timestamp="2025-11-0%sT10:00:00+09:00" % number)
    lines, _ = build({"1.json": message("1", "卵"), "2.json": message("2", "乳")})
    check("two patients", states(lines), [("乳", "active", True), ("卵", "active", True)])


def person(family, given, birth, gender, id="1", **more):
    return {"resourceType": "Patient", "id": id, "name": [{"family": family, "given": [given]}],
            "birthDate": birth, "gender": gender, **more}


def order_of(drug, id):
    return [{"resourceType": "Medication", "id": "m", "code": {"text": drug}},
            {"resourceType": "MedicationRequest", "id": "r", "status": "active", "intent": "order",
             "medicationReference": {"reference": "Medication/m"}, "authoredOn": "2025-11-01",
             "subject": {"reference": "Patient/" + id}}]


def whose(lines, kind):
    """What stands in which chart: name of the patient, drug or substance."""
    names = {(p.get("facility"), p["id"]): p.get("name", "").replace("\u3000", " ")
             for p in lines if p["type"] == "patient"}
    return sorted((names.get((r.get("facility"), r.get("patient"))) or "", (r["items"] + [{}])[0].get("name")
                   or (r["items"] + [{}])[0].get("substance") or r.get("title") or "") for r in records(lines, kind))


def two_servers():
    """Exports of two servers in one backup, each with a Patient/1: one chart of two people has hurt somebody."""
    first, second = person("山田", "太郎", "1950-01-01", "male"), person("佐藤", "花子", "1980-02-02", "female")
    files = {"a/Patient.ndjson": [first], "a/x/MedicationRequest.ndjson": order_of("ワーファリン", "1"),
             "b/Patient.ndjson": [second], "b/x/MedicationRequest.ndjson": order_of("アムロジピン", "1")}
    wanted = [("佐藤 花子", "アムロジピン"), ("山田 太郎", "ワーファリン")]
    lines, _ = build(files)
    check("4.3 two servers", whose(lines, "prescription"), wanted)
    check("4.3 two servers, conflict", findings(lines, "demographics-conflict") + findings(lines, "duplicate"), [])
    # a number tells them apart no better, as long as an id is asked for
    numbered = {**files, "a/Patient.ndjson": [dict(first, identifier=patient("1")["identifier"])],
                "b/Patient.ndjson": [dict(second, identifier=patient("2")["identifier"])]}
    check("4.3 with numbers", whose(build(numbered)[0], "prescription"), wanted)
    # deep in a backup, beside something that both may have
    deep = {"2025/fhir/" + name: content for name, content in files.items()}
    check("4.3 deep", whose(build({**deep, "2025/Organization.ndjson": []})[0], "prescription"), wanted)


def one_server_in_folders():
    """Monthly exports of one server: who was unknown at first is the same later, and so are the others."""
    people = [person("患者", str(i), "19%d-01-01" % (40 + i), "male", "p%d" % i) for i in range(5)]
    unknown = person("救急", "不明", "1900-01-01", "unknown", "p9", meta={"lastUpdated": "2025-10-01T00:00:00Z"})
    known = person("渡辺", "一郎", "1961-05-05", "male", "p9", meta={"lastUpdated": "2025-11-01T00:00:00Z"})
    lines, _ = build({"2025-10/Patient.ndjson": people + [unknown],
                      "2025-10/AllergyIntolerance.ndjson": [allergy("卵", "Patient/p9", id="a9"),
                                                            allergy("乳", "Patient/p1", id="a1")],
                      "2025-11/Patient.ndjson": people + [known]})
    check("4.3 one server", whose(lines, "allergy"), [("患者 1", "乳"), ("渡辺 一郎", "卵")])
    check("4.3 one server, people", len(patients(lines)), 6)


def two_people_in_one_folder():
    """Nothing tells whose it is: it is in nobody's chart, and neither is it lost."""
    first, second = person("山田", "太郎", "1950-01-01", "male"), person("佐藤", "花子", "1980-02-02", "female")
    lines, _ = build({"a.ndjson": [first, allergy("卵", "Patient/1", id="a")], "b.ndjson": [second], "c.ndjson": [second]})
    check("4.3 one folder", sorted(p["name"].replace("\u3000", " ") for p in patients(lines).values()),
          ["佐藤 花子", "山田 太郎"])
    check("4.3 one folder, allergy", whose(lines, "allergy"), [("", "卵")])
    check("4.3 one folder, told", len(findings(lines, "no-patient")), 1)
    # nor does it help that one was written later: each server has its own times
    dated = [dict(one, meta={"lastUpdated": "2025-%02d-01T00:00:00Z" % month}) for month, one in ((1, first), (2, second))]
    lines, _ = build({"a.ndjson": [dated[0], allergy("卵", "Patient/1", id="a")], "b.ndjson": [dated[1]]})
    check("4.3 one folder, dated", (len(patients(lines)), whose(lines, "allergy")), (2, [("", "卵")]))
    # beside others who stay who they are, the later one is he, known better
    others = [person("患者", str(i), "1970-01-01", "male", "o%d" % i) for i in range(3)]
    lines, _ = build({"a.ndjson": others + [dated[0], allergy("卵", "Patient/1", id="a")], "b.ndjson": others + [dated[1]]})
    check("4.3 one folder, known better", whose(lines, "allergy"), [("佐藤 花子", "卵")])
    # and so are the versions that one history tells
    lines, _ = build({"a.json": bundle("history", [entry(one, "http://h/Patient/1") for one in dated]),
                      "b.ndjson": [allergy("卵", "Patient/1", id="a")]})
    check("4.3 a history", len(patients(lines)), 1)
    # another name, or another birth date, is the same person
    for change in ({"name": [{"text": "鈴木 太郎"}]}, {"birthDate": "1951-01-01"}):
        lines, _ = build({"a.ndjson": [first, allergy("卵", "Patient/1", id="a")], "b.ndjson": [{**first, **change}]})
        check("4.3 a correction", len(patients(lines)), 1)


def cancelled_message():
    order = {"resourceType": "MedicationRequest", "id": "order-000001", "status": "active", "intent": "order",
             "medicationCodeableConcept": {"text": "アムロジピン錠"}, "subject": {"reference": "Patient/p"},
             "authoredOn": "2025-11-01"}
    def message(reason, time):
        header = {"resourceType": "MessageHeader", "id": "m", "eventCoding": {"code": "O09"},
                  "reason": {"coding": [{"code": reason}]},
                  "focus": [{"reference": "MedicationRequest/order-000001"}]}
        return bundle("message", [entry(header), entry(patient()), entry(order),
                                  entry(allergy("卵", id="carried-along-1"))], timestamp=time)
    lines, _ = build({"1.json": message("CA", "2025-11-02T10:00:00+09:00")})
    check("1.2 CA", [(r["status"], r["live"]) for r in records(lines, "prescription")], [("cancelled", False)])
    check("1.2 what rides along stands", states(lines), [("卵", "active", True)])


def withdrawn_patient():
    """It withdraws no fact of his."""
    lines, _ = build({"1.json": bundle("transaction", [entry(patient(), None, "PUT", "Patient/p")],
                                       timestamp="2025-11-01T10:00:00+09:00"),
                      "2.json": bundle("transaction", [entry(None, None, "DELETE", "Patient/p")],
                                       timestamp="2025-11-02T10:00:00+09:00"),
                      "a.ndjson": [allergy("卵")]})
    check("1.2.1 chart stays", records(lines, "allergy")[0]["patient"], "00012345")
    check("1.2.1 basic data do not", [(r["status"], r["live"]) for r in records(lines, "demographics")],
          [("deleted", False)])


# ---- Bundles as a whole ------------------------------------------------------------------------------

def clins(identifier, time, entries, tagged=True):
    more = {"meta": {"tag": [{"system": CLINS, "code": "AllergyIntolerance"}]}} if tagged else {}
    return bundle("collection", [entry(patient(), "urn:uuid:11111111-1111-4111-8111-111111111111")] + entries,
                  identifier={"system": "http://jpfhir.jp/fhir/clins/bundle-identifier",
                              "value": "1234567890^2025^" + identifier}, timestamp=time, **more)


def listed(n, text):
    return entry(allergy(text, "urn:uuid:11111111-1111-4111-8111-111111111111",
                         identifier=[{"system": "x", "value": "A%d" % n}]),
                 "urn:uuid:2222%04d-1111-4111-8111-111111111111" % n)


def clins_lists():
    lines, _ = build({"a.json": clins("L1", "2025-11-01T10:00:00+09:00", [listed(1, "ペニシリン"), listed(2, "卵")]),
                      "b.json": clins("L2", "2025-11-02T10:00:00+09:00", [listed(1, "ペニシリン"), listed(3, "そば")])})
    found = sorted((r["items"][0]["substance"], r["live"], "old-list-only" in r.get("marks", []))
                   for r in records(lines, "allergy") if r["status"] != "superseded")
    check("1.2 newest list", found, [("そば", True, False), ("ペニシリン", True, False), ("卵", True, True)])


def clins_taken_back():
    lines, _ = build({"a.json": clins("L3", "2025-11-01T10:00:00+09:00", [listed(4, "小麦")]),
                      "b.json": clins("L3", "2025-11-02T10:00:00+09:00", [])})
    check("1.2 Patient alone deletes", states(lines), [("小麦", "deleted", False)])
    lines, _ = build({"a.json": clins("L3", "2025-11-01T10:00:00+09:00", [listed(4, "小麦")], tagged=False),
                      "b.json": clins("L3", "2025-11-02T10:00:00+09:00", [], tagged=False)})
    check("1.2 ... with the tag of CLINS only", states(lines)[0][1], "superseded")


def document(id, version=None, status="final", relates=None, substance="卵"):
    composition = {"resourceType": "Composition", "id": id, "status": status, "title": "退院時サマリー",
                   "date": "2025-11-01", "subject": {"reference": "Patient/p"},
                   "identifier": {"system": "d", "value": id if version is None else "same"}}
    if version is not None:
        composition["extension"] = [{"url": "http://hl7.org/fhir/StructureDefinition/"
                                            "composition-clinicaldocument-versionNumber",
                                     "valueString": str(version)}]
    if relates is not None:
        composition["relatesTo"] = [{"code": "replaces",
                                     "targetIdentifier": {"system": "d", "value": relates}}]
    return bundle("document", [entry(composition), entry(patient()), entry(allergy(substance))])


def document_takes_its_facts_along():
    lines, _ = build({"a.json": document("d1", substance="卵"), "b.json": document("d2", relates="d1", substance="乳")})
    check("1.2 replaced", states(lines), [("乳", "active", True), ("卵", "superseded", False)])
    lines, _ = build({"a.json": document("d1", 2, substance="卵"), "b.json": document("d2", 10, substance="乳")})
    check("1.2 versions", states(lines), [("乳", "active", True), ("卵", "superseded", False)])
    lines, _ = build({"a.json": document("d1", status="entered-in-error")})
    check("1.2 entered in error", states(lines), [("卵", "entered-in-error", False)])
    lines, _ = build({"a.json": document("d1", substance="卵"),
                      "b.json": document("d2", relates="d1", substance="乳", status="entered-in-error")})
    check("1.2 what is dead replaces nothing", states(lines)[1], ("卵", "active", True))


def order(id, text, **more):
    return {"resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "order",
            "code": {"text": text}, "subject": {"reference": "Patient/p"}, **more}


def order_replaced():
    """3.0.3: ServiceRequest.replaces, where the newer one stands, is an order and can be followed."""
    def new(**more):
        return order("n", "造影CT", **{"replaces": [{"reference": "ServiceRequest/o"}], **more})
    later, earlier = {"lastUpdated": "2025-11-02T10:00:00+09:00"}, {"lastUpdated": "2025-11-01T10:00:00+09:00"}
    gone, stays = ("単純CT", "superseded", False), ("単純CT", "active", True)
    cases = [("replaced", new(), {}, gone), ("in time", new(meta=later), {"meta": earlier}, gone),
             ("by an older one", new(meta=earlier), {"meta": later}, stays),
             ("by one called off", new(status="revoked"), {}, stays),
             ("by an error", new(status="entered-in-error"), {}, stays),
             ("by a proposal", new(intent="proposal"), {}, stays),
             ("not found", new(replaces=[{"reference": "ServiceRequest/x"}]), {}, stays),
             ("by each other", new(), {"replaces": [{"reference": "ServiceRequest/n"}]}, stays)]
    for name, newer, more, wanted in cases:
        lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [newer, order("o", "単純CT", **more),
                                                                      order("z", "採血")]})
        check("3.0.3 order, " + name, states(lines, "order", "name")[:2], [wanted, ("採血", "active", True)])


def earlier_prescription():
    """9.30, 3.0.3: priorPrescription proves nothing: both live, both marked."""
    def drug(id, **more):
        return {"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
                "authoredOn": "2025-11-01", "subject": {"reference": "Patient/p"},
                "medicationCodeableConcept": {"text": "甲錠" + id}, **more}
    prior = {"priorPrescription": {"reference": "MedicationRequest/1"}}
    cases = [("named", {}, "later-prescription"), ("as an error", {"status": "entered-in-error"}, None),
             ("called off", {"status": "cancelled"}, None), ("completed", {"status": "completed"}, "later-prescription"),
             ("not found", {"priorPrescription": {"reference": "MedicationRequest/9"}}, None)]
    for name, more, wanted in cases:
        lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [drug("2", **{**prior, **more}), drug("1"), drug("3")]})
        found = {r["items"][0]["drug"]: r for r in records(lines, "prescription")}
        check("9.30 earlier one, " + name, found["甲錠1"].get("warning"), wanted)
        check("9.30 lives, " + name, (found["甲錠1"]["status"], found["甲錠1"]["live"]), ("active", True))
        check("9.30 later one, " + name, "prior-prescription" in found["甲錠2"]["warning"], True)
        check("9.30 another, " + name, found["甲錠3"].get("warning"), None)


# ---- what is missing, what cannot be read ------------------------------------------------------------

def manifest():
    lines, _ = build({"x/manifest.json": {"transactionTime": "2025-11-01T00:00:00Z", "request": "r",
                                          "requiresAccessToken": False, "error": [],
                                          "output": [{"type": "Patient", "url": "https://h/Patient.ndjson", "count": 2},
                                                     {"type": "Device", "url": "https://h/Device.ndjson"}]},
                      "x/Patient.ndjson": [patient()]})
    check("1.5 missing", sorted(f["detail"].split(",")[0] for f in findings(lines, "missing-file")),
          ["Patient.ndjson: the manifest counts 2 resources", "the manifest names Device.ndjson"])


def next_page():
    page = bundle("searchset", [entry(patient())],
                  link=[{"relation": "self", "url": "https://h/Patient?p=1"},
                        {"relation": "next", "url": "https://h/Patient?p=2"}])
    lines, _ = build({"1.json": page})
    check("1.2 next page", len(findings(lines, "missing-file")), 1)


def broken_lines():
    text = "\n".join([json.dumps(patient()), "{\"resourceType\":\"AllergyIntolerance\",", json.dumps(allergy("卵"))])
    lines, report = build({"a.ndjson": text + "\n"})
    fhir = report["counts"]["fhir"]
    check("8 F06", (fhir["read"], fhir["refused"]), (2, 1))
    check("8 F06 place", [f.get("entry") for f in findings(lines, "truncated") + findings(lines, "not-understood")],
          ["line 2"])


def sums():
    lines, report = build({"Patient.ndjson": [patient()], "a.ndjson": [allergy("卵", id="x"), allergy("卵", id="x")],
                           "b.ndjson": [{"resourceType": "Practitioner", "id": "d", "name": [{"text": "医師"}]},
                                        {"resourceType": "Claim", "id": "c"}],
                           "c.json": put(allergy("乳", id="never-seen-1"), "2025-01-01T00:00:00Z", "DELETE")})
    fhir = report["counts"]["fhir"]
    check("sums", fhir, {"read": 5, "records": 2, "context": 1, "identical": 1, "withdrawals": 0,
                         "withdrawals_of_nothing": 1, "refused": 0, "ignored": 1})


# ---- where somebody is, how he is ---------------------------------------------------------------------

def visit(status, period, code="IMP", **more):
    return {"resourceType": "Encounter", "status": status, "class": {"code": code}, "period": period,
            "subject": {"reference": "Patient/p"}, **more}


def places():
    def state(*visits):
        lines, _ = build({"Patient.ndjson": [patient()], "e.ndjson": list(visits)})
        return list(patients(lines).values())[0].get("place", {}).get("state")
    started = {"start": "2025-11-01T10:00:00+09:00"}
    ended = {**started, "end": "2025-11-05T10:00:00+09:00"}
    check("3.2 in", state(visit("in-progress", started)), "in")
    check("3.2 long ago and still in", state(visit("in-progress", {"start": "2020-01-01"})), "in")
    check("3.2 leave", state(visit("onleave", started)), "leave")
    check("3.2 out", state(visit("finished", ended)), "out")
    check("3.2 planned never counts", state(visit("planned", started)), None)
    check("3.2 finished without end", state(visit("finished", started)) in ("in", "out"), False)
    check("3.2 cancelled", state(visit("cancelled", started)), None)
    check("3.2 out-patient", state(visit("finished", ended, "AMB")), "out")


def what_is_kept():
    """The window (5.2): the last of each, and what is never too old."""
    def lab(name, day, code="1", **more):
        return {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
                "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                                          "code": "laboratory"}]}],
                "code": {"text": name, "coding": [{"system": "x", "code": code}]}, "effectiveDateTime": day,
                "valueQuantity": {"value": 1, "unit": "x"}, **more}
    def drug(name, day):
        return {"resourceType": "MedicationRequest", "status": "completed", "intent": "order", "authoredOn": day,
                "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": name},
                "dispenseRequest": {"expectedSupplyDuration": {"value": 7, "unit": "日"}}}
    lines, report = build({"Patient.ndjson": [patient()], "a.ndjson": [
        lab("Na", "2019-01-01"), lab("Na", "2020-01-01"), lab("K", "2025-11-01", "2"), lab("K", "2018-01-01", "2"),
        drug("A", "2015-01-01"), drug("B", "2016-01-01"), drug("C", "2017-01-01"), drug("D", "2018-01-01"),
        visit("finished", {"start": "2019-01-01", "end": "2019-01-09"}),
        visit("finished", {"start": "2018-01-01", "end": "2018-01-09"}),
        {"resourceType": "Condition", "code": {"text": "悪性高熱症"}, "subject": {"reference": "Patient/p"},
         "onsetDateTime": "1990", "abatementDateTime": "1991"},
        {"resourceType": "Procedure", "status": "completed", "code": {"text": "ペースメーカ植込み"},
         "performedDateTime": "2001-01-01", "subject": {"reference": "Patient/p"}}]})
    check("5.2 labs", sorted((r["items"][0]["name"], r["at"]) for r in records(lines, "lab")),
          [("K", "2025-11-01"), ("Na", "2020-01-01")])
    check("5.2 three prescriptions", sorted(r["items"][0]["drug"] for r in records(lines, "prescription")),
          ["B", "C", "D"])
    check("5.2 last admission", [r["at"] for r in records(lines, "encounter")], ["2019-01-01"])
    check("5.2 never too old", (len(records(lines, "problem")), len(records(lines, "procedure"))), (1, 1))
    check("5.2 counted", report["counts"]["messages_outside_window"], 4)
    check("5.2 told", sum(int(f["detail"].split(": ")[1].split()[0]) for f in findings(lines, "outside-window")), 4)


def attachments():
    """A PDF in a DocumentReference: its words are searched like any other's."""
    import base64
    stream = b"BT /F1 12 Tf 72 700 Td (Discharge letter words) Tj ET"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    pdf, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj%s endobj\n" % (number, body)
    table = len(pdf)
    pdf += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    pdf += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table
    letter = {"resourceType": "DocumentReference", "status": "current", "date": "2025-11-01T10:00:00Z",
              "subject": {"reference": "Patient/p"}, "type": {"text": "退院時サマリー"},
              "content": [{"attachment": {"contentType": "application/pdf", "title": "letter.pdf",
                                          "data": base64.b64encode(pdf).decode()}}]}
    lines, _ = build({"Patient.ndjson": [patient()], "d.ndjson": [letter]})
    found = [r for r in records(lines) if r["source"]["path"] == "d.ndjson"]
    check("6.5 words of a PDF", ["Discharge letter words" in r.get("text", "") for r in found], [True])


def picture_left_out():
    """8: the place of a finding is the file and the entry in it."""
    import base64
    import struct
    import zlib
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = os.urandom(64 * (1 + 64 * 3))
    png = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)) +
           chunk(b"IDAT", zlib.compress(b"".join(b"\0" + rows[i * 192:i * 192 + 192] for i in range(64)))) +
           chunk(b"IEND", b""))
    scan = {"resourceType": "DocumentReference", "status": "current", "date": "2025-11-01",
            "subject": {"reference": "Patient/p"}, "type": {"text": "スキャン"},
            "content": [{"attachment": {"contentType": "image/png", "data": base64.b64encode(png).decode()}}]}
    lines, _ = build({"d.ndjson": [patient(), scan]}, "--max-image-bytes", "1")
    check("8 place of a picture", [(f["path"], f.get("entry")) for f in findings(lines, "attachment-refused")],
          [("d.ndjson", "line 2")])


def death_and_allergies():
    lines, _ = build({"Patient.ndjson": [patient(deceasedDateTime="2025-11-03")]})
    check("3.1 deceased", list(patients(lines).values())[0].get("died"), True)
    none = allergy("No known allergy")
    none["code"]["coding"] = [{"system": "http://snomed.info/sct", "code": "716186003"}]
    lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [none]})
    check("3.3 none stated", list(patients(lines).values())[0]["allergies"], "none-stated")
    lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [none, allergy("卵")]})
    check("3.3 listed beside", list(patients(lines).values())[0]["allergies"], "listed")
    lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [allergy("卵", clinicalStatus={
        "coding": [{"code": "active"}]}, verificationStatus={"coding": [{"code": "entered-in-error"}]})]})
    check("3.0.3 entered in error", states(lines), [("卵", "entered-in-error", False)])


def blood(code, value, at, system="http://medis.or.jp/CodeSystem/master-JLAC10-17digits", **more):
    return {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"},
            "category": [{"coding": [{"code": "laboratory"}]}], "effectiveDateTime": at,
            "code": {"text": "血液型", "coding": [{"system": system, "code": code}]},
            "valueCodeableConcept": {"text": value}, **more}


def blood_groups():
    """4.2: as written, with its date, by the code alone; what contradicts is all told."""
    abo, rh = "5H010000001999911", "5H020000001999911"
    cases = [
        ("none", [], None),
        ("both, the newest of each value", [blood(abo, "O型", "2025-05-16T10:00:00+09:00"), blood(rh, "Rh陽性", "2025-05-17"),
                                            blood(abo, "O型", "2024-03-01")], "O型 (2025-05-16) Rh陽性 (2025-05-17)"),
        ("they differ", [blood(abo, "O型", "2025-05-16"), blood(abo, "A型", "2025-11-02")],
         "A型 (2025-11-02) / O型 (2025-05-16)"),
        ("LOINC", [blood("883-9", "B", "2025-05-16", "http://loinc.org")], "B (2025-05-16)"),
        ("a local code", [blood("5H010", "B", "2025-05-16", "http://example.com/local")], None),
        ("another test", [blood("5H030000001999911", "B", "2025-05-16")], None),
        ("preliminary and erroneous", [blood(abo, "O型", "2025-05-16", status="preliminary"),
                                       blood(abo, "A型", "2025-05-16", status="entered-in-error")], None),
    ]
    for name, observations, wanted in cases:
        lines, _ = build({"Patient.ndjson": [patient()], "o.ndjson": observations})
        check("4.2 blood group, " + name, list(patients(lines).values())[0].get("blood_type"), wanted)


TESTS = [numbers_of_hospitals, number_without_facility, number_of_clins, insurance_is_no_number,
             nobody_is_guessed, reference_and_identifier_differ, local_ids_are_local, no_number_no_join, operators_systems, another_person_under_the_number,
             two_kinds_of_sources,
             delete_then_put, put_then_delete, delete_without_order, versions_and_copies,
             conflict_keeps_both, two_patients_share_an_id, two_servers, one_server_in_folders,
             two_people_in_one_folder, cancelled_message, withdrawn_patient,
             clins_lists, clins_taken_back, document_takes_its_facts_along,
             order_replaced, earlier_prescription, manifest, next_page,
             broken_lines, sums, places, what_is_kept, attachments, picture_left_out, death_and_allergies, blood_groups, same_fact_once]

run(TESTS)
