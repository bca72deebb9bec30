#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patients, visits, allergies and diseases: sections 3.1 to 3.4 of the reference of FHIR, a check for each row.

  check-fhir-people.py TOMOSHIBI
"""

from fhir_import import HOSPITAL, allergy, build, check, patient, patients, records, run

JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
ECS = "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/"
REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
ABSENT = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}


def coded(code, text=None, system=None, display=None):
    coding = {"code": code, **({} if system is None else {"system": system}), **({} if display is None else {"display": display})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def person(*others, **more):
    """(line of the patient, item of his basic data, his other records)"""
    lines, _ = build({"x.ndjson": [{**patient(), **more}, *others]})
    basics = [r for r in records(lines, "demographics") if r["resource"] == "Patient/p"][0]
    return list(patients(lines).values())[0], {**basics["items"][0], "warning": basics.get("warning")}, records(lines)


def one(resource, *others):
    lines, _ = build({"x.ndjson": [patient(), resource, *others]})
    record = [r for r in records(lines) if r["source"]["entry"] == "line 2"][0]
    return record, record["items"][0]


def said(item, *words):
    """Which of the words are no line of its remarks."""
    return [word for word in words if word not in item.get("comment", "").split("\n")]


# ---- 3.1 -----------------------------------------------------------------------------------------------

def of_patients():
    numbers = [{"system": HOSPITAL, "value": "7", "use": "old"}, {"system": HOSPITAL, "value": "8"}, {"system": "urn:x", "value": "M1"}]
    line, item, _ = person(identifier=numbers)
    check("3.1.01 identifier", (line["id"], item["id"], said(item, "旧番号：7")), ("8", "8\nM1", []))
    def named(text, **extension):
        return {"text": text, **({"extension": [{"url": REPRESENTATION, **extension}]} if extension else {})}
    for name, names in (("codes", [named("Shiken", valueCode="ABC"), named("シケン", valueCode="SYL"), named("試験", valueCode="IDE")]),
                        ("strings", [named("シケン", valueString="SYL"), named("試験", valueString="IDE")]),
                        ("none", [named("シケン"), named("試験")]), ("wrong ones", [named("Shiken", valueCode="IDE"), named("シケン", valueCode="IDE"), named("試験")])):
        line, _, _ = person(name=names)
        check("3.1.02 representation by %s" % name, (line["name"], line["kana"]), ("試験", "シケン"))
    check("3.1.03 text as it is", person(name=[{"text": "試験　太郎", "family": "別"}])[0]["name"], "試験　太郎")
    check("3.1.03 without text", person(name=[{"family": "試験", "given": ["太郎", "次"]}])[0]["name"], "試験　太郎　次")
    check("3.1.03 old and maiden", person(name=[{"text": "旧姓　太郎", "use": "old"}, {"text": "旧姓　花子", "use": "maiden"}, {"text": "試験　太郎"}])[0]["name"], "試験　太郎")
    for gender, sex in (("male", "M"), ("female", "F"), ("other", "O"), ("unknown", "U")):
        check("3.1.04 gender %s" % gender, person(gender=gender)[0]["sex"], sex)
    line, item, _ = person(gender="男")
    check("3.1.04 a gender of no code", ("sex" in line, said(item, "性別：男")), (False, []))
    check("3.1.05 in part", person(birthDate="1950-01")[0]["birth_date"], "1950-01")
    line, item, _ = person(birthDate=None, _birthDate={"extension": [ABSENT]})
    check("3.1.05 absent", ("birth_date" in line, said(item, "生年月日：不明")), (False, []))
    for name, more, died, comment in (("boolean", {"deceasedBoolean": True}, True, []), ("day", {"deceasedDateTime": "2025-11-03"}, True, ["死亡：2025-11-03"]),
                                      ("no", {"deceasedBoolean": False}, None, [])):
        line, item, _ = person(**more)
        check("3.1.06 deceased, %s" % name, (line.get("died"), said(item, *comment), "deceased" in str(item["warning"])), (died, [], bool(died)))
    line, item, _ = person(address=[{"text": "東京都", "postalCode": "100-0001"}, {"text": "大阪府", "use": "old"}])
    check("3.1.07 address", (line["address"], item["postal_code"], said(item, "旧住所：大阪府")), ("東京都", "100-0001", []))
    check("3.1.07 its parts", person(address=[{"state": "14", "city": "横浜市", "line": ["１－１"]}])[0]["address"], "14 横浜市 １－１")
    line, item, _ = person(telecom=[{"system": "phone", "value": "03-1"}, {"system": "email", "value": "a@b"}, {"system": "phone", "value": "03-9", "use": "old"}])
    check("3.1.08 telecom", (line["phone"], said(item, "email：a@b", "旧連絡先：03-9")), ("03-1", []))
    _, _, all = person(contact=[{"relationship": [{"text": "妻"}], "name": {"text": "試験　花子"}, "telecom": [{"system": "phone", "value": "090"}]}])
    check("3.1.09 contact", [(r["items"][0]["name"], r["items"][0]["relation"], r["items"][0]["phone"]) for r in all if r["kind"] == "contact"], [("試験　花子", "妻", "090")])
    _, item, _ = person(communication=[{"language": coded("en", display="英語"), "preferred": True}], generalPractitioner=[{"display": "かかりつけ医"}])
    check("3.1.10 language, practitioner", (item["language"], item["doctor"]), ("英語", "かかりつけ医"))
    other = patient("9", id="q")
    for type in ("replaced-by", "replaces", "refer", "seealso"):
        lines, _ = build({"x.ndjson": [patient(link=[{"type": type, "other": {"reference": "Patient/q"}}]), other, allergy("卵", "Patient/q")]})
        item = [r for r in records(lines, "demographics") if r["resource"] == "Patient/p"][0]["items"][0]
        check("3.1.11 link %s" % type, (len(patients(lines)), "9" in item["comment"], [r["patient"] for r in records(lines, "allergy")]), (2, True, ["9"]))
    for value, comment in ((2, ["多胎：2"]), (1, ["多胎：1"])):
        _, item, _ = person(multipleBirthInteger=value)
        check("3.1.12 multiple birth %d" % value, (said(item, *comment), item["warning"]), ([], "multiple-birth"))
    check("3.1.12 a single child", person(multipleBirthBoolean=False)[1]["warning"], None)


# ---- 3.2 -----------------------------------------------------------------------------------------------

def visit(**more):
    return {"resourceType": "Encounter", "id": "x", "subject": {"reference": "Patient/p"}, **{"status": "finished", "class": {"code": "IMP"}, **more}}


def of_visits():
    for code, word in (("AMB", "外来"), ("IMP", "入院"), ("EMER", "救急"), ("HH", "在宅"), ("ACUTE", "入院"), ("NONAC", "入院"), ("OBSENC", "経過観察入院"), ("SS", "日帰り"),
                       ("VR", "遠隔"), ("PRENC", "入院前"), ("checkup", "checkup")):
        _, item = one(visit(**{"class": {"code": code}}))
        check("3.2.01 class %s" % code, (item["event"], item["event_code"]), (word + "（finished）", code))
    check("3.2.01 class of R5", one(visit(**{"class": [coded("IMP")]}))[1]["event_code"], "IMP")
    _, item = one(visit(statusHistory=[{"status": "arrived", "period": {"start": "2025-11-01", "end": "2025-11-02"}}]))
    check("3.2.02 status, its history", (item["status"], said(item, "経過：arrived 2025-11-01 – 2025-11-02")), ("finished", []))
    for name, more in (("R4", {"period": {"start": "2025-11-01", "end": "2025-11-09"}}), ("R5", {"actualPeriod": {"start": "2025-11-01", "end": "2025-11-09"}})):
        record, item = one(visit(**more))
        check("3.2.03 period of %s" % name, (record["at"], item["start"], item["end"]), ("2025-11-01", "2025-11-01", "2025-11-09"))
    check("3.2.03 planned start", one(visit(status="planned", plannedStartDate="2025-12-09"))[0]["at"], "2025-12-09")
    places = [{"location": {"display": "旧病棟"}, "status": "completed", "period": {"end": "2025-11-02"}}, {"location": {"display": "新病棟"}, "status": "active"}]
    _, item = one(visit(status="in-progress", location=places))
    check("3.2.04 the place that is not over", (item["ward"], "旧病棟" in item["from"]), ("新病棟", True))
    kinds = {code: {"location": {"display": code}, "physicalType": coded(code), "status": "active"} for code in ("wa", "ro", "bd")}
    for code, field in (("wa", "ward"), ("ro", "room"), ("bd", "bed")):
        check("3.2.04 physicalType %s" % code, one(visit(status="in-progress", location=[kinds[code]]))[1].get(field), code)
    check("3.2.05 serviceType", one(visit(serviceType={"text": "内科"}))[0]["department"], "内科")
    extension = [{"url": ECS + "JP_eCS_Department", "valueCodeableConcept": coded("01", "外科")}]
    record, item = one(visit(serviceType={"text": "内科"}, extension=extension, serviceProvider={"display": "甲病院"}))
    check("3.2.05 department by its extension, provider", (record["department"], item["custodian"]), ("外科", "甲病院"))
    for member in ("individual", "actor"):
        _, item = one(visit(participant=[{"type": [coded("ATND")], member: {"display": "主治医"}}, {"type": [coded("PPRF", "担当")], member: {"display": "別の医師"}}]))
        check("3.2.06 participant.%s" % member, (item["doctor"], said(item, "担当：別の医師")), ("主治医", []))
    _, item = one(visit(reasonCode=[{"text": "発熱"}], reasonReference=[{"display": "肺炎"}]))
    check("3.2.07 reasons", item["reason"], "発熱\n肺炎")
    check("3.2.07 reasons of R5", one(visit(reason=[{"value": [{"concept": {"text": "発熱"}}]}]))[1]["reason"], "発熱")
    _, item = one(visit(diagnosis=[{"condition": {"display": "肺炎"}, "use": coded("DD", "退院時"), "rank": 1}, {"condition": {"display": "喘息"}}]))
    check("3.2.08 diagnoses", said(item, "退院時：肺炎", "病名：喘息"), [])
    for name in ("hospitalization", "admission"):
        _, item = one(visit(**{name: {"admitSource": {"text": "他院"}, "dischargeDisposition": {"text": "自宅"}, "dietPreference": [{"text": "減塩"}]}}))
        check("3.2.09 %s" % name, (item["disposition"], said(item, "入院経路：他院", "食事の希望：減塩")), ("自宅", []))


# ---- 3.3, 3.4 ------------------------------------------------------------------------------------------

def of_allergies():
    made = {**allergy("卵", id="x"), "code": {"text": "たまご", "coding": [{"code": "J9FC1", "display": "鶏卵"}]}}
    _, item = one(made)
    check("3.3.01 text first, the display beside it", (item["substance"], item["other_name"]), ("たまご", "鶏卵"))
    for code, kind in (("409137002", "医薬品"), ("429625007", "食品"), ("428607008", "環境")):
        _, item = one({**made, "code": coded(code, None, "http://snomed.info/sct", "none known")})
        check("3.3.01 none of one kind: %s" % code, (item["category"], item.get("warning"), said(item, "「なし」の記載はこの分類のみ：" + kind)), (kind, None, []))
    check("3.3.01 none at all", one({**made, "code": coded("716186003", None, "http://snomed.info/sct")})[1].get("warning"), "none-stated")
    record, item = one({**made, "encounter": {"display": "受診甲"}})
    check("3.3.02 patient, encounter", (record["patient"], "受診甲" in str(record)), ("00012345", True))
    _, item = one({**made, "category": ["food", "medication", "environment", "biologic", "other"]})
    check("3.3.03 categories", item["category"], "食品\n医薬品\n環境\n生物製剤\nother")
    _, item = one({**made, "type": "intolerance", "criticality": "unable-to-assess"})
    check("3.3.04 type, criticality", (said(item, "種類：intolerance", "重篤度（危険度）：unable-to-assess"), "severity" in item), ([], False))
    for clinical, verified, wanted in (("active", "unconfirmed", ("active", True)), ("inactive", "confirmed", ("completed", True)), ("resolved", None, ("completed", True)),
                                       (None, None, ("unknown", True)), ("active", "refuted", ("cancelled", False)), (None, "entered-in-error", ("entered-in-error", False))):
        more = {"clinicalStatus": coded(clinical) if clinical else None, "verificationStatus": coded(verified) if verified else None}
        record, _ = one({**made, **more})
        check("3.3.05 %s, %s" % (clinical, verified), (record["status"], record["live"]), wanted)
    reaction = {"manifestation": [{"text": "発疹"}], "substance": {"text": "卵白"}, "severity": "severe", "onset": "2001", "exposureRoute": {"text": "経口"}, "description": "全身"}
    _, item = one({**made, "reaction": [reaction]})
    check("3.3.06 reaction", (item["reaction"], item["severity"], said(item, "反応を起こした物質：卵白", "曝露経路：経口", "反応の日時：2001")), ("発疹\n全身", "severe", []))
    check("3.3.06 manifestation of R5", one({**made, "reaction": [{"manifestation": [{"concept": {"text": "発疹"}}]}]})[1]["reaction"], "発疹")
    for name, value, wanted in (("onsetDateTime", "2001-02", "2001-02"), ("onsetAge", {"value": 3, "unit": "歳"}, "3 歳"), ("onsetPeriod", {"start": "2001"}, "2001 – "),
                                ("onsetRange", {"low": {"value": 1, "unit": "歳"}}, "1 歳 – "), ("onsetString", "幼少時", "幼少時")):
        check("3.3.07 %s" % name, one({**made, name: value})[1]["onset"], wanted)
    record, item = one({**made, "recordedDate": "2025-11-01", "lastOccurrence": "2024"})
    check("3.3.07 recorded, last", (record["at"], said(item, "最終発現：2024")), ("2025-11-01", []))
    record, item = one({**made, "note": [{"text": "備考"}], "recorder": {"display": "登録者"}, "asserter": {"display": "本人"}})
    check("3.3.08 note, recorder, asserter", (said(item, "備考"), record["author"], item["by"]), ([], "登録者", "本人"))


def of_diseases():
    def disease(**more):
        return {"resourceType": "Condition", "id": "x", "subject": {"reference": "Patient/p"}, **{"clinicalStatus": coded("active"), "code": {"text": "肺炎"}, **more}}
    _, item = one(disease(code={"text": "腰痛", "coding": [{"code": "1", "display": "腹痛症"}]}))
    check("3.4.01 text and another display", (item["name"], item["code"], item["other_name"]), ("腰痛", "1", "腹痛症"))
    def modified(text=None):
        return {**({} if text is None else {"text": text}), "coding": [{"code": "1", "display": "肺炎"}], "extension": [
            {"url": JP + "JP_Condition_DiseasePrefixModifier", "valueCodeableConcept": {"text": "右"}},
            {"url": JP + "JP_Condition_DiseasePostfixModifier", "valueCodeableConcept": {"text": "の疑い"}}]}
    _, item = one(disease(code=modified(), verificationStatus=coded("confirmed")))
    check("3.4.02 prefix, name, postfix; suspected against the status", (item["name"], item["suspected"]), ("右肺炎の疑い", "疑い"))
    check("3.4.02 the text as it stands", one(disease(code=modified("肺炎")))[1]["name"], "肺炎")
    for clinical, verified, wanted in (("active", "confirmed", ("active", True)), ("recurrence", None, ("active", True)), ("relapse", None, ("active", True)),
                                       ("resolved", None, ("completed", True)), ("remission", None, ("completed", True)), ("inactive", None, ("completed", True)),
                                       (None, None, ("unknown", True)), ("active", "refuted", ("cancelled", False)), ("active", "entered-in-error", ("entered-in-error", False))):
        record, item = one(disease(clinicalStatus=coded(clinical) if clinical else None, verificationStatus=coded(verified) if verified else None))
        check("3.4.03 %s, %s" % (clinical, verified), (record["status"], record["live"]), wanted)
    for word in ("unconfirmed", "provisional", "differential"):
        record, item = one(disease(verificationStatus=coded(word)))
        check("3.4.03 %s" % word, (item["suspected"], record["live"]), (word, True))
    for system in ("http://terminology.hl7.org/CodeSystem/v2-0241", "http://jpfhir.jp/fhir/core/CodeSystem/JP_ConditionDiseaseOutcomeHL70241_CS",
                   "http://jpfhir.jp/fhir/core/CodeSystem/JP_ConditionDiseaseOutcomeReceipt_CS"):
        _, item = one(disease(extension=[{"url": JP + "JP_Condition_DiseaseOutcome", "valueCodeableConcept": coded("2", None, system, "治ゆ")}]))
        check("3.4.04 outcome of %s" % system, (item["outcome"], item["outcome_code"]), ("治ゆ", "2"))
    for code, wanted in (("principal", "主病名"), ("other", None)):
        _, item = one(disease(extension=[{"url": ECS + "JP_eCS_DiagnosisType", "valueCodeableConcept": coded(code, None, "urn:x", "主病名" if wanted else "副病名")}]))
        check("3.4.05 kind %s" % code, item.get("main"), wanted)
    _, item = one(disease(category=[{"text": "プロブレム"}], severity={"text": "重症"}))
    check("3.4.06 category, severity", (item["category"], item["severity"]), ("プロブレム", "重症"))
    record, item = one(disease(onsetDateTime="2025-10", abatementDateTime="2025-11-03", recordedDate="2025-10-02", bodySite=[{"text": "右肺"}], stage=[{"summary": {"text": "I期"}}],
                               evidence=[{"code": [{"text": "陰影"}], "detail": [{"display": "胸部X線"}]}], note=[{"text": "備考"}], recorder={"display": "登録者"}, asserter={"display": "医師"}))
    check("3.4.07 dates", (record["at"], item["start"], item["end"], record["reported_at"], record["status"]), ("2025-10", "2025-10", "2025-11-03", "2025-10-02", "active"))
    check("3.4.07 the rest", (item["site"], record["author"], item["by"], said(item, "病期：I期", "根拠：陰影", "備考"), "胸部X線" in item["comment"]), ("右肺", "登録者", "医師", [], True))


run([of_patients, of_visits, of_allergies, of_diseases])
