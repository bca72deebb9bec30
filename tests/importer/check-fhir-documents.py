#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents, whole imports: sections 3.8 and 7 of the reference of FHIR.

  check-fhir-documents.py TOMOSHIBI

A check is called after its row: section, then the number of the row over all tables of that section.
"""

import base64
import zlib

from fhir_import import build, bundle, check, entry, findings, patient, records, run

FACILITY = ("--facility", "1234567890")
OID = "1.2.392.100495.20.3.51.11234567890"
URL = "urn:uuid:0a48a4bf-0000-4000-8000-00000000000%d"


def words(html):
    return {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">%s</div>' % html}


# ---- 3.8: document Bundles --------------------------------------------------------------------------------

SECTIONS = "http://jpfhir.jp/fhir/clins/CodeSystem/document-section"
TYPES = "http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes"


def section(title=None, code=None, system=SECTIONS, **more):
    made = dict(more)
    if title is not None:
        made["title"] = title
    if code is not None:
        made["code"] = {"coding": [{"system": system, "code": code}]}
    return made


def empty(code):
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/list-empty-reason", "code": code}]}


def composed(sections, type="57133-1", title="題", **more):
    """The record of the Composition of a document with these sections."""
    composition = {"resourceType": "Composition", "id": "c", "status": "final", "type": {"coding": [{"system": TYPES, "code": type}]},
                   "subject": {"reference": URL % 1}, "date": "2025-11-10", "author": [{"reference": URL % 2}],
                   "custodian": {"reference": URL % 3}, "title": title, "section": sections, **more}
    entries = [entry(composition, URL % 0), entry(patient(), URL % 1),
               entry({"resourceType": "Practitioner", "name": [{"text": "医師甲"}]}, URL % 2),
               entry({"resourceType": "Organization", "name": "見本病院"}, URL % 3),
               entry({"resourceType": "Condition", "subject": {"reference": URL % 1}, "code": {"text": "カナノビョウメイ"}}, URL % 4),
               entry({"resourceType": "MedicationRequest", "status": "completed", "intent": "order", "subject": {"reference": URL % 1},
                      "medicationCodeableConcept": {"text": "甲錠"}, "authoredOn": "2025-11-01"}, URL % 5)]
    lines, _ = build({"a.json": bundle("document", entries)})
    return next(r for r in lines if r["type"] == "record" and r.get("resource") == "Composition/c"), lines


def rendered():
    """3.8: order, nesting, narrative before entries, and what is empty in so many words."""
    found, lines = composed([section("構造情報", "300", section=[
        section("傷病名", "344", text=words("漢字の病名"), entry=[{"reference": URL % 4}]),
        section("投薬", "430", entry=[{"reference": URL % 5}]), section("既往", "370", text=words("甲錠"), entry=[{"reference": URL % 5}]),
        section("参照先なし", "432", entry=[{"reference": URL % 9, "display": "表示だけ"}]), section("予防接種", "530"),
        section("院内の節", "99999", system="urn:local", text=words("内容"))]), section("備考", "220", text=words("<p>備</p>"))])
    check("3.8 header", (found["title"], found["author"], found["items"][0]["custodian"], found["at"]),
          ("題", "医師甲", "見本病院", "2025-11-10"))
    check("3.8 sections", found["text"],
          "■ 構造情報\n　■ 傷病名\n漢字の病名\n・カナノビョウメイ\n　■ 投薬\n・甲錠\n　■ 既往\n甲錠\n　■ 参照先なし\n・表示だけ\n"
          "　■ 予防接種\n記載なし\n　■ 院内の節\n内容\n\n■ 備考\n備")
    check("3.8 facts beside it", sorted(r["kind"] for r in records(lines) if "as-of-document" in r.get("warning", "")),
          ["demographics", "prescription", "problem"])
    check("3.8 not repaired", [r["items"][0]["name"] for r in records(lines, "problem")], ["カナノビョウメイ"])


def why_empty():
    """3.8: "none" is written where somebody said so, and nowhere else."""
    reasons = ("nilknown", "notasked", "withheld", "unavailable", "notstarted", "closed", "local-reason")
    found, _ = composed([section(code, emptyReason=empty(code)) for code in reasons])
    check("3.8 emptyReason", found["text"].split("\n\n"),
          ["■ nilknown\n特になし", "■ notasked\n未聴取", "■ withheld\n非開示", "■ unavailable\n情報なし", "■ notstarted\n未着手",
           "■ closed\n終了", "■ local-reason\n[local-reason]"])
    found, _ = composed([section("アレルギー", "510", emptyReason={"text": "聴取できず"})])
    check("3.8 in its own words", found["text"], "■ アレルギー\n聴取できず")


def types_of_documents():
    """3.8, the table: the type as written, the title as written."""
    for row, code in (("3.8.01", "57133-1"), ("3.8.02", "18842-5"), ("3.8.03", "53576-5"), ("3.8.03", "JPGCHKUP01"),
                      ("3.8.04", "57833-6"), ("3.8.05", "56447-6")):
        found, _ = composed([section("a", text=words("b"))], type=code, title="表題" + code)
        check(row, (found["kind"], found["title"], found["items"][0]["code"], found["items"][0]["system"]),
              ("document", "表題" + code, code, TYPES))


def types_of_notes():
    """3.8, 4.2: what is read as notes and what as documents."""
    def letter(code):
        return {"resourceType": "DocumentReference", "id": "d" + code, "status": "current", "subject": {"reference": "Patient/p"},
                "type": {"coding": [{"system": "http://jpfhir.jp/fhir/core/CodeSystem/JP_DocumentCodes_CS", "code": code, "display": "名"}]},
                "date": "2025-11-01", "content": [{"attachment": {"contentType": "text/plain", "data": base64.b64encode(b"x").decode()}}]}
    codes = ("11506-3", "34108-1", "34112-3", "28623-7", "34874-8", "11526-1", "42348-3")
    lines, _ = build({"Patient.ndjson": [patient()], "a.ndjson": [letter(code) for code in codes]})
    kinds = {r["items"][0]["code"]: r["kind"] for r in records(lines) if r.get("resource", "").startswith("DocumentReference")}
    check("3.8 kinds", [kinds[code] for code in codes], ["note"] * 4 + ["document", "report", "document"])


# ---- 7: CDA -----------------------------------------------------------------------------------------------

PERSON = ('<patient><name use="IDE"><family>試験</family><given>太郎</given></name><name use="SYL"><family>シケン</family>'
          '<given>タロウ</given></name><administrativeGenderCode code="M"/><birthTime value="19500102"/>'
          '<guardian><guardianPerson><name>試験母</name></guardianPerson></guardian></patient>'
          '<providerOrganization><name>見本病院</name></providerOrganization>')


def target(*ids, inner=PERSON):
    return "<recordTarget><patientRole>%s<addr><postalCode>100</postalCode>東京都</addr>%s</patientRole></recordTarget>" % ("".join(ids), inner)


def number(value, root=OID, more=""):
    return '<id root="%s" extension="%s"%s/>' % (root, value, more)


MINE = target(number("00012345"))


def cda(body="", before="", behind="", whose=MINE, title="<title>紹介状</title>"):
    return ('<?xml version="1.0"?><?xml-stylesheet href="file:///etc/passwd"?><!-- 試験花子 --><ClinicalDocument xmlns="urn:hl7-org:v3" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><realmCode code="JP"/>%s%s%s%s<component>%s</component>'
            '</ClinicalDocument>' % (title, before, whose, behind, body or "<structuredBody/>"))


def sections(*parts):
    return "<structuredBody>%s</structuredBody>" % "".join(
        "<component><section><title>%s</title>%s</section></component>" % part for part in parts)


def read(*documents):
    """Records of documents, in the order of their files; all lines."""
    lines, _ = build({"%02d.xml" % n: text for n, text in enumerate(documents)}, *FACILITY)
    return sorted(records(lines), key=lambda r: r["source"]["path"]), lines


def item(record, name):
    return record["items"][0].get(name)


def header():
    """7, the first table."""
    before = ('<typeId root="2.16.840.1.113883.2.2.3.2" extension="POCD_HD000040JP00"/><templateId root="2.16.840.1.113883.2.2.3.6.100"/>'
              '<id root="1.2" extension="DOC1"/><code code="MD0020730" codeSystem="1.2.392.200119.5.3.1" displayName="診療情報提供書"/>'
              '%s<effectiveTime value="202511011200+0900"/><confidentialityCode code="V" codeSystem="2.16.840.1.113883.5.25"/>'
              '<languageCode code="ja-JP"/><setId root="1.2" extension="SET1"/><versionNumber value="2"/>')
    who = "<assignedEntity><assignedPerson><name>%s</name></assignedPerson></assignedEntity>"
    behind = ('<author><time value="202511011100"/><assignedAuthor><assignedPerson><name>作成医</name></assignedPerson>'
              '<representedOrganization><name>作成院</name></representedOrganization></assignedAuthor></author>'
              '<custodian><assignedCustodian><representedCustodianOrganization><name>保管院</name></representedCustodianOrganization>'
              '</assignedCustodian></custodian><informationRecipient><intendedRecipient><informationRecipient><name>宛先医</name>'
              '</informationRecipient></intendedRecipient></informationRecipient>'
              '<legalAuthenticator><time value="20251102"/>' + who % "責任医" + "</legalAuthenticator>"
              '<authenticator><time value="20251103"/>' + who % "承認医" + "</authenticator>"
              '<participant><associatedEntity><code displayName="長女"/><associatedPerson><name>家族甲</name></associatedPerson>'
              '</associatedEntity></participant><inFulfillmentOf><order><id root="1.3" extension="ORD9"/></order></inFulfillmentOf>'
              '<documentationOf><serviceEvent><code code="010" displayName="特定健診"/><effectiveTime><low value="20251020"/>'
              '<high value="20251021"/></effectiveTime><performer>' + who % "実施医" + "</performer></serviceEvent></documentationOf>"
              '<authorization><consent><code displayName="同意書"/><statusCode code="completed"/></consent></authorization>'
              '<componentOf><encompassingEncounter><effectiveTime><low value="20251001"/><high value="20251030"/></effectiveTime>'
              '<responsibleParty>' + who % "主治医" + '</responsibleParty><location><healthCareFacility><location><name>3病棟</name></location>'
              '<serviceProviderOrganization><name>分院</name></serviceProviderOrganization></healthCareFacility></location>'
              '</encompassingEncounter></componentOf>')
    (one, two), lines = read(cda(before=before % "", behind=behind), cda(before=before % "", title="").replace("DOC1", "DOC9").replace("SET1", "SET9"))
    person = next(o for o in lines if o["type"] == "patient")
    check("7.01 recognised by its root", (one["kind"], one["source"]["format"]), ("document", "cda"))
    check("7.02 its own number", item(one, "document_id"), "1.2^DOC1")
    check("7.03 type and title", (one["title"], item(one, "code"), item(one, "system"), two["title"]),
          ("紹介状", "MD0020730", "1.2.392.200119.5.3.1", "診療情報提供書"))
    check("7.04 written, not done", (one["at"], item(one, "start"), item(one, "end")),
          ("2025-11-01T12:00+09:00", "2025-10-01", "2025-10-30"))
    check("7.05 confidential", (item(one, "confidential"), item(one, "comment").split("\n")[0]), ("V", "機密区分：V"))
    check("7.06 set and version", (item(one, "set_id"), item(one, "version"), item(one, "language")), ("1.2^SET1", "2", "ja-JP"))
    check("7.08 the patient", (person["id"], person["name"], person["kana"], person["sex"], person["birth_date"]),
          ("00012345", "試験\u3000太郎", "シケン\u3000タロウ", "M", "1950-01-02"))
    check("7.08 address", item(one, "address"), "100東京都")
    check("7.09 author", one["author"], "作成医（作成院）")
    check("7.10 those around", item(one, "comment").split("\n")[2:],
          ["宛先：宛先医", "作成日時：2025-11-01T11:00", "承認者：承認医　2025-11-03", "対象の行為：特定健診　2025-10-20 〜 2025-10-21", "実施者：実施医", "場所：3病棟", "場所の施設：分院", "担当：主治医",
           "関係者：家族甲　長女", "保護者：試験母", "診療施設：見本病院", "同意：同意書（completed）"])
    check("7.10 signed, kept, ordered", (item(one, "signed_by"), item(one, "signed_at"), item(one, "custodian"), one["order_no"]),
          ("責任医", "2025-11-02", "保管院", "ORD9"))
    check("7 neither a comment nor a style sheet", "花子" in str(lines) or "root:" in str(lines), False)


def versions():
    """7.06: what is replaced, and what is only written on."""
    def one(id, version=0, set="", rel=""):
        return cda(before='<id root="1.2" extension="%s"/><effectiveTime value="2025110112%02d"/>%s' % (
            id, version, '<setId root="1.2" extension="%s"/><versionNumber value="%d"/>' % (set, version) if set else ""), behind=rel)
    related = '<relatedDocument typeCode="%s"><parentDocument><id root="1.2" extension="%s"/></parentDocument></relatedDocument>'
    found, _ = read(one("A", 9, "S"), one("B", 10, "S"), one("C"), one("D", rel=related % ("RPLC", "C")),
                    one("E"), one("F", rel=related % ("APND", "E")), one("G"), one("H", rel=related % ("XFRM", "G")))
    check("7.06 replaced", [(item(r, "document_id"), r["status"]) for r in found if not r["live"]],
          [("1.2^A", "superseded"), ("1.2^C", "superseded")])
    check("7.06 written on", (item(found[5], "appends_to"), item(found[7], "transforms")), ("1.2^E", "1.2^G"))


def whose():
    """7.07: whose it is, by a number of this hospital alone."""
    ids = (number("00012345"), number("777", OID[:-10] + "0987654321"), number("9", "1.2.3", ' assigningAuthorityName="地域"'))
    lost = cda(whose=target(number("0001#345"))).encode().replace(b"#", b"\xff")
    found, lines = read(cda(whose=target(*ids)), cda(whose=target(ids[1])), cda(whose=target('<id nullFlavor="NI"/>')),
                        cda(whose=MINE + target(number("00099999"))), lost)
    check("7.07 of several numbers ours", (found[0].get("patient"), found[0].get("disputed")), ("00012345", None))
    check("7.07 nobody's", [(r.get("patient"), r.get("disputed")) for r in found[1:]], [(None, True)] * 4)
    check("7.07 told", ([f["path"] for f in findings(lines, "no-patient")], [f["path"] for f in findings(lines, "identity-conflict")]),
          (["01.xml", "02.xml", "04.xml"], ["03.xml"]))
    check("7.07 all are shown", item(found[0], "id"), "00012345\n777\n9")


def bodies():
    """7: what holds the words."""
    text = base64.b64encode("本文です".encode()).decode()
    packed = base64.b64encode(zlib.compress("縮めた本文".encode())).decode()
    other = '<nonXMLBody><text mediaType="text/plain" representation="B64"%s>%s</text></nonXMLBody>'
    found, lines = read(cda(other % ("", text)), cda(other % (' compression="ZL"', packed)), cda(
        '<nonXMLBody><text mediaType="application/pdf"><reference value="beside.pdf"/></text></nonXMLBody>'))
    check("7 other bodies", ["本文です" in found[0]["text"], "縮めた本文" in found[1]["text"]], [True, True])
    check("7 a file beside is told", ("beside" in str(found[2]) or "添付" in found[2].get("text", ""), [f["path"] for f in findings(lines, "ignored")]),
          (True, ["02.xml"]))


def narrative():
    """7, the second table."""
    rows = (
        ("7.11", "<paragraph>a</paragraph>b<br/>c<list listType=\"ordered\"><caption>見</caption><item>d</item></list><list><item>e</item></list>",
         "a\nb\nc\n見\n1. d\n・e"),
        ("7.12", '<table><thead><tr><th>h</th><th>i</th></tr></thead><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
                 '<tr><td colspan="2">d</td></tr></tbody></table>', "h\ti\na\tb\na\tc\nd\td"),
        ("7.13", '<content styleCode="Bold">a</content> 10<sup>3</sup> H<sub>2</sub>O<footnote>n</footnote>', "a 10^3 H2O［注1：n］"),
        ("7.14", '<content revised="delete">禁忌</content><content revised="insert">可</content>', "【削除：禁忌】可"),
        ("7.15", '<linkHtml href="http://x/y">先</linkHtml>', "先"),
        ("7.16", '<renderMultiMedia referencedObject="m"/>', "[図]"),
    )
    found, _ = read(*[cda(sections(("T", "<text>%s</text>" % row[1]))) for row in rows])
    for row, record in zip(rows, found):
        check(row[0], record["text"].strip(), "■ T\n" + row[2])
    entries = ('<entry><observation><code code="1" displayName="名"><originalText><reference value="#%s"/></originalText></code>'
               '<value xsi:type="ST">x</value></observation></entry>')
    found, _ = read(cda(sections(("T", entries % "r"), ("U", '<text><content ID="r">言葉</content></text>'))),
                    cda(sections(("T", entries % "nowhere"))))
    check("7.17 references", [r["text"].split("\n")[1] for r in found], ["言葉：x", "名：x"])


def nothing_and_opposite():
    """7: what is unknown, what is not so, and who else it is about."""
    body = sections(("a", ""), ("b", "<text/>"))
    body = body.replace("<section><title>b", '<section nullFlavor="NI"><title>b')
    not_so = '<entry><observation negationInd="true"><code displayName="アレルギー"/><value xsi:type="CD" displayName="ペニシリン"/></observation></entry>'
    mother = '<subject><relatedSubject><code displayName="母"/></relatedSubject></subject><text>乳癌</text>'
    found, _ = read(cda(body), cda(sections(("T", not_so))), cda(sections(("家族歴", mother))))
    check("7 unknown", found[0]["text"].strip(), "■ a\n記載なし\n\n■ b\n情報なし（記録なし）")
    check("7 negated", found[1]["text"].strip(), "■ T\n【否定】アレルギー：ペニシリン")
    check("7 a relative", found[2]["text"].strip(), "■ 家族歴\n【本人以外：母】\n乳癌")
    check("7 no facts of it", {r["kind"] for r in found}, {"document"})


def japanese():
    """7, the third table: each is recognised by what it carries, and read."""
    def typed(code, system, title="", body=sections(("所見", "<text>本文</text>")), more="", behind=""):
        return cda(body, before=more + '<code code="%s" codeSystem="%s"/><effectiveTime value="20251101"/>' % (code, system),
                   behind=behind, title="<title>%s</title>" % title if title else "")
    checkup = ('<structuredBody><component><section><code code="01010" codeSystem="1.2.392.200119.6.1010"/><entry><observation>'
               '<code code="9N701000000000011" displayName="喫煙"/><value xsi:type="CD" code="2" codeSystem="1.2.392.200119.6.2003"/>'
               '</observation></entry><entry><observation><code code="3D010000001926101" displayName="空腹時血糖"/>'
               '<value xsi:type="PQ" value="098" unit="mg/dL"/><interpretationCode code="N"/></observation></entry>'
               '<entry><observation><code displayName="腹囲"/><value nullFlavor="NI"/></observation></entry></section></component></structuredBody>')
    day = '<documentationOf><serviceEvent><code code="010"/><effectiveTime value="20251005"/></serviceEvent></documentationOf>'
    found, _ = read(
        typed("MD0020730", "1.2.392.200119.5.3.1", "診療情報提供書"), typed("18842-5", "2.16.840.1.113883.6.1", "退院時サマリー"),
        typed("18751-8", "2.16.840.1.113883.6.1", "上部内視鏡", '<structuredBody><component><section><component><section>'
              '<code code="Z1210003"/><title>抗血栓薬</title><text>なし</text></section></component></section></component></structuredBody>',
              '<templateId root="1.2.392.200270.3.2.1.1.1.1"/>'),
        typed("30", "1.2.392.200119.6.1001", "健康診断結果報告書", checkup, behind=day),
        typed("10", "1.2.392.200119.6.1001", "", checkup, behind=day))
    check("7.18 referral", (found[0]["title"], found[0]["text"]), ("診療情報提供書", "■ 所見\n本文\n"))
    check("7.19 discharge summary", (found[1]["title"], found[1]["kind"]), ("退院時サマリー", "document"))
    check("7.20 JAHIS", found[2]["text"].strip(), "■ （表題なし）\n　■ 抗血栓薬\nなし")
    check("7.21 7.22 of the day of the examination", [r["at"] for r in found[3:]], ["2025-10-05"] * 2)
    for row, record in (("7.21", found[3]), ("7.22", found[4])):
        check(row + " entries, as written", [w in record["text"] for w in ("喫煙：2", "空腹時血糖：098 mg/dL　N", "腹囲：未記載", "異常なし")],
              [True, True, True, False])


run([rendered, why_empty, types_of_documents, types_of_notes, header, versions, whose, bodies, narrative, nothing_and_opposite, japanese])
