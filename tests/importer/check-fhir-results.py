#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results: section 3.6 of the reference of FHIR, a check for each row of its two tables.

  check-fhir-results.py TOMOSHIBI
"""

from fhir_import import build, check, patient, patients, records, run

JLAC = "http://medis.or.jp/CodeSystem/master-JLAC10-17digits"
LOINC = "http://loinc.org"
NURSING = "http://medis.or.jp/CodeSystem/master-nursingObservationKeyCode"
MICRO = "http://jpfhir.jp/fhir/core/CodeSystem/JP_MicrobiologyCategory_CS"


def coded(code, system=None, text=None, display=None):
    coding = {"code": code, **({} if system is None else {"system": system}), **({} if display is None else {"display": display})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def amount(value, unit, **more):
    return {"value": value, "unit": unit, **more}


def of(id="x", **more):
    return {"resourceType": "Observation", "id": id, "subject": {"reference": "Patient/p"}, **{
        "status": "final", "category": [coded("laboratory")], "code": {"text": "K"}, "effectiveDateTime": "2025-11-20", "valueString": "1", **more}}


def valued(**more):
    """Without the value of others."""
    return of(**{"valueString": None, **more})


def one(resource, *others):
    """Its record and the first item of it."""
    lines, _ = build({"x.ndjson": [patient(), resource, *others]})
    found = [r for r in records(lines) if r["resource"].endswith("/x")]
    return {**found[0], "lines": lines}, found[0]["items"][0]


def elements():
    for category, kind in (("laboratory", "lab"), ("vital-signs", "vital"), ("body-measurement", "vital"), ("social-history", "observation"), ("imaging", "observation"),
                           ("procedure", "observation"), ("survey", "observation"), ("exam", "observation"), ("therapy", "observation"), ("activity", "observation")):
        check("3.6.01 category %s" % category, one(of(category=[coded(category)]))[0]["kind"], kind)
    check("3.6.01 none, by the system of the code", one(of(category=None, code=coded("3H015000002326101", JLAC, "K")))[0]["kind"], "lab")
    check("3.6.01 none at all", one(of(category=None))[0]["kind"], "observation")
    lines, _ = build({"x.ndjson": [patient(), of("a", code=coded("6A010000006171711", JLAC, "塗抹1")), of("b", code=coded("6A010000006171711", JLAC, "塗抹2"))]})
    check("3.6.02 text first; one code, two texts", sorted(r["items"][0]["name"] for r in records(lines) if r["resource"][:3] == "Obs"), ["塗抹1", "塗抹2"])
    check("3.6.02 display", one(of(code=coded("1", LOINC, None, "カリウム")))[1]["name"], "カリウム")
    for name, value, wanted in (("effectiveDateTime", "2025-11", "2025-11"), ("effectivePeriod", {"start": "2025-11-20", "end": "2025-11-21"}, "2025-11-20"),
                                ("effectiveInstant", "2025-11-20T08:00:00+09:00", "2025-11-20T08:00:00+09:00"), ("effectiveTiming", {"event": ["2025-11-20"]}, "2025-11-20")):
        check("3.6.03 %s" % name, one({**of(effectiveDateTime=None), name: value})[0]["at"], wanted)
    record, _ = one(of(issued="2025-11-20T09:00:00Z"))
    check("3.6.03 issued beside it", (record["at"], record["reported_at"]), ("2025-11-20", "2025-11-20T09:00:00Z"))
    specimen = {"resourceType": "Specimen", "id": "s", "collection": {"collectedDateTime": "2025-11-19"}}
    record, _ = one(of(effectiveDateTime=None, issued="2025-11-20T09:00:00Z", specimen={"reference": "#s"}, contained=[specimen]))
    check("3.6.03 collected", record["at"], "2025-11-19")
    record, _ = one(of(effectiveDateTime=None, issued="2025-11-20T09:00:00Z"))
    check("3.6.03 issued alone", (record["at"], record["warning"]), ("2025-11-20T09:00:00Z", "collected-time-unknown"))
    for name, value, wanted in (("Quantity", {"comparator": ">=", "value": "3.50", "unit": "mg"}, (">=3.50", "mg")), ("CodeableConcept", coded("1", None, "陽性"), ("陽性", None)),
                                ("String", "300>", ("300>", None)), ("Boolean", True, ("true", None)), ("Integer", 7, ("7", None)),
                                ("Range", {"low": amount(1, "個"), "high": amount(4, "個")}, ("1 個 – 4 個", None)), ("Ratio", {"numerator": {"value": 1}, "denominator": {"value": 128}}, ("1:128", None)),
                                ("SampledData", {"data": "1 2 3"}, ("波形データあり", None)), ("Time", "08:30:00", ("08:30:00", None)), ("DateTime", "2025-11", ("2025-11", None)),
                                ("Period", {"start": "2025-11-01", "end": "2025-11-02"}, ("2025-11-01 – 2025-11-02", None)), ("Attachment", {"title": "図"}, ("図", None)),
                                ("Reference", {"display": "別紙"}, ("別紙", None))):
        _, item = one(valued(**{"value" + name: value}))
        check("3.6.04 value%s" % name, (item["value"], item.get("unit")), wanted)
    record, item = one(of(valueInteger=2))
    check("3.6.04 two values", (item["value"].split("\n"), record["warning"]), (["1", "2"], "several-values"))
    for code, word in (("unknown", "不明"), ("not-performed", "未実施"), ("masked", "非開示"), ("error", "測定エラー"), ("not-asked", "未聴取")):
        check("3.6.05 %s" % code, one(valued(dataAbsentReason=coded(code)))[1]["value"], word)
    check("3.6.05 neither value nor reason", one(valued())[1]["value"], "値なし")
    for code in ("L", "LL", "H", "HH", "N", "A", "AA", "POS", "NEG", "IND", "S", "I", "R", "<", ">"):
        check("3.6.06 flag %s" % code, one(of(interpretation=[coded(code)]))[1]["flag"], code)
    check("3.6.06 none computed", "flag" in one(valued(valueQuantity=amount(99, "mEq/L"), referenceRange=[{"high": amount(5, "mEq/L")}]))[1], False)
    ranges = [({"low": amount("3.6", "mEq/L"), "high": amount("5.0", "mEq/L")}, "3.6 - 5.0"), ({"text": "陰性"}, "陰性"), ({"low": amount(3, "mEq/L")}, "3 -"),
              ({"low": amount(3, "g/L"), "high": amount(5, "g/L")}, "3 g/L - 5 g/L"), ({"text": "3.6-5.0", "type": coded("normal")}, "3.6-5.0"),
              ({"text": "3-5", "appliesTo": [{"text": "女性"}], "age": {"low": amount(20, "歳")}}, "女性、年齢 20 歳 – : 3-5")]
    for range, wanted in ranges:
        check("3.6.07 range %s" % wanted, one(valued(valueQuantity=amount(4, "mEq/L"), referenceRange=[range]))[1]["range"], wanted)
    several = [{"text": "3-5", "appliesTo": [{"text": "女性"}]}, {"text": "4-6", "appliesTo": [{"text": "男性"}]}]
    check("3.6.07 several", one(of(referenceRange=several))[1]["range"].split("\n"), ["女性: 3-5", "男性: 4-6"])
    pressure = valued(category=[coded("vital-signs")], code={"text": "血圧"}, component=[
        {"code": {"text": "収縮期"}, "valueQuantity": amount(120, "mmHg")}, {"code": {"text": "拡張期"}, "dataAbsentReason": coded("not-performed")}])
    record, _ = one(pressure)
    check("3.6.08 parts", [(i["name"], i["value"]) for i in record["items"] if "value" in i], [("収縮期", "120"), ("拡張期", "未実施")])
    panel = valued(code={"text": "肝機能"}, hasMember=[{"reference": "Observation/m"}], derivedFrom=[{"display": "計算元"}])
    record, item = one(panel, of("m", code={"text": "AST"}, valueString="30"))
    check("3.6.09 a panel has no value of its own", ("値なし" in str(record["items"]), "計算元" in str(record["items"])), (False, True))
    _, item = one(of(specimen={"display": "尿"}, method={"text": "酵素法"}, bodySite={"text": "左腕"}, device={"display": "装置"}))
    check("3.6.10 material, method, place, device", [item[name] for name in ("specimen", "method", "site", "device")], ["尿", "酵素法", "左腕", "装置"])
    record, item = one(of(identifier=[{"value": "I1"}], note=[{"text": "溶血"}], performer=[{"display": "技師"}], basedOn=[{"display": "依頼"}], partOf=[{"display": "処置"}],
                          encounter={"display": "受診"}, focus=[{"display": "胎児"}]))
    check("3.6.11 the rest", (record["warning"], [word in str(record["items"]) for word in ("I1", "溶血", "技師", "依頼", "処置", "受診", "胎児")]), ("about-another", [True] * 7))
    thing = of(subject={"reference": "Device/d"})
    lines, _ = build({"x.ndjson": [patient(), {"resourceType": "Device", "id": "d"}, thing]})
    check("3.6.11 about a thing", [r.get("patient") for r in records(lines) if r["resource"] == "Observation/x"], [None])


def kinds():
    check("3.6.12 lab", (one(of())[0]["kind"], one(of(category=None, code=coded("3H015", "urn:oid:1.2.392.200119.4.504", "K")))[0]["kind"]), ("lab", "lab"))
    for system, code in [(NURSING, "31001369")] + [(LOINC, code) for code in ("85354-9", "8480-6", "8462-4", "8867-4", "9279-1", "8310-5", "2708-6", "59408-5")]:
        check("3.6.13 vital %s" % code, one(of(category=None, code=coded(code, system, "x")))[0]["kind"], "vital")
    record, item = one(valued(category=[coded("vital-signs")], code={"text": "呼吸数"}, valueQuantity=amount(400, "/min")))
    check("3.6.13 what cannot be is shown as it is", (item["value"], record.get("warning")), ("400", None))
    for system, code in [(NURSING, code) for code in ("31000296", "31000297", "31000298", "31003020", "31002900")] + [(LOINC, code) for code in ("29463-7", "8302-2", "39156-5")] + [
            (JLAC, "9N001000000000001"), (JLAC, "9N006000000000001")]:
        check("3.6.14 body %s" % code, one(of(category=None, code=coded(code, system, "x")))[0]["kind"], "vital")
    _, item = one(valued(category=None, code=coded("31000297", NURSING, "体重"), valueQuantity={"value": 3200}))
    check("3.6.14 grams where no unit is written", (item["value"], "unit" in item, "単位の記載なし：項目コードの単位は g" in item["comment"]), ("3200", False, True))
    for system, code in [(JLAC, "5H010000001999911"), (JLAC, "5H020000001999911"), ("http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS", "5H010"),
                         (LOINC, "883-9"), (LOINC, "10331-7"), (LOINC, "882-1")]:
        lines, _ = build({"x.ndjson": [patient(), of(code=coded(code, system, "血液型"), valueString="A")]})
        check("3.6.15 blood group %s" % code, list(patients(lines).values())[0].get("blood_type"), "A (2025-11-20)")
    for code in ("5F016", "5F360", "5F500", "5F550", "5F560", "5E071", "5E074", "5E075"):
        record, _ = one(of(code=coded(code + "000002302311", JLAC, "感染症"), effectiveDateTime="2001-01-01"), of("n", code=coded(code + "000002302311", JLAC, "感染症")))
        check("3.6.16 infection %s, of whatever age" % code, record["kind"], "lab")
    organism = valued(category=[coded("organism", MICRO)], code={"text": "菌"}, valueCodeableConcept={"text": "大腸菌"})
    record, item = one(organism)
    check("3.6.17 microbiology", (record["kind"], item["organism"]), ("microbiology", "大腸菌"))
    tree = [valued(id="p%d" % n, category=[coded("organism-panels", MICRO)], code={"text": "菌"}, hasMember=[{"reference": "Observation/o%d" % n}, {"reference": "Observation/d%d" % n}])
            for n in (1, 2)]
    tree += [valued(id="o%d" % n, category=[coded("organism", MICRO)], valueCodeableConcept={"text": "菌%d" % n}) for n in (1, 2)]
    tree += [valued(id="d%d" % n, category=[coded("susceptibility-measurements", MICRO)], code={"text": "CEZ"}, interpretation=[coded("SR"[n - 1])]) for n in (1, 2)]
    lines, _ = build({"x.ndjson": [patient(), *tree]})
    found = {(i["organism"], i["drug"], i["result"]) for r in records(lines, "microbiology") for i in r["items"] if "drug" in i}
    check("3.6.17 whose S or R it is", found, {("菌1", "CEZ", "S"), ("菌2", "CEZ", "R")})
    for code, category in (("72166-2", "social-history"), ("18782-3", "imaging"), ("19005-8", "imaging")):
        record, item = one(of(category=[coded(category)], code=coded(code, LOINC, "項目"), valueString="一行目\\n二行目"))
        check("3.6.18 text %s" % code, (record["kind"], "二行目" in item["value"]), ("observation", True))


run([elements, kinds])
