#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong: a case for each row of section 9 of the reference of FHIR, numbered as they stand there.

  check-fhir-wrong.py TOMOSHIBI

Whole imports, of which the export is looked at; what screens make of it: /viewer/fhir9/NN-... in tests/viewer.
"""

import gzip
import json

from fhir_import import (OTHER_HOSPITAL, allergy, build, bundle, check, entry, findings, patient, patients, records,
                         run, states)

EXTENSION = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
STRENGTH = "urn:oid:1.2.392.100495.20.2.22"
ADDITIONAL = "http://jami.jp/CodeSystem/MedicationUsageAdditional"


def of(type, id, subject="subject", /, **more):
    """A resource of the patient."""
    return {"resourceType": type, "id": id, subject: {"reference": "Patient/p"}, **more}


def coded(code, system=None, text=None):
    coding = {"code": code, **({} if system is None else {"system": system})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def amount(value, unit):
    return {"value": value, "unit": unit}


def drug(id, text="甲錠", status="active", dosage=None, **more):
    return of("MedicationRequest", id, status=status, intent="order", medicationCodeableConcept={"text": text},
              **{"authoredOn": "2025-11-20", **more}, **({} if dosage is None else {"dosageInstruction": dosage}))


def lab(id, text="K", **more):
    return of("Observation", id, **{"status": "final", "category": [coded("laboratory")], "code": {"text": text},
              "effectiveDateTime": "2025-11-20T08:00:00+09:00", **more})


def chart(*resources, options=(), **files):
    """id -> record; an id with several records has the first. The lines of the export are its ""."""
    lines, report = build({"Patient.ndjson": [patient()], "a.ndjson": list(resources), **files}, *options)
    found = {"": lines, "report": report}
    for record in records(lines):
        found.setdefault(record.get("resource", "/").split("/")[1], record)
    return found


def state(record):
    return (record["status"], record["live"])


def item(record, *names):
    """Values of its first item; of one name the value itself."""
    values = tuple(record["items"][0].get(name) for name in names)
    return values if len(names) > 1 else values[0]


# ---- who, and whether it stands ----------------------------------------------------------------------

def row_01():
    lines, _ = build({"a.ndjson": [patient("00012345"), patient("12345", id="q"), patient("00012345", OTHER_HOSPITAL, id="r"),
                                   allergy("卵"), allergy("そば", "Patient/q"), allergy("乳", "Patient/r")]})
    check("9.01 charts", sorted(patients(lines)), [("0987654321", "00012345"), ("1234567890", "00012345"), ("1234567890", "12345")])
    check("9.01 allergies", sorted((r["facility"], r["patient"], item(r, "substance")) for r in records(lines, "allergy")),
          [("0987654321", "00012345", "乳"), ("1234567890", "00012345", "卵"), ("1234567890", "12345", "そば")])


def row_02():
    member = {"identifier": {"system": "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID", "value": "00012345:1:2:01"}}
    found = chart(allergy("卵", id="x", patient=member))
    check("9.02 kept, in nobody's chart", (found["x"].get("patient"), item(found["x"], "substance")), (None, "卵"))
    check("9.02 told", len(findings(found[""], "no-patient")), 1)


def row_03():
    found = chart(drug("e", status="entered-in-error"), drug("c", status="cancelled"), drug("s", status="stopped"),
                  lab("l", status="cancelled", valueString="1"), of("ServiceRequest", "r", status="revoked", intent="order"))
    check("9.03", {k: state(found[k]) for k in "ecslr"},
          {"e": ("entered-in-error", False), "c": ("cancelled", False), "s": ("stopped", False), "l": ("cancelled", False),
           "r": ("cancelled", False)})


def row_04():
    check("9.04 completed is no word of the end", state(chart(drug("x", status="completed"))["x"]), ("completed", True))


def given(id, status, **more):
    return of("MedicationAdministration", id, status=status, medicationCodeableConcept={"text": "甲"},
              effectivePeriod={"start": "2025-11-20T10:00:00+09:00", "end": "2025-11-20T10:20:00+09:00"},
              dosage={"dose": amount(50, "mL")}, **more)


def row_05():
    found = chart(given("n", "not-done"), given("s", "stopped"))
    check("9.05 not done", (state(found["n"]), found["n"]["warning"], item(found["n"], "status")),
          (("cancelled", False), "not-done", "not-done"))
    check("9.05 stopped", (found["s"]["status"], found["s"]["warning"], item(found["s"], "status")),
          ("stopped", "partly-given", "stopped"))


def row_06():
    found = chart(drug("m", doNotPerform=True),
                  of("ServiceRequest", "s", status="active", intent="order", code={"text": "採血"}, doNotPerform=True),
                  of("CarePlan", "plan", status="active", intent="plan", activity=[
                      {"detail": {"status": "not-started", "doNotPerform": True, "code": {"text": "体位変換"}}}]))
    check("9.06", (found["m"]["warning"], found["s"]["warning"]), ("do-not-perform", "do-not-perform"))
    check("9.06 activity", [line for line in found["plan"]["text"].splitlines() if "体位変換" in line and "行わない" in line] != [], True)


def disease(id, verified=None, **more):
    return of("Condition", id, **{"code": {"text": "胃癌"}, "clinicalStatus": coded("active"), **more},
              **({} if verified is None else {"verificationStatus": coded(verified)}))


def row_07():
    postfix = {"text": "胃癌", "extension": [{"url": EXTENSION + "JP_Condition_DiseasePostfixModifier",
                                           "valueCodeableConcept": {"text": "の疑い"}}]}
    found = chart(*[disease(w, w) for w in ("unconfirmed", "provisional", "differential", "refuted", "confirmed")],
                  disease("postfix", "confirmed", code=postfix))
    check("9.07 suspected", [bool(item(found[w], "suspected")) for w in ("unconfirmed", "provisional", "differential", "postfix",
                                                                         "confirmed")], [True] * 4 + [False])
    check("9.07 refuted", state(found["refuted"]), ("cancelled", False))


def row_08():
    tag = {"tag": [{"system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNINFORMED"}]}
    found = chart(disease("c", "confirmed", meta=tag), lab("l", meta=tag, valueString="1"), drug("m", meta=tag))
    check("9.08", [found[k]["warning"] for k in "clm"], ["uninformed"] * 3)


def row_09():
    found = chart(allergy("卵", id="x", verificationStatus=coded("unconfirmed")))
    check("9.09 kept, marked", (state(found["x"]), found["x"]["warning"]), (("active", True), "unconfirmed"))
    check("9.09 listed", list(patients(found[""]).values())[0]["allergies"], "listed")
    for code, text in (("409137002", "No known drug allergy"), ("429625007", "No known food allergy"), ("428607008", "環境")):
        none = {"text": text, "coding": [{"system": "http://snomed.info/sct", "code": code}]}
        check("9.09 none of a kind", list(patients(chart(allergy("", id="x", code=none))[""]).values())[0]["allergies"], "listed")
    def empty(title, **more):
        return of("List", "x", **{"status": "current", "mode": "working", "code": coded("52472-8", "http://loinc.org", title),
                                  "emptyReason": coded("nilknown"), **more})
    for name, resource, wanted, kind in (
            ("an empty list", empty("アレルギー"), "none-stated", None), ("of a kind", empty("薬剤アレルギー"), "none-stated", "薬剤アレルギー"),
            ("nobody asked", empty("アレルギー", emptyReason=coded("notasked")), "not-recorded", None),
            ("entered in error", empty("アレルギー", status="entered-in-error"), "not-recorded", None),
            ("of problems", empty("病名", code=coded("11450-4")), "not-recorded", None)):
        found = chart(resource)
        check("9.09 %s" % name, list(patients(found[""]).values())[0]["allergies"], wanted)
        if wanted == "none-stated":
            check("9.09 %s: kind" % name, [item(r, "category") for r in records(found[""], "allergy")], [kind])
    check("9.09 an empty list beside one", list(patients(chart(empty("アレルギー"), allergy("卵", id="y"))[""]).values())[0]["allergies"], "listed")
    check("9.09 no record", list(patients(chart(lab("l", valueString="1"))[""]).values())[0]["allergies"], "not-recorded")


def row_10():
    found = chart(allergy("その他", id="x", note=[{"text": "セフェム系で呼吸困難"}]))
    check("9.10", item(found["x"], "substance", "comment"), ("その他", "セフェム系で呼吸困難"))


# ---- doses ---------------------------------------------------------------------------------------------

def row_11():
    def of_type(code):
        return [{"doseAndRate": [{"type": coded(code, STRENGTH), "doseQuantity": amount(100, "mg")}]}]
    found = chart(drug("product", dosage=of_type("1")), drug("ingredient", dosage=of_type("2")))
    check("9.11", [("原薬量" in item(found[k], "comment"), "製剤量" in item(found[k], "comment"), item(found[k], "dose", "warning"))
                   for k in ("product", "ingredient")],
          [(False, True, ("100", None)), (True, False, ("100", "ingredient-amount"))])


def row_12():
    day = {"numerator": amount(7, "錠"), "denominator": amount(1, "d")}
    uneven = [coded(code, ADDITIONAL) for code in ("V14NNNNN", "V22NNNNN", "V31NNNNN")]
    early = [{"doseQuantity": amount(n, "錠")} for n in (7, 4, 2, 1)]
    found = chart(drug("daily", dosage=[{"doseAndRate": [{"rateRatio": day}]}]),
                  drug("uneven", dosage=[{"doseAndRate": [{"rateRatio": day}], "additionalInstruction": uneven}]),
                  drug("early", dosage=[{"doseAndRate": early}]),
                  drug("week", dosage=[{"doseAndRate": [{"rateRatio": {**day, "denominator": amount(1, "wk")}}]}]))
    check("9.12 a day", item(found["daily"], "dose", "per_day", "per_day_unit"), (None, "7", "錠"))
    check("9.12 uneven", item(found["uneven"], "dose", "per_day"), (None, "7"))
    for code in ("V14NNNNN", "V22NNNNN", "V31NNNNN"):
        check("9.12 " + code, code in json.dumps(found["uneven"]["items"]), True)
    check("9.12 several", (item(found["early"], "dose", "per_day", "warning"),
                           [("%d 錠" % n) in item(found["early"], "comment") for n in (7, 4, 2, 1)]),
          ((None, None, "several-doses"), [True] * 4))
    check("9.12 a week is no day", item(found["week"], "dose", "per_day"), (None, None))


def infusion(id, ingredients, rate=None, **more):
    dose = {} if rate is None else {"doseAndRate": [{"rateRatio": {"numerator": amount(100, "mL"), "denominator": rate}}]}
    return of("MedicationRequest", id, status="active", intent="order", authoredOn="2025-11-20",
              medicationReference={"reference": "#m"}, dosageInstruction=[dose],
              contained=[{"resourceType": "Medication", "id": "m", "ingredient": [
                  {"itemCodeableConcept": {"text": name}, "strength": {"numerator": amount(20, "mL"), "denominator": amount(1, "回")}}
                  for name in ingredients]}], **more)


def row_13():
    found = chart(infusion("h", ["輸液"], amount(1, "h")), infusion("two", ["輸液"], amount(2, "h")))
    check("9.13 an hour", item(found["h"], "rate", "rate_unit", "per_day", "dose"), ("100", "mL/h", None, None))
    check("9.13 two hours", item(found["two"], "rate", "rate_unit", "per_day"), ("100", "mL/2 h", None))


def row_14():
    found = chart(infusion("x", ["ソリタ", "KCL", "インスリン"]))
    check("9.14 each", [i["drug"] for i in found["x"]["items"]], ["ソリタ", "KCL", "インスリン"])
    check("9.14 title", found["x"]["title"], "ソリタ＋KCL＋インスリン")


def row_15():
    count = {"url": EXTENSION + "JP_MedicationRequest_DispenseRequest_ExpectedRepeatCount", "valueInteger": 10}
    jami = "http://jami.jp/CodeSystem/MedicationUsage"
    needed = {"flag": drug("flag", dosage=[{"asNeededBoolean": True}]),
              "reason": drug("reason", dosage=[{"asNeededCodeableConcept": {"text": "疼痛時"}}]),
              "system": drug("system", dosage=[{"timing": {"code": coded(
                  "PRNpain", "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationAsNeededConditionJAMI_CS")}}]),
              "code": drug("code", dosage=[{"timing": {"code": coded("1050710000000000", jami)}}]),
              "count": drug("count", dosage=[{"text": "痛い時"}], dispenseRequest={"extension": [count]}),
              "text": drug("text", dosage=[{"text": "疼痛時 頓服"}])}
    found = chart(*needed.values(), drug("regular", dosage=[{"text": "１日３回毎食後",
                                                            "timing": {"code": coded("1013044400000000", jami)}}]),
                  drug("both", dosage=[{"asNeededBoolean": False, "text": "疼痛時 頓服"}]))
    check("9.15 as needed", {k: "頓" in item(found[k], "kind") for k in needed}, {k: True for k in needed})
    check("9.15 regular", "頓" in (item(found["regular"], "kind") or ""), False)
    check("9.15 contradicted", ("頓" in item(found["both"], "kind"), "usage-contradicts" in json.dumps(found["both"])), (True, True))


def row_16():
    def extra(*codes):
        return [{"text": "１日１回朝食後", "additionalInstruction": [coded(c, ADDITIONAL) for c in codes]}]
    week = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon"]}}
    found = chart(drug("other", "MTX", dosage=extra("I1100000")), drug("days", "MTX", dosage=extra("W0100100")),
                  drug("week", "MTX", dosage=[{"text": "朝食後", "timing": week}]),
                  drug("unknown", "MTX", dosage=extra("CW100000")))
    for id, words in (("other", "隔日"), ("days", "月"), ("week", "週"), ("unknown", "CW100000")):
        check("9.16 " + id, words in json.dumps(found[id]["items"], ensure_ascii=False), True)


def row_17():
    site = coded("26R", "http://jami.jp/CodeSystem/MedicationBodySiteExternal")
    found = chart(drug("coded", dosage=[{"site": site}]), drug("text", dosage=[{"site": {"text": "右眼"}}]),
                  of("Procedure", "act", status="completed", code={"text": "白内障手術"}, performedDateTime="2025-11-01",
                     bodySite=[{"text": "左眼"}]))
    check("9.17 code", "右" in json.dumps(found["coded"]["items"], ensure_ascii=False), True)
    check("9.17 text", (item(found["text"], "site"), item(found["act"], "site")), ("右眼", "左眼"))


# ---- results -------------------------------------------------------------------------------------------

def row_18():
    found = chart(lab("less", valueQuantity={"comparator": "<", "value": 0.1, "unit": "ng/mL"}),
                  lab("more", valueQuantity={"comparator": ">=", "value": 300, "unit": "ng/mL"}))
    check("9.18", [item(found[k], "value") for k in ("less", "more")], ["<0.1", ">=300"])


def row_19():
    text = json.dumps(lab("x", valueQuantity=amount("NUMBER", "mmol/L"))).replace('"NUMBER"', "3.50")
    weight = {"text": "体重", "coding": [{"system": "urn:oid:1.2.392.200119.4.804", "code": "31000297"}]}
    found = chart(lab("grams", category=[coded("vital-signs")], code=weight, valueQuantity={"value": 3100}),
                  lab("serum", specimen={"display": "血清"}, valueQuantity=amount(4, "mmol/L")),
                  lab("urine", specimen={"display": "尿"}, valueQuantity=amount(40, "mmol/L")), **{"x.ndjson": text + "\n"})
    check("9.19 digits", item(found["x"], "value", "unit"), ("3.50", "mmol/L"))
    check("9.19 grams", (item(found["grams"], "value"), "kg" in json.dumps(found["grams"])), ("3100", False))
    check("9.19 material", [item(found[k], "specimen") for k in ("serum", "urine")], ["血清", "尿"])


def row_20():
    micro = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MicrobiologyCategory_CS"
    def part(id, kind, text, **more):
        return lab(id, text, category=[coded("laboratory"), coded("microbiology"), coded(kind, micro)], **more)
    pairs = []
    for n, name in ((1, "大腸菌"), (2, "緑膿菌")):
        pairs += [part("o%d" % n, "organism", "菌", valueCodeableConcept={"text": name},
                       hasMember=[{"reference": "Observation/s%d" % n}]),
                  part("s%d" % n, "susceptibility-panels", "感受性", hasMember=[{"reference": "Observation/m%d" % n}]),
                  part("m%d" % n, "susceptibility-measurements", "CEZ", interpretation=[coded("SR"[n - 1])])]
    found = chart(lab("bp", "血圧", category=[coded("vital-signs")], component=[
        {"code": {"text": "収縮期"}, "valueQuantity": amount(120, "mmHg")},
        {"code": {"text": "拡張期"}, "valueQuantity": amount(70, "mmHg")}]), *pairs)
    check("9.20 pressure", [(i["name"], i["value"]) for i in found["bp"]["items"]], [("収縮期", "120"), ("拡張期", "70")])
    rows = sorted((i.get("organism"), i.get("drug"), i.get("result")) for r in records(found[""], "microbiology") for i in r["items"]
                  if "drug" in i)
    check("9.20 organism and drug", rows, [("大腸菌", "CEZ", "S"), ("緑膿菌", "CEZ", "R")])


def report(id, status, text, issued):
    return of("DiagnosticReport", id, status=status, code={"text": "CT"}, conclusion=text, issued=issued,
              identifier=[{"system": "urn:r", "value": "1"}])


def row_21():
    found = chart(report("first", "preliminary", "異常なし", "2025-11-20T10:00:00+09:00"),
                  report("last", "final", "肺癌", "2025-11-21T10:00:00+09:00"),
                  lab("waits", status="preliminary", valueString="1"), lab("mended", status="amended", valueString="2"))
    check("9.21 replaced", (state(found["first"]), found["last"]["live"]), (("superseded", False), True))
    check("9.21 marked", [(found[k]["status"], found[k]["warning"]) for k in ("waits", "mended")],
          [("preliminary", "preliminary"), ("corrected", "corrected")])


def row_22():
    def letter(id, **more):
        return of("DocumentReference", id, **{"status": "current", "type": {"text": "事前指示"}, "date": "2025-11-01", **more})
    found = chart(letter("old"), letter("new", relatesTo=[{"code": "replaces", "target": {"reference": "DocumentReference/old"}}]),
                  letter("said", status="superseded"))
    check("9.22", {k: state(found[k])[1] for k in ("old", "new", "said")}, {"old": False, "new": True, "said": False})
    check("9.22 word", [found[k]["status"] for k in ("old", "said")], ["superseded"] * 2)


def row_23():
    found = chart(lab("utc", effectiveDateTime="2025-11-19T15:30:00Z", valueString="1"),
                  disease("part", onsetDateTime="2024-02"))
    check("9.23 as written", found["utc"]["at"], "2025-11-19T15:30:00Z")
    check("9.23 no day made up", item(found["part"], "start"), "2024-02")
    # the day ends in Japan, not in London: the 30th there is the 1st here
    edge = lab("edge", effectiveDateTime="2024-10-31T15:30:00Z", valueString="1")
    edges = [edge, {**edge, "id": "before", "effectiveDateTime": "2024-10-31T14:30:00Z"},
             {**edge, "id": "now", "effectiveDateTime": "2025-11-01"}]
    kept = chart(*edges, options=("--as-of", "2025-12-01"))
    check("9.23 edge of the window", [k in kept for k in ("edge", "before", "now")], [True, False, True])


def row_24():
    old = {"effectiveDateTime": "2010-01-01"}
    hbs = {"text": "HBs抗原", "coding": [{"system": "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
                                       "code": "5F016000002303111"}]}
    abo = {"text": "ABO", "coding": [{"system": "http://medis.or.jp/CodeSystem/master-JLAC10-17digits", "code": "5H010000001999911"}]}
    found = chart(lab("blood", code=abo, valueString="A", **old), lab("hbv", code=hbs, valueString="陽性", **old),
                  of("Procedure", "implant", status="completed", code={"text": "ペースメーカ植込み"}, performedDateTime="2001"),
                  of("Device", "device", "patient", type={"text": "脳動脈瘤クリップ"}),
                  of("Immunization", "shot", "patient", status="completed", vaccineCode={"text": "肺炎球菌"}, occurrenceDateTime="2012"),
                  drug("refill", authoredOn="2024-09-01", status="completed",
                       dispenseRequest={"numberOfRepeatsAllowed": 2, "expectedSupplyDuration": amount(30, "d")}),
                  *[drug("n%d" % n, "乙錠%d" % n) for n in range(3)])
    check("9.24", [k for k in ("blood", "hbv", "implant", "device", "shot", "refill") if k not in found], [])


# ---- what was taken back -------------------------------------------------------------------------------

def request(method, resource, time):
    return bundle("transaction", [entry(None if method == "DELETE" else resource, None, method,
                                        "%s/%s" % (resource["resourceType"], resource["id"]))], timestamp=time)


def row_25():
    one = allergy("卵", id="a1")
    found = chart(**{"1.json": request("PUT", one, "2025-11-01T10:00:00+09:00"),
                     "2.json": request("DELETE", one, "2025-11-01T11:00:00+09:00")})
    check("9.25 deleted", states(found[""]), [("卵", "deleted", False)])
    history = bundle("history", [entry(None, None, "DELETE", "AllergyIntolerance/a1"),
                                 entry({**one, "meta": {"versionId": "1"}}, None, "PUT", "AllergyIntolerance/a1")])
    history["entry"][0]["response"] = {"status": "204", "lastModified": "2025-11-02T10:00:00Z"}
    history["entry"][1]["resource"]["meta"]["lastUpdated"] = "2025-11-01T10:00:00Z"
    check("9.25 history", states(chart(**{"h.json": history})[""])[0][0], "卵")


def row_26():
    one = allergy("卵", id="a1")
    found = chart(**{"1.json": request("DELETE", one, "2025-11-01T10:00:59.567+09:00"),
                     "2.json": request("PUT", one, "2025-11-01T10:00:59.568+09:00")})
    check("9.26 update", states(found[""]), [("卵", "active", True)])
    found = chart(one, **{"1.json": request("DELETE", one, None)})
    check("9.26 no order", states(found[""]), [("卵", "active", True)])


def row_27():
    header = {"resourceType": "MessageHeader", "id": "h", "eventCoding": {"code": "O11"},
              "reason": coded("CA", "http://terminology.hl7.org/CodeSystem/v2-0119"), "focus": [{"reference": "MedicationRequest/x"}]}
    found = chart(**{"m.json": bundle("message", [entry(header), entry(patient()), entry(drug("x")), entry(allergy("卵", id="a"))],
                                      timestamp="2025-11-21T10:00:00+09:00")})
    check("9.27 cancelled", state(found["x"]), ("cancelled", False))
    check("9.27 what rides along", state(found["a"]), ("active", True))


def row_28():
    found = chart(given("s", "stopped"), of("Procedure", "o", status="stopped", code={"text": "開腹術"}, performedDateTime="2025-11-01"))
    check("9.28 given in part", (state(found["s"]), item(found["s"], "amount", "given_until")),
          (("stopped", True), ("50", "2025-11-20T10:20:00+09:00")))
    check("9.28 begun", (state(found["o"]), found["o"]["warning"]), (("stopped", True), "stopped-midway"))


def row_29():
    found = chart(of("Procedure", "o", status="preparation", code={"text": "手術"}, performedDateTime="2025-11-30"),
                  of("MedicationStatement", "m", status="intended", medicationCodeableConcept={"text": "甲"}, effectiveDateTime="2025-11-30"),
                  of("MedicationDispense", "w", status="preparation", medicationCodeableConcept={"text": "甲"}, whenPrepared="2025-11-20"),
                  of("MedicationDispense", "d", status="completed", medicationCodeableConcept={"text": "甲"}, whenHandedOver="2025-11-20"),
                  of("Encounter", "e", status="planned", **{"class": {"code": "IMP"}}, period={"start": "2025-11-30"}))
    check("9.29 planned", {k: (found[k]["status"], found[k]["warning"]) for k in "omwe"},
          {"o": ("planned", "not-done-yet"), "m": ("planned", "not-yet-taken"), "w": ("planned", "not-handed-over"),
           "e": ("planned", "planned")})
    check("9.29 handed over is not given", (found["d"]["kind"], item(found["d"], "given_at")), ("dispense", None))


def row_30():
    prior = {"priorPrescription": {"reference": "MedicationRequest/old"}}
    found = chart(drug("old"), drug("new", **prior))
    check("9.30 both live, both marked", {k: (found[k]["live"], found[k]["warning"]) for k in ("old", "new")},
          {"old": (True, "later-prescription"), "new": (True, "prior-prescription")})


def row_31():
    def step(n, days):
        return {"sequence": n, "text": "%d錠" % n, "timing": {"repeat": {"boundsDuration": {"value": days, "unit": "d", "code": "d"}}}}
    newer = [drug("n%d" % n, "乙錠%d" % n) for n in range(3)]
    taper = chart(drug("x", authoredOn="2024-06-01", status="completed", dosage=[step(n, 60) for n in (1, 2, 3)]), *newer)
    check("9.31 steps add up", "x" in taper, True)
    beside = chart(drug("x", authoredOn="2024-06-01", status="completed", dosage=[step(1, 60), step(1, 60), step(1, 60)]), *newer)
    check("9.31 what is taken beside does not", "x" in beside, False)


# ---- whose, and what it is -----------------------------------------------------------------------------

def row_32():
    who = {"reference": "Patient/p"}
    found = chart(allergy("卵", id="a"),
                  of("Immunization", "i", "patient", status="completed", vaccineCode={"text": "肺炎球菌"}, occurrenceDateTime="2025-11-01"),
                  of("Coverage", "c", "beneficiary", status="active"), of("Task", "t", "for", status="requested", intent="order"),
                  of("NutritionOrder", "n", "patient", status="active", intent="order", dateTime="2025-11-01"),
                  of("ResearchSubject", "r", "individual", status="on-study"),
                  {"resourceType": "Appointment", "id": "x", "status": "booked", "start": "2025-12-09T10:00:00+09:00",
                   "participant": [{"actor": {"reference": "Practitioner/d"}, "status": "accepted"}, {"actor": who, "status": "accepted"}]},
                  of("FamilyMemberHistory", "f", "patient", status="completed", relationship={"text": "母"}))
    check("9.32", {k: found[k].get("patient") for k in "aictnrxf"}, {k: "00012345" for k in "aictnrxf"})


def row_33():
    found = chart(of("FamilyMemberHistory", "f", "patient", status="completed", relationship={"text": "母"},
                     condition=[{"code": {"text": "乳癌"}}]),
                  of("Claim", "c", "patient", status="active", diagnosis=[{"sequence": 1, "diagnosisCodeableConcept": {"text": "レセ病名"}}]),
                  of("Goal", "g", lifecycleStatus="active", description={"text": "HbA1c 7未満"}),
                  of("DiagnosticReport", "r", status="final", code={"text": "CT"}, conclusionCode=[{"text": "肺癌"}], issued="2025-11-01T00:00:00Z"),
                  of("Encounter", "e", status="finished", **{"class": {"code": "AMB"}}, period={"start": "2025-11-01"},
                     reasonCode=[{"text": "腹痛"}]))
    check("9.33 no problem of theirs", records(found[""], "problem"), [])
    check("9.33 the relative is named", "家族歴" in found["f"]["title"] and "母" in found["f"]["title"], True)
    check("9.33 billing", "c" in found, False)


CDA = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id root="1.2.3" extension="1"/>
<code code="18842-5" codeSystem="2.16.840.1.113883.6.1"/><title>サマリー</title><effectiveTime value="20251101"/>
<recordTarget><patientRole><id root="1.2.392.100495.20.3.51.11234567890" extension="00012345"/>
<patient><name use="IDE">試験　太郎</name><administrativeGenderCode code="M"/><birthTime value="19500102"/></patient></patientRole></recordTarget>
<component><structuredBody><component><section><title>アレルギー</title><entry>
<observation classCode="OBS" moodCode="EVN" negationInd="true"><code code="x" displayName="ペニシリンアレルギー"/></observation></entry></section></component>
<component><section><title>病名</title><entry><observation classCode="OBS" moodCode="EVN"><code code="y" displayName="乳癌"/>
<subject><relatedSubject><code code="MTH" displayName="母"/></relatedSubject></subject></observation></entry></section></component>
</structuredBody></component></ClinicalDocument>"""


def row_34():
    found = chart(**{"doc.xml": CDA})
    text = [r["text"] for r in records(found[""]) if r["source"]["path"] == "doc.xml"]
    check("9.34 not, and the mother's", [[any(word in line and "ペニシリン" in line for line in one.splitlines()) for word in ("【否定】",)] +
                                         [any("母" in line and "乳癌" in line for line in one.splitlines())] for one in text],
          [[True, True]])


def row_35():
    old = {"onsetDateTime": "1990", "abatementDateTime": "1991"}
    found = chart(of("Encounter", "e", status="planned", **{"class": {"code": "IMP"}}, period={"start": "2025-11-01"},
                     location=[{"location": {"display": "東5病棟"}}]), disease("c", "confirmed", **old))
    check("9.35 not in a bed", {k: list(patients(found[""]).values())[0].get(k) for k in ("place", "ward")}, {"place": None, "ward": None})
    check("9.35 ended and kept", (found["c"]["live"], item(found["c"], "end")), (True, "1991"))


def row_36():
    members = b"".join(gzip.compress((json.dumps(one) + "\n").encode()) for one in (patient(), allergy("卵", id="a"), allergy("乳", id="b")))
    found = chart(**{"x.ndjson.gz": members})
    check("9.36 members", [found[k]["patient"] for k in ("a", "b")], ["00012345"] * 2)
    page = bundle("searchset", [entry(patient())], link=[{"relation": "next", "url": "https://h/Patient?p=2"}])
    check("9.36 pages", len(findings(chart(**{"1.json": page})[""], "missing-file")), 1)


def row_37():
    bare = {"resourceType": "Patient", "id": "q", "identifier": [patient()["identifier"][0] | {"value": "00000777"}]}
    lines, _ = build({"a.ndjson": [bare, {**lab("l"), "subject": {"reference": "Patient/q"}},
                                   {**lab("v", valueQuantity={"unit": "mg"}), "subject": {"reference": "Patient/q"}}]})
    who = patients(lines)[("1234567890", "00000777")]
    check("9.37 nobody's sex, name or birth", {k: who.get(k) for k in ("sex", "name", "birth_date", "blood_type")},
          {"sex": None, "name": None, "birth_date": None, "blood_type": None})
    check("9.37 no value, no flag", [(item(r, "value", "flag")) for r in records(lines, "lab")], [("値なし", None)] * 2)
    lines, _ = build({"a.ndjson": [patient(), patient("00012345", OTHER_HOSPITAL, id="q"), allergy("卵"), allergy("乳", "Patient/q")]},
                     "--facility", "1234567890")
    check("9.37 another hospital's", sorted((r["facility"], item(r, "substance")) for r in records(lines, "allergy")),
          [("0987654321", "乳"), ("1234567890", "卵")])


run([value for name, value in sorted(globals().items()) if name.startswith("row_")])
