#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of further tables of the reference of FHIR, called by section and row: references and where they lead
nowhere (2.1, 2.2), tags (3.0.6), shapes of R5 (3.10), what stays whatever its age (5.2).

  check-fhir-rows.py TOMOSHIBI
"""

import json

from fhir_import import HOSPITAL, allergy, build, bundle, check, entry, findings, patient, patients, records, run

UUID = "urn:uuid:0a48a4bf-0000-4000-8000-00000000000A"


def of(type, id, subject="subject", /, **more):
    return {"resourceType": type, "id": id, subject: {"reference": "Patient/p"}, **more}


def drug(id="m", **more):
    return of("MedicationRequest", id, status="active", intent="order", **{"authoredOn": "2025-11-20", **more})


def medication(id="1", name="甲錠", **more):
    return {"resourceType": "Medication", "id": id, "code": {"text": name}, **more}


def coded(code, system=None, text=None):
    coding = {"code": code, **({} if system is None else {"system": system})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def chart(files, *options):
    """id -> record; the lines of the export are its ""."""
    lines, _ = build(files, *options)
    found = {"": lines}
    for record in records(lines):
        found.setdefault(record.get("resource", "/").split("/")[1], record)
    return found


def named(found, id="m"):
    return found[id]["items"][0].get("drug")


# ---- 2.1, 2.2 --------------------------------------------------------------------------------------------

NOTHING = "薬剤名不明（参照先なし）"


def references():
    """2.1: the form of each row, and the drug that it leads to."""
    known = {"system": "urn:drugs", "value": "7"}
    there = medication(identifier=[known])
    cases = [
        ("2.1.01 contained", {"reference": "#c"}, "丙錠"),
        ("2.1.01 the contained one before the one outside", {"reference": "#1"}, "乙錠"),
        ("2.1.02 contained, called as if it were not", {"reference": "Medication/c"}, "丙錠"),
        ("2.1.04 relative", {"reference": "Medication/1"}, "甲錠"),
        ("2.1.06 versioned", {"reference": "Medication/1/_history/2"}, "甲錠"),
        ("2.1.07 conditional", {"reference": "Medication?identifier=urn:drugs|7"}, "甲錠"),
        ("2.1.09 logical", {"identifier": known}, "甲錠"),
        ("2.1.09 logical, of nobody", {"identifier": {"system": "urn:drugs", "value": "8"}}, None),
        ("2.1.10 id and type", {"type": "http://hl7.org/fhir/StructureDefinition/Medication", "id": "1"}, "甲錠"),
        ("2.1.11 display", {"display": "丁錠"}, "丁錠"),
        ("2.1.12 a file", {"reference": "file:///etc/passwd"}, NOTHING),
        ("2.1 nowhere", {"reference": "Medication/9"}, NOTHING),
        ("2.1 another type", {"reference": "Patient/p"}, NOTHING),
        ("2.1 another case", {"reference": "medication/1"}, NOTHING),
    ]
    for name, reference, wanted in cases:
        inside = [medication("c", "丙錠"), medication("1", "乙錠")] if name[:6] in ("2.1.01", "2.1.02") else []
        found = chart({"x.ndjson": [patient(), there, drug(medicationReference=reference, contained=inside)]})
        if wanted is not None:
            check(name, named(found), wanted)
        check("%s, kept" % name, found["m"]["live"], True)
    for name, files in (
            ("2.1.03 UUID in the Bundle", [entry(patient(), "urn:uuid:p"), entry(medication(), UUID), entry(drug(medicationReference={"reference": UUID.lower()}))]),
            ("2.1.04 by the base of the entry", [entry(patient()), entry(medication(), "http://h/fhir/Medication/1"),
                                           entry(drug(medicationReference={"reference": "Medication/1"}), "http://h/fhir/MedicationRequest/m")]),
            ("2.1.05 absolute", [entry(patient()), entry(medication(), "http://h/fhir/Medication/1"),
                            entry(drug(medicationReference={"reference": "http://h/fhir/Medication/1"}))]),
            ("2.1.08 a bare UUID", [entry(patient()), entry(medication(), UUID), entry(drug(medicationReference={"reference": UUID[9:]}))])):
        check(name, named(chart({"x.json": bundle("collection", files)})), "甲錠")
    twice = [medication("1"), medication("1", "乙錠")]
    check("2.1 two that differ", named(chart({"x.ndjson": [patient(), *twice, drug(medicationReference={"reference": "Medication/1"})]})), NOTHING)
    copies = {"a.ndjson": [patient(), medication()], "b.ndjson": [medication(), drug(medicationReference={"reference": "Medication/1"})]}
    check("2.1 two that are equal", named(chart(copies)), "甲錠")
    inner = of("Observation", "o", status="final", code={"text": "K"}, valueString="1", contained=[
        {"resourceType": "Specimen", "id": "s", "type": {"text": "血清"}, "parent": [{"reference": "#"}]}], specimen={"reference": "#s"})
    check("2.1.01 bare", chart({"x.ndjson": [patient(), inner]})["o"]["items"][0]["specimen"], "血清")
    circle = [of("Observation", a, status="final", code={"text": a}, valueString="1", partOf=[{"reference": "Procedure/%s" % b}],
                 hasMember=[{"reference": "Observation/%s" % b}]) for a, b in ("xy", "yz", "zx")]
    check("2.1 a circle", [k in chart({"x.ndjson": [patient(), *circle]}) for k in "xyz"], [True] * 3)


def unresolved():
    """2.2: what stands in place of what a reference does not lead to."""
    nowhere = {"reference": "X/9", "display": "手書き"}
    found = chart({"x.ndjson": [patient(), drug(medicationCodeableConcept={"text": "甲"}, requester=nowhere),
                                of("Observation", "o", status="final", code={"text": "K"}, valueString="1", specimen=nowhere,
                                   basedOn=[nowhere], partOf=[nowhere], performer=[nowhere], encounter={"reference": "Encounter/9"}),
                                of("DiagnosticReport", "r", status="final", code={"text": "CT"}, issued="2025-11-01T00:00:00Z",
                                   result=[{"reference": "Observation/o"}, {"reference": "Observation/9"}]),
                                of("DocumentReference", "d", status="current", type={"text": "手紙"}, date="2025-11-01", content=[
                                    {"attachment": {"contentType": "application/pdf", "url": "Binary/9", "title": "紹介状"}}])]})
    check("2.2.05 requester", found["m"].get("author"), "手書き")
    check("2.2.07 specimen, basedOn, partOf; 2.2.05 performer", json.dumps(found["o"], ensure_ascii=False).count("手書き") >= 4, True)
    check("2.2.06 result", "結果 2 件中 1 件のみ" in json.dumps(found["r"], ensure_ascii=False), True)
    check("2.2.08 attachment", ("紹介状" in json.dumps(found["d"], ensure_ascii=False), len(findings(found[""], "attachment-refused")) > 0),
          (True, True))
    check("2.2.03 encounter", (found["o"].get("patient"), found["o"]["live"]), ("00012345", True))
    lost = chart({"x.ndjson": [patient(), drug(medicationReference={"reference": "Medication/9"}), drug("n", medicationReference=nowhere)]})
    check("2.2.04 medicationReference", (named(lost), lost["m"]["items"][0].get("warning"), named(lost, "n")), (NOTHING, "unknown-drug", "手書き"))
    member = {"identifier": {"system": "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID", "value": "00012345:1:2:01"}}
    both = patient()
    both["identifier"].append(member["identifier"])
    check("2.2.02 member ID to a Patient with both numbers", chart({"x.ndjson": [both, allergy("卵", id="a", patient=member)]})["a"].get("patient"), "00012345")
    two = [both, {**both, "id": "q", "identifier": [{"system": HOSPITAL, "value": "00000002"}, member["identifier"]]}]
    check("2.2.02 ... to two of them", chart({"x.ndjson": [*two, allergy("卵", id="a", patient=member)]})["a"].get("patient"), None)
    other = allergy("卵", id="a", patient={"reference": "Patient/p", "display": "別名 花子"})
    found = chart({"x.ndjson": [patient(), other]})
    stray = chart({"x.ndjson": [patient(), allergy("卵", id="a", subject="Patient/9")]})
    check("2.2.01 patient", (stray["a"].get("patient"), stray["a"]["live"], stray["a"].get("disputed"), len(findings(stray[""], "no-patient"))), (None, True, True, 1))
    check("2.2 another name", (found["a"].get("patient"), found["a"]["warning"], len(findings(found[""], "identity-conflict"))),
          ("00012345", "patient-name-differs", 1))


def whose():
    """2.0: the patient of what says nothing, and of what says two things."""
    value = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "K"}, "valueString": "1"}
    check("2.0 nobody", chart({"x.json": bundle("collection", [entry(patient()), entry(value)])})["o"].get("patient"), None)
    composition = of("Composition", "c", status="final", title="要約", date="2025-11-01", type={"text": "要約"})
    document = bundle("document", [entry(composition), entry(patient()), entry(value)])
    check("2.0 of a document", chart({"x.json": document})["o"].get("patient"), "00012345")
    about = {**value, "id": "x", "subject": {"reference": "Device/d"}}
    check("2.0 a thing", chart({"x.ndjson": [patient(), {"resourceType": "Device", "id": "d"}, about]})["x"].get("patient"), None)
    swapped = {**value, "id": "s", "patient": {"reference": "Patient/p"}}
    check("2.0 another version's element", chart({"x.ndjson": [patient(), swapped]})["s"].get("patient"), "00012345")


# ---- 1.2 -------------------------------------------------------------------------------------------------

def messages():
    """1.2: what a message asks for, and what its later version no longer lists."""
    def message(time, *drugs, reason=None, focus=None, id="h", system="http://terminology.hl7.org/CodeSystem/v2-0119"):
        header = {"resourceType": "MessageHeader", "id": id, "eventCoding": {"code": "O11"}}
        if reason is not None:
            header["reason"] = coded(reason, system)
        if focus is not None:
            header["focus"] = [{"reference": "MedicationRequest/" + one} for one in focus]
        return bundle("message", [entry(header), entry(patient()), entry(allergy("卵", id="allergy")),
                                  *[entry(drug(one, medicationCodeableConcept={"text": one})) for one in drugs]], timestamp=time)
    first, later = "2025-11-21T10:00:00+09:00", "2025-11-22T10:00:00+09:00"
    doubt = ["maybe-cancelled"]
    for reason, wanted in (("NW", None), ("DC", doubt), ("XO", doubt), (None, None)):
        found = chart({"m.json": message(first, "first-drug", reason=reason)})
        check("1.2 reason %s" % reason, (found["first-drug"]["live"], found["first-drug"].get("marks")), (True, wanted))
        check("1.2 reason %s, what rides along" % reason, found["allergy"].get("marks"), None)
        check("1.2 reason %s, told" % reason, len(findings(found[""], "withdrawn")), 0 if wanted is None else 1)
    found = chart({"m.json": message(first, "first-drug", reason="admit", system="http://terminology.hl7.org/CodeSystem/message-reasons-encounter")})
    check("1.2 a reason of another kind", found["first-drug"].get("marks"), None)
    old = message(first, "first-drug", "other-drug", focus=["first-drug", "other-drug"])
    for name, new, wanted in (("no longer listed", message(later, "first-drug", focus=["first-drug"]), doubt),
                              ("listed", message(later, focus=["first-drug", "other-drug"]), None),
                              ("of another message", message(later, "first-drug", focus=["first-drug"], id="i"), None),
                              ("without a list", message(later, "first-drug"), None),
                              ("of before", message("2025-11-20T10:00:00+09:00", "first-drug", focus=["first-drug"]), None)):
        found = chart({"1.json": old, "2.json": new})
        check("1.2 focus, %s" % name, (found["other-drug"]["live"], found["other-drug"].get("marks")), (True, wanted))


# ---- 3.2 -------------------------------------------------------------------------------------------------

def in_hospital():
    """3.2: who is in hospital at the data time, which is the 28th here, while the window ends on the 1st."""
    def visit(status, kind="IMP", start="2025-11-01", end=None, **more):
        return of("Encounter", "e", **({} if status is None else {"status": status}), **{"class": coded(kind)}, **more,
                  period={"start": start, **({} if end is None else {"end": end})}, location=[{"location": {"display": "東5病棟"}}])
    now = of("Observation", "now", status="final", code={"text": "K"}, valueString="1", effectiveDateTime="2025-11-28T08:00:00+09:00")
    inside, leave, out = "in", "leave", "out"
    cases = [("in-progress", visit("in-progress"), inside), ("arrived", visit("arrived"), inside), ("triaged", visit("triaged"), inside),
             ("onleave", visit("onleave"), leave), ("unknown", visit("unknown"), inside), ("without a status", visit(None), inside),
             ("planned, and its day has passed", visit("planned"), None), ("cancelled", visit("cancelled"), None),
             ("finished, with an end", visit("finished", end="2025-11-09"), out), ("finished, without", visit("finished"), None),
             ("an end that is planned", visit("in-progress", end="2025-12-20"), inside),
             ("an end behind the data", visit("in-progress", end="2025-11-30"), inside),
             ("an end on the day", visit("in-progress", end="2025-11-28"), out),
             ("a begin behind the data", visit("in-progress", start="2025-12-20"), None),
             ("for days", visit("in-progress", start="2025-01-01"), inside), ("AMB", visit("in-progress", "AMB"), None),
             *[(kind, visit("in-progress", kind), inside) for kind in ("ACUTE", "NONAC", "SS", "OBSENC")],
             ("EMER", visit("in-progress", "EMER"), None)]
    for name, resource, wanted in cases:
        found = chart({"x.ndjson": [patient(), resource, now]}, "--as-of", "2025-12-01")
        place = list(patients(found[""]).values())[0].get("place") or {}
        check("3.2 %s" % name, place.get("state"), wanted)
        check("3.2 %s: not seen behind the data" % name, place.get("last_seen_at", "") <= "2025-11-28T", True)
    inner = {**now, "encounter": {"reference": "#e"}, "contained": [{k: v for k, v in visit("in-progress").items() if k != "subject"}]}
    check("3.2 a contained one is none", [r["kind"] for r in records(chart({"x.ndjson": [patient(), inner]})[""])], ["demographics", "observation"])


# ---- 3.0.6 -----------------------------------------------------------------------------------------------

def tags():
    """3.0.6: each row, on the record."""
    jp = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication"
    secret = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
    rows = [("3.0.6.02", "tag", jp, "UNINFORMED", "uninformed"), ("3.0.6.03", "tag", jp, "UNDELIVERED", "undelivered"),
            ("3.0.6.04", "security", secret, "R", "restricted"), ("3.0.6.04", "security", secret, "V", "restricted"),
            ("3.0.6.04", "security", secret, "N", None),
            ("3.0.6.05", "security", "http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST", "test-patient"),
            ("3.0.6.06", "tag", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED", "partial-content")]
    made = [of("Observation", "r%d" % i, status="final", code={"text": "K"}, valueString="1",
               effectiveDateTime="2025-11-01", meta={where: [{"system": system, "code": code}]}) for i, (_, where, system, code, _) in enumerate(rows)]
    found = chart({"x.ndjson": [patient(), *made]})
    for i, (row, _, _, code, wanted) in enumerate(rows):
        check("%s %s" % (row, code), found["r%d" % i].get("warning"), wanted)
    old = of("Observation", "x", status="final", code={"text": "稀"}, valueString="1", effectiveDateTime="2001-01-01")
    old["category"] = [coded("survey")]
    kept = {**old, "id": "k", "meta": {"tag": [{"system": jp, "code": "LTS"}]}}
    newer = {**old, "id": "n", "effectiveDateTime": "2025-11-01"}
    found = chart({"x.ndjson": [patient(), old, kept, newer]})
    check("3.0.6.01 LTS", [k in found for k in ("x", "k")], [False, True])


# ---- 3.10 ------------------------------------------------------------------------------------------------

def shapes_of_r5():
    """3.10: each row as R5 writes it, and the words that must still be there."""
    def concept(word):
        return {"concept": {"text": word}}
    rows = [
        ("3.10.01 medication.concept", drug("a", medication=concept("甲錠")), ["甲錠"]),
        ("3.10.01 medication.reference", drug("b", medication={"reference": {"reference": "#m"}}, contained=[medication("m", "乙錠")]), ["乙錠"]),
        ("3.10.02 reason", of("Procedure", "c", status="completed", code={"text": "手術"}, reason=[concept("疼痛")]), ["疼痛"]),
        ("3.10.03 Encounter", of("Encounter", "d", status="completed", actualPeriod={"start": "2025-11-01", "end": "2025-11-09"},
                         admission={"dischargeDisposition": {"text": "自宅"}}, **{"class": [coded("IMP")]},
                         participant=[{"actor": {"display": "医師A"}}], reason=[{"value": [concept("肺炎")]}]),
         ["2025-11-01", "2025-11-09", "自宅", "入院", "医師A", "肺炎"]),
        ("3.10.04 Allergy participant", {**allergy("卵", id="e"), "participant": [{"function": coded("author"), "actor": {"display": "医師B"}}],
                                 "reaction": [{"manifestation": [concept("発疹")]}]}, ["医師B", "発疹"]),
        ("3.10.04 Condition participant", of("Condition", "f", code={"text": "肺炎"}, clinicalStatus=coded("active"),
                                     participant=[{"function": coded("author"), "actor": {"display": "医師C"}}]), ["医師C"]),
        ("3.10.05 occurrence of Procedure", of("Procedure", "g", status="completed", code={"text": "手術"}, occurrenceDateTime="2025-11-03"), ["2025-11-03"]),
        ("3.10.06 occurence of MedicationAdministration", of("MedicationAdministration", "h", status="completed", medication=concept("甲"),
                                                    occurenceDateTime="2025-11-04"), ["2025-11-04"]),
        ("3.10.07 ServiceRequest.code.concept", of("ServiceRequest", "i", status="active", intent="order", code=concept("胸部CT")), ["胸部CT"]),
        ("3.10.08 asNeeded", drug("j", medication=concept("甲"), dosageInstruction=[{"asNeeded": True, "asNeededFor": [{"text": "疼痛時"}]}]), ["頓用", "疼痛時"]),
        ("3.10.09 Medication", drug("k", medication={"reference": {"reference": "#m"}}, contained=[{
            "resourceType": "Medication", "id": "m", "doseForm": {"text": "錠剤"}, "ingredient": [
                {"item": concept("成分A"), "strengthQuantity": {"value": 5, "unit": "mg"}}]}]), ["成分A", "錠剤", "5"]),
        ("3.10.10 DocumentReference", of("DocumentReference", "l", status="current", date="2025-11-05T10:00:00Z", period={"start": "2025-11-02"}, event=[{"concept": {"text": "入院"}}], practiceSetting={"text": "外科"}, context=[{"reference": "Encounter/d"}],
                                 relatesTo=[{"code": coded("replaces"), "target": {"display": "旧版の手紙"}}],
                                 content=[{"attachment": {"title": "手紙", "size": "12", "url": "http://h/x"}}]), ["旧版の手紙", "2025-11-02", "入院", "外科"]),
        ("3.10.11 study of DiagnosticReport", of("DiagnosticReport", "m", status="final", code={"text": "CT"}, issued="2025-11-01T00:00:00Z",
                                         study=[{"display": "撮影1"}]), ["撮影1"]),
        ("3.10.11 NutritionOrder.subject", of("NutritionOrder", "n", status="active", intent="order", dateTime="2025-11-01",
                                      oralDiet={"type": [{"text": "常食"}]}), ["常食"]),
        ("3.10.11 Consent.subject, date", of("Consent", "o", status="active", date="2025-11-06", category=[{"text": "輸血"}]), ["2025-11-06", "輸血"]),
        ("3.10.12 DeviceUsage", of("DeviceUsage", "q", "patient", status="active", device=concept("ペースメーカ")), ["ペースメーカ"]),
    ]
    found = chart({"x.ndjson": [patient(), *[resource for _, resource, _ in rows]]})
    for name, resource, words in rows:
        record = found.get(resource["id"], {})
        text = json.dumps(record, ensure_ascii=False)
        check(name, (record.get("patient"), [word for word in words if word not in text]), ("00012345", []))


def sizes_of_r5():
    """3.10.12: a size is a number in R4 and a string in R5."""
    for size, wanted in ((3, None), ("3", None), (4, "attachment-size"), ("4", "attachment-size")):
        letter = of("DocumentReference", "d", status="current", type={"text": "手紙"}, date="2025-11-01", content=[
            {"attachment": {"contentType": "text/plain", "data": "YWJj", "size": size}}])
        check("3.10.12 size %r" % size, chart({"x.ndjson": [patient(), letter]})["d"].get("warning"), wanted)


# ---- 5.2 -------------------------------------------------------------------------------------------------

def whatever_its_age():
    """5.2: each row of the table of the window, its last column."""
    jlac = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"
    day = {"effectiveDateTime": "2011-01-01"}
    def value(id, code, text, category="laboratory", **more):
        return of("Observation", id, status="final", category=[coded(category)], code=coded(code, jlac, text), **{"valueString": "1", **day, **more})
    kept = [
        of("Coverage", "coverage", "beneficiary", status="active", period={"start": "2001-01-01"}),
        of("RelatedPerson", "relative", "patient", name=[{"text": "家族"}]),
        {**allergy("卵", id="allergy", recordedDate="2001-01-01"), "clinicalStatus": coded("resolved")},
        of("AdverseEvent", "adverse", event={"text": "発疹"}, actuality="actual", date="2001-01-01"),
        of("FamilyMemberHistory", "family", "patient", status="completed", relationship={"text": "母"}, date="2001-01-01"),
        of("Immunization", "shot", "patient", status="completed", vaccineCode={"text": "肺炎球菌"}, occurrenceDateTime="2001-01-01"),
        of("Flag", "flag", status="active", code={"text": "転倒"}, period={"start": "2001-01-01", "end": "2002-01-01"}),
        of("Consent", "consent", "patient", status="active", dateTime="2001-01-01", category=[coded("42348-3")]),
        of("ServiceRequest", "dnar", status="active", intent="order", code={"text": "DNAR"}, authoredOn="2001-01-01"),
        of("Device", "device", "patient", type={"text": "ペースメーカ"}, manufactureDate="2001-01-01"),
        of("DeviceUseStatement", "use", status="active", device={"display": "クリップ"}, timingDateTime="2001-01-01"),
        of("CarePlan", "plan", status="active", intent="plan", title="計画", period={"start": "2001-01-01"}),
        of("Procedure", "implant", status="completed", code={"text": "置換術"}, performedDateTime="2001-01-01", focalDevice=[{"manipulated": {"display": "人工関節"}}]),
        of("Procedure", "surgery", status="stopped", code={"text": "胃切除"}, performedDateTime="2001-01-01"),
        of("Condition", "problem", code={"text": "脾摘後"}, clinicalStatus=coded("resolved"), onsetDateTime="1990", abatementDateTime="1991"),
        value("abo", "5H010000001999911", "ABO"), value("hbs", "5F016000002303111", "HBs抗原", valueString="陽性"),
        value("antibody", "5H150000002399911", "不規則抗体", valueString="陽性"), value("social", "72166-2", "喫煙", "social-history"),
        value("height", "9N001000000000001", "身長", "vital-signs"),
        of("MedicationRequest", "active", status="active", intent="order", authoredOn="2015-01-01", medicationCodeableConcept={"text": "甲"}),
        of("ServiceRequest", "open", status="on-hold", intent="order", code={"text": "採血"}, authoredOn="2001-01-01"),
        of("NutritionOrder", "meal", "patient", status="active", intent="order", dateTime="2001-01-01"),
        of("Encounter", "inside", status="in-progress", period={"start": "2023-01-01"}, **{"class": coded("IMP")}),
        of("DiagnosticReport", "pathology", status="final", code={"text": "病理組織診断"}, category=[coded("LP7839-6")], issued="2001-01-01T00:00:00Z"),
        of("DocumentReference", "directive", status="current", type=coded("42348-3"), date="2001-01-01T00:00:00Z"),
        of("DocumentReference", "summary", status="current", type=coded("18842-5"), date="2001-01-01T00:00:00Z"),
        of("DocumentReference", "operation", status="current", type=coded("34874-8", text="手術記録"), date="2001-01-01T00:00:00Z"),
    ]
    newer = [value("k%d" % i, "3H0150000023990%02d" % i, "K%d" % i, effectiveDateTime="2025-11-01") for i in range(2)]
    dropped = [value("old", "3H015000002399000", "K0"), {**value("older", "3H015000002399000", "K0"), "effectiveDateTime": "2010-01-01"},
               of("Appointment", "visit", status="fulfilled", start="2001-01-01T00:00:00Z", participant=[{"actor": {"reference": "Patient/p"}}]),
               of("ServiceRequest", "done", status="completed", intent="order", code={"text": "採血"}, authoredOn="2001-01-01")]
    found = chart({"x.ndjson": [patient(), *kept, *newer, *dropped]})
    check("5.2 kept", [r["id"] for r in kept if r["id"] not in found], [])
    check("5.2 not kept", [r["id"] for r in dropped if r["id"] in found], [])
    check("5.2 told", len(findings(found[""], "outside-window")) > 0, True)


def window_and_dates():
    """5.2: unknown, partial, future and dead ones."""
    def value(id, at, **more):
        return of("Observation", id, **{"status": "final", "category": [coded("laboratory")], "code": coded(id), "valueString": "1", **more},
                  **({} if at is None else {"effectiveDateTime": at}))
    made = [value("none", None), value("year", "2024"), value("month", "2024-11"), value("future", "2026-06-01"), value("far", "2205-01-01"),
            value("odd", "2025-02-30")]
    found = chart({"x.ndjson": [patient(), *made]}, "--as-of", "2025-12-01")
    check("5.2 stay", [r["id"] for r in made if r["id"] not in found], [])
    newer = value("new", "2025-11-01", code=coded("K"))
    gone = [value("month", "2024-10", code=coded("K")), value("dead", "2024-01-01", code=coded("K"), status="cancelled")]
    found = chart({"x.ndjson": [patient(), newer, *gone]}, "--as-of", "2025-12-01")
    check("5.2 go, the dead too", [r["id"] for r in gone if r["id"] in found], [])


run([messages, in_hospital, references, unresolved, whose, tags, shapes_of_r5, sizes_of_r5, whatever_its_age, window_and_dates])
