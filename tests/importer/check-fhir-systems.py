#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of coding systems and of numbers: section 3.9 of the reference of FHIR, a check for each row.

  check-fhir-systems.py TOMOSHIBI

What the reference calls one system must lead to the same facts, whether it is named as OID or as URL, and
whatever its case, its last "/" or "#" and its "|version" are. Only the name itself is exported as written.
"""

from fhir_import import build, check, patient, records, run

OID = "urn:oid:1.2.392."
HEALTH = OID + "100495.20."
MEDIS = "http://medis.or.jp/CodeSystem/master-"
MASTERS = OID + "200119.4."
CORE = "http://jpfhir.jp/fhir/core/"
MHLW = CORE + "mhlw/"
CLINS = "http://jpfhir.jp/fhir/clins/CodeSystem/"
JAMI = "http://jami.jp/CodeSystem/"
USAGE = OID + "200250.2.2.20"
LOCAL = "urn:oid:1.2.3.4"
JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"


def spellings(system):
    """What names the same system."""
    if system.startswith("urn:oid:"):
        return [system, system.replace("urn:oid:", "URN:OID:"), system + "|1.0"]
    return [system, system.replace("http://", "https://"), system.replace("http://", "HTTP://"), system + "/", system + "#", system + "|1.0"]


class Table:
    """Resources of many rows in one import."""

    def __init__(self):
        self.resources, self.wanted, self.around = [], [], {}

    def add(self, row, systems, make, **wanted):
        """make: of a system, a resource; wanted: fields of its record or of its first item."""
        for one in systems:
            for system in spellings(one):
                id = "r%d" % len(self.resources)
                resource = {"id": id, "subject": {"reference": "Patient/p"}, **make(system)}
                self.resources.append(resource)
                self.wanted.append(("%s as %s" % (row, system), id, wanted, system))

    def run(self, *options, others=()):
        lines, _ = build({"Patient.ndjson": [patient()], "x.ndjson": [*others, *self.resources]}, *options)
        found = {}
        for record in records(lines):
            found.setdefault(record.get("resource", "/").split("/")[1], record)
        for name, id, wanted, system in self.wanted:
            record = found.get(id, {"items": [{}]})
            item = (record["items"] + [{}])[0]
            told = {key: record.get(key, item.get(key)) for key in wanted}
            check(name, told, {key: system if value is SYSTEM else value for key, value in wanted.items()})


SYSTEM = object()  # the name as it is written


def coded(system, code, display=None, text=None):
    coding = {"system": system, "code": code, **({} if display is None else {"display": display})}
    return {"coding": [coding], **({} if text is None else {"text": text})}


def behind_local(system, code, text="名称"):
    """The hospital's own code stands first."""
    return {"text": text, "coding": [{"system": LOCAL, "code": "L-1"}, {"system": system, "code": code}]}


def drug(dosage=None, /, **more):
    return {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "authoredOn": "2025-11-20",
            "medicationCodeableConcept": {"text": "甲"}, **({} if dosage is None else {"dosageInstruction": [dosage]}), **more}


def condition(code, **more):
    return {"resourceType": "Condition", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": code, **more}


def value(code, **more):
    return {"resourceType": "Observation", "status": "final", "code": code, "effectiveDateTime": "2025-11-20", "valueString": "1", **more}


# ---- which code is shown -------------------------------------------------------------------------------

def drug_codes():
    """Rows 1 to 5: the drug's national code, not the hospital's own."""
    table = Table()
    rows = [("3.9.01 HOT13", [MASTERS + "402.1", MEDIS + "HOT13"]), ("3.9.01 HOT9", [MASTERS + "403.1", HEALTH + "2.74", MEDIS + "HOT9"]),
            ("3.9.01 HOT7", [MASTERS + "403.2", MEDIS + "HOT7"]),
            ("3.9.02 YJ", [HEALTH + "2.73", HEALTH + "1.73", "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", MEDIS + "YJ"]),
            ("3.9.03 ingredient and strength", ["http://capstandard.jp/CodeSystem/KikakubetsuYakuzaiSeibun"]),
            ("3.9.04 generic name", [HEALTH + "2.81", HEALTH + "1.81", MHLW + "CodeSystem/MedicationGeneralOrderCode"])]
    for row, systems in rows:
        table.add(row, systems, lambda s: drug(medicationCodeableConcept=behind_local(s, "620000001")),
                  code="620000001", system=SYSTEM, drug="名称", other_code="L-1")
    nocoded = ["http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS"]
    own = ["http://jpfhir.jp/fhir/eCS/CodeSystem/DrugCode/11234567890"]
    def before(system, code, display=None):
        national = {"system": MEDIS + "HOT9", "code": "620000001"}
        return drug(medicationCodeableConcept={"text": "名称", "coding": [coded(system, code, display)["coding"][0], national]})
    table.add("3.9.05 none, beside one", nocoded, lambda s: before(s, "NOCODED", "標準コードなし"), code="620000001", other_code="NOCODED")
    table.add("3.9.05 none, beside the hospital's own", nocoded, lambda s: drug(medicationCodeableConcept={"text": "名称", "coding": [
        *coded(s, "NOCODED")["coding"], *coded(own[0], "D1")["coding"]]}), code="D1", other_code="NOCODED")
    table.add("3.9.05 none alone", nocoded, lambda s: drug(medicationCodeableConcept=coded(s, "NOCODED", "標準コードなし", "名称")),
              drug="名称", comment=None)
    table.add("3.9.05 own, before a national one", own, lambda s: before(s, "D1"), code="620000001", other_code="D1")
    table.add("3.9.05 own alone", own, lambda s: drug(medicationCodeableConcept=coded(s, "D1", text="名称")), code="D1", system=SYSTEM)
    table.run()


def disease_codes():
    """Rows 6 to 9, 37: diseases, what stands around their names, and allergens."""
    table = Table()
    for row, systems in (
            ("3.9.06 number", [MASTERS + "101.2", MEDIS + "disease-keyNumber"]), ("3.9.06 exchange", [MASTERS + "101.6", MEDIS + "disease-exCode"]),
            ("3.9.08 receipt", [MHLW + "CodeSystem/masterB-disease"]),
            ("3.9.09 ICD-10", ["urn:oid:2.16.840.1.113883.6.3.1", MHLW + "CodeSystem/ICD10-2013-full", MHLW + "CodeSystem/ICD10-2013-3digits"])):
        table.add(row, systems, lambda s: condition(behind_local(s, "I20.9")), code="I20.9", system=SYSTEM, name="名称", other_code="L-1")
    def modified(system):
        return condition({"coding": [{"system": MEDIS + "disease-keyNumber", "code": "1", "display": "肺炎"}], "extension": [
            {"url": JP + "JP_Condition_DiseasePrefixModifier", "valueCodeableConcept": coded(system, "4004", "急性")},
            {"url": JP + "JP_Condition_DiseasePostfixModifier", "valueCodeableConcept": coded(system, "8002", "の疑い")}]})
    for row, systems in (("3.9.07 number", [MASTERS + "201.2", MEDIS + "disease-modKeyNumber"]),
                               ("3.9.07 exchange", [MASTERS + "201.5", MEDIS + "disease-modExCode"]),
                               ("3.9.08 receipt, modifier", [MHLW + "CodeSystem/masterZ-disease-modifier"])):
        table.add(row, systems, modified, name="急性肺炎の疑い", suspected="疑い", code="1")
    allergens = [CORE + "CodeSystem/" + name for name in (
        "JP_JfagyFoodAllergen_CS", "JP_JfagyMedicationAllergen_CS", "GCM/JP_JfagyMedicationAllergen_CS", "YCM/JP_JfagyMedicationAllergen_CS",
        "JP_JfagyNonFoodNonMedicationAllergen_CS")]
    table.add("3.9.37 allergen", allergens, lambda s: {
        "resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p"}, "code": behind_local(s, "J9FC11310000", "さば")},
        code="J9FC11310000", system=SYSTEM, substance="さば", other_code="L-1")
    table.run()


# ---- what a result is ----------------------------------------------------------------------------------

def result_codes():
    """Rows 10 to 13, 15: the system says what kind of result it is, where no category does."""
    table = Table()
    jlac = [MASTERS + "504", MEDIS + "JLAC10-17digits", "http://jpfhir.jp/fhir/eCheckup/CodeSystem/jlac10"]
    table.add("3.9.10 JLAC10", jlac, lambda s: value(behind_local(s, "3H015000002326101", "K")), kind="lab", code="3H015000002326101",
              specimen="[023]", name="K")
    table.add("3.9.10 specimen", ["http://jpfhir.jp/fhir/eCheckup/CodeSystem/jlac10-specimen-codes"],
              lambda s: value(coded(LOCAL, "1", text="K"), category=[{"coding": [{"code": "laboratory"}]}], specimen={"reference": "#s"},
                              contained=[{"resourceType": "Specimen", "id": "s", "type": coded(s, "023", "血清")}]), specimen="血清")
    core = [CLINS + "%s/JP_CLINS_ObsLabResult_CoreLabo_CS" % one for one in ("JLAC10", "JLAC11")]
    infection = [CLINS + "%s/JP_CLINS_ObsLabResult_InfectionLabo_CS" % one for one in ("JLAC10", "JLAC11")]
    table.add("3.9.11 core", core, lambda s: value(behind_local(s, "3H015000002326101", "K")), kind="lab", code="3H015000002326101")
    table.add("3.9.11 infection", infection, lambda s: value(coded(s, "9Z999", text="項目"), effectiveDateTime="2001-01-01"), kind="lab",
              at="2001-01-01")
    def beside(system):
        return value({"text": "K", "coding": [{"system": system, "code": "5H010"}, {"system": jlac[1], "code": "3H015000002326101"}]})
    local = [CLINS + "JP_CLINS_ObsLabResult_LocalCode_CS", CLINS + "JP_CLINS_ObsLabResult_Uncoded_CS"]
    table.add("3.9.12 local", local, beside, kind="lab", code="3H015000002326101", other_code="5H010")
    table.add("3.9.12 alone", local, lambda s: value(coded(s, "5H010", text="項目")), kind="lab", code="5H010", system=SYSTEM, specimen=None)
    nursing = [MASTERS + "804", MEDIS + "nursingObservationKeyCode"]
    table.add("3.9.13 observed", nursing, lambda s: value(coded(s, "31000296", text="体重")), kind="vital", code="31000296")
    table.add("3.9.13 done", [MASTERS + "704", MEDIS + "nursingAction-16digits"], lambda s: {
        "resourceType": "Procedure", "status": "completed", "performedDateTime": "2025-11-20", "code": behind_local(s, "A1", "清拭")},
        kind="procedure", code="A1", name="清拭")
    table.add("3.9.15 five digits", [MASTERS + "1005"], lambda s: value(behind_local(s, "3H015", "K")), kind="lab", code="3H015", specimen=None)
    table.run()


def blood_and_organisms():
    """Rows 10, 11, 12, 14: a blood group by each system of tests, none by the laboratory's own; organisms and drugs."""
    systems = [("3.9.10 blood group", MASTERS + "504"), ("3.9.10 blood group", MEDIS + "JLAC10-17digits"), ("3.9.11 blood group", CLINS + "JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS"),
               ("3.9.12 blood group", CLINS + "JP_CLINS_ObsLabResult_LocalCode_CS"), ("3.9.12 blood group", CLINS + "JP_CLINS_ObsLabResult_Uncoded_CS")]
    local = {"system": CLINS + "JP_CLINS_ObsLabResult_LocalCode_CS", "code": "L-1"}
    for row, system in systems:
        for codings in ([{"system": system, "code": "5H010000001999911"}], [local, {"system": system, "code": "5H010000001999911"}]):
            one = value({"text": "ABO", "coding": codings}, id="o", subject={"reference": "Patient/p"}, valueString="A型")
            lines, _ = build({"x.ndjson": [patient(), one]})
            found = [o.get("blood_type") for o in lines if o["type"] == "patient"]
            check("%s by %s" % (row, system), found, [None if "3.9.12" in row else "A型 (2025-11-20)"])
    table = Table()
    micro = {"system": CORE + "CodeSystem/JP_MicrobiologyCategory_CS"}
    table.add("3.9.14 organism", [OID + "100495.10.3.100.5.27.6.1"], lambda s: value(
        {"text": "菌"}, category=[{"coding": [{**micro, "code": "organism"}]}], valueString=None, valueCodeableConcept=coded(s, "1303", "MRSA")),
        kind="microbiology", organism="MRSA")
    table.add("3.9.14 drug", [OID + "100495.10.3.100.5.11.5.2"], lambda s: value(
        coded(s, "1208", "CEZ"), category=[{"coding": [{**micro, "code": "susceptibility-measurements"}]}],
        interpretation=[{"coding": [{"code": "R"}]}]), kind="microbiology", drug="CEZ", result="R")
    table.run()


# ---- how a drug is taken -------------------------------------------------------------------------------

def usages():
    """Rows 16 to 18, 28: codes of the usage, and what is taken as needed."""
    table = Table()
    jami = [USAGE + ".20", USAGE, JAMI + "MedicationUsage"]
    def timed(system, code, display=None, **more):
        return drug({"timing": {"code": coded(system, code, display)}, **more})
    table.add("3.9.16 usage", jami, lambda s: timed(s, "1013044400000000", "１日３回毎食後"), usage_code="1013044400000000", usage="１日３回毎食後",
              kind="prescription")
    table.add("3.9.16 as needed", jami, lambda s: timed(s, "1050710000000000", "発熱時"), usage_code="1050710000000000", usage="発熱時")
    table.add("3.9.17 of electronic prescriptions", [MHLW + "CodeSystem/MedicationUsage_ePrescription"],
              lambda s: timed(s, "1013044400000000", "１日３回毎食後"), usage_code="1013044400000000", usage="１日３回毎食後")
    table.add("3.9.17 none", [CLINS + "JP_CLINS_MedicationUsage_Uncoded_CS"], lambda s: timed(s, "0X0XXXXXXXXX0000", "用法コードなし", text="医師の指示通り"),
              usage="医師の指示通り", usage_code="0X0XXXXXXXXX0000")
    supplement = [USAGE + ".22", JAMI + "MedicationUsageAdditional"]
    table.add("3.9.18 supplement", supplement, lambda s: drug({"text": "毎食後", "additionalInstruction": [coded(s, "V14NNNNN", "４錠")]}),
              instruction="V14NNNNN ４錠", usage="毎食後")
    table.add("3.9.28 condition", [CORE + "CodeSystem/JP_MedicationAsNeededConditionJAMI_CS", CORE + "CodeSystem/JP_MedicationAsNeededConditionMERIT9_CS"],
              lambda s: timed(s, "11", "疼痛時"), usage="疼痛時", usage_code="11")
    table.run()
    needed = [{**timed(s, "1050710000000000"), "id": "n", "subject": {"reference": "Patient/p"}} for one in jami for s in spellings(one)]
    lines, _ = build({"x.ndjson": [patient(), *[{**one, "id": "n%d" % i} for i, one in enumerate(needed)]]})
    found = [r["items"][0].get("usage_kind", r["items"][0].get("kind")) for r in records(lines, "prescription")]
    check("3.9.16 taken as needed", found, ["頓用"] * len(needed))


def ways():
    """Rows 19 to 23: by mouth or by needle, where, and whose amount it is."""
    table = Table()
    basic, detail = [USAGE + ".30", JAMI + "MedicationMethodBasicUsage"], [USAGE + ".40", JAMI + "MedicationMethodDetailUsage"]
    route = [HEALTH + "2.34", CORE + "CodeSystem/route-codes"]
    table.add("3.9.19 injected", basic, lambda s: drug({"text": "x", "method": coded(s, "3")}), kind="injection")
    table.add("3.9.19 by mouth", basic, lambda s: drug({"text": "x", "method": coded(s, "1")}), kind="prescription")
    table.add("3.9.20 into a vein", detail, lambda s: drug({"text": "x", "method": coded(s, "30")}), kind="injection")
    table.add("3.9.20 by mouth", detail, lambda s: drug({"text": "x", "method": coded(s, "10")}), kind="prescription")
    table.add("3.9.20 as route", detail, lambda s: drug({"text": "x", "route": coded(s, "32")}), kind="injection")
    table.add("3.9.22 into a vein", route, lambda s: drug({"text": "x", "route": coded(s, "IV")}), kind="injection", route="[IV]")
    table.add("3.9.22 by mouth", route, lambda s: drug({"text": "x", "route": coded(s, "PO", "口")}), kind="prescription", route="口")
    site = [USAGE + ".32", JAMI + "MedicationBodySiteExternal"]
    table.add("3.9.21 side", site, lambda s: drug({"text": "x", "site": coded(s, "26R", "眼")}), site="眼\nコードでは右")
    kind = [HEALTH + "2.22", MHLW + "CodeSystem/MedicationIngredientStrengthStrengthType"]
    for code, word, warning in (("1", "製剤量", None), ("2", "原薬量", "ingredient-amount")):
        table.add("3.9.23 " + word, kind, lambda s: drug({"text": "x", "doseAndRate": [{"type": coded(s, code), "doseQuantity": {"value": 1, "unit": "g"}}]}),
                  comment=word, warning=warning, dose="1")
    unit = [HEALTH + "2.101", MHLW + "CodeSystem/MedicationUnitMERIT9Code"]
    table.add("3.9.24 unit", unit, lambda s: drug({"text": "x", "doseAndRate": [{"doseQuantity": {"value": 1, "system": s, "code": "TAB"}}]}),
              dose="1", dose_unit="TAB")
    table.run()


# ---- the pharmacy, numbers, places ---------------------------------------------------------------------

def pharmacy():
    """Rows 25 to 27: what the pharmacist is told."""
    table = Table()
    table.add("3.9.25 generics", [HEALTH + "2.41", MHLW + "CodeSystem/MedicationSubstitutionProhibittedCategory"],
              lambda s: drug(substitution={"allowedCodeableConcept": coded(s, "1", "後発品変更不可")}), comment="後発品：後発品変更不可")
    told = JP + "JP_MedicationRequest_DispenseRequest_InstructionForDispense"
    table.add("3.9.26 preparation", [OID + "200250.2.2.30.10", JAMI + "DrugDispensePreparationMethod"],
              lambda s: drug(dispenseRequest={"extension": [{"url": told, "valueCodeableConcept": coded(s, "C", "粉砕指示")}]}), comment="調剤：粉砕指示")
    table.add("3.9.27 category", [CORE + "CodeSystem/JP_MedicationCategoryMERIT9_CS", "http://terminology.hl7.org/CodeSystem/JHSP0007"],
              lambda s: drug(category=[coded(s, "BDP", "持参薬処方")]), category="持参薬処方")
    table.run()


def numbers():
    """Rows 29, 30, 36: RP, order in it, prescription."""
    table = Table()
    def numbered(system, value):
        return drug(identifier=[{"system": LOCAL, "value": "999"}, {"system": system, "value": value}])
    table.add("3.9.29 RP", [HEALTH + "3.81", MHLW + "IdSystem/Medication-RPGroupNumber"], lambda s: numbered(s, "02"), rp="02", order_no="999")
    table.add("3.9.29 in RP", [HEALTH + "3.82", MHLW + "IdSystem/MedicationAdministrationIndex"], lambda s: numbered(s, "3"), sub_id="3", order_no="999")
    table.add("3.9.30 prescription", [HEALTH + "3.11", MHLW + "IdSystem/PrescriptionDocumentID"], lambda s: numbered(s, "P0012"), order_no="P0012",
              prescription_no="P0012")
    table.add("3.9.36 prescription of an institution", [HEALTH + "3.11.11234567890"], lambda s: numbered(s, "P0012"), order_no="P0012")
    table.add("3.9.30 request", [CORE + "IdSystem/resourceInstance-identifier", "http://jpfhir.jp/fhir/Common/IdSystem/resourceInstance-identifier"],
              lambda s: numbered(s, "R7"), order_no="R7")
    table.add("3.9.36 dispensing", [HEALTH + "3.12"], lambda s: {
        "resourceType": "MedicationDispense", "status": "completed", "medicationCodeableConcept": {"text": "甲"}, "whenHandedOver": "2025-11-20",
        "identifier": [{"system": s, "value": "D5"}]}, order_no="D5")
    for row, kinds in (("3.9.30 public payer", ["PublicPayerNumber", "PublicInsuredPersonNumber", "InsuredPersonSubnumber"]),
                             ("3.9.34 insured", ["InsurerNumber", "InsuredPersonSymbol", "InsuredPersonNumber"])):
        systems = [MHLW + "IdSystem/" + kind for kind in kinds] + ([HEALTH + "3.%d" % n for n in (61, 62, 63)] if "34" in row else [])
        table.add(row, systems, lambda s: {"resourceType": "Coverage", "status": "active", "beneficiary": {"reference": "Patient/p"},
                                                 "identifier": [{"system": s, "value": "０６"}]}, value="０６")
    table.run()


def documents():
    """Row 30: a document is replaced by the one that names its number."""
    system = CORE + "IdSystem/documentInstance-identifier"
    def document(number, **more):
        return {"resourceType": "Composition", "id": "c" + number, "status": "final", "title": number, "date": "2025-11-20",
                "subject": {"reference": "Patient/p"}, "identifier": {"system": system, "value": number}, **more}
    newer = document("2", relatesTo=[{"code": "replaces", "targetIdentifier": {"system": system, "value": "1"}}])
    lines, _ = build({"x.ndjson": [patient(), document("1"), newer]})
    check("3.9.30 document replaced", {r["title"]: r["status"] for r in records(lines, "document")}, {"1": "superseded", "2": "completed"})


def places_and_people():
    """Rows 31 to 33, 35, 36: departments, institutions, doctors, as the one or the other names them."""
    table = Table()
    department = "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_Department"
    table.add("3.9.31 department", [OID + "200250.2.2.2", "http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment"],
              lambda s: condition({"text": "肺炎"}, extension=[{"url": department, "valueCodeableConcept": coded(s, "01", "内科")}]), department="内科")
    table.add("3.9.15 department", [HEALTH + "2.51"],
              lambda s: condition({"text": "肺炎"}, extension=[{"url": department, "valueCodeableConcept": coded(s, "01", "内科")}]), department="内科")
    def by(system, type):
        inner = {"resourceType": type, "id": "d", "identifier": [{"system": system, "value": "12345"}],
                 "name": "乙病院" if type == "Organization" else [{"text": "医師甲"}]}
        return drug(requester={"reference": "#d"}, contained=[inner])
    table.add("3.9.32 institution", [CORE + "IdSystem/insurance-medical-institution-no", MHLW + "IdSystem/MedicalOrganizationID", HEALTH + "3.23"],
              lambda s: by(s, "Organization"), author="乙病院")
    table.add("3.9.33 prefecture", [HEALTH + "3.21", HEALTH + "3.22", MHLW + "CodeSystem/PrefectureNo-2digits", MHLW + "CodeSystem/MedicationFeeScoreType"],
              lambda s: by(s, "Organization"), author="乙病院")
    table.add("3.9.35 doctor", [HEALTH + "3.31", MHLW + "IdSystem/medicalRegistrationNumber"], lambda s: by(s, "Practitioner"), author="医師甲")
    table.add("3.9.36 doctor", [HEALTH + "3.32.113", HEALTH + "3.41.11234567890", HEALTH + "3.33", HEALTH + "3.43"],
              lambda s: by(s, "Practitioner"), author="医師甲")
    table.run()


def patients_of_systems():
    """Rows 32, 36: whose number it is."""
    for system in spellings(HEALTH + "3.51.11234567890"):
        lines, _ = build({"x.ndjson": [patient("00012345", system)]})
        check("3.9.36 patient as %s" % system, [(o["facility"], o["id"]) for o in lines if o["type"] == "patient"], [("1234567890", "00012345")])
    number = "http://jpfhir.jp/fhir/clins/Extension/StructureDefinition/JP_eCS_InstitutionNumber"
    own = "http://jpfhir.jp/fhir/eCS/Idsystem/JP_Hospital_PatientID"
    for system in spellings(CORE + "IdSystem/insurance-medical-institution-no") + spellings(MHLW + "IdSystem/MedicalOrganizationID"):
        for named in spellings(own):
            one = patient("77", named, extension=[{"url": number, "valueIdentifier": {"system": system, "value": "1112223334"}}])
            lines, _ = build({"x.ndjson": [one]})
            check("3.9.32 of the institution %s, %s" % (system, named), [(o["facility"], o["id"]) for o in lines if o["type"] == "patient"],
                  [("1112223334", "77")])


def of_no_row():
    """Beside the rows: what a word of another country's system means does not hang on how its name is written."""
    table = Table()
    table.add("beside the rows: no allergy known", ["http://snomed.info/sct"], lambda s: {
        "resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p"}, "code": coded(s, "716186003", "No known allergy")},
        warning="none-stated")
    table.add("beside the rows: not told to the patient", [CLINS + "JP_ehrshrs_indication"], lambda s: condition(
        {"text": "癌"}, meta={"tag": [{"system": s, "code": "UNINFORMED"}]}), warning="uninformed")
    table.add("beside the rows: flag", ["http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"], lambda s: value(
        {"text": "K"}, category=[{"coding": [{"code": "laboratory"}]}],
        interpretation=[{"coding": [{"system": LOCAL, "code": "5"}, {"system": s, "code": "HH"}]}]), flag="HH")
    table.run()


def counted():
    """What the report counts as codes that others know: either form, and none of the hospital's own."""
    known = [MASTERS + "403.1", MEDIS + "HOT9", HEALTH + "2.73", "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", HEALTH + "2.81",
             MHLW + "CodeSystem/MedicationGeneralOrderCode", MASTERS + "101.2", MEDIS + "disease-keyNumber", MASTERS + "504",
             MEDIS + "JLAC10-17digits", USAGE + ".20", JAMI + "MedicationUsage", OID + "100495.10.3.100.5.27.6.1",
             "urn:oid:2.16.840.1.113883.6.3.1", MHLW + "CodeSystem/ICD10-2013-full", CORE + "CodeSystem/JP_JfagyFoodAllergen_CS"]
    own = ["http://jpfhir.jp/fhir/eCS/CodeSystem/DrugCode/11234567890", CLINS + "JP_CLINS_ObsLabResult_LocalCode_CS",
           CLINS + "JP_CLINS_ObsLabResult_Uncoded_CS", "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS", LOCAL]
    for systems, wanted in ((known, {"standard": len(known), "local": 0, "none": 0}), (own, {"standard": 0, "local": len(own), "none": 0})):
        made = [{**condition(coded(s, "1", text="病名")), "id": "c%d" % i, "subject": {"reference": "Patient/p"}} for i, s in enumerate(systems)]
        _, report = build({"x.ndjson": [patient(), *made]})
        check("3.9 counted, %s" % systems[0], report["counts"]["records_by_kind"]["problem"]["codes"], wanted)


run([counted, of_no_row, drug_codes, disease_codes, result_codes, blood_and_organisms, usages, ways, pharmacy, numbers, documents, places_and_people, patients_of_systems])
