#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drugs: sections 3.5.1, 3.5.3 and 3.5.5 of the reference of FHIR, a check for each row.

  check-fhir-drugs.py TOMOSHIBI
"""

from fhir_import import build, check, findings, patient, records, run

JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
OTHER = "http://jpfhir.jp/fhir/eCS/StructureDefinition/"
MHLW = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/"
STRENGTH = "urn:oid:1.2.392.100495.20.2.22"


def coded(code, text=None, system=None, display=None):
    coding = {"code": code, **({} if system is None else {"system": system}), **({} if display is None else {"display": display})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def amount(value, unit, **more):
    return {"value": value, "unit": unit, **more}


def order(dosage=None, /, type="MedicationRequest", **more):
    return {"resourceType": type, "id": "x", "subject": {"reference": "Patient/p"}, **{"status": "active", "intent": "order", "authoredOn": "2025-11-20",
            "medicationCodeableConcept": {"text": "甲錠"}, **({} if dosage is None else {"dosageInstruction": [dosage]}), **more}}


def one(resource):
    """The record, its first item and the lines of its remarks."""
    lines, _ = build({"x.ndjson": [patient(), resource]})
    record = [r for r in records(lines) if r["resource"].endswith("/x")][0]
    return {**record, "lines": lines}, record["items"][0], record["items"][0].get("comment", "").split("\n")


def dosed(dosage):
    return one(order(dosage))[1:]


# ---- 3.5.1 ---------------------------------------------------------------------------------------------

def of_orders():
    numbers = [{"system": MHLW + "Medication-RPGroupNumber", "value": "02"}, {"system": MHLW + "MedicationAdministrationIndex", "value": "3"},
               {"system": MHLW + "PrescriptionDocumentID", "value": "P7"}]
    record, item, _ = one(order(identifier=numbers))
    check("3.5.1.01 numbers", (item["rp"], item["sub_id"], item["prescription_no"], record["order_no"]), ("02", "3", "P7", "P7"))
    _, item, _ = one(order(identifier=[{"system": "http://jpfhir.jp/fhir/eCS/NamingSystem/rpNumber", "value": "4"}]))
    check("3.5.1.01 numbers of eCS", item["rp"], "4")
    record, item, comment = one(order(status="stopped", statusReason={"text": "発疹"}, priority="stat", category=[coded("BDP", "持参薬")], reportedBoolean=True))
    check("3.5.1.02 state and category", (record["status"], item["reason"], record["priority"], item["category"], "申告による（原処方ではない）" in comment),
          ("stopped", "発疹", "stat", "持参薬", True))
    check("3.5.1.02 doNotPerform", one(order(doNotPerform=True))[0]["warning"], "do-not-perform")
    for intent in ("proposal", "plan", "option"):
        record, _, _ = one(order(intent=intent))
        check("3.5.1.02 intent %s is no order" % intent, (record["status"], record["warning"]), ("planned", "no-order-yet"))
    medication = {"resourceType": "Medication", "id": "m", "code": {"text": "乙錠"}}
    by_reference = {**order(medicationReference={"reference": "#m"}, contained=[medication])}
    del by_reference["medicationCodeableConcept"]
    check("3.5.1.03 concept, reference", (one(order())[1]["drug"], one(by_reference)[1]["drug"]), ("甲錠", "乙錠"))
    record, _, _ = one(order(requester={"display": "処方医"}, recorder={"display": "入力者"}))
    check("3.5.1.04 written, by whom", (record["at"], record["author"], record["entered_by"]), ("2025-11-20", "処方医", "入力者"))
    steps = order(dosageInstruction=[{"sequence": 2, "text": "後"}, {"sequence": 1, "text": "先", "additionalInstruction": [{"text": "隔日"}]}])
    record, item, comment = one(steps)
    check("3.5.1.05 steps in their order", ([i["usage"] for i in record["items"]], item["instruction"], comment), (["先", "後"], "隔日", ["用法：1/2"]))
    supply = {"quantity": amount(42, "錠"), "numberOfRepeatsAllowed": 2, "expectedSupplyDuration": amount(14, "日", code="d"),
              "validityPeriod": {"start": "2025-11-20", "end": "2026-02-20"}, "performer": {"display": "乙薬局"}, "initialFill": {"quantity": amount(7, "錠")}, "extension": [
                  {"url": JP + "JP_MedicationRequest_DispenseRequest_InstructionForDispense", "valueCodeableConcept": {"text": "粉砕"}},
                  {"url": JP + "JP_MedicationRequest_DispenseRequest_ExpectedRepeatCount", "valueInteger": 10}]}
    _, item, comment = one(order({"text": "x"}, dispenseRequest=supply))
    check("3.5.1.06 total", (item["total"], item["total_unit"]), ("42", "錠"))
    check("3.5.1.07 repeats, and no total of them", (item["repeats"], "126" in str(item)), ("2", False))
    check("3.5.1.08 days, validity, pharmacy", (item["days"], "有効期間：2025-11-20 – 2026-02-20" in comment, "調剤先：乙薬局" in comment), ("14", True, True))
    check("3.5.1.09 preparation", "調剤：粉砕" in comment, True)
    check("3.5.1.10 times", item["times"], "10")
    check("3.5.1.11 generics", ["後発品：変更不可" in one(order(substitution={"allowedBoolean": False}))[2],
                                "後発品：不可" in one(order(substitution={"allowedCodeableConcept": {"text": "不可"}}))[2]], [True, True])
    record, item, comment = one(order({"text": "x", "patientInstruction": "水で"}, encounter={"display": "受診甲"}, performer={"display": "看護師"},
                                      supportingInformation=[{"display": "検査"}], detectedIssue=[{"display": "併用注意"}], eventHistory=[{"display": "履歴"}], dispenseRequest=supply))
    check("3.5.1.12 what goes with it", ([word in str(record) for word in ("受診甲", "看護師", "検査", "併用注意", "履歴", "水で")], record["warning"], "初回調剤の量：7 錠" in comment),
          ([True] * 6, "detected-issue", True))
    record, item, comment = one(order(priorPrescription={"display": "前回"}, basedOn=[{"display": "計画"}], courseOfTherapyType={"text": "継続"}, note=[{"text": "備考"}],
                                      reasonCode=[{"text": "高血圧"}], insurance=[{"display": "国保"}], groupIdentifier={"system": "urn:x", "value": "G1"},
                                      renderedDosageInstruction="全文"))
    check("3.5.1.13 the rest", ([word in comment for word in ("前回処方：前回", "元の指示：計画", "投与区分：継続", "備考", "用法（全文）：全文")], item["reason"],
                               [word in str(record) for word in ("国保", "G1")]), ([True] * 5, "高血圧", [True] * 2))


# ---- 3.5.3 ---------------------------------------------------------------------------------------------

def of_dosages():
    item, comment = dosed({"text": "１日３回毎食後", "timing": {"code": coded("1", None, "x", "朝食前")}})
    check("3.5.3.01 text first, the code's display beside it", item["usage"], "１日３回毎食後\n朝食前")
    for name in ("JP_MedicationDosage_PeriodOfUse", "JP_MedicationRequest_DosageInstruction_PeriodOfUse", "JP_MedicationRequestPeriodOfUse", "JP_MedicationDosage_PeriodOfUse_eCS"):
        for prefix in (JP, OTHER):
            item, _ = dosed({"text": "x", "extension": [{"url": prefix + name, "valuePeriod": {"start": "2025-11-22"}}]})
            check("3.5.3.02 start by %s" % (prefix + name), item["start"], "2025-11-22")
    for name in ("JP_MedicationDosage_UsageDuration", "JP_MedicationRequest_DosageInstruction_UsageDuration", "JP_MedicationRequestUsageDuration"):
        item, comment = dosed({"text": "x", "extension": [{"url": JP + name, "valueDuration": amount(7, "日", code="d")}],
                               "timing": {"repeat": {"boundsDuration": amount(13, "日", code="d")}}})
        check("3.5.3.03 days taken by %s" % name, (item["days"], "期間：13 日" in comment), ("7", True))
    record, item, _ = one(order({"text": "x", "extension": [{"url": JP + "JP_MedicationDosage_UsageDuration", "valueString": "７日"}]}))
    check("3.5.3.03 as a text", (item["days"], len(findings(record["lines"], "not-understood"))), ("７日", 1))
    item, _ = dosed({"text": "医師の指示通り", "timing": {"code": coded("0X0XXXXXXXXX0000")}})
    check("3.5.3.04 no code", (item["usage"], item["usage_code"]), ("医師の指示通り", "0X0XXXXXXXXX0000"))
    for name, bounds, field in (("Period", {"start": "2025-11-21", "end": "2025-11-30"}, ("2025-11-21", "2025-11-30")), ("Duration", amount(10, "日", code="d"), None),
                                ("Range", {"low": amount(7, "日", code="d"), "high": amount(10, "日", code="d")}, None)):
        item, comment = dosed({"text": "x", "timing": {"repeat": {"bounds" + name: bounds}}})
        check("3.5.3.05 bounds%s" % name, (item.get("start"), item.get("end")) if field else any("10" in line for line in comment), field or True)
    repeat = {"frequency": 3, "frequencyMax": 4, "period": 1, "periodUnit": "d", "count": 6, "dayOfWeek": ["mon"], "timeOfDay": ["08:30:00"], "when": ["ACM", "HS"], "offset": 30}
    usage = dosed({"timing": {"repeat": repeat}})[0]["usage"]
    check("3.5.3.06 structured", [word in usage for word in ("3", "4", "6", "月", "08:30", "朝食前", "就寝前", "30")], [True] * 8)
    item, comment = dosed({"text": "x", "timing": {"event": ["2025-11-21T10:00:00+09:00", "2025-11-22T10:00:00+09:00"]}})
    check("3.5.3.07 times", ["2025-11-2%dT10:00:00+09:00" % n in str(item) for n in (1, 2)], [True, True])
    for code, display, wanted in (("I1100000", "隔日", "I1100000 隔日"), ("V14NNNNN", "４錠", "V14NNNNN ４錠"), ("W0100100", None, "W0100100"), ("XYZ", None, "XYZ")):
        item, _ = dosed({"text": "x", "additionalInstruction": [coded(code, None, "http://jami.jp/CodeSystem/MedicationUsageAdditional", display)]})
        check("3.5.3.08 %s" % code, item["instruction"], wanted)
    need = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationAsNeededConditionJAMI_CS"
    for name, dosage in (("asNeeded", {"text": "x", "asNeededBoolean": True}), ("for", {"text": "x", "asNeededCodeableConcept": {"text": "疼痛時"}}), ("R5", {"text": "x", "asNeeded": True}),
                         ("R5 for", {"text": "x", "asNeededFor": [{"text": "疼痛時"}]}), ("condition", {"text": "x", "timing": {"code": coded("PRNpain", None, need)}}),
                         ("code", {"text": "x", "timing": {"code": coded("1050710000000000")}}), ("text", {"text": "頓用"}), ("text of times", {"text": "疼痛時　１０回分"})):
        check("3.5.3.09 as needed by %s" % name, "頓用" in str({key: value for key, value in dosed(dosage)[0].items() if key not in ("usage", "comment")}), True)
    check("3.5.3.09 not as needed", "頓用" in str(dosed({"text": "毎食後"})[0]), False)
    record, _, comment = one(order({"text": "頓用", "asNeededBoolean": False}))
    check("3.5.3.09 denied against the text", ("頓用の指定：なし" in comment, len(findings(record["lines"], "not-understood"))), (True, 1))
    item, _ = dosed({"text": "x", "route": coded("OP", "点眼"), "method": coded("2H", "点眼", "http://jami.jp/CodeSystem/MedicationMethodDetailUsage"),
                     "site": coded("26R", "眼", "http://jami.jp/CodeSystem/MedicationBodySiteExternal")})
    check("3.5.3.10 way and side", (item["route"], item["method"], item["site"]), ("点眼", "点眼", "眼\nコードでは右"))
    for code, word, warning in (("1", "製剤量", None), ("2", "原薬量", "ingredient-amount")):
        item, comment = dosed({"text": "x", "doseAndRate": [{"type": coded(code, None, STRENGTH), "doseQuantity": amount(100, "mg")}]})
        check("3.5.3.11 %s" % word, (word in comment, item.get("warning")), (True, warning))
    item, _ = dosed({"text": "x", "doseAndRate": [{"doseRange": {"low": amount(1, "錠"), "high": amount(2, "錠")}}]})
    check("3.5.3.12 range of one dose", (item["dose"], item["dose_max"], item["dose_unit"]), ("1", "2", "錠"))
    def rated(**denominator):
        return dosed({"text": "x", "doseAndRate": [{"rateRatio": {"numerator": amount(100, "mL"), "denominator": denominator}}]})
    check("3.5.3.13 a day", (rated(value=1, code="d")[0]["per_day"], "rate" in rated(value=1, code="d")[0]), ("100", False))
    check("3.5.3.13 two hours", (rated(value=2, unit="h", code="h")[0]["rate_unit"], "per_day" in rated(value=2, code="h")[0]), ("mL/2 h", False))
    check("3.5.3.13 a week", ("per_day" in rated(value=1, unit="週", code="wk")[0], "100 mL / 1 週" in rated(value=1, unit="週", code="wk")[1]), (False, True))
    item, _ = dosed({"text": "x", "doseAndRate": [{"rateQuantity": amount(20, "mL/h")}]})
    check("3.5.3.14 rateQuantity", (item["rate"], item["rate_unit"]), ("20", "mL/h"))
    item, _ = dosed({"text": "x", "doseAndRate": [{"rateRange": {"low": amount(20, "mL/h"), "high": amount(40, "mL/h")}}]})
    check("3.5.3.14 rateRange", item["rate"], "20 mL/h – 40 mL/h")
    limits = {"maxDosePerPeriod": {"numerator": amount(6, "錠"), "denominator": amount(1, "日", code="d")}, "maxDosePerAdministration": amount(2, "錠"), "maxDosePerLifetime": amount(99, "錠")}
    _, comment = dosed({"text": "x", **limits})
    check("3.5.3.15 limits", [word in comment for word in ("上限：6 錠 / 1 日", "1回の上限：2 錠", "生涯の上限：99 錠")], [True] * 3)
    parts = [{"url": JP + "JP_MedicationDosage_" + name, "valueString": "«%s»" % name} for name in ("LineComment", "RateComment", "DosageComment", "RouteComment", "MethodComment", "SiteComment")]
    parts += [{"url": JP + "JP_MedicationDosage_Line", "valueCodeableConcept": {"text": "主管"}}, {"url": JP + "JP_MedicationDosage_Device", "valueCodeableConcept": {"text": "ポンプ"}}]
    item, comment = dosed({"text": "x", "extension": parts})
    check("3.5.3.16 lines, devices, remarks", (item["device"], "主管" in comment, ["«%s»" % part["url"].split("_")[-1] in comment for part in parts[:6]]), ("ポンプ", True, [True] * 6))
    given = {"resourceType": "MedicationAdministration", "id": "x", "subject": {"reference": "Patient/p"}, "status": "completed", "medicationCodeableConcept": {"text": "甲"},
             "effectiveDateTime": "2025-11-20", "dosage": {"text": "点滴", "site": {"text": "左腕"}, "route": {"text": "静脈内"}, "method": {"text": "点滴静注"}, "dose": amount(50, "mL"),
                                                          "rateRatio": {"numerator": amount(100, "mL"), "denominator": {"value": 1, "unit": "h", "code": "h"}}}}
    _, item, _ = one(given)
    check("3.5.3.17 what was given", [item[name] for name in ("amount", "amount_unit", "rate", "rate_unit", "route", "method", "site")],
          ["50", "mL", "100", "mL/h", "静脈内", "点滴静注", "左腕"])


# ---- 3.5.5 ---------------------------------------------------------------------------------------------

def of_others():
    def handed(**more):
        return one({"resourceType": "MedicationDispense", "id": "x", "subject": {"reference": "Patient/p"}, "status": "completed", "medicationCodeableConcept": {"text": "甲"}, **more})
    record, item, _ = handed(whenHandedOver="2025-11-21", whenPrepared="2025-11-20", quantity=amount(42, "錠"), daysSupply=amount(14, "日", code="d"))
    check("3.5.5.01 dispensed", (record["kind"], record["at"], item["dispensed_at"], item["total"], item["days"], "given_at" in item), ("dispense", "2025-11-21", "2025-11-21", "42", "14", False))
    check("3.5.5.01 prepared alone", handed(whenPrepared="2025-11-20")[0]["at"], "2025-11-20")
    def given(**more):
        return one({"resourceType": "MedicationAdministration", "id": "x", "subject": {"reference": "Patient/p"}, "status": "completed", "medicationCodeableConcept": {"text": "甲"}, **more})
    for name in ("effectiveDateTime", "occurenceDateTime", "occurrenceDateTime"):
        record, item, _ = given(**{name: "2025-11-20"})
        check("3.5.5.02 given, %s" % name, (record["kind"], record["at"], item["given_at"]), ("administration", "2025-11-20", "2025-11-20"))
    record, item, _ = given(status="in-progress", effectivePeriod={"start": "2025-11-20"}, performer=[{"actor": {"display": "看護師"}}])
    check("3.5.5.02 running", (record["status"], item["given_at"], "given_until" in item, item["by"]), ("active", "2025-11-20", False, "看護師"))
    taken = {"resourceType": "MedicationStatement", "id": "x", "subject": {"reference": "Patient/p"}, "status": "active", "medicationCodeableConcept": {"text": "甲"},
             "effectivePeriod": {"start": "2025-10"}, "dateAsserted": "2025-11-21", "informationSource": {"display": "妻"}, "derivedFrom": [{"display": "お薬手帳"}],
             "reasonCode": [{"text": "高血圧"}], "dosage": [{"text": "朝"}], "note": [{"text": "備考"}]}
    record, item, comment = one(taken)
    check("3.5.5.03 taken", (record["kind"], item["start"], item["usage"], item["reason"], [word in str(record["items"]) or word in str(record) for word in ("妻", "お薬手帳", "備考", "2025-11-21")]),
          ("statement", "2025-10", "朝", "高血圧", [True] * 4))


run([of_orders, of_dosages, of_others])
