#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which element becomes which field of the export: section 4.2 of the reference of FHIR, each pair of each row.

  check-fhir-fields.py TOMOSHIBI

A check is called after its row. What the export calls from and to of a visit are places in SS-MIX2, so that the
period of a visit is its start and end in both.
"""

from fhir_import import allergy, build, bundle, check, entry, patient, patients, records, run

JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
ECS = "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/"
HOT = "http://medis.or.jp/CodeSystem/master-HOT9"
JLAC = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"
BASIC = "http://jami.jp/CodeSystem/MedicationMethodBasicUsage"
STRENGTH = "urn:oid:1.2.392.100495.20.2.22"
JANIS = "urn:oid:1.2.392.100495.10.3.100.5.11.5.2"
RP = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber"


def coded(code, system=None, text=None, display=None):
    coding = {"code": code, **({} if system is None else {"system": system}), **({} if display is None else {"display": display})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def amount(value, unit, **more):
    return {"value": value, "unit": unit, **more}


def of(type, subject="subject", /, **more):
    return {"resourceType": type, "id": "x", subject: {"reference": "Patient/p"}, **more}


def made(resource, *others, options=()):
    """Records of the resource "x"."""
    lines, _ = build({"x.ndjson": [patient(), resource, *others]}, *options)
    return [r for r in records(lines) if r.get("resource", "").endswith("/x") or r["source"].get("entry") == "line 2"]


def fields(name, resource, kind, wanted, head=(), *others, absent=(), n=None):
    """Its first record is of @kind, has @head; its first item has @wanted, and nothing of @absent. @n: items"""
    found = made(resource, *others)
    if not found:
        check(name, "no record", kind)
        return
    record, items = found[0], found[0]["items"] + [{}]
    check(name + ": kind", record["kind"], kind)
    check(name, {key: items[0].get(key) for key in wanted}, wanted)
    check(name + ": record", {key: record.get(key) for key in dict(head)}, dict(head))
    check(name + ": absent", [key for key in absent if key in items[0] or key in record], [])
    if n is not None:
        check(name + ": items", len(record["items"]), n)


def items_of(resource, *names):
    found = made(resource)
    return [tuple(item.get(name) for name in names) for item in found[0]["items"]] if found else None


# ---- people and visits ---------------------------------------------------------------------------------

def of_patients():
    """4.2.01: name by IDE, kana by SYL, sex in one letter, the rest as written; a blood group only where somebody says one."""
    def named(text, code):
        return {"text": text, "extension": [{"url": REPRESENTATION, "valueCode": code}]}
    names = [named("Shiken Taro", "ABC"), named("シケン　タロウ", "SYL"), named("試験　太郎", "IDE")]
    for order in (names, names[::-1]):
        person = patient(name=order, birthDate="1950-01", address=[{"text": "東京都千代田区１－１"}], telecom=[{"system": "phone", "value": "０３－1234"}])
        lines, _ = build({"x.ndjson": [person]})
        found = list(patients(lines).values())[0]
        check("4.2.01 patient", {key: found.get(key) for key in ("name", "kana", "birth_date", "address", "phone", "sex", "blood_type")},
              {"name": "試験　太郎", "kana": "シケン　タロウ", "birth_date": "1950-01", "address": "東京都千代田区１－１", "phone": "０３－1234",
               "sex": "M", "blood_type": None})
    for gender, sex in (("male", "M"), ("female", "F"), ("other", "O"), ("unknown", "U"), (None, None)):
        lines, _ = build({"x.ndjson": [patient(gender=gender)]})
        check("4.2.01 sex %s" % gender, list(patients(lines).values())[0].get("sex"), sex)
    bare = {"resourceType": "Patient", "id": "p", "identifier": patient()["identifier"]}
    lines, _ = build({"x.ndjson": [bare]})
    check("4.2.01 what is not there", sorted(set(list(patients(lines).values())[0]) - {"type", "id", "facility", "demographics_from", "allergies"}), [])
    group = of("Observation", status="final", code=coded("5H010000001999911", JLAC), effectiveDateTime="2025-11-20", valueString="Ａ（＋）")
    lines, _ = build({"x.ndjson": [patient(), group]})
    check("4.2.01 blood group", list(patients(lines).values())[0].get("blood_type"), "Ａ（＋） (2025-11-20)")


def of_visits():
    """4.2.02: what it is by class and status, where by the chain of places, who attends, when, where to."""
    bed = [{"resourceType": "Location", "id": "b", "name": "3ベッド", "physicalType": coded("bd"), "partOf": {"reference": "Location/r"}},
           {"resourceType": "Location", "id": "r", "name": "501号", "physicalType": coded("ro"), "partOf": {"reference": "Location/w"}},
           {"resourceType": "Location", "id": "w", "name": "東5病棟", "physicalType": coded("wa")}]
    visit = of("Encounter", status="finished", period={"start": "2025-11-01T10:00:00+09:00", "end": "2025-11-09"}, **{"class": {"code": "IMP"}},
               location=[{"location": {"reference": "Location/b"}, "status": "completed"}], serviceType={"text": "内科"},
               participant=[{"type": [coded("ADM")], "individual": {"display": "入院医"}}, {"type": [coded("ATND")], "individual": {"display": "主治医"}}],
               hospitalization={"dischargeDisposition": coded("home", text="自宅")})
    fields("4.2.02 encounter", visit, "encounter",
           {"event": "入院（finished）", "event_code": "IMP", "ward": "東5病棟", "room": "501号", "bed": "3ベッド", "doctor": "主治医",
            "start": "2025-11-01T10:00:00+09:00", "end": "2025-11-09", "disposition": "自宅", "disposition_code": "home", "status": "finished"},
           {"department": "内科", "at": "2025-11-01T10:00:00+09:00", "status": "completed"}, *bed)
    fields("4.2.02 bare", of("Encounter", status="planned", **{"class": {"code": "AMB"}}), "encounter", {"event": "外来（planned）"}, {"status": "planned"},
           absent=("ward", "room", "bed", "doctor", "department", "start", "end", "at", "disposition"))


# ---- allergies and problems ----------------------------------------------------------------------------

def of_allergies():
    """4.2.03: severity is that of the reaction; how dangerous it is is another thing; what IAM-6 says has no place."""
    one = allergy("卵", id="x", category=["food"], criticality="high", onsetDateTime="2001", note=[{"text": "備考の語"}],
                  verificationStatus=coded("unconfirmed", display="未確認"),
                  reaction=[{"severity": "mild", "manifestation": [{"text": "発疹"}], "description": "全身に"}])
    one["code"] = {"text": "卵", "coding": [{"system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS", "code": "J9FC1", "display": "卵"}]}
    fields("4.2.03 allergy", one, "allergy", {
        "category": "食品", "substance": "卵", "code": "J9FC1", "system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS",
        "severity": "mild", "reaction": "発疹\n全身に", "onset": "2001"}, absent=("action",))
    item = made(one)[0]["items"][0]
    check("4.2.03 comment", [word in item["comment"].split("\n") for word in ("備考の語", "確認状況：未確認", "重篤度（危険度）：high")], [True] * 3)
    fields("4.2.03 bare", allergy("卵", id="x", criticality="high"), "allergy", {"substance": "卵"},
           absent=("action", "severity", "category", "code", "system", "reaction", "onset", "at"))


def of_problems():
    """4.2.04: names, whether suspected or main, from when to when, how it ended."""
    modifiers = [{"url": JP + "JP_Condition_DiseasePrefixModifier", "valueCodeableConcept": coded("1", display="急性")},
                 {"url": JP + "JP_Condition_DiseasePostfixModifier", "valueCodeableConcept": coded("2", display="の疑い")}]
    outcome = {"url": JP + "JP_Condition_DiseaseOutcome", "valueCodeableConcept": coded("2", text="治ゆ")}
    main = {"url": ECS + "JP_eCS_DiagnosisType", "valueCodeableConcept": coded("principal", display="主病名")}
    master = "http://medis.or.jp/CodeSystem/master-disease-keyNumber"
    def condition(code, **more):
        return of("Condition", code=code, **{"clinicalStatus": coded("active"), "verificationStatus": coded("confirmed"), **more})
    fields("4.2.04 problem", condition(coded("20054321", master, "右肺炎", "肺炎"), extension=[outcome, main], onsetDateTime="2025-10", abatementDateTime="2025-11-03"),
           "problem", {"name": "右肺炎", "code": "20054321", "system": master, "main": "主病名", "start": "2025-10", "end": "2025-11-03", "outcome": "治ゆ"},
           {"at": "2025-10"}, absent=("suspected",))
    fields("4.2.04 name of its parts", condition({**coded("1", master, display="肺炎"), "extension": modifiers}), "problem",
           {"name": "急性肺炎の疑い", "suspected": "疑い"}, absent=("main", "start", "end", "at"))
    for word, wanted in (("unconfirmed", "unconfirmed"), ("provisional", "provisional"), ("differential", "differential"), ("confirmed", None)):
        fields("4.2.04 suspected %s" % word, condition({"text": "肺炎"}, verificationStatus=coded(word)), "problem", {"suspected": wanted})
    fields("4.2.04 clinicalStatus where no outcome is told", condition({"text": "肺炎"}, clinicalStatus=coded("resolved")), "problem",
           {"outcome": "resolved"}, absent=("end", "outcome_code"))
    fields("4.2.04 clinicalStatus as it is written", condition({"text": "肺炎"}), "problem", {"outcome": "active"})
    fields("4.2.04 neither", of("Condition", code={"text": "肺炎"}), "problem", {"name": "肺炎"}, absent=("outcome",))
    fields("4.2.04 onset as a period", condition({"text": "肺炎"}, onsetPeriod={"start": "2024", "end": "2025"}), "problem", {"start": "2024 – 2025"})
    fields("4.2.04 onset in words", condition({"text": "肺炎"}, onsetString="幼少時"), "problem", {"start": "幼少時"})


# ---- drugs ---------------------------------------------------------------------------------------------

def prescribed(dosage=(), /, **more):
    return of("MedicationRequest", status="active", intent="order", authoredOn="2025-11-20", medicationCodeableConcept=coded("620000001", HOT, "甲錠"),
              **({"dosageInstruction": [dict(dosage)]} if dosage else {}), **more)


def dose(*list, **more):
    return {"text": "毎食後", "doseAndRate": [*list], **more}


DAY = {"value": 1, "unit": "日", "code": "d", "system": "http://unitsofmeasure.org"}


def of_prescriptions():
    """4.2.05: each field of a prescription."""
    whole = prescribed(dose({"doseQuantity": amount("1.50", "錠"), "rateRatio": {"numerator": amount(3, "錠"), "denominator": DAY},
                             "type": coded("1", STRENGTH, display="製剤量")},
                            timing={"code": coded("1013044400000000", "http://jami.jp/CodeSystem/MedicationUsage", display="１日３回毎食後"),
                                    "repeat": {"boundsPeriod": {"start": "2025-11-21", "end": "2025-12-20"}}},
                            additionalInstruction=[{"text": "隔日"}], site={"text": "左上腕"}, route=coded("PO", display="口"),
                            extension=[{"url": JP + "JP_MedicationDosage_UsageDuration", "valueDuration": amount(14, "日", code="d")}]),
                       identifier=[{"system": RP, "value": "02"}], note=[{"text": "備考の語"}],
                       dispenseRequest={"quantity": amount(42, "錠"), "numberOfRepeatsAllowed": 2, "expectedSupplyDuration": amount(14, "日", code="d"), "extension": [
                           {"url": JP + "JP_MedicationRequest_DispenseRequest_ExpectedRepeatCount", "valueInteger": 10},
                           {"url": JP + "JP_MedicationRequest_DispenseRequest_InstructionForDispense", "valueCodeableConcept": {"text": "粉砕"}}]})
    fields("4.2.05 prescription", whole, "prescription", {
        "rp": "02", "drug": "甲錠", "code": "620000001", "system": HOT, "dose": "1.50", "dose_unit": "錠", "per_day": "3", "per_day_unit": "錠",
        "total": "42", "total_unit": "錠", "usage": "毎食後\n１日３回毎食後", "usage_code": "1013044400000000", "days": "14", "times": "10",
        "start": "2025-11-21", "end": "2025-12-20", "route": "口", "repeats": "2", "site": "左上腕", "instruction": "隔日"},
        {"at": "2025-11-20", "title": "甲錠"}, absent=("dose_max",))
    comment = made(whole)[0]["items"][0]["comment"].split("\n")
    check("4.2.05 comment", [word in comment for word in ("備考の語", "製剤量", "調剤：粉砕")], [True] * 3)
    fields("4.2.05 bare", prescribed(), "prescription", {"drug": "甲錠"}, absent=(
        "rp", "dose", "dose_unit", "dose_max", "per_day", "per_day_unit", "total", "total_unit", "form", "usage", "usage_code", "days", "times",
        "start", "end", "route", "repeats"))


def of_doses():
    """4.2.05: a dose only where there is one; a daily amount only of exactly one day."""
    one, two = {"doseQuantity": amount(4, "錠")}, {"doseQuantity": amount(2, "錠")}
    fields("4.2.05 one doseAndRate", prescribed(dose(one)), "prescription", {"dose": "4", "dose_unit": "錠"}, absent=("per_day", "comment"))
    fields("4.2.05 several", prescribed(dose(one, two)), "prescription", {"comment": "用量：4 錠\n用量：2 錠", }, absent=("dose", "dose_unit", "dose_max"))
    fields("4.2.05 none", prescribed(dose()), "prescription", {"usage": "毎食後"}, absent=("dose", "dose_unit"))
    range = {"doseRange": {"low": amount(1, "錠"), "high": amount(2, "錠")}}
    fields("4.2.05 range", prescribed(dose(range)), "prescription", {"dose": "1", "dose_max": "2", "dose_unit": "錠"})
    def rate(**denominator):
        return prescribed(dose({"rateRatio": {"numerator": amount(3, "錠"), "denominator": denominator}}))
    for name, denominator, wanted in (
            ("a day by its code", {"value": 1, "code": "d"}, "3"), ("a day by its word", {"value": 1, "unit": "日"}, "3"), ("1.0 day", {"value": "1.0", "unit": "d"}, "3"),
            ("two days", {"value": 2, "code": "d"}, None), ("a week", {"value": 1, "code": "wk", "unit": "週"}, None),
            ("no number", {"code": "d"}, None), ("an hour", {"value": 1, "code": "h"}, None)):
        fields("4.2.05 per %s" % name, rate(**denominator), "prescription", {"per_day": wanted, "per_day_unit": "錠" if wanted else None})
    supply = {"expectedSupplyDuration": amount(7, "日", code="d")}
    fields("4.2.05 days of the supply where the dosage has none", prescribed(dose(one), dispenseRequest=supply), "prescription", {"days": "7"})
    for timing, wanted in (({"code": {"text": "食後に"}}, "食後に"), ({"code": coded("1", "x", display="食間")}, "食間"), ({"code": coded("99", "x")}, "99")):
        fields("4.2.05 usage %s" % wanted, prescribed({"timing": timing}), "prescription", {"usage": wanted})
    drug = of("MedicationRequest", status="active", intent="order", medicationReference={"reference": "#m"}, contained=[
        {"resourceType": "Medication", "id": "m", "code": {"text": "甲"}, "form": {"text": "散剤"}}])
    fields("4.2.05 form", drug, "prescription", {"drug": "甲", "form": "散剤"}, absent=("at",))
    period = {"extension": [{"url": JP + "JP_MedicationDosage_PeriodOfUse", "valuePeriod": {"start": "2025-11-22"}}], "text": "x"}
    fields("4.2.05 start of PeriodOfUse", prescribed(period), "prescription", {"start": "2025-11-22"}, absent=("end",))


def of_handed_and_taken():
    """4.2.05: what the pharmacy handed out and what he says he takes are kinds of their own."""
    handed = of("MedicationDispense", status="completed", medicationCodeableConcept=coded("620000001", HOT, "甲錠"), whenHandedOver="2025-11-21",
                quantity=amount(42, "錠"), daysSupply=amount(14, "日", code="d"), dosageInstruction=[dose({"doseQuantity": amount(1, "錠")})])
    fields("4.2.05 dispense", handed, "dispense", {"drug": "甲錠", "code": "620000001", "system": HOT, "dose": "1", "dose_unit": "錠", "total": "42", "total_unit": "錠",
                                                   "days": "14", "usage": "毎食後", "dispensed_at": "2025-11-21"}, {"at": "2025-11-21"}, absent=("given_at",))
    taken = of("MedicationStatement", status="active", medicationCodeableConcept=coded("620000001", HOT, "甲錠"), dateAsserted="2025-11-21",
               effectivePeriod={"start": "2025-10", "end": "2025-12"}, dosage=[dose({"doseQuantity": amount(1, "錠")})])
    fields("4.2.05 statement", taken, "statement", {"drug": "甲錠", "code": "620000001", "dose": "1", "dose_unit": "錠", "usage": "毎食後", "start": "2025-10", "end": "2025-12"},
           absent=("given_at", "dispensed_at"))


def of_injections():
    """4.2.06: by any of the signs; an item for each drug of the bag, in the order of their numbers."""
    def in_bag(number, name, value, active=None):
        return {"itemCodeableConcept": coded("62%d" % number, HOT, name), "strength": {"numerator": amount(value, "mL"), "denominator": amount(1, "回", code="TIME")},
                "extension": [{"url": JP + "JP_Medication_Ingredient_DrugNo", "valueInteger": number}], **({} if active is None else {"isActive": active})}
    bag = {"resourceType": "Medication", "id": "m", "ingredient": [in_bag(2, "乙注", 10), in_bag(1, "生食", 100, False)],
           "amount": {"numerator": amount(110, "mL"), "denominator": amount(1, "回")}}
    rate = {"rateRatio": {"numerator": amount(50, "mL"), "denominator": {"value": 1, "unit": "h", "code": "h"}}}
    order = of("MedicationRequest", status="active", intent="order", authoredOn="2025-11-20", medicationReference={"reference": "#m"}, contained=[bag],
               identifier=[{"system": RP, "value": "1"}],
               dosageInstruction=[{"method": coded("30", BASIC.replace("BasicUsage", "DetailUsage"), display="静脈注射"), "route": coded("IV", display="静脈内"),
                                   "timing": {"event": ["2025-11-21T10:00:00+09:00"]}, "doseAndRate": [rate],
                                   "extension": [{"url": JP + "JP_MedicationDosage_Device", "valueCodeableConcept": {"text": "シリンジポンプ"}}]}])
    check("4.2.06 injection", items_of(order, "drug", "code", "system", "amount", "amount_unit", "component", "volume", "volume_unit", "rate", "rate_unit",
                                       "start", "route", "device", "method", "rp"),
          [("生食", "621", HOT, "100", "mL", "基剤（溶媒）", "110", "mL", "50", "mL/h", "2025-11-21T10:00:00+09:00", "静脈内", "シリンジポンプ", "静脈注射", "1"),
           ("乙注", "622", HOT, "10", "mL", None, "110", "mL", "50", "mL/h", "2025-11-21T10:00:00+09:00", "静脈内", "シリンジポンプ", "静脈注射", "1")])
    def kind(dosage, **more):
        return made(prescribed(dosage, **more))[0]["kind"]
    plain = {"text": "x"}
    check("4.2.06 basic usage 3", kind({**plain, "method": coded("3", BASIC)}), "injection")
    check("4.2.06 route", kind({**plain, "route": coded("SC", "http://jpfhir.jp/fhir/core/CodeSystem/route-codes")}), "injection")
    check("4.2.06 profile", kind(plain, meta={"profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_MedicationRequest_Injection"]}), "injection")
    mixture = of("MedicationRequest", status="active", intent="order", medicationReference={"reference": "#m"}, contained=[bag])
    check("4.2.06 mixture", made(mixture)[0]["kind"], "injection")
    check("4.2.06 cannot be told", kind(plain), "prescription")
    def with_rate(one, **more):
        return prescribed({**plain, "method": coded("3", BASIC), "doseAndRate": [one], **more})
    two_hours = {"rateRatio": {"numerator": amount(100, "mL"), "denominator": {"value": 2, "unit": "h", "code": "h"}}}
    fields("4.2.06 a rate of two hours", with_rate(two_hours), "injection", {"rate": "100", "rate_unit": "mL/2 h"}, absent=("per_day",))
    fields("4.2.06 rateQuantity", with_rate({"rateQuantity": amount(20, "mL/h")}), "injection", {"rate": "20", "rate_unit": "mL/h"})
    bounds = {"timing": {"repeat": {"boundsPeriod": {"start": "2025-11-21", "end": "2025-11-22"}}}}
    fields("4.2.06 start and end", with_rate({"rateQuantity": amount(20, "mL/h")}, **bounds), "injection", {"start": "2025-11-21", "end": "2025-11-22"})
    in_millilitres = {**order, "contained": [{key: value for key, value in bag.items() if key != "amount"}], "dosageInstruction": [
        {"method": coded("3", BASIC), "doseAndRate": [{"doseQuantity": amount(110, "mL")}]}]}
    fields("4.2.06 volume of the dose", in_millilitres, "injection", {"volume": "110", "volume_unit": "mL", "amount": "100"}, absent=("dose",))


def of_administrations():
    """4.2.07: what was given, when, by whom; nothing else makes an administration."""
    given = of("MedicationAdministration", status="completed", medicationCodeableConcept=coded("620000001", HOT, "甲注"),
               effectivePeriod={"start": "2025-11-20T10:00:00+09:00", "end": "2025-11-20T10:20:00+09:00"},
               dosage={"dose": amount(50, "mL"), "route": coded("IV", display="静脈内")}, performer=[{"actor": {"display": "看護師甲"}}], reasonCode=[{"text": "発熱"}])
    fields("4.2.07 administration", given, "administration", {
        "drug": "甲注", "code": "620000001", "system": HOT, "amount": "50", "amount_unit": "mL", "given_at": "2025-11-20T10:00:00+09:00",
        "given_until": "2025-11-20T10:20:00+09:00", "status": "completed", "by": "看護師甲", "route": "静脈内", "reason": "発熱"})
    at_once = {key: value for key, value in given.items() if key not in ("effectivePeriod", "reasonCode", "performer")}
    fields("4.2.07 at one time", {**at_once, "effectiveDateTime": "2025-11-20", "status": "not-done", "statusReason": [{"text": "拒否"}]}, "administration",
           {"given_at": "2025-11-20", "status": "not-done", "reason": "拒否"}, {"live": False}, absent=("given_until", "by"))


# ---- results -------------------------------------------------------------------------------------------

def result(**more):
    return of("Observation", **{"status": "final", "category": [coded("laboratory")], "effectiveDateTime": "2025-11-20T08:00:00+09:00",
                                "code": coded("3H015000002326101", JLAC, "K"), **more})


def of_labs():
    """4.2.08: the value with its comparator, the range as it is said, each part an item."""
    whole = result(valueQuantity={"comparator": "<", "value": "0.10", "unit": "mEq/L"}, specimen={"display": "血清"},
                   interpretation=[coded("H")], referenceRange=[{"low": amount("3.60", "mEq/L"), "high": amount("5.0", "mEq/L")}])
    fields("4.2.08 lab", whole, "lab", {"name": "K", "code": "3H015000002326101", "system": JLAC, "value": "<0.10", "unit": "mEq/L", "range": "3.60 - 5.0",
                                        "flag": "H", "status": "final", "specimen": "血清"}, {"at": "2025-11-20T08:00:00+09:00"}, absent=("group",))
    fields("4.2.08 range in words", result(valueString="(-)", referenceRange=[{"text": "陰性"}]), "lab", {"value": "(-)", "range": "陰性"}, absent=("unit", "flag"))
    parts = result(code={"text": "血算"}, component=[{"code": {"text": "WBC"}, "valueString": "1"}, {"code": {"text": "RBC"}, "valueString": "2"}])
    check("4.2.08 components", [one for one in items_of(parts, "name", "value", "group") if one[1]], [("WBC", "1", "血算"), ("RBC", "2", "血算")])
    panel = of("Observation", status="final", category=[coded("laboratory")], code={"text": "肝機能"}, effectiveDateTime="2025-11-20",
               hasMember=[{"reference": "Observation/m"}])
    member = {**result(valueString="30", code={"text": "AST"}), "id": "m"}
    lines, _ = build({"x.ndjson": [patient(), panel, member]})
    found = [item for r in records(lines, "lab") for item in r["items"] if item.get("value") == "30"]
    check("4.2.08 group of the panel", [(item["name"], item.get("group")) for item in found], [("AST", "肝機能")])
    report = of("DiagnosticReport", status="final", code={"text": "生化学"}, issued="2025-11-20T09:00:00Z", result=[{"reference": "Observation/m"}])
    lines, _ = build({"x.ndjson": [patient(), report, member]})
    check("4.2.08 group of the report", [item.get("group") for r in records(lines, "lab") for item in r["items"]], ["生化学"])


def of_cultures():
    """4.2.09: an item for each organism and drug."""
    system = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MicrobiologyCategory_CS"
    def part(id, kind, **more):
        return {"resourceType": "Observation", "id": id, "status": "final", "subject": {"reference": "Patient/p"}, "category": [coded(kind, system)],
                "effectiveDateTime": "2025-11-20", "specimen": {"display": "喀痰"}, **more}
    tree = [part("panel", "organism-panels", code={"text": "菌"}, hasMember=[{"reference": "Observation/o"}, {"reference": "Observation/s"}]),
            part("o", "organism", code={"text": "同定菌"}, valueCodeableConcept=coded("1303", "urn:oid:1.2.392.100495.10.3.100.5.27.6.1", "MRSA")),
            part("s", "susceptibility-panels", code={"text": "感受性"}, hasMember=[{"reference": "Observation/d1"}, {"reference": "Observation/d2"}]),
            part("d1", "susceptibility-measurements", code=coded("1606", JANIS, "VCM"), valueQuantity={"comparator": "<=", "value": 1, "unit": "ug/mL"}, interpretation=[coded("S")]),
            part("d2", "susceptibility-measurements", code=coded("1208", JANIS, "CEZ"), interpretation=[coded("R")])]
    report = of("DiagnosticReport", status="final", code=coded("18725-2", "http://loinc.org", "細菌検査"), issued="2025-11-21T00:00:00Z",
                result=[{"reference": "Observation/panel"}])
    lines, _ = build({"x.ndjson": [patient(), report, *tree]})
    found = {(item.get("specimen"), item.get("organism"), item.get("organism_code"), item.get("code"), item.get("drug"), item.get("result"), item.get("value"), item.get("unit"), item.get("status"))
             for r in records(lines, "microbiology") for item in r["items"] if "drug" in item}
    check("4.2.09 microbiology", sorted(found, key=lambda one: one[4]), [
        ("喀痰", "MRSA", "1303", "1208", "CEZ", "R", None, None, "final"), ("喀痰", "MRSA", "1303", "1606", "VCM", "S", "<=1", "ug/mL", "final")])
    check("4.2.09 at", {r.get("at") for r in records(lines, "microbiology")}, {"2025-11-20"})


def of_vitals():
    """4.2.10: parts of one panel stay together."""
    both = of("Observation", status="final", category=[coded("vital-signs")], code=coded("85354-9", "http://loinc.org", "血圧"), effectiveDateTime="2025-11-20T08:00:00+09:00",
              component=[{"code": coded("8480-6", "http://loinc.org", "収縮期"), "valueQuantity": amount(120, "mmHg")},
                         {"code": coded("8462-4", "http://loinc.org", "拡張期"), "valueQuantity": amount(80, "mmHg")}])
    check("4.2.10 vital", [one for one in items_of(both, "name", "code", "system", "value", "unit") if one[3]],
          [("収縮期", "8480-6", "http://loinc.org", "120", "mmHg"), ("拡張期", "8462-4", "http://loinc.org", "80", "mmHg")])
    check("4.2.10 one record", [(r["kind"], r["at"]) for r in made(both)], [("vital", "2025-11-20T08:00:00+09:00")])
    weight = of("Observation", status="final", category=[coded("body-measurement")], code={"text": "体重"}, valueQuantity=amount("3.20", "kg"))
    fields("4.2.10 body measurement", weight, "vital", {"name": "体重", "value": "3.20", "unit": "kg"}, absent=("at",))


def of_reports():
    """4.2.11: conclusion, narrative and what its files say; its results are records of their own."""
    report = of("DiagnosticReport", status="final", code={"text": "胸部CT"}, issued="2025-11-20T09:00:00Z", conclusion="結論の語",
                text={"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>叙述の語</div>"},
                presentedForm=[{"contentType": "text/plain", "data": "5pys5paH44Gu6Kqe"}], result=[{"reference": "Observation/m"}])
    lines, _ = build({"x.ndjson": [patient(), report, {**result(valueString="1"), "id": "m"}]})
    found = records(lines, "report")
    check("4.2.11 report", [(r["title"], [word in r["text"] for word in ("結論の語", "叙述の語", "本文の語")], r["items"][0].get("media_type")) for r in found],
          [("胸部CT", [True] * 3, "text/plain")])
    check("4.2.11 results", [r["resource"] for r in records(lines, "lab")], ["Observation/m"])


def of_documents():
    """4.2.12: documents, and notes by their type; any other type is a note."""
    def letter(code, text="本文の語"):
        return of("DocumentReference", status="current", type=coded(code, "http://loinc.org", "題"), date="2025-11-20T09:00:00Z",
                  content=[{"attachment": {"contentType": "text/plain", "data": "5pys5paH44Gu6Kqe"}}])
    fields("4.2.12 document", letter("18842-5"), "document", {"media_type": "text/plain"}, {"title": "題", "text": "本文の語", "at": "2025-11-20T09:00:00Z"})
    for code in ("11506-3", "34108-1", "34112-3", "28623-7"):
        fields("4.2.12 note %s" % code, letter(code), "note", {}, {"title": "題", "text": "本文の語"})
    binary = {**letter("18842-5"), "content": [{"attachment": {"url": "Binary/b"}}]}
    fields("4.2.12 Binary", binary, "document", {}, {"text": "本文の語"}, {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": "5pys5paH44Gu6Kqe"})
    composition = of("Composition", status="final", title="紹介状", date="2025-11-20", type={"text": "診療情報提供書"}, section=[
        {"title": "経過", "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>本文の語</div>"}}])
    fields("4.2.12 Composition", composition, "document", {}, {"title": "紹介状", "at": "2025-11-20"})
    check("4.2.12 its words", "本文の語" in made(composition)[0]["text"], True)
    consent = of("Consent", "patient", status="active", scope=coded("adr"), category=[{"text": "事前指示"}], dateTime="2025-11-20",
                 sourceAttachment={"contentType": "text/plain", "data": "5pys5paH44Gu6Kqe"})
    check("4.2.12 Consent.source", sorted(r["kind"] for r in made(consent) if "本文の語" in r.get("text", "")), ["document"])
    for type, more in (("ClinicalImpression", {"status": "completed", "summary": "語"}), ("QuestionnaireResponse", {"status": "completed", "item": [{"text": "問", "answer": [{"valueString": "語"}]}]}),
                       ("Communication", {"status": "completed", "payload": [{"contentString": "語"}]}), ("List", {"status": "current", "mode": "working", "title": "語"}),
                       ("CarePlan", {"status": "active", "intent": "plan", "title": "語"}), ("Goal", {"lifecycleStatus": "active", "description": {"text": "語"}}),
                       ("Basic", {"code": {"text": "語"}})):
        check("4.2.12 %s" % type, [r["kind"] for r in made(of(type, **more))], ["note"])


# ---- orders and the rest -------------------------------------------------------------------------------

def of_orders():
    """4.2.13: when it is to be, else when it was written."""
    order = of("ServiceRequest", status="active", intent="order", code=coded("C1", "urn:x", "胸部CT"), authoredOn="2025-11-20", occurrenceDateTime="2025-11-25",
               specimen=[{"display": "血清"}], bodySite=[{"text": "胸部"}], requisition={"system": "urn:x", "value": "00123"})
    fields("4.2.13 order", order, "order", {"name": "胸部CT", "code": "C1", "system": "urn:x", "status": "active", "specimen": "血清", "site": "胸部"},
           {"at": "2025-11-25", "order_no": "00123"})
    fields("4.2.13 written", {key: value for key, value in order.items() if key != "occurrenceDateTime"}, "order", {}, {"at": "2025-11-20"})
    fields("4.2.13 DeviceRequest", of("DeviceRequest", status="active", intent="order", codeCodeableConcept={"text": "車椅子"}, authoredOn="2025-11-20"), "order",
           {"name": "車椅子", "status": "active"}, {"at": "2025-11-20"}, absent=("specimen", "site"))
    fields("4.2.13 Task", of("Task", "for", status="requested", intent="order", code={"text": "搬送"}, authoredOn="2025-11-20"), "order", {"name": "搬送", "status": "requested"})


def of_meals():
    """4.2.14: what, from when to when, how thick, and what not."""
    timing = {"repeat": {"boundsPeriod": {"start": "2025-11-20", "end": "2025-11-25"}}}
    meal = of("NutritionOrder", "patient", status="active", intent="order", dateTime="2025-11-19", excludeFoodModifier=[{"text": "卵"}],
              oralDiet={"type": [{"text": "常食"}], "schedule": [timing], "texture": [{"modifier": {"text": "きざみ"}}], "fluidConsistencyType": [{"text": "とろみ"}],
                        "nutrient": [{"modifier": {"text": "食塩"}, "amount": amount(6, "g")}]})
    found = made(meal)[0]
    item = found["items"][0]
    check("4.2.14 meal", (found["kind"], item.get("from"), item.get("to")), ("meal", "2025-11-20", "2025-11-25"))
    check("4.2.14 kind, texture, restriction", ["常食" in str(item.get("kind", item.get("name"))), "きざみ" in item["texture"], "とろみ" in item["texture"], "卵" in item["restriction"],
                                             "食塩" in str(item) and "6 g" in str(item)], [True] * 5)
    del meal["oralDiet"]["schedule"]
    check("4.2.14 from its date", made(meal)[0]["items"][0].get("from"), "2025-11-19")
    check("4.2.14 no end", "to" in made(meal)[0]["items"][0], False)


def of_acts():
    """4.2.15: each resource is its kind, and has its fields."""
    fields("4.2.15 Procedure", of("Procedure", status="completed", code=coded("K1", "urn:x", "胃切除"), performedDateTime="2025-11-20"), "procedure",
           {"name": "胃切除", "code": "K1", "system": "urn:x", "status": "completed"}, {"at": "2025-11-20"})
    fields("4.2.15 ImagingStudy", of("ImagingStudy", status="available", started="2025-11-20", modality=[{"code": "CT"}], description="胸部"), "procedure", {}, {"at": "2025-11-20"})
    fields("4.2.15 Immunization", of("Immunization", "patient", status="completed", vaccineCode=coded("V1", "urn:x", "肺炎球菌"), occurrenceDateTime="2025-11-20",
                                     doseQuantity=amount("0.5", "mL")), "immunization", {"name": "肺炎球菌", "code": "V1", "system": "urn:x"}, {"at": "2025-11-20"})
    check("4.2.15 Immunization: dose", "0.5" in str(made(of("Immunization", "patient", status="completed", vaccineCode={"text": "x"}, doseQuantity=amount("0.5", "mL")))[0]), True)
    fields("4.2.15 Device", of("Device", "patient", type=coded("D1", "urn:x", "ペースメーカ")), "device", {"name": "ペースメーカ", "code": "D1", "system": "urn:x"})
    fields("4.2.15 DeviceUseStatement", of("DeviceUseStatement", status="active", device={"display": "人工関節"}, timingDateTime="2025-11-20"), "device",
           {"name": "人工関節"}, {"at": "2025-11-20"})
    visit = {"resourceType": "Appointment", "id": "x", "status": "booked", "start": "2025-12-09T10:00:00+09:00", "serviceType": [coded("S1", "urn:x", "再診")],
             "participant": [{"actor": {"reference": "Patient/p"}, "status": "accepted"}]}
    fields("4.2.15 Appointment", visit, "appointment", {"name": "再診", "code": "S1", "system": "urn:x"}, {"at": "2025-12-09T10:00:00+09:00"})
    fields("4.2.15 Coverage", of("Coverage", "beneficiary", status="active", type=coded("01", "urn:x", "国保"), subscriberId="１２３"), "coverage",
           {"name": "国保", "code": "01", "system": "urn:x", "value": "１２３"})
    fields("4.2.15 RelatedPerson", of("RelatedPerson", "patient", name=[{"text": "試験　花子"}], relationship=[{"text": "妻"}], telecom=[{"system": "phone", "value": "03"}]),
           "contact", {"name": "試験　花子", "relation": "妻", "phone": "03"})
    fields("4.2.15 CareTeam", of("CareTeam", status="active", name="ICT", participant=[{"member": {"display": "医師甲"}}]), "contact", {})
    lines, _ = build({"x.ndjson": [patient(contact=[{"name": {"text": "試験　花子"}, "relationship": [{"text": "妻"}]}])]})
    check("4.2.15 Patient.contact", [(r["items"][0]["name"], r["items"][0]["relation"]) for r in records(lines, "contact")], [("試験　花子", "妻")])


def of_flags():
    """4.2.16: what stands on the banner."""
    cases = [("Flag", of("Flag", status="active", code=coded("F1", "urn:x", "転倒注意")), "転倒注意"),
             ("Consent", of("Consent", "patient", status="active", category=[{"text": "輸血拒否"}], dateTime="2025-11-20"), "輸血拒否"),
             ("DetectedIssue", of("DetectedIssue", "patient", status="final", code={"text": "併用禁忌"}), "併用禁忌"),
             ("standing DNAR", of("ServiceRequest", status="active", intent="order", code={"text": "DNAR"}), "DNAR"),
             ("ResearchSubject", of("ResearchSubject", "individual", status="on-study", study={"display": "治験甲"}), "治験甲")]
    for name, resource, word in cases:
        found = made(resource)
        check("4.2.16 %s" % name, (found[0]["kind"], word in str(found[0])), ("flag", True))
    over = made(of("ResearchSubject", "individual", status="off-study", study={"display": "治験甲"}))[0]
    check("4.2.16 a study that is over is not active", over["status"] != "active", True)
    check("4.2.16 a study that goes on", made(cases[4][1])[0]["status"], "active")
    check("4.2.16 another order", made(of("ServiceRequest", status="active", intent="order", code={"text": "採血"}))[0]["kind"], "order")


def of_observations():
    """4.2.17: every other result, and what is no problem of his."""
    other = of("Observation", status="final", category=[coded("social-history")], code=coded("72166-2", "http://loinc.org", "喫煙"), valueString="なし", effectiveDateTime="2025-11-20")
    fields("4.2.17 Observation", other, "observation", {"name": "喫煙", "code": "72166-2", "system": "http://loinc.org", "value": "なし"}, {"at": "2025-11-20"})
    cases = [("FamilyMemberHistory", of("FamilyMemberHistory", "patient", status="completed", relationship={"text": "母"}, condition=[{"code": {"text": "糖尿病"}}]), "家族歴"),
             ("AdverseEvent", of("AdverseEvent", actuality="actual", event={"text": "発疹"}), "発疹"),
             ("RiskAssessment", of("RiskAssessment", status="final", code={"text": "褥瘡"}), "褥瘡"),
             ("BodyStructure", of("BodyStructure", "patient", description="左腎なし"), "左腎なし"),
             ("EpisodeOfCare", of("EpisodeOfCare", "patient", status="active", type=[{"text": "透析"}]), "透析")]
    for name, resource, word in cases:
        found = made(resource)
        check("4.2.17 %s" % name, (found[0]["kind"], word in str(found[0])), ("observation", True))
    check("4.2.17 the title of a relative's", made(cases[0][1])[0]["title"], "家族歴：母")


def first_national():
    """4.2 beside the table: more than one coding: the first national one is shown, the others stand beside it."""
    code = {"text": "K", "coding": [{"system": "http://loinc.org", "code": "2823-3", "display": "Potassium"}, {"system": JLAC, "code": "3H015000002326101"},
                                    {"system": "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "code": "3H015"}]}
    item = made(result(code=code, valueString="1"))[0]["items"][0]
    check("4.2 first national", (item["code"], item["system"], item["other_code"].split("\n")), ("3H015000002326101", JLAC, ["2823-3", "3H015"]))


run([of_patients, of_visits, of_allergies, of_problems, of_prescriptions, of_doses, of_handed_and_taken, of_injections, of_administrations,
     of_labs, of_cultures, of_vitals, of_reports, of_documents, of_orders, of_meals, of_acts, of_flags, of_observations, first_national])
