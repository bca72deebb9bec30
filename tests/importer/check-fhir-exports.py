#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bulk exports and the habits of servers: sections 1.5 and 1.6 of the reference of FHIR.

  check-fhir-exports.py TOMOSHIBI

A check is called after its row; the paragraph below a table is "1.6" alone.
"""

import json

from fhir_import import allergy, build, bundle, check, entry, findings, patient, patients, records, run, states

TIME = "2025-11-20T00:00:00Z"


def manifest(*output, **more):
    return {"transactionTime": TIME, "request": "https://h/$export", "requiresAccessToken": False, "error": [],
            "output": [{"type": type, "url": url, **({} if not count else {"count": count[0]})} for type, url, *count in output], **more}


def line(resource):
    return json.dumps(resource, ensure_ascii=False) + "\n"


def told(lines, code="missing-file"):
    return sorted(f["detail"] for f in findings(lines, code))


def state_and_time(files):
    """Whether he is in hospital at the data time, who is to leave on the 15th; the report's time of the export."""
    visit = {"resourceType": "Encounter", "status": "in-progress", "class": {"code": "IMP"}, "subject": {"reference": "Patient/p"},
             "period": {"start": "2025-11-01T10:00:00+09:00", "end": "2025-11-15T10:00:00+09:00"}}
    lines, report = build({**files, "Encounter.ndjson": [visit]})
    return [p["place"]["state"] for p in patients(lines).values()], report.get("exported_at")


# ---- 1.5 -----------------------------------------------------------------------------------------------

def keys_of_manifests():
    """Told from a resource by its keys, also of version 4; each list names files, and so does a next page."""
    plain = manifest(("Patient", "https://h/Patient.ndjson"))
    keys = {"outputOrganizedBy": "Patient", "manifestType": "bulk", "extension": {"x": 1}, "resourceType": "https://h/manifest"}
    for name, more in (("as of version 3", {}), ("with further keys", keys)):
        lines, report = build({"m.json": {**plain, **more}, "Patient.ndjson": [patient()]})
        check("1.5.01 %s" % name, (told(lines), findings(lines, "unknown-type"), len(patients(lines))), ([], [], 1))
    for key in ("output", "deleted", "error", "outcome"):
        lists = {"output": [], key: [{"type": "Observation", "url": "https://h/gone.ndjson"}]}
        lines, _ = build({"m.json": {**plain, **lists}, "Patient.ndjson": [patient()]})
        check("1.5.01 %s" % key, [one.startswith("the manifest names gone.ndjson") for one in told(lines)], [True])
    lines, _ = build({"m.json": {**plain, "link": [{"relation": "next", "url": "https://h/m2"}]}, "Patient.ndjson": [patient()]})
    check("1.5.01 a next page", ["further page" in one for one in told(lines)], [True])


def time_of_exports():
    """The manifest's time is that of the data; without one the newest of what happened, and not what is to come."""
    files = {"Patient.ndjson": [patient(), {**allergy("卵"), "recordedDate": "2025-11-05"}]}
    for time, wanted in (("2025-11-20T00:00:00Z", (["out"], "2025-11-20T09:00:00")), ("2025-11-20T00:00:00", (["out"], "2025-11-20T00:00:00")),
                         ("2025-11-10T00:00:00Z", (["in"], "2025-11-10T09:00:00")), ("2999-01-01T00:00:00Z", (["in"], None)), ("soon", (["in"], None))):
        named = {**manifest(("Patient", "Patient.ndjson"), ("Encounter", "Encounter.ndjson")), "transactionTime": time}
        check("1.5.02 %s" % time, state_and_time({"m.json": named, **files}), wanted)
    check("1.5.02 without a manifest", state_and_time(files), (["in"], None))
    for time, wanted in (("2025-11-20T00:00:00Z", "out"), ("2025-11-06T00:00:00Z", "in"), ("2999-01-01T00:00:00Z", "in")):
        updated = {"Patient.ndjson": [patient(meta={"lastUpdated": time})]}
        check("1.5.02 without, last updated %s" % time, state_and_time(updated), ([wanted], None))


def files_of_manifests():
    """By the last part of the URL, else by the type."""
    two = {"Patient.ndjson": [patient()], "Allergy.000.ndjson": [allergy("卵")]}
    for name, url in (("a path", "https://h/a/b/Patient.ndjson"), ("a query", "https://h/Patient.ndjson?sig=1%2F2"), ("packed here", "https://h/Patient.ndjson.gz"),
                      ("escaped", "https://h/Patient%2Endjson"), ("a path of Windows", "C:\\export\\Patient.ndjson")):
        check("1.5.03 by name, %s" % name, told(build({"m.json": manifest(("Patient", url)), **two})[0]), [])
    cases = [("one file of the type", [("Patient", "https://h/files/0001")], {"Patient.ndjson": [patient()]}, 0),
             ("a number behind the type", [("Patient", "https://h/files/0001")], {"Patient_1.ndjson": [patient()]}, 0),
             ("none of the type", [("Observation", "https://h/files/0001")], {"Patient.ndjson": [patient()]}, 1),
             ("two URLs, one file", [("Patient", "https://h/1"), ("Patient", "https://h/2")], {"Patient.ndjson": [patient()]}, 1),
             ("two URLs, two files", [("Patient", "https://h/1"), ("Patient", "https://h/2")],
              {"Patient.000.ndjson": [patient()], "Patient.001.ndjson": [patient(id="q")]}, 0),
             ("a type that begins so", [("Medication", "https://h/1")], {"MedicationRequest.ndjson": [patient()]}, 1),
             ("taken by name before", [("Patient", "https://h/Patient.ndjson"), ("Patient", "https://h/2")], {"Patient.ndjson": [patient()]}, 1),
             ("of a type, and wiped", [("Patient", "https://h/1", 5)], {"Patient.ndjson": [patient()]}, 1)]
    for name, output, files, wanted in cases:
        check("1.5.03 by type, %s" % name, len(told(build({"m.json": manifest(*output), **files})[0])), wanted)


def counts_of_manifests():
    for count, wanted in ((1, []), (2, ["Patient.ndjson: the manifest counts 2 resources, here are 1"]), (0, ["Patient.ndjson: the manifest counts 0 resources, here are 1"])):
        lines, _ = build({"m.json": manifest(("Patient", "https://h/Patient.ndjson", count)), "Patient.ndjson": [patient()]})
        check("1.5.04 count %d" % count, told(lines), wanted)
    lines, _ = build({"m.json": manifest(("Patient", "https://h/Patient.ndjson")), "Patient.ndjson": [patient()]})
    check("1.5.04 no count", told(lines), [])


def deleted_files():
    """Bundles of requests, ordered by the manifest's time."""
    request = bundle("transaction", [{"request": {"method": "DELETE", "url": "AllergyIntolerance/a-long-enough"}},
                                     {"request": {"method": "DELETE", "url": "AllergyIntolerance/never-seen"}}])
    files = {"m.json": {**manifest(("Patient", "Patient.ndjson")), "deleted": [{"type": "Bundle", "url": "https://h/del.ndjson"}]}, "del.ndjson": [request]}
    for updated, wanted in (("2025-11-01T00:00:00Z", ("卵", "deleted", False)), ("2025-11-21T00:00:00Z", ("卵", "active", True))):
        one = allergy("卵", id="a-long-enough", meta={"lastUpdated": updated})
        lines, report = build({**files, "Patient.ndjson": [patient(), one]})
        check("1.5.05 of %s" % updated, (states(lines), told(lines)), ([wanted], []))
        check("1.5.05 never seen", report["counts"]["fhir"]["withdrawals_of_nothing"], 1)


def error_files():
    """What the server could not export is told to the operator."""
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception", "diagnostics": "秘密 太郎"}]}
    for key in ("error", "outcome"):
        lines, _ = build({"m.json": {**manifest(("Patient", "Patient.ndjson")), key: [{"type": "OperationOutcome", "url": "https://h/err.ndjson"}]},
                          "Patient.ndjson": [patient()], "err.ndjson": [outcome, outcome]})
        found = [f for f in findings(lines, "not-understood") if f.get("path") == "err.ndjson"]
        check("1.5.06 %s" % key, (len(found) > 0, told(lines)), (True, []))
        check("1.5.06 %s: no words of it" % key, "秘密" in json.dumps(found, ensure_ascii=False), False)
        check("1.5.06 %s: no record" % key, [r["kind"] for r in records(lines)], ["demographics"])


def organized_by_patient():
    """Mixed types in a file, a header before them: each line says itself what it is."""
    header = {"resourceType": "Parameters", "parameter": [{"name": "header", "valueReference": {"reference": "Patient/p"}}]}
    files = {"m.json": {**manifest(("Patient", "https://h/1.ndjson")), "outputOrganizedBy": "Patient"},
             "1.ndjson": [header, patient(), allergy("卵"), {"resourceType": "Condition", "code": {"text": "肺炎"}, "subject": {"reference": "Patient/p"}}]}
    lines, report = build(files)
    check("1.5.07", (sorted(r["kind"] for r in records(lines)), told(lines)), (["allergy", "demographics", "problem"], []))
    check("1.5.07 the header is counted", report["counts"]["fhir"]["ignored"], 1)
    lines, _ = build({"1.ndjson": [patient(), {**header, "parameter": [{"name": "dose", "valueString": "甲"}]}]})
    check("1.5.07 other parameters are kept", sorted(r["kind"] for r in records(lines)), ["demographics", "note"])


def names_of_files():
    """The name says nothing: these are met."""
    for name in ("Patient.ndjson", "Patient.000.ndjson", "Patient_1.ndjson", "Condition.ICU.ndjson", "part-00000-8f6a-c000.json", "x/y/export.txt"):
        lines, _ = build({name: [patient(), allergy("卵")], "_SUCCESS": ""})
        check("1.5.08 %s" % name, (states(lines), len(patients(lines))), ([("卵", "active", True)], 1))


def lines_of_files():
    """Ends of lines, empty ones, a mark before the first, none behind the last."""
    one, two = json.dumps(patient(), ensure_ascii=False), json.dumps(allergy("卵"), ensure_ascii=False)
    for name, text in (("\\n", one + "\n" + two + "\n"), ("\\r\\n", one + "\r\n" + two + "\r\n"), ("empty", "\n" + one + "\n\n  \n" + two + "\n\n"),
                       ("a mark", "\ufeff" + one + "\n" + two + "\n"), ("no end", one + "\n" + two), ("other blanks", " " + one + "\n\t" + two + " \n")):
        lines, report = build({"a.ndjson": text})
        check("1.5.09 %s" % name, (states(lines), report["counts"]["fhir"]["read"], report["counts"]["fhir"]["refused"]), ([("卵", "active", True)], 2, 0))


def bad_lines():
    """Each costs itself and is told with its place; what refers comes before what it refers to."""
    one, two = json.dumps(patient(), ensure_ascii=False), json.dumps(allergy("卵"), ensure_ascii=False)
    def places(text):
        lines, _ = build({"a.ndjson": text})
        return states(lines), sorted((f["code"], f.get("entry", "")) for f in findings(lines, "not-understood") + findings(lines, "truncated"))
    check("1.5.10 a bad one", places("\n".join([one, '{"resourceType":"Patient",,}', two]) + "\n"), ([("卵", "active", True)], [("not-understood", "line 2")]))
    check("1.5.10 half of the last", places(one + "\n" + two + "\n" + two[:40]), ([("卵", "active", True)], [("truncated", "line 3")]))
    lines, report = build({"log.ndjson": "".join(line({"eventId": n}) for n in range(25)), "a.ndjson": [patient()]})
    check("1.5.10 no FHIR", (report["counts"]["fhir"]["read"], [f.get("path") for f in findings(lines, "unreadable")]), (1, ["log.ndjson"]))
    check("1.5.10 the patient comes last", places(two + "\n" + one + "\n"), ([("卵", "active", True)], []))
    lines, _ = build({"A.ndjson": [allergy("卵")], "Z.ndjson": [patient()]})
    check("1.5.10 in the last file", [r.get("patient") for r in records(lines, "allergy")], ["00012345"])


# ---- 1.6 -----------------------------------------------------------------------------------------------

def of_hapi():
    """Pages, sources with a hash; an empty shell is neither patient nor drug."""
    def page(n, *entries, next=None):
        links = [{"relation": "self", "url": "https://h/fhir?_getpages=a&_getpagesoffset=%d" % n}]
        return bundle("searchset", list(entries), link=links + ([] if next is None else [
            {"relation": "next", "url": "https://h/fhir?_getpages=a&_getpagesoffset=%d" % next}]))
    source = {"source": "#x1", "versionId": "2"}
    files = {"1.json": page(0, entry(patient(meta=source), "https://h/fhir/Patient/p"), next=20),
             "2.json": page(20, entry(allergy("卵", meta=source), "https://h/fhir/AllergyIntolerance/a"))}
    lines, _ = build(files)
    check("1.6.01 pages", (states(lines), told(lines)), ([("卵", "active", True)], []))
    del files["2.json"]
    check("1.6.01 a page is missing", len(told(build(files)[0])), 1)
    shell = [{"url": "http://hapifhir.io/fhir/StructureDefinition/resource-placeholder", "valueBoolean": True}]
    order = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": {"reference": "Patient/p"},
             "authoredOn": "2025-11-20", "medicationReference": {"reference": "Medication/d"}}
    made = [patient(), order, {"resourceType": "Medication", "id": "d", "extension": shell}, {"resourceType": "Patient", "id": "shell", "extension": shell}]
    lines, _ = build({"a.ndjson": made})
    check("1.6.01 shells", ([p["id"] for p in patients(lines).values()], [r["items"][0]["drug"] for r in records(lines, "prescription")]),
          (["00012345"], ["薬剤名不明（参照先なし）"]))
    whole = {**made[2], "code": {"text": "甲錠"}, "extension": [{**shell[0], "valueBoolean": False}]}
    lines, _ = build({"a.ndjson": [patient(), order, whole]})
    check("1.6.01 no shell", [r["items"][0]["drug"] for r in records(lines, "prescription")], ["甲錠"])


def of_synthea():
    """A transaction for each patient, with UUIDs; doctors in files of their own, found by their numbers."""
    uuid = "urn:uuid:22222222-2222-4222-8222-22222222222%d"
    visit = {"resourceType": "Encounter", "id": "e", "status": "finished", "class": {"code": "AMB"}, "subject": {"reference": uuid % 1},
             "period": {"start": "2025-11-01"}, "participant": [{"individual": {"reference": "Practitioner?identifier=http://npi|9"}}]}
    def posted(resource, url):
        return entry(resource, url, "POST", resource["resourceType"])
    doctor = {"resourceType": "Practitioner", "id": "d", "identifier": [{"system": "http://npi", "value": "9"}], "name": [{"text": "医師甲"}]}
    group = {"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": [{"entity": {"reference": uuid % 1}}]}
    files = {"p1.json": bundle("transaction", [posted(patient(id="x1"), uuid % 1), posted(visit, uuid % 2), posted(allergy("卵", uuid % 1), uuid % 3)]),
             "practitionerInformation1.json": bundle("batch", [entry(doctor, uuid % 4, "POST", "Practitioner")]), "Group.json": group}
    lines, _ = build(files)
    check("1.6.02", (states(lines), [r["items"][0].get("doctor") for r in records(lines, "encounter")], len(patients(lines))),
          ([("卵", "active", True)], ["医師甲"], 1))


def of_clouds():
    """Whatever stands in meta changes nothing."""
    meta = {"project": "p1", "author": {"reference": "Practitioner/x"}, "compartment": [{"reference": "Patient/other"}], "lastUpdated": TIME}
    plain, _ = build({"a.ndjson": [patient(), allergy("卵", id="a", meta={"lastUpdated": TIME})]})
    lines, _ = build({"a.ndjson": [patient(meta=meta), allergy("卵", id="a", meta=meta)]})
    check("1.6.03", records(lines, "allergy"), records(plain, "allergy"))


def of_converters():
    """Loose files in folders of types: the id is that of the content; ids of SS-MIX2 are long and have points."""
    order = {"resourceType": "ServiceRequest", "id": "[00012345].[20251101].OMP-01.[000000000000123].[20251101100000].[1]", "status": "active",
             "intent": "order", "code": {"text": "CT"}, "subject": {"reference": "Patient/p"}}
    result = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "CT"}, "issued": "2025-11-02T00:00:00Z",
              "subject": {"reference": "Patient/p"}, "basedOn": [{"reference": "ServiceRequest/" + order["id"]}]}
    lines, _ = build({"Patient/other-name.json": patient(), "ServiceRequest/1.json": order, "DiagnosticReport/9.json": result,
                      "AllergyIntolerance/a.json": allergy("卵", id="other")})
    check("1.6.04", sorted((r["kind"], r.get("patient")) for r in records(lines)),
          [("allergy", "00012345"), ("demographics", "00012345"), ("order", "00012345"), ("report", "00012345")])
    check("1.6.04 what refers to such an id", findings(lines, "unresolved-reference"), [])


def of_clins_senders():
    """One file for each collection or document."""
    lines, _ = build({"送信控え/1.json": bundle("collection", [entry(patient()), entry(allergy("卵"))]),
                      "送信控え/2.json": bundle("document", [
                          entry({"resourceType": "Composition", "id": "c", "status": "final", "title": "診療情報提供書", "date": "2025-11-01",
                                 "subject": {"reference": "Patient/p"}}), entry(patient()), entry(allergy("乳"))])})
    check("1.6.05", (states(lines), len(records(lines, "document")), len(patients(lines))), ([("乳", "active", True), ("卵", "active", True)], 1, 1))


CDA = ('<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>'
       '<id root="1.2" extension="D1"/><code code="57133-1" codeSystem="2.16.840.1.113883.6.1"/><title>紹介状</title><effectiveTime value="20251101"/>'
       '<recordTarget><patientRole><id root="1.2.392.100495.20.3.51.11234567890" extension="00012345"/><patient><name>試験　太郎</name>'
       '<administrativeGenderCode code="M"/><birthTime value="19500102"/></patient></patientRole></recordTarget>'
       '<component><structuredBody><component><section><title>経過</title><text>本文の語</text></section></component></structuredBody></component></ClinicalDocument>')


def of_media():
    """A medium of XDM: its documents are read, programs, viewers and pictures of DICOM are not."""
    metadata = '<SubmitObjectsRequest xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList/></SubmitObjectsRequest>'
    files = {"README.TXT": "read me\n", "INDEX.HTM": "<html><body>index</body></html>", "AUTORUN.INF": "[autorun]\nopen=VIEWER.EXE\n",
             "VIEWER.EXE": b"MZ" + bytes(200), "IHE_XDM/SUBSET01/METADATA.XML": metadata, "IHE_XDM/SUBSET01/DOC00001.XML": CDA,
             "DICOMDIR": bytes(128) + b"DICM" + bytes(100), "DICOM/I0000001": bytes(128) + b"DICM" + bytes(100)}
    lines, report = build(files, "--facility", "1234567890")
    check("1.6.06", ([r["source"]["path"] for r in records(lines, "document")], [p["id"] for p in patients(lines).values()]),
          (["IHE_XDM/SUBSET01/DOC00001.XML"], ["00012345"]))
    counts = report["counts"]
    check("1.6.06 every file is counted", counts["files"], counts["files_read"] + counts["files_refused"] + counts["files_ignored"])
    check("1.6.06 no program is a record", {r["source"]["path"] for r in records(lines)}, {"IHE_XDM/SUBSET01/DOC00001.XML"})


def same_id_twice():
    """Equal content is one; else the version, else the time; else both stand."""
    def two(first, second, **names):
        lines, report = build({"p.ndjson": [patient()], "1.ndjson": [first], "2.ndjson": [second]})
        return states(lines), len(findings(lines, "duplicate")), report["counts"]["fhir"]["identical"]
    def one(substance, **more):
        return {**allergy(substance, id="a"), **more}
    live, old = ("卵", "active", True), ("卵?", "superseded", False)
    narrative = {"text": {"status": "generated", "div": "<div>x</div>"}, "meta": {"lastUpdated": TIME}}
    check("1.6 equal but for meta and text", two(one("卵"), one("卵", **narrative)), ([live], 0, 1))
    def version(n, time=None, source="#s"):
        return {"meta": {"versionId": n, "source": source, **({} if time is None else {"lastUpdated": time})}}
    check("1.6 version", two(one("卵", **version("10")), one("卵?", **version("9")))[0], [live, old])
    check("1.6 time", two(one("卵", **version("b", "2025-11-02T00:00:00Z")), one("卵?", **version("c", "2025-11-01T00:00:00Z")))[0], [live, old])
    check("1.6 nothing to order them", two(one("卵"), one("乳")), ([("乳", "active", True), live], 2, 0))
    uuid = "urn:uuid:33333333-3333-4333-8333-333333333333"
    lines, _ = build({"%d.json" % i: bundle("collection", [entry(patient()), entry(allergy(text), uuid)]) for i, text in enumerate(("卵", "乳"))})
    check("1.6 one UUID, two contents", (states(lines), len(findings(lines, "duplicate"))), ([("乳", "active", True), ("卵", "active", True)], 2))
    def document(number, text):
        return bundle("document", [entry({"resourceType": "Composition", "id": "c", "status": "final", "title": "要約", "date": "2025-11-01",
                                          "subject": {"reference": "Patient/1"}}), entry(patient(number, id="1")), entry(allergy(text, "Patient/1", id="1"))])
    lines, _ = build({"a.json": document("111", "卵"), "b.json": document("222", "乳")})
    check("1.6 ids of documents are local", sorted((r["patient"], r["items"][0]["substance"]) for r in records(lines, "allergy")), [("111", "卵"), ("222", "乳")])


run([keys_of_manifests, time_of_exports, files_of_manifests, counts_of_manifests, deleted_files, error_files, organized_by_patient,
     names_of_files, lines_of_files, bad_lines, of_hapi, of_synthea, of_clouds, of_converters, of_clins_senders, of_media, same_id_twice])
