#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which number is the patient: section 4.3 of the reference of FHIR.

  check-fhir-numbers.py TOMOSHIBI

A check is called after its row; the points below the table are counted on from it.
"""

import tempfile

from fhir_import import HOSPITAL, OTHER_HOSPITAL, allergy, build, bundle, check, entry, findings, patient, patients, records, run

OID = "urn:oid:1.2.392."
PATIENT = OID + "100495.20.3.51"
CHECKUP = OID + "200119.6.102.1"
OWN = "http://jpfhir.jp/fhir/eCS/Idsystem/JP_Hospital_PatientID"
MISSPELT = "http://jpfhir.jp/fhir/eCS/Idsysmem/JP_Hospital_PatientID"
INSTITUTION = "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber"
CLINS_ID = "http://jpfhir.jp/fhir/clins/Idsystem/"
NUMBERLESS = ("backup", "p")


def numbered(*identifiers, **more):
    """A patient with these (system, value, use)."""
    made = patient(None, **more)
    made["identifier"] = [{"system": system, "value": value, **({"use": use[0]} if use else {})} for system, value, *use in identifiers]
    return made


def charts(content, *options):
    lines, _ = build({"x.ndjson": content} if isinstance(content, list) else {"x.json": content}, *options)
    return sorted(patients(lines))


def whose(lines):
    """(facility, patient, substance) of every allergy."""
    return sorted((r.get("facility", ""), r.get("patient", ""), r["items"][0]["substance"]) for r in records(lines, "allergy"))


class Systems:
    """The operator's file."""

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".tsv")
        self.file.write(self.text)
        self.file.flush()
        return ["--patient-systems", self.file.name]

    def __exit__(self, *_):
        self.file.close()


# ---- the table -----------------------------------------------------------------------------------------

def of_the_tail():
    """Row 1: the facility is the ten digits behind the OID."""
    check("4.3.01", charts([numbered((HOSPITAL, "00012345"))]), [("1234567890", "00012345")])
    check("4.3.01 whatever --facility says", charts([numbered((HOSPITAL, "7"))], "--facility", "1112223334"), [("1234567890", "7")])
    for tail in ("123456789", "12345678901", "123456789X"):
        check("4.3.01 no ten digits: %s" % tail, charts([numbered((PATIENT + ".1" + tail, "7"))]), [NUMBERLESS])
    two = [numbered((HOSPITAL, "7")), numbered((OTHER_HOSPITAL, "7"), id="q"), allergy("卵"), allergy("乳", "Patient/q")]
    lines, _ = build({"x.ndjson": two})
    check("4.3.01 one number of two hospitals", whose(lines), [("0987654321", "7", "乳"), ("1234567890", "7", "卵")])


def of_a_checkup():
    """Row 2: a number space of its own, unless the operator says that both are one."""
    system = CHECKUP + "1234567890"
    two = [numbered((HOSPITAL, "7")), numbered((system, "7"), id="q"), allergy("卵"), allergy("乳", "Patient/q")]
    lines, _ = build({"x.ndjson": two})
    check("4.3.02 apart", whose(lines), [("1234567890", "7", "卵"), ("1234567890/checkup", "7", "乳")])
    check("4.3.02 two people", len(patients(lines)), 2)
    with Systems("%s\t1234567890\n" % system) as options:
        lines, _ = build({"x.ndjson": two}, *options)
    check("4.3.02 joined by the operator", whose(lines), [("1234567890", "7", "乳"), ("1234567890", "7", "卵")])
    check("4.3.02 one person", len(patients(lines)), 1)


def of_clins():
    """Row 3: the facility of the same Bundle's resources, of the Bundle's number, or of the operator."""
    extension = [{"url": INSTITUTION, "valueIdentifier": {"system": "urn:x", "value": "1112223334"}}]
    number = {"system": "http://jpfhir.jp/fhir/clins/bundle-identifier", "value": "1234567890^2025^1"}
    for system in (OWN, MISSPELT):
        alone, extended = numbered((system, "77")), numbered((system, "77"), extension=extension)
        name = system.split("/")[-2]
        check("4.3.03 by its extension, %s" % name, charts([extended]), [("1112223334", "77")])
        check("4.3.03 by the Bundle's number, %s" % name, charts(bundle("collection", [entry(alone)], identifier=number)), [("1234567890", "77")])
        inside = allergy("卵", extension=extension)
        check("4.3.03 by another resource of the Bundle, %s" % name, charts(bundle("collection", [entry(alone), entry(inside)])),
              [("1112223334", "77")])
        other = [{**extension[0], "valueIdentifier": {"system": "urn:x", "value": "9998887776"}}]
        several = bundle("collection", [entry(alone), entry(inside), entry(allergy("乳", extension=other))], identifier=number)
        check("4.3.03 its resources name two: by its number, %s" % name, charts(several), [("1234567890", "77")])
        check("4.3.03 by the operator, %s" % name, charts([alone], "--facility", "1112223334"), [("1112223334", "77")])
        check("4.3.03 by nothing, %s" % name, charts([alone]), [NUMBERLESS])


def without_facility():
    """Row 4: the operator alone knows whose numbers these are."""
    for system in (PATIENT + ".1", PATIENT, PATIENT + ".9", PATIENT + ".1.5", OID + "200119.6.51"):
        check("4.3.04 %s alone" % system, charts([numbered((system, "7"))]), [NUMBERLESS])
        check("4.3.04 %s with --facility" % system, charts([numbered((system, "7"))], "--facility", "1112223334"), [("1112223334", "7")])
        with Systems(system + "\t1112223334\n") as options:
            check("4.3.04 %s of the operator" % system, charts([numbered((system, "7"))], *options), [("1112223334", "7")])
    check("4.3.04 another OID", charts([numbered((OID + "200119.6.510", "7"))], "--facility", "1112223334"), [NUMBERLESS])
    check("4.3.04 of no patients", charts([numbered((PATIENT + "0", "7"))], "--facility", "1112223334"), [NUMBERLESS])


def of_the_operator():
    """Row 5: a system that he lists; that the number is called MR is not enough."""
    made = numbered(("http://h/mrn", "5"))
    made["identifier"][0]["type"] = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
    check("4.3.05 MR alone", charts([made]), [NUMBERLESS])
    check("4.3.05 MR with --facility", charts([made], "--facility", "1112223334"), [NUMBERLESS])
    with Systems("# ours\nhttp://h/mrn\t1112223334\n") as options:
        check("4.3.05 listed", charts([made], *options), [("1112223334", "5")])
    with Systems("http://h/mrn\n") as options:
        check("4.3.05 listed without a facility", charts([made], *options, "--facility", "1112223334"), [("1112223334", "5")])


def never_a_key():
    """Row 6: of insurances, pseudonyms, networks and check-ups."""
    for system in (CLINS_ID + "JP_Insurance_memberID", CLINS_ID + "JP_PublicPayer_memberID", CLINS_ID + "JP_Insurance_memberID_Pseudonymized",
                   OWN + "_Pseudonymized", MISSPELT + "_Pseudonymized", OID + "100495.100.1051", "http://h/checkup-number"):
        two = [numbered((system, "06123456::１２:01")), numbered((system, "06123456::１２:01"), id="q")]
        check("4.3.06 %s" % system, charts(two, "--facility", "1112223334"), [NUMBERLESS, ("backup", "q")])


# ---- the points below it -------------------------------------------------------------------------------

def zeros():
    """Numbers are texts: those that differ by zeros are two people, and it is told."""
    def told(lines):
        return sorted(f["patient"] for f in findings(lines, "identity-conflict") if "leading zeros" in f["detail"])
    two = [numbered((HOSPITAL, "000999739")), numbered((HOSPITAL, "999739"), id="q"), allergy("卵"), allergy("乳", "Patient/q")]
    lines, _ = build({"x.ndjson": two})
    check("4.3.07 two charts", whose(lines), [("1234567890", "000999739", "卵"), ("1234567890", "999739", "乳")])
    check("4.3.07 told of both", told(lines), ["000999739", "999739"])
    for name, other in (("another number", (HOSPITAL, "9997390")), ("another hospital", (OTHER_HOSPITAL, "999739")),
                        ("the same", (HOSPITAL, "000999739")), ("no number", (HOSPITAL, "A999739"))):
        lines, _ = build({"x.ndjson": [numbered((HOSPITAL, "000999739")), numbered(other, id="q")]})
        check("4.3.07 nothing to tell: %s" % name, told(lines), [])
    pid = "PID|1||0999739^^^^PI||試験^太郎^^^^^L^I||19500102|M"
    head = "MSH|^~\\&|HIS|SMX|GW|GW|20251101100000||ADT^A08^ADT_A01|1|P|2.5||||||~ISO IR87||ISO 2022-1994"
    path = "1234567890_SSMIX/099/973/0999739/-/ADT-00/0999739_-_ADT-00_999999999999999_20251101100000000_-_1"
    message = "\r".join([head, "EVN||20251101100000", pid, "PV1|1|O"]) + "\r"
    lines, _ = build({path: message, "x.ndjson": [numbered((HOSPITAL, "999739"))]})
    check("4.3.07 between a message and FHIR", (sorted(patients(lines)), told(lines)),
          ([("1234567890", "0999739"), ("1234567890", "999739")], ["0999739", "999739"]))


def agreement():
    """Birth date and sex must agree where both are told whole; another name only warns."""
    def made(**more):
        lines, _ = build({"a.ndjson": [numbered((HOSPITAL, "7")), allergy("卵")],
                          "b.ndjson": [numbered((HOSPITAL, "7"), id="q", **more), allergy("乳", "Patient/q")]})
        return len(patients(lines)), sorted(f["severity"] for f in findings(lines, "identity-conflict")), lines
    for name, more in (("birth date", {"birthDate": "1980-09-09"}), ("sex", {"gender": "female"})):
        n, told, lines = made(**more)
        check("4.3.08 another %s" % name, (n, told), (2, ["error", "error"]))
        check("4.3.08 another %s: charts" % name, len({one[:2] for one in whose(lines)}), 2)
    for name, more in (("year of birth alone", {"birthDate": "1980"}), ("sex unknown", {"gender": "unknown"})):
        check("4.3.08 %s" % name, made(**more)[:2], (1, []))
    n, told, lines = made(name=[{"text": "改姓　太郎"}])
    check("4.3.08 another name: one chart", (n, told), (1, []))
    check("4.3.08 another name: a warning", [f["severity"] for f in findings(lines, "demographics-conflict")][:1], ["warning"])


def never_by_likeness():
    """Neither name, birth date, address and phone nor an insurance make one of two."""
    same = {"address": [{"text": "東京都"}], "telecom": [{"system": "phone", "value": "03-0000-0000"}]}
    member = (CLINS_ID + "JP_Insurance_memberID", "06123456:1:2:01")
    two = [numbered((HOSPITAL, "7"), member, **same), numbered((HOSPITAL, "8"), member, id="q", **same), numbered(member, id="r", **same)]
    check("4.3.09", charts(two), [("1234567890", "7"), ("1234567890", "8"), ("backup", "r")])
    by_member = allergy("卵", subject=None)
    by_member["patient"] = {"identifier": {"system": member[0], "value": member[1]}}
    for name, people, wanted in (("leads to who has both", two[:1], [("1234567890", "7", "卵")]), ("may be two", two, [("", "", "卵")]),
                                 ("leads to none without a number", two[2:], [("", "", "卵")])):
        lines, _ = build({"x.ndjson": [*people, by_member]})
        check("4.3.09 member number %s" % name, whose(lines), wanted)


def several_numbers():
    """The one in use is his; the others stand in his basic data."""
    for name, identifiers, wanted in (
            ("old first", [(HOSPITAL, "1", "old"), (HOSPITAL, "2", "official")], "2"), ("old last", [(HOSPITAL, "2", "usual"), (HOSPITAL, "1", "old")], "2"),
            ("no use", [(HOSPITAL, "1", "old"), (HOSPITAL, "2")], "2"), ("secondary", [(HOSPITAL, "1", "secondary"), (HOSPITAL, "2", "usual")], "2"),
            ("old alone", [(HOSPITAL, "1", "old")], None)):
        check("4.3.10 %s" % name, charts([numbered(*identifiers)]), [("1234567890", wanted) if wanted else NUMBERLESS])
    several = numbered((HOSPITAL, "7771", "old"), (HOSPITAL, "7772", "official"), (OTHER_HOSPITAL, "7773"))
    lines, _ = build({"x.ndjson": [several]})
    item = records(lines, "demographics")[0]["items"][0]
    check("4.3.10 the others stand in his basic data", (item["id"], item["comment"]), ("7772\n7773", "旧番号：7771"))


def without_number():
    """He stays his own patient, with what leads to him, and says that he has none."""
    one = [numbered(), allergy("卵")]
    lines, _ = build({"x.ndjson": one})
    check("4.3.11 his own", (whose(lines), [p.get("lacks_number") for p in patients(lines).values()]), ([("backup", "p", "卵")], [True]))
    lines, _ = build({"x.ndjson": [numbered((HOSPITAL, "7"))]})
    check("4.3.11 who has one does not say so", [p.get("lacks_number") for p in patients(lines).values()], [None])
    lines, _ = build({"a.json": bundle("collection", [entry(numbered()), entry(allergy("卵"))]),
                      "b.json": bundle("collection", [entry(numbered()), entry(allergy("乳"))])})
    check("4.3.11 two of one name", (len(patients(lines)), sorted(one[2] for one in whose(lines)), len({one[:2] for one in whose(lines)})),
          (2, ["乳", "卵"], 2))


def of_another_hospital():
    """His facility stands on everything; who is of the disc's own has no sign of another."""
    lines, _ = build({"x.ndjson": [numbered((HOSPITAL, "7")), numbered((OTHER_HOSPITAL, "7"), id="q"), allergy("卵"), allergy("乳", "Patient/q")]},
                     "--facility", "1234567890")
    check("4.3.12 facilities", whose(lines), [("0987654321", "7", "乳"), ("1234567890", "7", "卵")])
    check("4.3.12 the disc's", [o["facility"] for o in lines if o["type"] == "disc"], ["1234567890"])
    both = numbered((OTHER_HOSPITAL, "9", "official"), (HOSPITAL, "7"))
    check("4.3.12 known by the own number", charts([both], "--facility", "1234567890"), [("1234567890", "7")])


run([of_the_tail, of_a_checkup, of_clins, without_facility, of_the_operator, never_a_key, zeros, agreement, never_by_likeness,
     several_numbers, without_number, of_another_hospital])
