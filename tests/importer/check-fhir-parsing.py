#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms of input and safe parsing, whole imports: sections 1.1, 1.3, 1.4 and 6 of the reference of FHIR.

  check-fhir-parsing.py TOMOSHIBI

A check is called after its row: section, then the number of the row over all tables of that section.
"""

import base64
import gzip
import hashlib
import io
import json
import zipfile

from fhir_import import allergy, build, bundle, check, entry, findings, patient, patients, records, run

NS = 'xmlns="http://hl7.org/fhir"'
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def chart(files, *options):
    """id -> record; the lines of the export are its "", the report is its "report"."""
    lines, report = build({"Patient.ndjson": [patient()], **files}, *options)
    found = {"": lines, "report": report}
    for record in records(lines):
        found.setdefault(record.get("resource", "/").split("/")[1], record)
    return found


def told(found, code):
    """Places of the findings of that code."""
    return sorted((f.get("path", ""), f.get("entry", "")) for f in findings(found[""], code))


def line(resource):
    return json.dumps(resource, ensure_ascii=False) + "\n"


def lab(id, **more):
    return {"resourceType": "Observation", "id": id, "status": "final", "code": {"text": "K"},
            "category": [{"coding": [{"code": "laboratory"}]}], "subject": {"reference": "Patient/p"},
            "effectiveDateTime": "2025-11-20T08:00:00+09:00", **more}


def value(found, id, name="value"):
    return found[id]["items"][0].get(name) if id in found else "(no record)"


def egg(id="a"):
    return allergy("卵", id=id)


def there(found, ids):
    """Those of @ids that are records."""
    return [id for id in ids if id in found]


def egg_xml(id, more="", prolog="", text="卵"):
    return ('%s<AllergyIntolerance %s><id value="%s"/>%s<code><text value="%s"/></code>'
            '<patient><reference value="Patient/p"/></patient></AllergyIntolerance>' % (prolog, NS, id, more, text))


def in_zip(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


# ---- 1.1: by content, never by extension ------------------------------------------------------------------

def told_by_content():
    """1.1: every file has a name that says something else."""
    found = chart({
        "1.pdf": gzip.compress(gzip.compress(line(egg("a1")).encode())),
        "2.txt": in_zip(**{"x__y.dat": line(egg("a2"))}),
        "3.xml": "\ufeff" + line(egg("a3")),
        "4.json": egg_xml("a4", prolog='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        "5.json": "\n  " + egg_xml("a5"),
        "6.xml": "\n [" + line(egg("a6")) + "]",
        "7.json": PDF,
        "9.json": "なにか別のもの",
    })
    check("1.1.01 gzip twice", there(found, ["a1"]), ["a1"])
    check("1.1.02 zip", there(found, ["a2"]), ["a2"])
    check("1.1.03 BOM", there(found, ["a3"]), ["a3"])
    check("1.1.04 UTF-16", there(found, ["a4"]), ["a4"])
    check("1.1.05 XML", there(found, ["a5"]), ["a5"])
    check("1.1.06 JSON", there(found, ["a6"]), ["a6"])
    names = [f["path"] for f in found[""] if f["type"] == "finding"]
    check("1.1.07 1.1.09 neither is taken for FHIR, both are told",
          [name for name in names if name in ("7.json", "9.json")], ["7.json", "9.json"])


def message_of_v2():
    """1.1.08: a message of HL7 v2 that lies about: read, and of an unknown state, as no name tells its flag."""
    found = chart({"8.json": b"\x0bMSH|^~\\&|HIS|H|X|X|20251101||ADT^A08|1|P|2.5\rPID|||00012345\r"})
    check("1.1.08", (told(found, "not-understood"), [(r["patient"], r["live"]) for r in records(found[""], "demographics")
                                                     if "resource" not in r]),
          ([("8.json", "")], [("00012345", False)]))


def forms_of_json():
    """1.1, the second table."""
    found = chart({
        "10.json": bundle("collection", [entry(egg("b0"))]),
        "11.json": egg("b1"),
        "12.json": json.dumps(egg("b2"), indent=2) + "\n" + json.dumps(egg("b2x"), indent=2) + "\n",
        "13.json": {"resourceType": "https://h/fhir", "transactionTime": "2025-11-30T00:00:00", "output": [
            {"type": "AllergyIntolerance", "url": "https://h/13.ndjson", "count": 1}]},
        "13.ndjson": [egg("b3")],
        "14.json": {"name": "package", "version": "1.0.0"},
        "15.json": {"resourceType": "StructureDefinition", "id": "x", "url": "http://x"},
        "16.json": [egg("b6")],
        "16p.json": {"resourceType": "Parameters", "parameter": [{"name": "r", "resource": egg("b6p")}]},
        "17.json": {"resourceType": "Binary", "id": "x", "contentType": "application/fhir+ndjson",
                    "data": base64.b64encode((line(egg("b7")) + line(egg("b7x"))).encode()).decode()},
    })
    check("1.1.10 Bundle", there(found, ["b0"]), ["b0"])
    check("1.1.11 loose", there(found, ["b1"]), ["b1"])
    check("1.1.12 by depth, not by line", there(found, ["b2", "b2x"]), ["b2", "b2x"])
    check("1.1.13 manifest", (there(found, ["b3"]), [p for p, _ in told(found, "missing-file")]), (["b3"], []))
    # alone in a file each is told by its name and counted, and neither is data
    check("1.1.14 1.1.15 not FHIR, and a definition", told(found, "unreadable"), [("14.json", ""), ("15.json", "")])
    check("1.1.15 told what it is", ["a definition of FHIR" in f["detail"] for f in findings(found[""], "unreadable")], [False, True])
    check("1.1.16 array, Parameters", there(found, ["b6", "b6p"]), ["b6", "b6p"])
    check("1.1.17 NDJSON in a Binary", there(found, ["b7", "b7x"]), ["b7", "b7x"])


def roots_of_xml():
    """1.1, the third table."""
    cda = ('<ClinicalDocument xmlns="urn:hl7-org:v3"><title>紹介状</title><recordTarget><patientRole>'
           '<id root="1.2.392.100495.20.3.51.11234567890" extension="00012345"/></patientRole></recordTarget>'
           '<component><structuredBody/></component></ClinicalDocument>')
    claim = '<%s xmlns="http://tokuteikenshin.jp/checkup/2007"><a/></%s>'
    found = chart({
        "18.xml": '<Bundle %s><type value="collection"/><entry><resource>%s</resource></entry></Bundle>' % (NS, egg_xml("c8")),
        "18r.xml": egg_xml("c8r"),
        "19.xml": '<feed xmlns="http://www.w3.org/2005/Atom"/>',
        "20.xml": cda,
        "21a.xml": claim % ("checkupClaim", "checkupClaim"), "21b.xml": claim % ("index", "index"),
        "21c.xml": '<index xmlns="https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103.html"/>',
        "22.xml": '<SubmitObjectsRequest xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"/>',
    })
    check("1.1.18 FHIR", there(found, ["c8", "c8r"]), ["c8", "c8r"])
    check("1.1.19 DSTU1", [p for p, _ in told(found, "unreadable") if p == "19.xml"], ["19.xml"])
    check("1.1.20 CDA", [r["title"] for r in records(found[""], "document")], ["紹介状"])
    details = {f["path"]: f["detail"] for f in findings(found[""], "unreadable")}
    check("1.1.21 claims are counted, by any of their roots", [p for p, d in sorted(details.items()) if "health check-ups" in d],
          ["21a.xml", "21b.xml", "21c.xml"])
    check("1.1.22 XDM", "XDM" in details["22.xml"], True)
    check("1.1 sums", found["report"]["counts"]["files_refused"], 5)


# ---- 1.3: slices ------------------------------------------------------------------------------------------

def slices():
    """1.3: keys in any order, strings that look like structure, what is broken costs itself alone."""
    inner = json.dumps(egg("s1"), ensure_ascii=False)
    looks = json.dumps(allergy('}],"entry":[{"', id="s2"), ensure_ascii=False)
    broken = inner.replace('"s1"', '"s3" "x"')
    whole = '{"entry":[{"resource":%s},{"resource":%s},{"resource":%s},{"resource":%s}],"type":"collection","resourceType":"Bundle"}'
    found = chart({"a.json": whole % (inner, looks, broken, inner.replace("s1", "s4"))})
    found["cut"] = chart({"b.json": ('{"type":"collection","resourceType":"Bundle","entry":[{"resource":%s},{"resource":%s' % (
        inner.replace("s1", "s5"), inner.replace("s1", "s6")))[:-20]})
    check("1.3 any order, a broken slice", there(found, ["s1", "s2", "s3", "s4"]), ["s1", "s2", "s4"])
    check("1.3 strings", value(found, "s2", "substance"), '}],"entry":[{"')
    check("1.3 told", told(found, "not-understood"), [("a.json", "entry[2]")])
    check("1.3 before the break", (there(found["cut"], ["s5", "s6"]), told(found["cut"], "truncated")), (["s5"], [("b.json", "entry[1]")]))


# ---- 1.4: one tree from XML and JSON ----------------------------------------------------------------------

def one_tree():
    """1.4: what stands in XML is on the disc what stands in JSON."""
    def observation(id, inner):
        return ('<Observation %s><id value="%s"/><status value="final"/><category><coding><code value="laboratory"/></coding>'
                '</category><code><text value="K"/></code><subject><reference value="Patient/p"/></subject>%s</Observation>'
                % (NS, id, inner))
    amount = '<valueQuantity><value value="%s"/><unit value="g"/></valueQuantity>'
    div = '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>転倒</p><p>あり</p></div></text>'
    found = chart({
        "1.xml": observation("x1", '<effectiveDateTime value="2025-11"/>' + amount % "3.50"),
        "2.xml": observation("x2", '<effectiveDateTime><extension url="http://hl7.org/fhir/StructureDefinition/data-absent-reason">'
                                   '<valueCode value="unknown"/></extension></effectiveDateTime>' + amount % "1"),
        "3.xml": observation("x3", '<note><text value="一"/></note>' + amount % "1" + '<note><text value="二"/></note>'),
        "4.xml": '<MedicationRequest %s><id value="x4"/><contained><Medication><id value="m"/><code><text value="甲錠"/></code>'
                 '</Medication></contained><status value="active"/><intent value="order"/><medicationReference>'
                 '<reference value="#m"/></medicationReference><subject><reference value="Patient/p"/></subject>'
                 '</MedicationRequest>' % NS,
        "5.xml": observation("x5", '<modifierExtension url="urn:not"><valueBoolean value="true"/></modifierExtension>' + amount % "1"),
        "6.xml": '<Basic %s><id value="x6"/>%s<subject><reference value="Patient/p"/></subject></Basic>' % (NS, div),
        "7.xml": observation("x7", '<valueString value="一行&#xA;二行\n三行"/>'),
        # the order of a schema is not asked for
        "8.xml": observation("x8", amount % "2").replace('<id value="x8"/>', "").replace("</Obs", '<id value="x8"/></Obs'),
        "9.xml": '<Bundle %s><type value="collection"/><entry><resource>%s</resource></entry><entry><resource>%s' %
                 (NS, egg_xml("x9"), egg_xml("x9y")[:-30]),
    })
    check("1.4.01 as written", (value(found, "x1"), found["x1"]["at"]), ("3.50", "2025-11"))
    check("1.4.02 an extension in a primitive is no value", (value(found, "x2"), found["x2"].get("at")), ("1", None))
    check("1.4.03 one and several", [word in json.dumps(found["x3"], ensure_ascii=False) for word in "一二"], [True, True])
    check("1.4.04 contained", value(found, "x4", "drug"), "甲錠")
    check("1.4.05 url", found["x5"].get("warning").split("\n")[0], "unknown-modifier")
    check("1.4.06 div", found["x6"].get("text"), "転倒\nあり")
    check("1.4.07 line breaks", value(found, "x7"), "一行\n二行 三行")
    check("1.4 any order", value(found, "x8"), "2")
    check("1.4 truncated", (there(found, ["x9", "x9y"]), [p for p, _ in told(found, "truncated")]), (["x9"], ["9.xml"]))


# ---- 6.1: bytes -------------------------------------------------------------------------------------------

def bytes_of_text():
    found = chart({
        "a.ndjson": line(lab("a", valueString="#")).encode().replace(b"#", b"\x93\xc7"),
        "b.ndjson": line(lab("b", valueString="外\ue000字 𠮷野 葛\U000e0100")),
        "c.ndjson": line(lab("c", valueString="x\u0001y\tz")),
        "d.ndjson": line(lab("d", code={"coding": [{"system": "urn:x", "code": "#", "display": "K"}]}, valueString="1")).encode()
        .replace(b"#", b"3H\xff"),
        "e.ndjson": line(lab("e", valueString="#")).encode().replace(b"#", b"\xed\xa0\x80\xc0\xafok"),
        "f.ndjson": line(lab("f", valueString="10\u202e05\u202c mg\u2066!\u2069")),
        "f.xml": egg_xml("fx", text="12&#x202E;34"),
    })
    check("6.1 the whole file is CP932", (value(found, "a"), found["a"].get("marks")), ("読", None))
    check("6.1 signs of nobody, of four bytes and variants stay", value(found, "b"), "外\ue000字 𠮷野 葛\U000e0100")
    check("6.1 controls but for tabs", value(found, "c"), "xy\tz")
    check("6.1 a damaged code is marked", (value(found, "d", "name"), found["d"]["marks"]), ("K", ["undecodable"]))
    check("6.1 surrogates and long forms", (value(found, "e"), found["e"]["marks"]), ("\ufffd" * 5 + "ok", ["undecodable"]))
    check("6.1 what turns the writing", (value(found, "f"), value(found, "fx", "substance")), ("1005 mg!", "1234"))
    check("6.1 told", [p for p, _ in told(found, "undecodable")], ["a.ndjson", "d.ndjson", "e.ndjson"])


def damaged(resource, byte):
    """Its "#" as one byte that is nothing."""
    return line(resource).encode().replace(b"#", byte)


def damaged_numbers():
    """6.1: two numbers of which a character is lost look alike, and are those of two people."""
    found = chart({"x.ndjson": damaged(patient("0001#345", id="x", name=[{"text": "甲"}]), b"\xfe") + line(allergy("卵", "Patient/x")).encode(),
                   "y.ndjson": damaged(patient("0001#345", id="y", name=[{"text": "乙"}]), b"\xff") + line(allergy("蟹", "Patient/y")).encode()})
    check("6.1 two charts", sorted(p.get("name") for p in patients(found[""]).values()), ["乙", "甲", "試験\u3000太郎"])
    whose = {r["items"][0]["substance"]: r["patient"] for r in records(found[""], "allergy")}
    check("6.1 each his own", (whose["卵"] != whose["蟹"], "\ufffd" in "".join(whose.values())), (True, False))
    shown = [r["items"][0].get("id") for r in records(found[""], "demographics")]
    check("6.1 the damaged number is shown", shown.count("0001\ufffd345"), 2)


def damaged_ids():
    """6.1: the same of ids: nothing that names one of them is the other's."""
    person = {k: v for k, v in patient(None, id="p#").items()}
    found = chart({"x.ndjson": damaged({**person, "name": [{"text": "甲"}]}, b"\xfe"),
                   "y.ndjson": damaged({**person, "name": [{"text": "乙"}]}, b"\xff"),
                   "z.ndjson": damaged(allergy("卵", "Patient/p#"), b"\xfd")})
    check("6.1 two people", sorted(p.get("name") for p in patients(found[""]).values()), ["乙", "甲", "試験\u3000太郎"])
    check("6.1 nobody's", [r.get("patient") for r in records(found[""], "allergy")], [None])
    check("6.1 no-patient", told(found, "no-patient"), [("z.ndjson", "")])


def patients_without_an_id():
    """4.3: who has neither number nor id is where he stands, and never somebody else of the same place."""
    def nobody(name):
        return {k: v for k, v in patient(None, name=[{"text": name}]).items() if k != "id"}
    found = chart({"a.json": nobody("甲"), "b.json": nobody("乙"), "a.ndjson": [nobody("丙"), nobody("丁")], "b.ndjson": [nobody("戊"), nobody("己")],
                   "c.json": bundle("searchset", [entry(nobody("庚"))]), "d.json": bundle("searchset", [entry(nobody("辛"))])})
    people = patients(found[""])
    check("4.3 everybody", sorted(p.get("name") for p in people.values()),
          sorted(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "試験\u3000太郎"]))
    check("4.3 on the disc", len(records(found[""], "demographics")), 9)
    check("4.3 of one place", sorted(id for _, id in people),
          ["00012345", "a.json", "a.ndjson#line 1", "a.ndjson#line 2", "b.json", "b.ndjson#line 1", "b.ndjson#line 2",
           "c.json#entry[0]", "d.json#entry[0]"])


# ---- 6.2: JSON --------------------------------------------------------------------------------------------

NUMBER = '"valueQuantity":{"value":%s,"unit":"x"}'
SKIPPED = "(no record)"
# row of the table, what stands in the resource, its value on the disc, its mark
HAZARDS = (
    ("6.2.01", '"extension":' + "[" * 90 + "]" * 90 + ',"valueString":"A"', "A", None),
    ("6.2.01", '"extension":' + "[" * 120 + "]" * 120 + ',"valueString":"A"', SKIPPED, None),
    ("6.2.02", NUMBER % "3.50", "3.50", None),
    ("6.2.02", NUMBER % "12345678901234567890.10", "12345678901234567890.10", None),
    ("6.2.02", NUMBER % ("1" * 80), "1" * 80, None),
    ("6.2.02", NUMBER % "1e999", "1e999", None),
    ("6.2.03", NUMBER % "01", "01", "not-understood"),
    ("6.2.03", NUMBER % "1.", "1.", "not-understood"),
    ("6.2.04", NUMBER % "1.2.3", "1.2.3", "not-understood"),
    ("6.2.05", '"valueString":"A","\\u0076alueString":"B"', "A\nB", "not-understood"),
    ("6.2.05", '"valueString":"A","valueString":"A"', "A", None),
    ("6.2.06", '"ValueString":"B","valueString":"A"', "A", None),
    ("6.2.07", '"valueString":"A\\u0000B"', "A\ufffdB", "undecodable"),
    ("6.2.08", '"valueString":"A\\ud83dB"', "A\ufffdB", "undecodable"),
    ("6.2.08", '"valueString":"A\\ud83d\\ude00B"', "A😀B", None),
    ("6.2.09", '"valueString":"A\nB"', "A\nB", None),
    ("6.2.10", '/* c */"valueString":"A"', SKIPPED, None),
    ("6.2.10", '"valueString":"A",', SKIPPED, None),
    ("6.2.10", "'valueString':'A'", SKIPPED, None),
    ("6.2.10", '"valueString":"\\x41"', SKIPPED, None),
    ("6.2.10", NUMBER % "NaN", "NaN", "not-understood"),
    ("6.2.11", '"valueString":"A","valueBoolean":truex', SKIPPED, None),
    ("6.2.13", '"valueString":"A","note":[],"method":{},"interpretation":null,"bodySite":{"text":""}', "A", None),
)


def hazards_of_json():
    """6.2: one resource and another behind it, which is always read; what is skipped is told."""
    files = {}
    for number, (_, inner, _, _) in enumerate(HAZARDS):
        files["%02d.json" % number] = (line(lab("h%02d" % number, X=1)).replace('"X": 1', inner) + line(lab("n%02d" % number, valueString="N")))
    files["bom.json"] = "\ufeff" + line(lab("bom", valueString="A"))
    files["behind.json"] = line(lab("behind", valueString="A"))[:-1] + "x" + line(lab("behind-next", valueString="N"))
    found = chart(files)
    for number, (row, inner, wanted, mark) in enumerate(HAZARDS):
        id = "h%02d" % number
        check("%s %s" % (row, inner[:40]), (value(found, id), found.get(id, {}).get("marks")), (wanted, [mark] if mark else None))
        check(row + " the next one", value(found, "n%02d" % number), "N")
        is_told = any(f.get("path") == "%02d.json" % number for f in found[""] if f["type"] == "finding")
        check(row + " told", is_told, wanted == SKIPPED or mark is not None)
    check("6.2.11 garbage behind", (value(found, "behind"), value(found, "behind-next"), told(found, "not-understood")[-1]),
          ("A", "N", ("behind.json", "line 1")))
    check("6.2.12 BOM", (value(found, "bom"), told(found, "ignored")), ("A", [("bom.json", "")]))
    places = {f["path"]: f["entry"] for f in findings(found[""], "not-understood")}
    check("6.2.14 place of an error", {places[p] for p in places}, {"line 1"})
    check("6.2 sums", found["report"]["counts"]["fhir"]["refused"], 6)


# ---- 6.3: sizes -------------------------------------------------------------------------------------------

def sizes():
    deep = {"url": "urn:x", "valueString": "innermost"}
    for _ in range(12):
        deep = {"url": "urn:x", "extension": [deep]}

    def order(id, n):
        return {"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order", "subject": {"reference": "Patient/p"},
                "medicationReference": {"reference": "#m%d" % (n - 1)},
                "contained": [{"resourceType": "Medication", "id": "m%d" % i, "code": {"text": "薬%d" % i}} for i in range(n)]}
    strange = [{**lab("s%d" % i), "subject": {"reference": "Patient/nobody"}} for i in range(1100)]
    found = chart({"a.ndjson": [lab("long", valueString="x" * 1200000), order("many", 10000), lab("deep", valueString="1", extension=[deep])] + strange})
    check("6.3 text", (len(value(found, "long")), told(found, "truncated")), (1024 * 1024, [("a.ndjson", "line 1")]))
    check("6.3 contained", value(found, "many", "drug"), "薬9999")
    check("6.3 extensions", value(found, "deep"), "1")
    check("6.3 everything is kept, and counted", len([r for r in records(found[""], "lab") if r.get("disputed")]), 1100)
    check("6.3 each is told", len(findings(found[""], "no-patient")), 1100)


# ---- 6.4: XML ---------------------------------------------------------------------------------------------

def hazards_of_xml():
    deep = '<extension url="u">' * 120 + "</extension>" * 120
    found = chart({
        "1.xml": egg_xml("a", prolog='<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>', text="&e;"),
        "2.xml": egg_xml("b", prolog='<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>', text="&y;"),
        "3.xml": egg_xml("c", prolog="<!-- c --><?pi x?><!DOCTYPE a>"),
        "3u.xml": egg_xml("cu", prolog='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>').encode("utf-16"),
        "4.xml": egg_xml("d", text="x" * 10500000),
        "5.xml": egg_xml("e", deep), "5m.xml": egg_xml("em", '<extension url="u">' * 50 + "</extension>" * 50),
        "5n.xml": egg_xml("en", '<extension url="u">' * 40 + "</extension>" * 40),
        "6.xml": egg_xml("f", text="a&nbsp;b"), "6n.xml": egg_xml("fn", text="a&#160;b"),
        "7.xml": egg_xml("g", prolog='<?xml version="1.0" encoding="Shift_JIS"?>').encode("cp932"),
        "7l.xml": egg_xml("gl", prolog='<?xml version="1.0" encoding="UTF-8"?>', text="卵表").encode("cp932"),
        "8.xml": egg_xml("h", text="a&#1;b"),
        "9.xml": egg_xml("i")[:-20],
        "10.xml": egg_xml("j", '<include xmlns="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
    })
    unread = [p for p, _ in told(found, "unreadable")]
    check("6.4.01 external entity", ("a" in found, "1.xml" in unread), (False, True))
    check("6.4.02 billion laughs", ("b" in found, "2.xml" in unread), (False, True))
    check("6.4.03 the probe", ("c" in found, "cu" in found, "3.xml" in unread, "3u.xml" in unread), (False, False, True, True))
    check("6.4.04 a long attribute", len(value(found, "d", "substance")), 1024 * 1024)
    check("6.4.05 depth", (there(found, ["e", "em", "en"]), [p for p, _ in told(found, "not-understood") if p[0] == "5"]),
          (["en"], ["5.xml", "5m.xml"]))
    check("6.4.06 nbsp", (there(found, ["f"]), value(found, "fn", "substance")), ([], "a\u00a0b"))
    check("6.4.07 Shift_JIS", (value(found, "g", "substance"), value(found, "gl", "substance")), ("卵", "卵表"))
    check("6.4.08 a control", there(found, ["h"]), [])
    check("6.4.09 truncated", (there(found, ["i"]), [p for p, _ in told(found, "truncated") if p == "9.xml"]), ([], ["9.xml"]))
    check("6.4 nothing is included", (value(found, "j", "substance"), "root:" in json.dumps(found[""])), ("卵", False))
    check("6.4 told", [p for p, _ in told(found, "not-understood")], ["10.xml", "5.xml", "5m.xml", "6.xml", "8.xml"])


# ---- 6.5: narrative and attachments -----------------------------------------------------------------------

def basic(id, div, status="generated"):
    return {"resourceType": "Basic", "id": id, "subject": {"reference": "Patient/p"}, "text": {"status": status, "div": div}}


def narrative():
    words = ('<div xmlns="http://www.w3.org/1999/xhtml"><h1>題</h1><p>一<br/>二</p><ul><li>甲</li></ul>'
             '<table><tr><td>Na</td><td>140</td></tr><tr><th>K</th><td>4</td></tr></table><pre>a  b\n c</pre>'
             '<b>太</b><i>斜</i><u>下</u><span>間</span></div>')
    active = ('<div><script>alert(1)</script><style>x{}</style><img src="http://x/y.png" alt="胸部"/>'
              '<a href="http://x">先</a><input value="v"/><p onclick="x()">押</p></div>')
    found = chart({"a.ndjson": [
        basic("a", words), basic("b", active), basic("c", "<div>転倒<br>あり<b></div>"), basic("d", "<div><del>禁忌</del>なし</div>"),
        basic("e", "<div><s>旧</s> <strike>古</strike></div>"), basic("f", "<!DOCTYPE x [<!ENTITY e 'EVIL'>]><div>&e;a</div>"),
        basic("g", "<div>x &lt;b&gt; &amp;</div>"), lab("h", text={"status": "generated", "div": "<div>肝腫大</div>"})]})
    text = {k: found[k].get("text") for k in "abcdefgh"}
    check("6.5 words", text["a"], "題\n一\n二\n・甲\nNa\t140\nK\t4\na  b\n c\n太斜下間")
    check("6.5 active", text["b"], "[画像: 胸部]先\n押")
    check("6.5 without tags", (text["c"], text["f"]), ("転倒\nあり", "]>\n&e;a"))
    check("6.5 struck out", (text["d"], text["e"]), ("【削除：禁忌】なし", "【削除：旧】 【削除：古】"))
    check("6.5 escapes", text["g"], "x <b> &")
    check("6.5 the only content", text["h"], "肝腫大")
    check("6.5 told", [e for _, e in told(found, "not-understood")], ["line 3", "line 6"])


def files_of_documents():
    def letter(id, **attachment):
        return {"resourceType": "DocumentReference", "id": id, "status": "current", "subject": {"reference": "Patient/p"},
                "type": {"text": "手紙"}, "date": "2025-11-01", "content": [{"attachment": attachment}]}

    def data(content):
        return base64.b64encode(content if isinstance(content, bytes) else content.encode()).decode()
    words = "本文テスト".encode()
    cda = ('<ClinicalDocument xmlns="urn:hl7-org:v3"><title>内視鏡</title><component><structuredBody><component><section>'
           '<title>所見</title><text>潰瘍</text></section></component></structuredBody></component></ClinicalDocument>')
    found = chart({"docs/one.txt": "隣の文書", "a.ndjson": [
        letter("a", contentType="text/plain", data=data(words), size=len(words), hash=data(hashlib.sha1(words).digest())),
        letter("b", contentType="text/plain; charset=shift_jis", data=data("日本".encode("cp932"))),
        letter("c", contentType="text/plain", data=data("日本語です".encode("cp932"))),
        letter("d", contentType="text/plain", data="data:text/plain;base64," + data(words)),
        letter("e", contentType="application/rtf", data=data(b"{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96\\'7b\\u35486?}")),
        letter("f", contentType="application/xml", data=data(cda)),
        letter("g", contentType="text/plain", data=data(words) + "\n "),
        letter("h", contentType="text/plain", data=data(words), size=len(words) + 1),
        letter("i", contentType="text/plain", data=data(words)[:-1]),
        letter("j", contentType="text/plain", data=data(words)[:8] + "==" + data(words)[8:]),
        letter("k", contentType="application/pdf", data=data(b"MZ\x90\x00")),
        letter("l", contentType="text/plain", data=data(words), hash=data(b"x" * 20)),
        letter("m", contentType="text/plain", url="docs/one.txt"), letter("n", contentType="text/plain", url="../../etc/passwd"),
        letter("o", contentType="text/plain", url="ftp://h/x"), letter("q", contentType="text/plain", url="file:///etc/passwd")]})
    text = {k: found[k].get("text") for k in "abcdefghijklmnoq"}
    check("6.5 plain text", [text[k] for k in "abcdg"], ["本文テスト", "日本", "日本語です", "本文テスト", "本文テスト"])
    check("6.5 RTF", text["e"], "日本語")
    check("6.5 CDA", text["f"], "■ 所見\n潰瘍\n")
    check("6.5 another size: kept, told", (text["h"], found["h"]["warning"]), ("本文テスト", "attachment-size"))
    # what is not on the disc is never told as if it were
    check("6.5 not opened", [(k, text[k], found[k].get("warning")) for k in "ijklmnoq"],
          [(k, None, "attachment-not-shown") for k in "ijklmnoq"])
    check("6.5 refused", [e for _, e in told(found, "attachment-refused")],
          sorted("line %d" % n for n in range(8, 17)))


run([told_by_content, message_of_v2, forms_of_json, roots_of_xml, slices, one_tree, bytes_of_text, damaged_numbers, damaged_ids,
     patients_without_an_id, hazards_of_json, sizes, hazards_of_xml, narrative, files_of_documents])
