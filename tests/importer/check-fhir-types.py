#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data types, what a drug is made of, whether it is current, and the time of the data: sections 3.0.2, 3.5.2, 3.5.4
and 5.1 of the reference of FHIR, a check for each row or sentence.

  check-fhir-types.py TOMOSHIBI
"""

from fhir_import import HOSPITAL, allergy, build, check, findings, patient, patients, records, run

JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
HOT = "http://medis.or.jp/CodeSystem/master-HOT9"
JLAC = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"
STRENGTH = "urn:oid:1.2.392.100495.20.2.22"
XHTML = "http://www.w3.org/1999/xhtml"


def of(type, id="x", /, **more):
    return {"resourceType": type, "id": id, "subject": {"reference": "Patient/p"}, **more}


def result(**more):
    return of("Observation", **{"status": "final", "category": [{"coding": [{"code": "laboratory"}]}], "code": {"text": "K"},
                                "effectiveDateTime": "2025-11-20", **more})


def made(resource, *others):
    """Its record, the record's first item, and all lines."""
    lines, _ = build({"x.ndjson": [patient(), resource, *others]})
    record = [r for r in records(lines) if r.get("resource", "").endswith("/x")][0]
    return record, record["items"][0], lines


def shown(item, *names):
    return tuple(item.get(name) for name in names)


def amount(value, unit, **more):
    return {"value": value, "unit": unit, **more}


# ---- 3.0.2 ---------------------------------------------------------------------------------------------

def of_concepts():
    """Text first, then what the user chose, then the first display, then the code in brackets; a display that differs stays."""
    first, chosen = {"system": HOT, "code": "1", "display": "初"}, {"system": "urn:x", "code": "2", "display": "選", "userSelected": True}
    cases = [("text", {"text": "語", "coding": [first, chosen]}, "語"), ("chosen by the user", {"coding": [first, chosen]}, "選"),
             ("first display", {"coding": [{"code": "0"}, first]}, "初"), ("code", {"coding": [{"system": "urn:x", "code": "007"}]}, "[007]")]
    for name, concept, wanted in cases:
        check("3.0.2.01 %s" % name, made(result(code=concept, valueString="1"))[1]["name"], wanted)
    for text, display, other in (("腰痛", "腹痛症", "腹痛症"), ("ＣＲＰ", "CRP ", None), ("腰　痛", "腰痛", None)):
        item = made(result(code={"text": text, "coding": [{"system": HOT, "code": "1", "display": display}]}, valueString="1"))[1]
        check("3.0.2.01 %s and %s" % (text, display), shown(item, "name", "other_name"), (text, other))
    item = made(result(code={"text": "K"}, valueCodeableConcept={"text": "腰痛", "coding": [{"code": "1", "display": "腹痛症"}]}))[1]
    check("3.0.2.01 as a value", item["value"], "腰痛（腹痛症）")


def of_codings():
    """A code is one only with its system: the code of a blood group is none where another system has it."""
    group = "5H010000001999911"
    for system, wanted in ((JLAC, "A (2025-11-20)"), ("urn:oid:1.2.3.4", None)):
        lines, _ = build({"x.ndjson": [patient(), result(code={"coding": [{"system": system, "version": "9", "code": group, "display": "甲"}]}, valueString="A")]})
        item = records(lines, "lab")[0]["items"][0]
        check("3.0.2.02 %s" % system, (shown(item, "name", "code", "system"), list(patients(lines).values())[0].get("blood_type")), (("甲", group, system), wanted))


def of_identifiers():
    """Zeros in front and full width stay in a value; a system says whose it is, use which one counts."""
    for value in ("000187", "１８７", "A-007"):
        order = of("ServiceRequest", status="active", intent="order", code={"text": "採血"}, requisition={"system": "urn:x", "value": value})
        check("3.0.2.03 value %s" % value, made(order)[0]["order_no"], value)
    old = {"use": "old", "system": HOSPITAL, "value": "00099999", "period": {"end": "2020-01-01"}}
    official = {"use": "official", "system": HOSPITAL, "value": "00012345", "type": {"coding": [{"code": "MR"}]}, "assigner": {"display": "甲病院"}}
    for name, numbers in (("old first", [old, official]), ("old last", [official, old])):
        lines, _ = build({"x.ndjson": [patient(number=None, identifier=numbers), allergy("卵")]})
        check("3.0.2.03 use, %s" % name, [o["id"] for o in patients(lines).values()], ["00012345"])
    insured = {"system": "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID", "value": "00012345"}
    lines, _ = build({"x.ndjson": [patient(number=None, identifier=[insured]), allergy("卵")]})
    check("3.0.2.03 of another system", [o["id"] for o in patients(lines).values()], ["p"])


def of_quantities():
    """Comparator, value and unit as written; the code where there is no unit; nothing converted."""
    cases = [("%s" % sign, {"comparator": sign, "value": "0.10", "unit": "ng/mL"}, (sign + "0.10", "ng/mL")) for sign in ("<", "<=", ">", ">=")]
    cases += [("ad", {"comparator": "ad", "value": "5", "unit": "g"}, ("ad5", "g")), ("zeros", {"value": "3.50", "unit": "mEq/L"}, ("3.50", "mEq/L")),
              ("code for a unit", {"value": 7, "code": "mg/dL", "system": "http://unitsofmeasure.org"}, ("7", "mg/dL")),
              ("unit before code", {"value": 1000, "unit": "ミリグラム", "code": "mg"}, ("1000", "ミリグラム")),
              ("MERIT-9", {"value": 2, "unit": "錠", "code": "TAB", "system": "urn:oid:1.2.392.100495.20.2.101"}, ("2", "錠")), ("no unit", {"value": 7}, ("7", None))]
    for name, quantity, wanted in cases:
        check("3.0.2.04 %s" % name, shown(made(result(valueQuantity=quantity))[1], "value", "unit"), wanted)


def of_ranges():
    """Both ends as they are; a titre is not divided."""
    cases = [("range", {"valueRange": {"low": amount("1.0", "g"), "high": amount("2.50", "g")}}, "1.0 g – 2.50 g"),
             ("without a low end", {"valueRange": {"high": amount(5, "g")}}, " – 5 g"), ("without a high end", {"valueRange": {"low": amount(5, "g")}}, "5 g – "),
             ("titre", {"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, "1:128"),
             ("with units", {"valueRatio": {"numerator": amount(100, "mL"), "denominator": amount(2, "h")}}, "100 mL / 2 h")]
    for name, value, wanted in cases:
        check("3.0.2.05 %s" % name, made(result(**value))[1]["value"], wanted)


def of_waves():
    wave = {"origin": amount(0, "uV"), "period": 10, "dimensions": 1, "data": "2041 2043 2037"}
    item = made(result(valueSampledData=wave))[1]
    check("3.0.2.06 waveform", (item["value"], "2043" in str(item)), ("波形データあり", False))


def of_periods():
    """Without an end nothing ends; without a begin nothing begins."""
    for name, period, wanted in (("both", {"start": "2025-11", "end": "2025-11-20"}, ("2025-11", "2025-11-20")), ("no end", {"start": "2025-11-01"}, ("2025-11-01", None)),
                                 ("no start", {"end": "2025-11-20"}, (None, "2025-11-20"))):
        visit = of("Encounter", status="in-progress", **{"class": {"code": "AMB"}}, period=period)
        check("3.0.2.07 %s" % name, shown(made(visit)[1], "start", "end"), wanted)
    check("3.0.2.07 as a value", made(result(valuePeriod={"start": "2025-11-01"}))[1]["value"], "2025-11-01 – ")


def of_annotations():
    """Words, and who wrote them when; markup is words too."""
    cases = [("text", {"text": "備考"}, "備考"), ("author and time", {"text": "備考", "authorString": "医師甲", "time": "2025-11-20T10:00:00+09:00"}, "備考（医師甲 2025-11-20T10:00:00+09:00）"),
             ("author by reference", {"text": "備考", "authorReference": {"display": "看護師乙"}}, "備考（看護師乙）"), ("time alone", {"text": "備考", "time": "2025"}, "備考（2025）"),
             ("markdown", {"text": "**禁** <b>卵</b> [甲](http://x)"}, "**禁** <b>卵</b> [甲](http://x)")]
    for name, note, wanted in cases:
        check("3.0.2.08 %s" % name, made(result(valueString="1", note=[note]))[1]["comment"], wanted)


def of_names():
    """Kana by its extension; an old or maiden name is not the name; parts where there is no text."""
    kana = {"extension": [{"url": REPRESENTATION, "valueCode": "SYL"}], "text": "シケン　タロウ"}
    main = {"extension": [{"url": REPRESENTATION, "valueCode": "IDE"}], "use": "official", "text": "試験　太郎"}
    cases = [("kana", [kana, main], ("試験　太郎", "シケン　タロウ")), ("parts", [{"family": "試験", "given": ["太郎", "次郎"]}], ("試験　太郎　次郎", None)),
             ("text before parts", [{"text": "試験　太郎", "family": "別", "given": ["人"]}], ("試験　太郎", None))]
    cases += [("%s first" % use, [{"use": use, "text": "旧姓　太郎", "period": {"end": "2000"}}, main], ("試験　太郎", None)) for use in ("old", "maiden")]
    for name, names, wanted in cases:
        lines, _ = build({"x.ndjson": [patient(name=names)]})
        check("3.0.2.09 %s" % name, shown(list(patients(lines).values())[0], "name", "kana"), wanted)


def of_attachments():
    """Its words by data or by a file beside it; another hash is told; the size of R5 is a text."""
    words, data, digest = "本文の語", "5pys5paH44Gu6Kqe", "qIDgoDHuxi/N1PPVgJpabmAiaf4="
    def letter(**more):
        return of("DocumentReference", status="current", type={"text": "紹介状"}, content=[{"attachment": {"contentType": "text/plain", **more}}])
    for name, more in (("data", {"data": data, "title": "題", "creation": "2025-11-20", "language": "ja"}), ("size", {"data": data, "size": 12}), ("size of R5", {"data": data, "size": "12"}),
                       ("right hash", {"data": data, "hash": digest}), ("url", {"url": "Binary/b"})):
        record, item, lines = made(letter(**more), {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": data})
        check("3.0.2.10 %s" % name, (record.get("text"), item.get("media_type"), len(findings(lines, "attachment-refused"))), (words, "text/plain", 0))
    for name, more in (("wrong hash", {"data": data, "hash": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}), ("url outside", {"url": "https://h/x.txt"}), ("bad base64", {"data": "5pys*"})):
        record, item, lines = made(letter(**more))
        check("3.0.2.10 %s" % name, (words in record.get("text", ""), len(findings(lines, "attachment-refused"))), (False, 1))


def of_meta():
    """A profile hints at a kind, with its version or without; a server's time is no clinical one; the source is none either."""
    for url in ("JP_MedicationRequest_Injection", "JP_MedicationRequest_Injection|1.2.0"):
        order = of("MedicationRequest", status="active", intent="order", medicationCodeableConcept={"text": "甲"},
                   meta={"profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/" + url]})
        check("3.0.2.11 profile %s" % url, made(order)[0]["kind"], "injection")
    wrong = result(valueString="1", meta={"profile": ["http://jpfhir.jp/fhir/core/StructureDefinition/JP_MedicationRequest"]})
    check("3.0.2.11 a profile of another type", made(wrong)[0]["kind"], "lab")
    undated = {key: value for key, value in result(valueString="1", meta={"lastUpdated": "2025-11-21T00:00:00Z", "source": "urn:x"}).items() if key != "effectiveDateTime"}
    check("3.0.2.11 lastUpdated is no time of a result", "at" in made(undated)[0], False)


def of_narratives():
    """Words of what a person wrote; what a program made of the fields is no second text where it says nothing more."""
    def report(status):
        return of("DiagnosticReport", status="final", code={"text": "CT"}, issued="2025-11-20T00:00:00Z",
                  text={"status": status, "div": "<div xmlns='%s'><p>叙述の語</p><p>K &lt; 3.5</p></div>" % XHTML})
    for status in ("generated", "extensions", "additional"):
        check("3.0.2.12 %s" % status, made(report(status))[0].get("text"), "叙述の語\nK < 3.5")
    empty = {**report("empty"), "text": {"status": "empty", "div": "<div xmlns='%s'></div>" % XHTML}}
    check("3.0.2.12 empty", "text" in made(empty)[0], False)


def of_timings():
    """3.5 has them; the same where another type than a drug has one."""
    order = of("ServiceRequest", status="active", intent="order", code={"text": "血糖"}, occurrenceTiming={"event": ["2025-11-23T08:00:00+09:00", "2025-11-22"]})
    record, item, _ = made(order)
    check("3.0.2.13 Timing", (record["at"], ["2025-11-23T08:00:00+09:00" in str(item), "2025-11-22" in str(record)]), ("2025-11-22", [True, True]))
    drug = of("MedicationRequest", status="active", intent="order", medicationCodeableConcept={"text": "甲錠"}, dosageInstruction=[
        {"text": "毎食後", "timing": {"event": ["2025-11-22"]}, "doseAndRate": [{"doseQuantity": amount("0.5", "錠")}]}])
    check("3.0.2.13 Dosage", shown(made(drug)[1], "usage", "dose", "dose_unit", "start"), ("毎食後", "0.5", "錠", "2025-11-22"))


# ---- 3.5.2 ---------------------------------------------------------------------------------------------

def ordered(medication, shared=False):
    order = of("MedicationRequest", status="active", intent="order", authoredOn="2025-11-20", medicationReference={"reference": "Medication/m" if shared else "#m"})
    medication = {"resourceType": "Medication", "id": "m", **medication}
    return made(order, medication) if shared else made({**order, "contained": [medication]})


def ingredient(name, value, number=None, per=None, active=None, kind=None, by="itemCodeableConcept"):
    strength = {"numerator": amount(value, "mL"), "denominator": per or amount(1, "回", code="TIME")}
    if kind is not None:
        strength["extension"] = [{"url": JP + "JP_Medication_IngredientStrength_StrengthType", "valueCodeableConcept": {"coding": [{"system": STRENGTH, "code": kind}]}}]
    return {by: {"text": name} if by == "itemCodeableConcept" else {"concept": {"text": name}} if by == "item" else {"display": name}, "strength": strength,
            **({} if number is None else {"extension": [{"url": JP + "JP_Medication_Ingredient_DrugNo", "valueInteger": number}]}),
            **({} if active is None else {"isActive": active})}


def of_medications():
    """3.5.2: one drug or a mixture, contained or shared; every ingredient, in the order of its number."""
    for shared in (False, True):
        where = "shared" if shared else "contained"
        record, item, _ = ordered({"code": {"text": "甲錠"}, "form": {"text": "散剤"}, "batch": {"lotNumber": "L07"}}, shared)
        check("3.5.2 one drug, %s" % where, (record["title"], shown(item, "drug", "form", "lot")), ("甲錠", ("甲錠", "散剤", "L07")))
        record, _, _ = ordered({"ingredient": [ingredient("乙注", 10, 2), ingredient("生食", 100, 1, active=False), ingredient("丙注", 5, 3)]}, shared)
        check("3.5.2 mixture, %s" % where, (record["title"], [shown(i, "drug", "amount", "amount_unit", "component") for i in record["items"]]),
              ("生食＋乙注＋丙注", [("生食", "100", "mL", "基剤（溶媒）"), ("乙注", "10", "mL", None), ("丙注", "5", "mL", None)]))
    for by in ("itemCodeableConcept", "itemReference", "item"):
        record, _, _ = ordered({"ingredient": [ingredient("乙注", 10, by=by), ingredient("丙注", 5, by=by)]})
        check("3.5.2 by %s" % by, (record["title"], [i["drug"] for i in record["items"]]), ("乙注＋丙注", ["乙注", "丙注"]))
    for name, per, wanted in (("a time by its word", amount(1, "回"), ("10", None)), ("a time by its code", {"value": 1, "code": "TIME"}, ("10", None)),
                              ("100 mL", amount(100, "mL"), (None, "10 mL / 100 mL"))):
        record, item, _ = ordered({"ingredient": [ingredient("乙注", 10, per=per), ingredient("丙注", 5)]})
        check("3.5.2 strength per %s" % name, shown(item, "amount", "strength"), wanted)
    for kind, word, warning in (("1", "製剤量", None), ("2", "原薬量", "ingredient-amount")):
        record, item, _ = ordered({"ingredient": [ingredient("乙注", 10, kind=kind), ingredient("丙注", 5)]})
        check("3.5.2 %s" % word, (word in item.get("comment", ""), item.get("warning")), (True, warning))
    for status, warning in (("inactive", None), ("entered-in-error", "drug-in-error")):
        record, item, _ = ordered({"status": status, "code": {"text": "甲錠"}})
        check("3.5.2 %s" % status, (item["drug"], "薬剤情報の状態：" + status in item.get("comment", ""), item.get("warning")), ("甲錠", True, warning))


# ---- 3.5.4 ---------------------------------------------------------------------------------------------

# What reaches into the window of 13 months before the first of December 2025: it begins on the first of November 2024.
def drug(id, dosages=(), at="2024-06-01", status="completed", **more):
    return of("MedicationRequest", id, **{"status": status, "intent": "order", "authoredOn": at, "medicationCodeableConcept": {"text": id}, "dosageInstruction": list(dosages), **more})


def days(n):
    return amount(n, "日", code="d")


def lasting(n, **more):
    return {"text": "毎食後", "timing": {"repeat": {"boundsDuration": days(n)}}, **more}


def starting(n, start):
    return lasting(n, extension=[{"url": JP + "JP_MedicationDosage_PeriodOfUse", "valuePeriod": {"start": start}}])


def taken(n):
    return {"text": "毎食後", "extension": [{"url": JP + "JP_MedicationDosage_UsageDuration", "valueDuration": days(n)}]}


def supplied(n, **more):
    return {"dispenseRequest": {"expectedSupplyDuration": days(n), **more}}


def bounded(start, end=None):
    return {"text": "毎食後", "timing": {"repeat": {"boundsPeriod": {"start": start, **({} if end is None else {"end": end})}}}}


# name, what reaches the first of November, what ends the day before: 153 and 154 days from the first of June.
CURRENT = [
    ("calendar days", drug("a", [lasting(154)]), drug("b", [lasting(153)])),
    ("days taken", drug("a", [taken(154)]), drug("b", [taken(153)])),
    ("days of the supply", drug("a", **supplied(154)), drug("b", **supplied(153))),
    ("the longest of them", drug("a", [lasting(10)], **supplied(154)), drug("b", [lasting(153)], **supplied(10))),
    ("start of its own", drug("a", [starting(14, "2024-10-19")]), drug("b", [starting(14, "2024-10-18")])),
    ("a period with an end", drug("a", [bounded("2024-06-01", "2024-11-01")]), drug("b", [bounded("2024-06-01", "2024-10-31")])),
    ("a period without an end", drug("a", [bounded("2011-01-01")], at="2011-01-01"), drug("b", [bounded("2011-01-01", "2011-12-31")], at="2011-01-01")),
    ("events", drug("a", [{"timing": {"event": ["2024-06-01", "2024-11-01"]}}]), drug("b", [{"timing": {"event": ["2024-01-01", "2024-01-02"]}}], at="2024-01-01", **supplied(1))),
    ("steps of a taper", drug("a", [lasting(77, sequence=1), lasting(77, sequence=2)]), drug("b", [lasting(77, sequence=1), lasting(76, sequence=2)])),
    ("side by side", drug("a", [lasting(77), lasting(154)]), drug("b", [lasting(77), lasting(77)])),
    ("repeats", drug("a", **supplied(77, numberOfRepeatsAllowed=1)), drug("b", **supplied(76, numberOfRepeatsAllowed=1))),
    ("continuous without a span", drug("a", at="2011-01-01", courseOfTherapyType={"coding": [{"code": "continuous"}]}),
     drug("b", [lasting(7)], at="2011-01-01", courseOfTherapyType={"coding": [{"code": "continuous"}]})),
    ("as needed, for 180 days", drug("a", [{"text": "頓用", "asNeededBoolean": True}], at="2024-05-05", **supplied(7)), drug("b", [{"text": "毎食後"}], at="2024-05-05", **supplied(7))),
    ("no span, for 180 days", drug("a", [{"text": "毎食後"}], at="2024-05-05"), drug("b", [{"text": "毎食後"}], at="2024-05-04")),
    ("active, no date", drug("a", at=None, status="active"), drug("b", [lasting(7)], at="2012-01-01")),
]


def of_current_drugs():
    """3.5.4: a drug stays as long as it reaches, whether its word is active or completed; nothing of it is changed by that."""
    # The last three prescriptions stay whatever their age (5.2.05): these do not let the tested ones be among them.
    newer = [drug("n%d" % i, [lasting(7)], at="2025-11-0%d" % i) for i in (1, 2, 3)]
    for name, stays, goes in CURRENT:
        lines, _ = build({"x.ndjson": [patient(), stays, goes, *newer]})
        found = {r["resource"].split("/")[1]: r for r in records(lines, "prescription")}
        check("3.5.4 %s" % name, sorted(set(found) & {"a", "b"}), ["a"])
    for status in ("completed", "active"):
        lines, _ = build({"x.ndjson": [patient(), drug("a", [lasting(154)], status=status), *newer]})
        record = [r for r in records(lines) if r["resource"] == "MedicationRequest/a"][0]
        check("3.5.4 %s as written" % status, (record["status"], record["live"], record["at"], shown(record["items"][0], "end", "days", "start")),
              (status, True, "2024-06-01", (None, None, None)))


# ---- 5.1 -----------------------------------------------------------------------------------------------

def state_at(*others, as_of="2025-12-01", files=None):
    """Whether he is in hospital who is to leave on the 15th of November 2025: not before the time of the data."""
    visit = of("Encounter", "e", status="in-progress", **{"class": {"code": "IMP"}}, period={"start": "2025-11-01", "end": "2025-11-15"})
    lines, report = build({"x.ndjson": [patient(), visit, *others], **(files or {})}, "--as-of", as_of)
    return [p["place"]["state"] for p in patients(lines).values()][0]


def of_clocks():
    """5.1: people are in hospital at the time of the data, which is that of the export, else of the newest thing that has happened."""
    manifest = {"transactionTime": "2025-11-20T00:00:00Z", "request": "r", "requiresAccessToken": False, "output": [{"type": "Patient", "url": "x.ndjson"}], "error": []}
    late, early = "2025-11-20", "2025-11-10"
    def happened(at):
        return [("a result", result(effectiveDateTime=at, valueString="1")),
                ("what was given", of("MedicationAdministration", status="completed", medicationCodeableConcept={"text": "甲"}, effectiveDateTime=at)),
                ("a visit", of("Encounter", status="in-progress", **{"class": {"code": "AMB"}}, period={"start": at})),
                ("an order", drug("x", at=at)), ("a report", of("DiagnosticReport", status="final", code={"text": "CT"}, issued=at + "T00:00:00Z")),
                ("recorded", {**allergy("卵"), "recordedDate": at}), ("the server", {**allergy("卵"), "meta": {"lastUpdated": at + "T00:00:00Z"}})]
    for at, wanted in ((late, "out"), (early, "in")):
        for name, resource in happened(at):
            check("5.1 %s on %s" % (name, at), state_at(resource), wanted)
    check("5.1 the export", state_at(files={"m.json": manifest}), "out")
    ahead = [("an appointment", {"resourceType": "Appointment", "id": "x", "status": "booked", "start": late + "T10:00:00Z", "participant": [{"actor": {"reference": "Patient/p"}}]}),
             ("a planned stay", of("Encounter", status="planned", **{"class": {"code": "AMB"}}, period={"start": late})),
             ("an occurrence", of("ServiceRequest", status="active", intent="order", code={"text": "採血"}, authoredOn=early, occurrenceDateTime=late)),
             ("a timing", drug("x", [{"timing": {"event": [late]}}], at=early)), ("the end of a period", of("Encounter", status="in-progress", **{"class": {"code": "AMB"}}, period={"start": early, "end": late})),
             ("a birth", {"resourceType": "RelatedPerson", "id": "x", "patient": {"reference": "Patient/p"}, "name": [{"text": "子"}], "birthDate": late})]
    for name, resource in ahead:
        check("5.1 not by %s" % name, state_at(resource), "in")
    check("5.1 not behind the window", state_at(result(effectiveDateTime=late, valueString="1"), as_of=early), "in")


run([of_concepts, of_codings, of_identifiers, of_quantities, of_ranges, of_waves, of_periods, of_annotations, of_names, of_attachments, of_meta,
     of_narratives, of_timings, of_medications, of_current_drugs, of_clocks])
