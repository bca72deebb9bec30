#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose a resource is, by its type (2.0), and what the window of 13 months keeps of each (5.2), a check for each row.

  check-fhir-window.py TOMOSHIBI
"""

from fhir_import import build, bundle, check, entry, findings, patient, records, run

JLAC = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"
LOINC = "http://loinc.org"
OLD, OLDER, NEW = "2011-01-01", "2005-01-01", "2025-11-01"


def of(type, id, subject="subject", /, **more):
    return {"resourceType": type, "id": id, subject: {"reference": "Patient/p"}, **more}


def coded(code, system=None, text=None):
    return {"coding": [{"code": code, **({} if system is None else {"system": system})}], **({} if text is None else {"text": text})}


# ---- 2.0 -----------------------------------------------------------------------------------------------

# The words of section 2.0; what a type must have beside them to be a record.
SUBJECT = """Condition Encounter MedicationRequest MedicationDispense MedicationAdministration MedicationStatement Observation DiagnosticReport
ServiceRequest DeviceRequest Procedure DeviceUseStatement DocumentReference Composition CarePlan CareTeam Goal ClinicalImpression RiskAssessment
AdverseEvent Flag List Communication CommunicationRequest QuestionnaireResponse ImagingStudy Media Basic""".split()
PATIENT = """AllergyIntolerance Immunization ImmunizationRecommendation FamilyMemberHistory Consent NutritionOrder Device DetectedIssue EpisodeOfCare
RelatedPerson BodyStructure VisionPrescription SupplyDelivery""".split()
OTHER = {"Coverage": "beneficiary", "Task": "for", "ResearchSubject": "individual"}
MONEY = {"Invoice": "subject", "ChargeItem": "subject", "Claim": "patient", "ExplanationOfBenefit": "patient", "AuditEvent": "subject"}


def whose(element_of):
    """type -> patient of its records, where each names him in @element_of of it and somebody else elsewhere."""
    made = []
    for type, element in element_of.items():
        made.append({**of(type, "x" + type, element), "code": {"text": "語"}, "status": "active"})
    lines, _ = build({"x.ndjson": [patient(), patient("00000002", id="q"), *made]}, "--months", "600")
    found = {}
    for record in records(lines):
        found.setdefault(record.get("resource", "/").split("/")[0], set()).add(record.get("patient"))
    return {type: sorted(found.get(type, ["(no record)"]), key=str) for type in element_of}


def elements():
    """The listed element first; then subject, then patient, as other versions have it."""
    his = ["00012345"]
    check("2.0.01 subject", whose({type: "subject" for type in SUBJECT}), {type: his for type in SUBJECT})
    check("2.0.02 patient", whose({type: "patient" for type in PATIENT}), {type: his for type in PATIENT})
    check("2.0.03 others", whose(OTHER), {type: his for type in OTHER})
    check("2.0.01 patient of another version", whose({type: "patient" for type in SUBJECT}), {type: his for type in SUBJECT})
    check("2.0.02 subject of another version", whose({type: "subject" for type in PATIENT}), {type: his for type in PATIENT})
    check("2.0.03 subject of another version", whose({type: "subject" for type in OTHER}), {type: his for type in OTHER})
    check("2.0.03 of no clinical kind", whose(MONEY), {type: ["(no record)"] for type in MONEY})
    billing = """Claim ClaimResponse ExplanationOfBenefit Account ChargeItem Invoice PaymentNotice Schedule Slot Endpoint AuditEvent Subscription""".split()
    made = [of(type, "b%d" % i, "patient", diagnosis=[{"diagnosisCodeableConcept": {"text": "癌"}}]) for i, type in enumerate(billing * 2)]
    lines, report = build({"x.ndjson": [patient(), *made]})
    check("3.7.25 billing and booking", ([r["kind"] for r in records(lines)], report["counts"]["fhir"]["ignored"]), (["demographics"], 2 * len(billing)))
    told = [f["detail"] for f in findings(lines, "unknown-type")]
    check("3.7.25 one finding of each type", [sum(1 for one in told if type + ":" in one or type + " " in one) for type in billing], [1] * len(billing))
    payer = of("Coverage", "c", "beneficiary", status="active", subscriber={"reference": "Patient/q"}, policyHolder={"reference": "Patient/q"})
    visit = {"resourceType": "Appointment", "id": "a", "status": "booked", "start": "2025-12-09T10:00:00Z", "participant": [{"actor": {"reference": "Patient/p"}}]}
    person = {"resourceType": "Person", "id": "n", "name": [{"text": "語"}], "link": [{"target": {"reference": "Patient/p"}}]}
    lines, _ = build({"x.ndjson": [patient(), patient("00000002", id="q"), payer, visit, person]})
    found = {r["resource"].split("/")[0]: r.get("patient") for r in records(lines) if not r["resource"].startswith("Patient")}
    check("2.0.03 Coverage, Appointment, Person", found, {"Coverage": "00012345", "Appointment": "00012345", "Person": "00012345"})
    for type in ("Observation", "DiagnosticReport", "Composition", "Encounter", "MedicationDispense", "List"):
        lines, _ = build({"x.json": bundle("searchset", [entry(patient()), entry({"resourceType": type, "id": "x", "status": "final"})])})
        check("2.0 %s of nobody" % type, [r.get("patient") for r in records(lines) if r["resource"] == type + "/x"], [None])


# ---- 5.2 -----------------------------------------------------------------------------------------------

def value(id, code, text, category="laboratory", at=OLD, **more):
    return of("Observation", id, status="final", category=[coded(category)], code=code, **{"valueString": "1", "effectiveDateTime": at, **more})


def drug(id, status="completed", at=OLD, days=7, **more):
    return of("MedicationRequest", id, status=status, intent="order", authoredOn=at, medicationCodeableConcept={"text": id},
              **({} if days is None else {"dispenseRequest": {"expectedSupplyDuration": {"value": days, "unit": "日", "code": "d"}}}), **more)


def given(id, **more):
    return of("MedicationAdministration", id, status="completed", medicationCodeableConcept={"text": "甲"}, **more)


def letter(id, code, at=OLD, text="題"):
    return of("DocumentReference", id, status="current", type=coded(code, LOINC, text), date=at + "T00:00:00Z")


def operation(id, text, status="completed", **more):
    return of("Procedure", id, status=status, code={"text": text}, performedDateTime=OLD, **more)


def kept_and_left(row, kept, left=()):
    """@kept are on the disc, @left are not and are told."""
    lines, _ = build({"x.ndjson": [patient(), *kept, *left]}, "--as-of", "2025-12-01")
    found = {r.get("resource", "/").split("/")[1] for r in records(lines)}
    check(row + " kept", [r["id"] for r in kept if r["id"] not in found], [])
    check(row + " left out", [r["id"] for r in left if r["id"] in found], [])
    check(row + " told", len(findings(lines, "outside-window")) > 0, len(left) > 0)


def windows():
    """Each row: what stays whatever its age, and what does not."""
    kept_and_left("5.2.01", [of("RelatedPerson", "relative", "patient", name=[{"text": "家族"}], period={"start": OLD}),
                             of("Coverage", "coverage", "beneficiary", status="active", period={"start": OLD})])
    kept_and_left("5.2.02", [
        *[{"resourceType": "AllergyIntolerance", "id": "a" + word, "patient": {"reference": "Patient/p"}, "code": {"text": "卵"}, "clinicalStatus": coded(word),
           "recordedDate": OLD} for word in ("active", "inactive", "resolved")],
        of("AdverseEvent", "adverse", event={"text": "発疹"}, actuality="actual", date=OLD),
        of("FamilyMemberHistory", "family", "patient", status="completed", relationship={"text": "母"}, date=OLD),
        of("Immunization", "shot", "patient", status="completed", vaccineCode={"text": "肺炎球菌"}, occurrenceDateTime=OLD),
        of("Flag", "flag", status="active", code={"text": "転倒"}, period={"start": OLD, "end": "2012-01-01"}),
        of("Consent", "consent", "patient", status="active", dateTime=OLD, category=[coded("42348-3")]),
        of("ServiceRequest", "dnar", status="active", intent="order", code={"text": "DNAR"}, authoredOn=OLD),
        of("Device", "device", "patient", type={"text": "ペースメーカ"}, manufactureDate=OLD),
        of("DeviceUseStatement", "use", status="active", device={"display": "クリップ"}, timingDateTime=OLD),
        of("CarePlan", "plan", status="active", intent="plan", title="計画", period={"start": OLD}),
        of("List", "list", status="current", mode="working", code=coded("48765-2", LOINC, "Allergies"), date=OLD),
        operation("focal", "置換術", focalDevice=[{"manipulated": {"display": "人工関節"}}]),
        *[operation("named%d" % i, text) for i, text in enumerate(("ペースメーカ植込み", "人工骨頭", "ステント留置", "クリップ術"))]],
        [of("CarePlan", "over", status="completed", intent="plan", title="計画", period={"start": OLD, "end": "2012-01-01"})])
    kept_and_left("5.2.03", [of("Condition", "c" + word, code={"text": "悪性高熱症"}, clinicalStatus=coded(word), onsetDateTime="1990", abatementDateTime="1991")
                             for word in ("active", "resolved", "inactive")])
    na, k = coded("3H010000002326101", JLAC, "Na"), coded("3H015000002326101", JLAC, "K")
    kept_and_left("5.2.04", [
        value("abo", coded("5H010000001999911", JLAC, "ABO"), ""), value("rh", coded("5H020000001999911", JLAC, "Rh"), ""),
        value("antibody", {"text": "不規則抗体"}, ""), value("hla", {"text": "HLA"}, ""), value("hbs", coded("5F016000002302311", JLAC, "HBs抗原"), ""),
        value("smoking", coded("72166-2", LOINC, "喫煙"), "", "social-history"), value("height", {"text": "身長"}, "", "vital-signs"),
        value("mrsa", {"text": "培養"}, "", valueString=None, valueCodeableConcept={"text": "MRSA"}),
        value("lastna", na, ""), value("newk", k, "", at=NEW), {**value("lts", k, ""), "meta": {"tag": [
            {"system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "LTS"}]}},
        {**value("issued", k, "", at=None), "issued": NEW + "T00:00:00Z"}],
        [value("oldk", k, ""), value("olderna", na, "", at=OLDER)])
    kept_and_left("5.2.05", [drug("active", "active"), drug("long", at="2024-06-01", days=200), drug("unknown", at="2024-06-01", days=None, status="active"),
                             drug("third", at="2014-01-03")], [drug("fourth", at="2014-01-02"), drug("fifth", at="2010-01-01")])
    kept_and_left("5.2.06", [given("ends", effectivePeriod={"start": "2024-01-01", "end": "2025-01-01"}),
                             {**given("running", effectivePeriod={"start": "2024-01-01"}), "status": "in-progress"}],
                  [given("over", effectivePeriod={"start": OLDER, "end": OLD}), given("once", effectiveDateTime=OLD),
                   of("MedicationDispense", "handed", status="completed", medicationCodeableConcept={"text": "甲"}, whenHandedOver=OLD)])
    def drug_given(id, text, at, code=None):
        concept = {"text": text, **({} if code is None else {"coding": [{"system": "urn:oid:1.2.392.100495.20.1.73", "code": code}]})}
        return {**given(id, effectiveDateTime=at), "medicationCodeableConcept": concept}
    for name, text, code in (("depot by its name", "丙持続性水懸筋注２５ｍｇ", None), ("depot, half width", "丁LAR筋注", None), ("chemo by its class", "戊注", "4291400A1020"),
                             ("blood by its name", "照射赤血球液", None), ("blood by its class", "己静注", "6343400A1020")):
        kept_and_left("5.2.06 %s" % name, [drug_given("last", text, OLD, code)], [drug_given("before", text, OLDER, code)])
        kept_and_left("5.2.06 %s, of late" % name, [drug_given("last", text, NEW, code)], [drug_given("before", text, OLD, code)])
    kept_and_left("5.2.06 each drug", [drug_given("one", "丙持続性筋注", OLD), drug_given("other", "丁持続性筋注", OLDER)])
    kept_and_left("5.2.06 one blood product", [drug_given("red", "赤血球液", OLD)], [drug_given("plasma", "新鮮凍結血漿", OLDER)])
    kept_and_left("5.2.06 no code of a class", [], [drug_given("short", "庚", OLD, "429"), drug_given("other", "辛", OLD, "3332001F1024")])
    def visit(id, kind, start, end=None, status="finished"):
        return of("Encounter", id, status=status, period={"start": start, **({} if end is None else {"end": end})}, **{"class": {"code": kind}})
    kept_and_left("5.2.07 open ones", [visit("open", "IMP", "2023-01-01", status="in-progress"), visit("reaches", "AMB", "2024-01-01", "2025-01-01")],
                  [visit("in", "IMP", OLDER, "2005-01-09"), visit("out", "AMB", "2012-01-01", "2012-01-01")])
    kept_and_left("5.2.07 the last of each", [visit("lastin", "IMP", OLD, "2011-01-09"), visit("lastout", "AMB", "2012-01-01", "2012-01-01")],
                  [visit("in", "IMP", OLDER, "2005-01-09"), visit("out", "AMB", "2010-01-01", "2010-01-01")])
    def report(id, text, code, at=OLD):
        return of("DiagnosticReport", id, status="final", code=coded(code, LOINC, text), issued=at + "T00:00:00Z")
    kept_and_left("5.2.08", [letter("summary", "18842-5"), letter("referral", "57133-1"), letter("operation", "34874-8", text="手術記録"), letter("operation2", "34874-8", OLDER, "手術記録"),
                             letter("directive", "42348-3"), report("pathology", "病理組織診断", "11526-1"), report("pathology2", "病理組織診断", "11526-1", OLDER),
                             report("cytology", "細胞診", "47526-9"), report("ct", "CT", "18747-6")],
                  [letter("summary2", "18842-5", OLDER), report("ct2", "CT", "18747-6", OLDER)])
    kept_and_left("5.2.09", [operation("op%d" % i, text) for i, text in enumerate(("胃切除", "腎移植", "輸血", "血液透析", "放射線治療", "気管切開", "冠動脈造影"))] +
                  [operation("begun", "胃切除", "stopped")])
    def order(id, status, **more):
        return of("ServiceRequest", id, status=status, intent="order", code={"text": "採血"}, authoredOn=OLD, **more)
    kept_and_left("5.2.10", [order("active", "active"), order("held", "on-hold"), order("draft", "draft"), order("later", "completed", occurrenceDateTime=NEW),
                             of("NutritionOrder", "meal", "patient", status="active", intent="order", dateTime=OLD, oralDiet={"type": [{"text": "常食"}]})],
                  [order("done", "completed"), order("revoked", "revoked")])


def followers():
    """What a kept resource refers to follows it."""
    made = [of("MedicationRequest", "m", status="active", intent="order", authoredOn=OLD, medicationReference={"reference": "Medication/d"}),
            {"resourceType": "Medication", "id": "d", "code": {"text": "甲錠"}},
            value("o", coded("5H010000001999911", JLAC, "ABO"), "", specimen={"reference": "Specimen/s"}),
            {"resourceType": "Specimen", "id": "s", "type": {"text": "全血"}, "collection": {"collectedDateTime": OLD}, "subject": {"reference": "Patient/p"}}]
    lines, _ = build({"x.ndjson": [patient(), *made]}, "--as-of", "2025-12-01")
    items = {r["resource"]: r["items"][0] for r in records(lines)}
    check("5.2.11", (items["MedicationRequest/m"]["drug"], items["Observation/o"]["specimen"]), ("甲錠", "全血"))


run([elements, windows, followers])
