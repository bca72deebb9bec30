#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of errors: a case for each row of section 8 of the reference of FHIR, called as the row is.

  check-fhir-errors.py TOMOSHIBI

What cannot be read is told with its place and counted; what can be read beside it is on the disc.
"""

import base64
import gzip
import json

from fhir_import import (CLINS, OTHER_HOSPITAL, allergy, build, bundle, check, entry, findings, patient, patients,
                         records, run, states)


def chart(*resources, options=(), **files):
    """id -> record; the lines of the export are its "", the report is its "report"."""
    beside = {"a.ndjson": list(resources)} if resources else {}
    lines, report = build({"Patient.ndjson": [patient()], **beside, **files}, *options)
    found = {"": lines, "report": report}
    for record in records(lines):
        found.setdefault(record.get("resource", "/").split("/")[1], record)
    return found


def told(found, code):
    """Places of the findings of that code."""
    return sorted((f.get("path", ""), f.get("entry", "")) for f in findings(found[""], code))


def lab(id, **more):
    return {"resourceType": "Observation", "id": id, "status": "final", "code": {"text": "K"},
            "category": [{"coding": [{"code": "laboratory"}]}], "subject": {"reference": "Patient/p"},
            "effectiveDateTime": "2025-11-20T08:00:00+09:00", **more}


def value(record, name="value"):
    return record["items"][0].get(name)


def lines_of(*resources):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in resources)


def fhir_xml(body, prolog=""):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n%s<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/>%s</Bundle>'
            % (prolog, body))


XML_ALLERGY = ('<entry><resource><AllergyIntolerance><id value="%s"/><code><text value="%s"/></code>'
               '<patient><reference value="Patient/p"/></patient></AllergyIntolerance></resource></entry>')


# ---- files -----------------------------------------------------------------------------------------------

def f01():
    found = chart(allergy("卵", id="a"), **{"empty.json": "", "words.json": "{ not json", "x.ndjson": "\x01\x02\x03"})
    check("F01 told", [p for p, _ in told(found, "unreadable")], ["empty.json", "words.json", "x.ndjson"])
    check("F01 the others", states(found[""]), [("卵", "active", True)])


def f02():
    packed = [gzip.compress(lines_of(allergy("卵", id=k)).encode()) for k in "ab"]
    whole = gzip.compress(lines_of(*[allergy("卵%d" % n, id="l%d" % n, note=[{"text": "%x" % (n * 7919)}]) for n in range(400)]).encode())
    found = chart(**{"two.ndjson.gz": packed[0] + packed[1], "cut.ndjson.gz": whole[:len(whole) // 2],
                     "behind.ndjson.gz": gzip.compress(lines_of(allergy("乳", id="c")).encode()) + b"garbage"})
    check("F02 members", [k in found for k in "abc"], [True] * 3)
    check("F02 what was before the break", 0 < sum(k.startswith("l") for k in found if k) < 400, True)
    check("F02 told", {p for p, _ in told(found, "truncated")} >= {"cut.ndjson.gz"}, True)
    check("F02 garbage told", any(f.get("path") == "behind.ndjson.gz" for f in found[""] if f["type"] == "finding"), True)


def f03():
    found = chart(**{"x.xml": fhir_xml(XML_ALLERGY % ("a", "卵"), '<!DOCTYPE Bundle [<!ENTITY x "y">]>')})
    check("F03", ("a" in found, told(found, "unreadable")), (False, [("x.xml", "")]))


def f04():
    text = lines_of(allergy("卵", id="a"))
    found = chart(**{"bom.ndjson": "\ufeff" + text, "wide.ndjson": lines_of(allergy("乳", id="b")).encode("utf-16"),
                     "cp932.ndjson": lines_of(allergy("小麦", id="c")).encode("cp932"),
                     "lost.ndjson": lines_of(allergy("そば", id="d", note=[{"text": "?"}])).replace("?", "\udcff").encode("utf-8", "surrogateescape")})
    check("F04", [value(found[k], "substance") for k in "abcd"], ["卵", "乳", "小麦", "そば"])
    check("F04 told", [p for p, _ in told(found, "undecodable")], ["cp932.ndjson", "lost.ndjson", "wide.ndjson"])
    check("F04 marked", [found[k].get("marks") for k in "abcd"], [None, None, None, ["undecodable"]])


def f05():
    whole = json.dumps(bundle("collection", [entry(allergy("卵", id="a")), entry(allergy("乳", id="b"))]))
    found = chart(**{"cut.json": whole[:whole.index('"b"')], "cut.ndjson": lines_of(allergy("蕎麦", id="c")) + '{"resourceType":"Al',
                     "cut.xml": fhir_xml(XML_ALLERGY % ("d", "蟹") + XML_ALLERGY % ("e", "海老"))[:-130]})
    check("F05 before the break", [k in found for k in "abcde"], [True, False, True, True, False])
    check("F05 told", sorted({p for p, _ in told(found, "truncated")}), ["cut.json", "cut.ndjson", "cut.xml"])


def f06():
    found = chart(**{"x.ndjson": lines_of(allergy("卵", id="a")) + '{"resourceType":"AllergyIntolerance","code":$x}\n' +
                     lines_of(allergy("乳", id="b"))})
    check("F06 neighbours", [k in found for k in "ab"], [True, True])
    check("F06 told", told(found, "not-understood"), [("x.ndjson", "line 2")])
    check("F06 counted", found["report"]["counts"]["fhir"]["refused"], 1)


def f07():
    deep = '{"resourceType":"Observation","extension":' + "[" * 200 + "]" * 200 + "}\n"
    found = chart(**{"x.ndjson": lines_of(allergy("卵", id="a")) + deep + lines_of(allergy("乳", id="b"))})
    check("F07", ([k in found for k in "ab"], told(found, "not-understood")), ([True, True], [("x.ndjson", "line 2")]))


def f08():
    old = {"resourceType": "AllergyIntolerance", "id": "a", "clinicalStatus": "active", "verificationStatus": "confirmed",
           "code": {"text": "卵"}, "patient": {"reference": "Patient/p"}}
    found = chart(old, **{"feed.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>'})
    check("F08 STU3", states(found[""]), [("卵", "active", True)])
    check("F08 DSTU1", [p for p, _ in told(found, "unreadable")], ["feed.xml"])


def f09():
    manifest = {"transactionTime": "2025-11-30T00:00:00+09:00", "request": "r", "requiresAccessToken": False,
                "output": [{"type": "Patient", "url": "https://h/Patient.ndjson", "count": 3},
                           {"type": "Condition", "url": "https://h/Condition.ndjson"}],
                "error": [{"type": "OperationOutcome", "url": "https://h/err.ndjson"}]}
    found = chart(**{"manifest.json": manifest, "err.ndjson": [{"resourceType": "OperationOutcome", "issue": [
        {"severity": "error", "code": "too-costly"}]}]})
    details = " / ".join(f["detail"] for f in findings(found[""], "missing-file"))
    check("F09", [word in details for word in ("Condition.ndjson", "counts 3")], [True, True])
    check("F09 error[]", [f["detail"] for f in findings(found[""], "not-understood")], ["OperationOutcome: error too-costly"])


def f10():
    found = chart(**{"x.json": {"resourceType": "Bundle", "entry": [entry(allergy("卵", id="a")), "?", entry(allergy("乳", id="b"))]}})
    check("F10 taken as a collection", [k in found for k in "ab"], [True, True])
    check("F10 told", ("x.json" in [p for p, _ in told(found, "not-understood")]), True)


# ---- resources -------------------------------------------------------------------------------------------

def e01():
    found = chart({"resourceType": "Zukunft", "id": "z", "subject": {"reference": "Patient/p"}, "text": {
        "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">転倒あり</div>"}}, {"id": "n", "code": {"text": "?"}})
    check("E01 kept", (found["z"].get("patient"), "転倒あり" in json.dumps(found["z"], ensure_ascii=False)), ("00012345", True))
    check("E01 without a type", ("a.ndjson", "line 2") in told(found, "not-understood") + told(found, "unknown-type"), True)


def e02():
    found = chart(allergy("卵", "Patient/nobody", id="a"), lab("b", subject={"reference": "Patient/p", "identifier": {
        "system": "urn:oid:1.2.392.100495.20.3.51.11234567890", "value": "00099999"}}, valueString="1"),
        **{"q.ndjson": [patient("00099999", id="q")]})
    check("E02 in nobody's chart", (found["a"].get("patient"), found["b"].get("disputed")), (None, True))
    check("E02 told", (told(found, "no-patient"), told(found, "identity-conflict")),
          ([("a.ndjson", "line 1")], [("a.ndjson", "line 2")]))


def e03():
    other = patient(id="q", birthDate="1999-09-09", gender="female", name=[{"text": "別人"}])
    found = chart(allergy("乳", "Patient/q", id="b"), allergy("卵", id="a"), **{"other/x.ndjson": [other]})
    check("E03 told", len(findings(found[""], "demographics-conflict")) > 0 or len(findings(found[""], "identity-conflict")) > 0, True)


    check("E03 two charts", [found[k]["facility"] for k in "ab"], ["1234567890", "1234567890#F2"])


def e04():
    found = chart(lab("none", status=None, valueString="1"), lab("new", status="pondered", valueString="1"),
                  lab("object", status={"coding": [{"code": "final"}]}, valueString="1"))
    check("E04", [(found[k]["live"], found[k].get("warning")) for k in ("none", "new")], [(True, "status-unknown")] * 2)
    check("E04 told", told(found, "not-understood")[:2], [("a.ndjson", "line 1"), ("a.ndjson", "line 2")])
    check("E04 shape", found["object"]["live"], True)


def e05():
    found = chart(lab("x", category={"coding": {"code": "laboratory"}}, code=[{"text": "K"}], valueQuantity=[{"value": 4, "unit": "x"}],
                      note={"text": "溶血"}))
    check("E05", (found["x"]["kind"], value(found["x"]), value(found["x"], "name"), value(found["x"], "comment")),
          ("lab", "4", "K", "溶血"))


def e06():
    found = chart(lab("x", valueQuantity={"value": "4.10", "unit": 5}), lab("y", valueString=4.5),
                  allergy("卵", id="z", identifier="A-1"))
    check("E06", (value(found["x"]), value(found["x"], "unit"), value(found["y"]), "z" in found), ("4.10", "5", "4.5", True))


def e07():
    found = chart(lab("x", valueQuantity={"value": 4, "unit": "x"}, valueString="再検"))
    check("E07", (value(found["x"]), found["x"]["warning"], told(found, "not-understood")),
          ("4\n再検", "several-values", [("a.ndjson", "")]))


def e08():
    text = lines_of(lab("x", valueString="A")).replace('"valueString": "A"', '"valueString": "A", "valueString": "B"')
    twice = lines_of(lab("y", valueString="A")).replace('"status": "final"', '"status": "final", "status": "entered-in-error"')
    whose = lines_of(lab("z", valueString="A")).replace('"subject":', '"subject": {"reference": "Patient/q"}, "subject":')
    found = chart(**{"x.ndjson": text, "y.ndjson": twice, "z.ndjson": whose, "q.ndjson": [patient("00099999", id="q")]})
    check("E08 both values", value(found["x"]), "A\nB")
    check("E08 apart", found["y"]["live"], False)
    check("E08 two patients", (found["z"].get("disputed", False) or not found["z"]["live"]), True)
    check("E08 told", [p for p, _ in told(found, "not-understood")].count("x.ndjson") > 0, True)


def e09():
    one = allergy("卵", id="a")
    found = chart(one, allergy("鶏卵", id="a"))
    check("E09 not orderable", (states(found[""]), [r.get("marks") for r in records(found[""], "allergy")]),
          ([("卵", "active", True), ("鶏卵", "active", True)], [["maybe-duplicate"]] * 2))
    check("E09 told", len(findings(found[""], "duplicate")) > 0, True)
    found = chart({**one, "meta": {"versionId": "1"}}, allergy("鶏卵", id="a", meta={"versionId": "2"}))
    check("E09 ordered", states(found[""]), [("卵", "superseded", False), ("鶏卵", "active", True)])
    url = "urn:uuid:0a48a4bf-0000-4000-8000-000000000001"
    # two resources under one fullUrl, and something that refers to it
    texts = [entry({"resourceType": "Medication", "code": {"text": name}}, url) for name in ("甲", "乙")]
    order = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": {"reference": "Patient/p"},
             "medicationReference": {"reference": url}, "authoredOn": "2025-11-20"}
    found = chart(**{"b.json": bundle("transaction", texts + [entry(order)])})
    check("E09 fullUrl", [name in json.dumps(found["m"], ensure_ascii=False) for name in ("甲", "乙")], [False, False])


def e10():
    number = [{"system": "urn:lab", "value": "1"}]
    found = chart(lab("a", identifier=number, code={"text": "Na"}, valueString="1"), lab("b", identifier=number, valueString="2"),
                  lab("c", besedOn=[{"display": "?"}], valueString="3"))
    check("E10", [found[k]["live"] for k in "abc"], [True] * 3)


def e11():
    found = chart(lab("x", code={"coding": [{"system": "urn:x", "code": " ３Ｈ０１５ ", "display": "Ｋ"}]}, valueString="4"))
    check("E11 as written", (value(found["x"], "code"), value(found["x"], "name")), (" ３Ｈ０１５ ", "Ｋ"))


def e12():
    found = chart({"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "code": {
        "text": "腰痛", "coding": [{"system": "urn:x", "code": "1", "display": "腹痛症"}]}},
        {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "authoredOn": "2025-11-20",
         "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": "甲"}, "dosageInstruction": [{
             "timing": {"repeat": {"boundsDuration": {"value": 3, "unit": "日", "code": "d"}}}, "extension": [{
                 "url": "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_MedicationDosage_UsageDuration",
                 "valueDuration": {"value": 2, "unit": "日", "code": "d"}}]}],
         "dispenseRequest": {"expectedSupplyDuration": {"value": 5, "unit": "日", "code": "d"}}})
    check("E12 both", [word in json.dumps(found["c"], ensure_ascii=False) for word in ("腰痛", "腹痛症")], [True, True])
    check("E12 days", "days-differ" in json.dumps(found["m"]), True)


def e13():
    texts = [lines_of(lab("n%d" % i, valueQuantity={"value": "#", "unit": "x"})).replace('"#"', token)
             for i, token in enumerate(("01", "1.", "1.2.3", "+1", "1e999", "-"))]
    found = chart(**{"x.ndjson": "".join(texts)})
    check("E13 as written", [value(found["n%d" % i]) for i in range(6)], ["01", "1.", "1.2.3", "+1", "1e999", "-"])
    check("E13 told", [e for _, e in told(found, "not-understood")], ["line %d" % n for n in (1, 2, 3, 4, 6)])


def e14():
    found = chart(lab("a", valueQuantity={"value": 400}), lab("b", code={"text": "呼吸数"}, valueQuantity={"value": 400, "unit": "かいざん"}))
    check("E14", [(value(found[k]), value(found[k], "unit")) for k in "ab"], [("400", None), ("400", "かいざん")])


def e15():
    days = {"a": "2025-02-30", "b": "20250620", "c": "2205-01-01T00:00:00+09:00", "d": "2025-11-20T10:00:00", "e": "来週", "f": "0001-01-01"}
    found = chart(*[lab(k, effectiveDateTime=at, valueString="1") for k, at in days.items()])
    check("E15 kept as written", {k: found[k]["at"] for k in days if k in found}, days)
    check("E15 told", [e for _, e in told(found, "date-mismatch")], ["line 1", "line 2", "line 5", "line 6"])
    check("E15 data time", found["report"]["counts"]["records_by_kind"]["lab"]["newest_at"] < "2026", True)


def e16():
    found = chart(lab("a", modifierExtension=[{"url": "urn:not", "valueBoolean": True}], valueString="1"),
                  allergy("卵", id="b", modifierExtension=[{"url": "urn:not", "valueBoolean": True}]),
                  lab("c", implicitRules="urn:rules", valueString="1"))
    check("E16", {k: (found[k]["live"], found[k]["warning"]) for k in "abc"},
          {"a": (False, "unknown-modifier"), "b": (True, "unknown-modifier"), "c": (True, "implicit-rules")})
    check("E16 told", [e for _, e in told(found, "not-understood")], ["line 1", "line 2", "line 3"])


def e17():
    def letter(id, **attachment):
        return {"resourceType": "DocumentReference", "id": id, "status": "current", "subject": {"reference": "Patient/p"},
                "type": {"text": "手紙"}, "date": "2025-11-01", "content": [{"attachment": attachment}]}
    data = base64.b64encode(b"%PDF-1.4 nothing").decode()
    found = chart(letter("a", contentType="application/pdf", data="?" + data), letter("b", contentType="application/pdf", data=data, hash="AAAA"),
                  letter("c", contentType="image/png", data=data), letter("d", contentType="application/pdf", url="file:///etc/passwd"),
                  letter("e", contentType="application/pdf", url="http://h/x.pdf", title="紹介状"))
    check("E17 told", sorted({e for _, e in told(found, "attachment-refused")}), ["line %d" % n for n in range(1, 6)])
    check("E17 kept", [found[k]["live"] for k in "abcde"], [True] * 5)


def e18():
    found = chart({"resourceType": "Basic", "id": "a", "subject": {"reference": "Patient/p"}, "text": {
        "status": "generated", "div": "<div>転倒<br>あり<b></div>"}})
    check("E18", ([word in found["a"].get("text", "") for word in ("転倒", "あり", "<")], told(found, "not-understood")),
          ([True, True, False], [("a.ndjson", "")]))


def e19():
    def listed(time, *substances):
        return bundle("collection", [entry(patient())] + [entry(allergy(s)) for s in substances], timestamp=time,
                      meta={"tag": [{"system": CLINS, "code": "AllergyIntolerance"}]},
                      identifier={"system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1234567890^2025^1"})
    found = chart(**{"1.json": listed("2025-11-01T00:00:00+09:00", "卵"), "2.json": listed("2025-11-02T00:00:00+09:00", "乳")})
    check("E19 replaced", states(found[""]), [("乳", "active", True), ("卵", "superseded", False)])
    found = chart(**{"1.json": listed("2025-11-01T00:00:00+09:00", "卵"), "2.json": listed("2025-11-02T00:00:00+09:00")})
    check("E19 taken back", states(found[""]), [("卵", "deleted", False)])
    gone = bundle("transaction", [entry(None, None, "DELETE", "AllergyIntolerance/a")])
    found = chart(allergy("卵", id="a"), **{"1.json": gone})
    check("E19 no order", (states(found[""]), [r["marks"] for r in records(found[""], "allergy")]),
          ([("卵", "active", True)], [["maybe-cancelled"]]))
    check("E19 told", len(findings(found[""], "withdrawn")), 1)


def e20():
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "incomplete"}]}
    found = chart(**{"x.json": bundle("searchset", [entry(allergy("卵", id="a")), {"resource": outcome, "search": {"mode": "outcome"}}])})
    check("E20", [f["detail"] for f in findings(found[""], "not-understood")], ["OperationOutcome: warning incomplete"])
    answers = bundle("batch-response", [{"response": {"status": "404 Not Found"}}, {"response": {"status": "201 Created"}}])
    found = chart(**{"x.json": answers})
    check("E20 answers", [(f["entry"], f["detail"]) for f in findings(found[""], "not-understood")],
          [("entry[0]", "the server answered 404: there is nothing to import")])


def e21():
    shell = {"resourceType": "Medication", "id": "m", "extension": [{
        "url": "http://hapifhir.io/fhir/StructureDefinition/resource-placeholder", "valueBoolean": True}]}
    order = {"resourceType": "MedicationRequest", "id": "o", "status": "active", "intent": "order", "authoredOn": "2025-11-20",
             "subject": {"reference": "Patient/p"}, "medicationReference": {"reference": "Medication/m"}}
    found = chart(shell, order, {**patient("00000001", id="ghost"), "extension": shell["extension"]})
    check("E21 an unknown drug", (found["o"]["live"], "unknown-drug" in json.dumps(found["o"])), (True, True))
    check("E21 nobody", ("1234567890", "00000001") in patients(found[""]), False)
    check("E21 told", {e for _, e in told(found, "unresolved-reference")}, {"line 1", "line 2", "line 3"})


def e22():
    contained = [{"resourceType": "Specimen", "id": "s", "type": {"text": t}} for t in ("血清", "尿")]
    found = chart(lab("a", contained=contained, specimen={"reference": "#s"}, valueString="1"),
                  lab("x", hasMember=[{"reference": "Observation/y"}]), lab("y", hasMember=[{"reference": "Observation/x"}], valueString="1"))
    check("E22 neither", value(found["a"], "specimen") in (None, "#s"), True)
    check("E22 told", ("a.ndjson", "line 1") in told(found, "unresolved-reference"), True)
    check("E22 a circle", [k in found for k in "xy"], [True, True])


def e23():
    test = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]}
    part = {"tag": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"}]}
    found = chart(lab("a", meta=test, valueString="1"), lab("b", meta=part, valueString="1"),
                  allergy("乳", "Patient/q", id="c"), **{"q.ndjson": [patient(system=OTHER_HOSPITAL, id="q")]})
    check("E23", [found[k].get("warning") for k in "ab"], ["test-patient", "partial-content"])
    check("E23 another facility", found["c"]["facility"], "0987654321")


CDA = ('<ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>'
       '<code code="18842-5"/><title>要約</title><effectiveTime value="20251101"/>%s<component><structuredBody><component>'
       '<section><title>経過</title><text>良好</text></section></component></structuredBody></component></ClinicalDocument>')


def e24():
    def target(number):
        return ('<recordTarget><patientRole><id root="1.2.392.100495.20.3.51.11234567890" %s/><patient><name>試験　太郎</name>'
                '</patient></patientRole></recordTarget>' % number)
    found = chart(**{"none.xml": CDA % target('nullFlavor="NI"'), "two.xml": CDA % (target('extension="00012345"') + target('extension="2"'))})
    at = {r["source"]["path"]: r for r in records(found[""])}
    check("E24", ("none.xml" in at and at["none.xml"].get("patient"), at["two.xml"].get("disputed")), (None, True))


def e25():
    """Account, AuditEvent, ChargeItem, Claim, ClaimResponse, Endpoint, ExplanationOfBenefit, Invoice, PaymentNotice,
    Schedule, Slot, Subscription: no business of a chart. HealthcareService: of what refers to it alone."""
    bills = [{"resourceType": t, "id": t, "patient": {"reference": "Patient/p"}} for t in (
        "Claim", "ClaimResponse", "ExplanationOfBenefit", "Account", "ChargeItem", "Invoice", "PaymentNotice", "Schedule", "Slot",
        "Endpoint", "AuditEvent", "Subscription")]
    place = {"resourceType": "HealthcareService", "id": "h", "name": "内科"}  # may be the department of a visit
    rules = [{"resourceType": t, "id": t} for t in ("StructureDefinition", "ValueSet", "CodeSystem", "CapabilityStatement",
                                                    "SearchParameter", "ImplementationGuide")]
    found = chart(allergy("卵", id="a"), **{"b.ndjson": bills + [place], "c.json": bundle("collection", [entry(r) for r in rules])})
    check("E25 none of them", [k for k in found if k in {r["id"] for r in bills + rules + [place]}], [])
    check("E25 counted", found["report"]["counts"]["fhir"]["ignored"], len(bills) + len(rules))
    details = " ".join(f.get("detail", "") for f in findings(found[""], "unknown-type"))
    check("E25 each type told", [r["resourceType"] for r in bills if r["resourceType"] not in details], [])


run([function for name, function in sorted(globals().items()) if name[0] in "ef" and name[1:].isdigit()])
