#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Elements of the tables of section 3 of the reference of FHIR: each leaves its mark on the record.

  check-fhir-elements.py TOMOSHIBI

A resource of each type has words or a day of its own in every element that the table of its type names;
all of them are looked for in the records made of it.
"""

import base64
import json

from fhir_import import HOSPITAL, build, check, findings, patient, records, run

JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"


class Marks:
    """Hands out values that occur nowhere else, and remembers what element has which."""

    def __init__(self, type):
        self.type = type
        self.wanted = {}
        self.days = 0

    def word(self, element):
        self.wanted[element] = "«%s»" % element.split(" ")[0]
        return self.wanted[element]

    def text(self, element):
        return {"text": self.word(element)}

    def shown(self, element, **more):
        return {"display": self.word(element), **more}

    def note(self, element="note"):
        return [{"text": self.word(element)}]

    def day(self, element):
        self.days += 1
        self.wanted[element] = "2025-%02d-%02d" % (1 + self.days // 28, 1 + self.days % 28)
        return self.wanted[element]

    def time(self, element):
        return self.day(element) + "T10:00:00+09:00"

    def period(self, element):
        return {"start": self.day(element + ".start"), "end": self.day(element + ".end")}

    def amount(self, element, value):
        self.wanted[element] = '"%s"' % value
        return {"value": value, "unit": self.word(element + ".unit")}

    def id(self, element):
        return [{"system": "urn:x", "value": self.word(element)}]

    def attachment(self, element):
        return {"contentType": "application/x-unknown", "title": self.word(element), "url": "http://h/x"}


def is_in(wanted, text):
    if wanted.startswith('"'):
        number = wanted.strip('"')
        return any(mark % number in text for mark in ('"%s"', '%s «', '：%s', ' %s', '%s/'))
    return wanted in text


def lost(mark, resource, subject="subject", others=()):
    """Elements of which nothing is in any record of the resource."""
    resource = {"resourceType": mark.type, "id": "x", **resource}
    if subject is not None:
        resource[subject] = {"reference": "Patient/p"}
    lines, _ = build({"Patient.ndjson": [patient()], "x.ndjson": [resource, *others]}, "--as-of", "2025-12-01")
    found = [r for r in records(lines) if r["source"]["path"] == "x.ndjson" and r["source"].get("entry", "line 1") == "line 1"]
    text = json.dumps(found, ensure_ascii=False)
    check("3 %s: a record" % mark.type, len(found) > 0, True)
    return sorted(element for element, wanted in mark.wanted.items() if not is_in(wanted, text))


def whole(type, make, subject="subject", but=()):
    """@but: numbers of the source's own, which name nothing on the disc; they stand in the source text."""
    def test():
        mark = Marks(type)
        check("3 %s: elements lost" % type, lost(mark, make(mark), subject), sorted(but))
    test.__name__ = type
    return test


# ---- 3.1 Patient, 3.2 Encounter -------------------------------------------------------------------------

def of_patient():
    mark = Marks("Patient")
    person = patient(
        name=[{"text": mark.word("name IDE"), "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
                                                            "valueCode": "IDE"}]},
              {"text": "カナ", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
                                            "valueCode": "SYL"}]},
              {"text": mark.word("name.old"), "use": "old"}],
        birthDate=mark.day("birthDate"), deceasedDateTime=mark.day("deceased"), address=[mark.text("address")],
        telecom=[{"system": "phone", "value": mark.word("telecom")}],
        contact=[{"relationship": [mark.text("contact.relationship")], "name": mark.text("contact.name"),
                  "telecom": [{"system": "phone", "value": mark.word("contact.telecom")}]}],
        communication=[{"language": mark.text("communication"), "preferred": True}],
        generalPractitioner=[mark.shown("generalPractitioner")],
        link=[{"type": "seealso", "other": mark.shown("link")}], multipleBirthInteger=2)
    person["identifier"].append({"system": person["identifier"][0]["system"], "value": mark.word("identifier.old"), "use": "old"})
    lines, _ = build({"x.ndjson": [person]})
    text = json.dumps([o for o in lines if o["type"] in ("patient", "record")], ensure_ascii=False)
    check("3.1 Patient: elements lost", sorted(e for e, wanted in mark.wanted.items() if not is_in(wanted, text)), [])
    check("3.1 Patient: kana, sex, twin", [word in text for word in ("カナ", '"sex": "M"', "多胎")], [True] * 3)


def of_encounter(m):
    return {"status": "in-progress", "class": {"code": m.word("class")}, "identifier": m.id("identifier"),
            "period": m.period("period"), "serviceType": m.text("serviceType"), "serviceProvider": m.shown("serviceProvider"),
            "location": [{"location": m.shown("location"), "status": "active"}],
            "participant": [{"individual": m.shown("participant"), "type": [{"coding": [{"code": "ATND"}]}]}],
            "reasonCode": [m.text("reasonCode")], "reasonReference": [m.shown("reasonReference")],
            "diagnosis": [{"condition": m.shown("diagnosis"), "use": m.text("diagnosis.use"), "rank": 1}],
            "hospitalization": {"admitSource": m.text("admitSource"), "dischargeDisposition": m.text("dischargeDisposition"),
                                "dietPreference": [m.text("dietPreference")]},
            "statusHistory": [{"status": "arrived", "period": m.period("statusHistory")}],
            "classHistory": [{"class": {"code": "EMER"}, "period": m.period("classHistory")}],
            "priority": m.text("priority"), "length": m.amount("length", 71), "type": [m.text("type")],
            "episodeOfCare": [m.shown("episodeOfCare")], "partOf": m.shown("partOf"), "appointment": [m.shown("appointment")]}


# ---- 3.3 AllergyIntolerance, 3.4 Condition --------------------------------------------------------------

def of_allergy(m):
    return {"code": m.text("code"), "encounter": m.shown("encounter"), "identifier": m.id("identifier"), "category": ["medication"],
            "type": "allergy", "criticality": "high", "clinicalStatus": {"coding": [{"code": "active"}]},
            "reaction": [{"manifestation": [m.text("manifestation")], "substance": m.text("reaction.substance"), "severity": "severe",
                          "onset": m.day("reaction.onset"), "exposureRoute": m.text("exposureRoute"),
                          "description": m.word("description"), "note": m.note("reaction.note")}],
            "onsetDateTime": m.day("onset"), "recordedDate": m.day("recordedDate"), "lastOccurrence": m.day("lastOccurrence"),
            "note": m.note(), "recorder": m.shown("recorder"), "asserter": m.shown("asserter")}


def of_condition(m):
    return {"code": m.text("code"), "identifier": m.id("identifier"), "clinicalStatus": {"coding": [{"code": "active"}]},
            "extension": [{"url": JP + "JP_Condition_DiseaseOutcome", "valueCodeableConcept": m.text("outcome")},
                          {"url": "http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_DiagnosisType",
                           "valueCodeableConcept": {"coding": [{"code": "principal", "display": m.word("DiagnosisType")}]}}],
            "category": [m.text("category")], "severity": m.text("severity"), "onsetDateTime": m.day("onset"),
            "abatementDateTime": m.day("abatement"), "recordedDate": m.day("recordedDate"), "bodySite": [m.text("bodySite")],
            "stage": [{"summary": m.text("stage")}], "evidence": [{"code": [m.text("evidence.code")], "detail": [m.shown("evidence.detail")]}],
            "note": m.note(), "encounter": m.shown("encounter"), "recorder": m.shown("recorder"), "asserter": m.shown("asserter")}


# ---- 3.5 drugs -------------------------------------------------------------------------------------------

def dosage(m):
    return {"text": m.word("dosage.text"), "additionalInstruction": [m.text("additionalInstruction")],
            "patientInstruction": m.word("patientInstruction"), "route": m.text("route"), "method": m.text("method"),
            "site": m.text("site"), "timing": {"event": [m.time("timing.event")]},
            "doseAndRate": [{"type": m.text("doseAndRate.type"), "doseQuantity": m.amount("doseQuantity", 83),
                             "rateRatio": {"numerator": m.amount("rateRatio", 89), "denominator": {"value": 1, "unit": "d", "code": "d"}}}],
            "maxDosePerPeriod": {"numerator": m.amount("maxDosePerPeriod", 97), "denominator": {"value": 1, "unit": "d"}},
            "maxDosePerAdministration": m.amount("maxDosePerAdministration", 101),
            "maxDosePerLifetime": m.amount("maxDosePerLifetime", 103)}


def of_request(m):
    return {"status": "active", "intent": "order", "identifier": m.id("identifier"), "statusReason": m.text("statusReason"),
            "priority": m.word("priority"), "category": [m.text("category")], "medicationCodeableConcept": m.text("medication"),
            "authoredOn": m.day("authoredOn"), "requester": m.shown("requester"), "recorder": m.shown("recorder"),
            "reportedReference": m.shown("reported"), "dosageInstruction": [dosage(m)],
            "dispenseRequest": {"quantity": m.amount("quantity", 107), "numberOfRepeatsAllowed": 3,
                                "expectedSupplyDuration": m.amount("expectedSupplyDuration", 109),
                                "validityPeriod": m.period("validityPeriod"), "performer": m.shown("dispenseRequest.performer"),
                                "initialFill": {"quantity": m.amount("initialFill", 113)},
                                "extension": [{"url": JP + "JP_MedicationRequest_DispenseRequest_InstructionForDispense",
                                               "valueCodeableConcept": m.text("InstructionForDispense")}]},
            "substitution": {"allowedCodeableConcept": m.text("substitution")}, "encounter": m.shown("encounter"),
            "performer": m.shown("performer"), "supportingInformation": [m.shown("supportingInformation")],
            "detectedIssue": [m.shown("detectedIssue")], "eventHistory": [m.shown("eventHistory")],
            "priorPrescription": m.shown("priorPrescription"), "basedOn": [m.shown("basedOn")],
            "groupIdentifier": m.id("groupIdentifier")[0], "courseOfTherapyType": m.text("courseOfTherapyType"), "note": m.note(),
            "reasonCode": [m.text("reasonCode")], "reasonReference": [m.shown("reasonReference")], "insurance": [m.shown("insurance")]}


def of_dispense(m):
    return {"status": "completed", "medicationCodeableConcept": m.text("medication"), "quantity": m.amount("quantity", 107),
            "daysSupply": m.amount("daysSupply", 109), "whenPrepared": m.day("whenPrepared"), "whenHandedOver": m.day("whenHandedOver"),
            "dosageInstruction": [dosage(m)], "substitution": {"wasSubstituted": True, "reason": [m.text("substitution")]},
            "authorizingPrescription": [m.shown("authorizingPrescription")], "performer": [{"actor": m.shown("performer")}],
            "extension": [{"url": JP + "JP_MedicationDispense_Preparation", "valueCodeableConcept": m.text("Preparation")}],
            "statusReasonCodeableConcept": m.text("statusReason"), "context": m.shown("context"), "location": m.shown("location"),
            "destination": m.shown("destination"), "receiver": [m.shown("receiver")], "note": m.note()}


def of_administration(m):
    return {"status": "completed", "medicationCodeableConcept": m.text("medication"), "effectivePeriod": m.period("effective"),
            "dosage": {"text": m.word("dosage.text"), "site": m.text("site"), "route": m.text("route"), "method": m.text("method"),
                       "dose": m.amount("dose", 83), "rateQuantity": m.amount("rate", 89)},
            "request": m.shown("request"), "performer": [{"actor": m.shown("performer")}], "statusReason": [m.text("statusReason")],
            "reasonCode": [m.text("reasonCode")], "device": [m.shown("device")], "context": m.shown("context"), "note": m.note(),
            "eventHistory": [m.shown("eventHistory")],
            "extension": [{"url": JP + "JP_MedicationAdministration_" + name, "value" + kind: value} for name, kind, value in (
                ("RequestDepartment", "CodeableConcept", m.text("RequestDepartment")), ("Requester", "Reference", m.shown("Requester")),
                ("RequestAuthoredOn", "DateTime", m.day("RequestAuthoredOn")), ("Location", "Reference", m.shown("Location")),
                ("UncategorizedComment", "String", m.word("UncategorizedComment")))]}


def of_statement(m):
    return {"status": "active", "medicationCodeableConcept": m.text("medication"), "effectivePeriod": m.period("effective"),
            "dateAsserted": m.day("dateAsserted"), "informationSource": m.shown("informationSource"),
            "derivedFrom": [m.shown("derivedFrom")], "reasonCode": [m.text("reasonCode")], "dosage": [dosage(m)], "note": m.note()}


# ---- 3.6 Observation -------------------------------------------------------------------------------------

def of_observation(m):
    return {"status": "final", "category": [{"coding": [{"code": "laboratory"}]}], "code": m.text("code"),
            "effectiveDateTime": m.day("effective"), "issued": m.time("issued"), "valueQuantity": m.amount("value", 83),
            "interpretation": [{"coding": [{"code": "HH"}], "text": m.word("interpretation")}],
            "referenceRange": [m.text("referenceRange")], "specimen": m.shown("specimen"), "method": m.text("method"),
            "bodySite": m.text("bodySite"), "device": m.shown("device"), "identifier": m.id("identifier"), "note": m.note(),
            "performer": [m.shown("performer")], "basedOn": [m.shown("basedOn")], "partOf": [m.shown("partOf")],
            "encounter": m.shown("encounter"), "focus": [m.shown("focus")], "derivedFrom": [m.shown("derivedFrom")]}


# ---- 3.7 -------------------------------------------------------------------------------------------------

def of_report(m):  # 3.7.01
    return {"status": "final", "category": [m.text("category")], "code": m.text("code"), "effectiveDateTime": m.day("effective"),
            "issued": m.time("issued"), "performer": [m.shown("performer")], "resultsInterpreter": [m.shown("resultsInterpreter")],
            "specimen": [m.shown("specimen")], "encounter": m.shown("encounter"), "identifier": m.id("identifier"),
            "conclusion": m.word("conclusion"), "conclusionCode": [m.text("conclusionCode")], "imagingStudy": [m.shown("imagingStudy")],
            "media": [{"link": m.shown("media")}], "presentedForm": [m.attachment("presentedForm")], "basedOn": [m.shown("basedOn")],
            "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div>" % m.word("narrative")}}


def of_order(m):  # 3.7.03
    return {"status": "active", "intent": "order", "requisition": m.id("requisition")[0], "identifier": m.id("identifier"),
            "replaces": [m.shown("replaces")], "basedOn": [m.shown("basedOn")], "performer": [m.shown("performer")],
            "encounter": m.shown("encounter"), "specimen": [m.shown("specimen")], "supportingInfo": [m.shown("supportingInfo")],
            "asNeededCodeableConcept": m.text("asNeeded"), "code": m.text("code"), "category": [m.text("category")],
            "occurrencePeriod": m.period("occurrence"), "authoredOn": m.day("authoredOn"), "requester": m.shown("requester"),
            "reasonCode": [m.text("reasonCode")], "bodySite": [m.text("bodySite")], "orderDetail": [m.text("orderDetail")],
            "patientInstruction": m.word("patientInstruction"), "note": m.note()}


def of_procedure(m):  # 3.7.04
    return {"status": "completed", "category": m.text("category"), "code": m.text("code"), "statusReason": m.text("statusReason"),
            "location": m.shown("location"), "reasonCode": [m.text("reasonCode")], "reasonReference": [m.shown("reasonReference")],
            "usedCode": [m.text("usedCode")], "encounter": m.shown("encounter"), "basedOn": [m.shown("basedOn")],
            "performedPeriod": m.period("performed"), "performer": [{"actor": m.shown("performer")}], "bodySite": [m.text("bodySite")],
            "outcome": m.text("outcome"), "complication": [m.text("complication")], "followUp": [m.text("followUp")],
            "focalDevice": [{"manipulated": m.shown("focalDevice")}], "usedReference": [m.shown("usedReference")], "note": m.note(),
            "partOf": [m.shown("partOf")]}


def of_immunization(m):  # 3.7.05
    return {"status": "completed", "vaccineCode": m.text("vaccineCode"), "manufacturer": m.shown("manufacturer"),
            "expirationDate": m.day("expirationDate"), "recorded": m.day("recorded"), "performer": [{"actor": m.shown("performer")}],
            "reasonCode": [m.text("reasonCode")], "programEligibility": [m.text("programEligibility")], "note": m.note(),
            "occurrenceDateTime": m.day("occurrence"), "lotNumber": m.word("lotNumber"), "site": m.text("site"),
            "route": m.text("route"), "doseQuantity": m.amount("doseQuantity", 83),
            "protocolApplied": [{"doseNumberString": m.word("doseNumber"), "targetDisease": [m.text("targetDisease")]}],
            "reaction": [{"date": m.day("reaction"), "detail": m.shown("reaction.detail")}], "primarySource": True,
            "statusReason": m.text("statusReason"),
            "extension": [{"url": JP + "JP_Immunization_" + name, "valueDate": m.day(name)}
                          for name in ("CertificatedDate", "DueDateOfNextDose", "ManufacturedDate")]}


def of_study(m):  # 3.7.06
    return {"status": "available", "identifier": m.id("identifier"), "encounter": m.shown("encounter"), "basedOn": [m.shown("basedOn")],
            "started": m.time("started"), "modality": [{"code": m.word("modality")}],
            "series": [{"uid": "1.2", "modality": {"code": "MR"}, "bodySite": {"code": "1", "display": m.word("series.bodySite")},
                        "description": m.word("series.description"), "laterality": {"code": "R", "display": m.word("laterality")}}],
            "numberOfSeries": 1, "numberOfInstances": 40, "description": m.word("description"), "reasonCode": [m.text("reasonCode")]}


def of_media(m):  # 3.7.06
    return {"status": "completed", "type": m.text("type"), "modality": m.text("modality"), "content": m.attachment("content"),
            "bodySite": m.text("bodySite"), "view": m.text("view"), "createdDateTime": m.day("created"), "note": m.note(),
            "encounter": m.shown("encounter"), "basedOn": [m.shown("basedOn")]}


def of_document(m):  # 3.7.07
    return {"status": "current", "masterIdentifier": m.id("masterIdentifier")[0], "identifier": m.id("identifier"),
            "authenticator": m.shown("authenticator"), "custodian": m.shown("custodian"), "docStatus": "final", "type": m.text("type"),
            "category": [m.text("category")], "date": m.time("date"), "author": [m.shown("author")], "description": m.word("description"),
            "securityLabel": [m.text("securityLabel")], "content": [{"attachment": m.attachment("content"), "format": m.shown("format", code="f")}],
            "context": {"period": m.period("context.period"), "encounter": [m.shown("context.encounter")],
                        "related": [m.shown("context.related")], "event": [m.text("context.event")]},
            "relatesTo": [{"code": "appends", "target": m.shown("relatesTo")}]}


def of_composition(m):  # 3.7.09
    return {"status": "final", "identifier": m.id("identifier")[0], "encounter": m.shown("encounter"), "type": m.text("type"),
            "category": [m.text("category")], "title": m.word("title"), "date": m.time("date"), "author": [m.shown("author")],
            "attester": [{"mode": "legal", "party": m.shown("attester")}], "custodian": m.shown("custodian"),
            "relatesTo": [{"code": "appends", "targetReference": m.shown("relatesTo")}],
            "event": [{"code": [m.text("event.code")], "period": m.period("event")}],
            "section": [{"title": m.word("section.title"), "text": {"status": "generated", "div": "<div>%s</div>" % m.word("section.text")},
                         "entry": [m.shown("section.entry")],
                         "section": [{"title": m.word("section.section"), "emptyReason": m.text("emptyReason")}]}]}


def of_family(m):  # 3.7.10
    return {"status": "completed", "date": m.day("date"), "name": m.word("name"), "relationship": m.text("relationship"),
            "sex": m.text("sex"), "bornString": m.word("born"), "deceasedString": m.word("deceased"), "reasonCode": [m.text("reasonCode")],
            "note": m.note(), "condition": [{"code": m.text("condition.code"), "outcome": m.text("condition.outcome"),
                                             "onsetString": m.word("condition.onset"), "contributedToDeath": True,
                                             "note": m.note("condition.note")}]}


def of_plan(m):  # 3.7.11
    return {"status": "active", "intent": "plan", "category": [m.text("category")], "created": m.day("created"),
            "author": m.shown("author"), "addresses": [m.shown("addresses")], "title": m.word("title"),
            "description": m.word("description"), "period": m.period("period"), "goal": [m.shown("goal")], "note": m.note(),
            "activity": [{"detail": {"code": m.text("detail.code"), "status": "scheduled", "scheduledString": m.word("detail.scheduled"),
                                     "description": m.word("detail.description")}}, {"reference": m.shown("activity.reference")}]}


def of_meal(m):  # 3.7.12
    return {"status": "active", "intent": "order", "dateTime": m.day("dateTime"), "note": m.note(),
            "foodPreferenceModifier": [m.text("foodPreferenceModifier")], "excludeFoodModifier": [m.text("excludeFoodModifier")],
            "allergyIntolerance": [m.shown("allergyIntolerance")],
            "oralDiet": {"type": [m.text("oralDiet.type")], "nutrient": [{"modifier": m.text("nutrient"), "amount": m.amount("nutrient.amount", 83)}],
                         "texture": [{"modifier": m.text("texture"), "foodType": m.text("texture.foodType")}],
                         "fluidConsistencyType": [m.text("fluidConsistencyType")], "instruction": m.word("oralDiet.instruction"),
                         "schedule": [{"event": [m.time("oralDiet.schedule")]}]},
            "supplement": [{"type": m.text("supplement"), "productName": m.word("supplement.productName")}],
            "enteralFormula": {"baseFormulaType": m.text("enteralFormula"), "baseFormulaProductName": m.word("baseFormulaProductName")}}


def of_flag(m):  # 3.7.13
    return {"status": "active", "category": [m.text("category")], "code": m.text("code"), "period": m.period("period"),
            "author": m.shown("author")}


def of_consent(m):  # 3.7.14
    return {"status": "active", "performer": [m.shown("performer")], "organization": [m.shown("organization")],
            "policyRule": m.text("policyRule"), "scope": m.text("scope"), "category": [m.text("category")], "dateTime": m.day("dateTime"),
            "provision": {"type": "deny"}, "sourceAttachment": m.attachment("source")}


def of_coverage(m):  # 3.7.15
    return {"status": "active", "identifier": m.id("identifier"), "dependent": m.word("dependent"),
            "class": [{"type": m.text("class.type"), "value": m.word("class.value")}], "type": m.text("type"),
            "subscriberId": m.word("subscriberId"), "payor": [m.shown("payor")], "period": m.period("period"),
            "relationship": m.text("relationship"),
            "extension": [{"url": JP + "JP_Coverage_InsuredPerson" + name, "valueString": m.word(name)}
                          for name in ("Symbol", "Number", "SubNumber")]}


def of_device(m):  # 3.7.19
    return {"status": "active", "distinctIdentifier": m.word("distinctIdentifier"), "manufactureDate": m.day("manufactureDate"),
            "note": m.note(), "deviceName": [{"name": m.word("deviceName"), "type": "user-friendly-name"}],
            "udiCarrier": [{"deviceIdentifier": m.word("udi.deviceIdentifier"), "carrierHRF": m.word("udi.carrierHRF")}],
            "type": m.text("type"), "manufacturer": m.word("manufacturer"), "modelNumber": m.word("modelNumber"),
            "serialNumber": m.word("serialNumber"), "lotNumber": m.word("lotNumber"), "expirationDate": m.day("expirationDate"),
            "safety": [m.text("safety")]}


def of_device_use(m):  # 3.7.19
    return {"status": "active", "device": m.shown("device"), "timingPeriod": m.period("timing"), "bodySite": m.text("bodySite"),
            "reasonCode": [m.text("reasonCode")], "note": m.note()}


def of_impression(m):  # 3.7.20
    return {"status": "completed", "effectiveDateTime": m.day("effective"), "date": m.day("date"), "assessor": m.shown("assessor"),
            "encounter": m.shown("encounter"), "description": m.word("description"), "summary": m.word("summary"),
            "problem": [m.shown("problem")], "investigation": [{"code": m.text("investigation"), "item": [m.shown("investigation.item")]}],
            "finding": [{"itemCodeableConcept": m.text("finding.code")}, {"itemReference": m.shown("finding.reference")}],
            "prognosisCodeableConcept": [m.text("prognosis")], "protocol": [m.word("protocol")], "note": m.note()}


def of_appointment(m):  # 3.7.21
    return {"status": "booked", "start": m.time("start"), "end": m.time("end"), "serviceType": [m.text("serviceType")],
            "specialty": [m.text("specialty")], "appointmentType": m.text("appointmentType"), "reasonCode": [m.text("reasonCode")],
            "reasonReference": [m.shown("reasonReference")], "description": m.word("description"), "comment": m.word("comment"),
            "patientInstruction": m.word("patientInstruction"),
            "participant": [{"actor": {"reference": "Patient/p"}, "status": "accepted"},
                            {"actor": m.shown("participant"), "status": "accepted"}]}


def of_issue(m):  # 3.7.22
    return {"status": "final", "severity": "high", "code": m.text("code"), "implicated": [m.shown("implicated")], "detail": m.word("detail"),
            "mitigation": [{"action": m.text("mitigation"), "date": m.day("mitigation.date")}], "identifiedDateTime": m.day("identified")}


def of_adverse(m):  # 3.7.22
    return {"actuality": "actual", "event": m.text("event"), "suspectEntity": [{"instance": m.shown("suspectEntity")}],
            "seriousness": m.text("seriousness"), "outcome": m.text("outcome"), "date": m.day("date")}


def of_risk(m):  # 3.7.22
    return {"status": "final", "prediction": [{"outcome": m.text("prediction"), "probabilityDecimal": 0.25}], "occurrenceDateTime": m.day("occurrence"),
            "note": m.note()}


def of_list(m):  # 3.7.23
    return {"status": "current", "mode": "working", "title": m.word("title"), "code": m.text("code"), "date": m.day("date"),
            "source": m.shown("source"), "note": m.note(),
            "entry": [{"item": m.shown("entry.item"), "flag": m.text("entry.flag"), "date": m.day("entry.date")}]}


def of_episode(m):  # 3.7.24
    return {"status": "active", "type": [m.text("type")], "period": m.period("period"), "diagnosis": [{"condition": m.shown("diagnosis")}],
            "careManager": m.shown("careManager")}


def of_team(m):  # 3.7.24
    return {"status": "active", "period": m.period("period"), "name": m.word("name"),
            "participant": [{"role": [m.text("participant.role")], "member": m.shown("participant.member")}]}


def of_goal(m):  # 3.7.24
    return {"lifecycleStatus": "active", "description": m.text("description"), "startDate": m.day("startDate"),
            "target": [{"measure": m.text("target.measure"), "detailQuantity": m.amount("target.detail", 83), "dueDate": m.day("target.due")}],
            "addresses": [m.shown("addresses")]}


def of_answers(m):  # 3.7.26
    return {"status": "completed", "authored": m.day("authored"), "author": m.shown("author"), "source": m.shown("source"),
            "item": [{"linkId": "1", "text": m.word("item.text"), "answer": [{"valueString": m.word("answer"), "item": [
                {"linkId": "2", "text": m.word("item.item"), "answer": [{"valueCoding": {"display": m.word("answer.coding")}}]}]}]}]}


def of_message(m):  # 3.7.26
    return {"status": "completed", "sent": m.day("sent"), "sender": m.shown("sender"), "payload": [{"contentString": m.word("payload")},
                                                                                              {"contentReference": m.shown("payload.reference")}]}


def of_task(m):  # 3.7.26
    return {"status": "requested", "intent": "order", "code": m.text("code"), "description": m.word("description"),
            "authoredOn": m.day("authoredOn"), "focus": m.shown("focus"), "owner": m.shown("owner"), "note": m.note()}


def of_device_request(m):
    return {"status": "active", "intent": "order", "identifier": m.id("identifier"), "codeCodeableConcept": m.text("code"),
            "authoredOn": m.day("authoredOn"), "requester": m.shown("requester"), "reasonCode": [m.text("reasonCode")], "note": m.note()}


def of_relative(m):  # 3.7.27
    return {"active": True, "relationship": [m.text("relationship")], "name": [m.text("name")],
            "telecom": [{"system": "phone", "value": m.word("telecom")}]}


def of_trial(m):  # 3.7.27
    return {"status": "on-study", "period": m.period("period"), "study": m.shown("study")}


def any_type(m):  # 3.7.26
    return {"status": "active", "code": m.text("code"), "created": m.day("created"),
            "text": {"status": "generated", "div": "<div>%s</div>" % m.word("narrative")}}


def of_specimen():  # 3.7.02
    """It is no record of its own: a result that refers to it shows it."""
    mark = Marks("Specimen")
    specimen = {"resourceType": "Specimen", "id": "s", "subject": {"reference": "Patient/p"}, "status": "unsatisfactory",
                "type": mark.text("type"), "collection": {"collectedDateTime": mark.day("collected"), "bodySite": mark.text("collection.bodySite"),
                                                          "method": mark.text("collection.method"), "collector": mark.shown("collector"),
                                                          "quantity": mark.amount("quantity", 127)},
                "identifier": mark.id("identifier"), "accessionIdentifier": mark.id("accessionIdentifier")[0], "parent": [mark.shown("parent")],
                "request": [mark.shown("request")], "container": [{"identifier": mark.id("container"), "description": mark.word("container.description"),
                                                                  "type": mark.text("container.type")}],
                "receivedTime": mark.time("receivedTime"), "condition": [mark.text("condition")], "note": mark.note()}
    result = Marks("Observation")
    result.wanted = mark.wanted
    check("3.7 Specimen: elements lost", lost(result, {"status": "final", "code": {"text": "K"}, "valueString": "1",
                                                       "category": [{"coding": [{"code": "laboratory"}]}],
                                                       "specimen": {"reference": "Specimen/s"}}, others=[specimen]), [])


def of_places():  # 3.7.17, 3.7.18
    """Who and where, of what refers to them."""
    mark = Marks("Encounter")
    others = [{"resourceType": "Practitioner", "id": "d", "name": [mark.text("Practitioner.name")]},
              {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/d"},
               "organization": {"reference": "Organization/o"}},
              {"resourceType": "Organization", "id": "o", "name": mark.word("Organization.name")},
              {"resourceType": "Location", "id": "bed", "status": "active", "name": mark.word("Location.bed"), "physicalType": {
                  "coding": [{"code": "bd"}]}, "partOf": {"reference": "Location/room"}},
              {"resourceType": "Location", "id": "room", "status": "active", "name": mark.word("Location.room"), "physicalType": {
                  "coding": [{"code": "ro"}]}, "partOf": {"reference": "Location/ward"}},
              {"resourceType": "Location", "id": "ward", "status": "active", "name": mark.word("Location.ward"), "physicalType": {
                  "coding": [{"code": "wa"}]}}]
    visit = {"status": "in-progress", "class": {"code": "IMP"}, "period": {"start": "2025-11-20"},
             "location": [{"location": {"reference": "Location/bed"}, "status": "active"}],
             "participant": [{"individual": {"reference": "PractitionerRole/r"}, "type": [{"coding": [{"code": "ATND"}]}]}],
             "serviceProvider": {"reference": "Organization/o"}}
    check("3.7 Practitioner, PractitionerRole, Organization, Location: lost", lost(mark, visit, others=others), [])


def of_binary():  # 3.7.08
    """It is reached through what refers to it, and in no other way."""
    words = base64.b64encode("«words»".encode()).decode()
    binary = {"resourceType": "Binary", "id": "b", "contentType": "text/plain; charset=UTF-8", "data": words}
    lines, _ = build({"x.ndjson": [patient(), binary]})
    check("3.7 Binary alone", [r["kind"] for r in records(lines)], ["demographics"])
    letter = {"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": {"reference": "Patient/p"},
              "date": "2025-11-01", "content": [{"attachment": {"contentType": "text/plain", "url": "Binary/b"}}]}
    lines, _ = build({"x.ndjson": [patient(), binary, letter]})
    check("3.7 Binary of a document", ["«words»" in r.get("text", "") for r in records(lines, "document") + records(lines, "note")], [True])


def of_group():
    """What is about a Group is no patient's."""
    group = {"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": [{"entity": {"reference": "Patient/p"}}]}
    value = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "K"}, "valueString": "1",
             "subject": {"reference": "Group/g"}}
    lines, _ = build({"x.ndjson": [patient(), group, value]})
    check("2.0 Group", [r.get("patient") for r in records(lines) if r.get("resource") == "Observation/o"], [None])
    check("2.0 Group: told", [f["detail"].split(":")[0] for f in findings(lines, "no-patient")], ["it is about something that is no patient"])


def of_person():
    """A Person is whose it links to; what links to nobody is nobody's."""
    person = {"resourceType": "Person", "id": "x", "name": [{"text": "«name»"}], "link": [{"target": {"reference": "Patient/p"}}]}
    lines, _ = build({"x.ndjson": [patient(), person, {**person, "id": "y", "link": []}]})
    found = {r["resource"]: r for r in records(lines)}
    check("2.0 Person", [found[k].get("patient") for k in ("Person/x", "Person/y")], ["00012345", None])


def of_two_patients():
    """An Appointment of two patients is in neither's chart; one in a Bundle may call its patient by a UUID."""
    def visit(*who):
        return {"resourceType": "Appointment", "id": "a", "status": "booked", "start": "2025-12-09T10:00:00+09:00",
                "participant": [{"actor": {"reference": one}, "status": "accepted"} for one in who]}
    lines, _ = build({"x.ndjson": [patient(), patient("00000002", id="q"), visit("Patient/p", "Patient/q")]})
    check("2.0 Appointment of two", [r.get("patient") for r in records(lines, "appointment")], [None])
    number = {"type": "Patient", "identifier": {"system": HOSPITAL, "value": "00000009"}}
    called = visit("Practitioner/d")
    called["participant"].append({"actor": number, "status": "accepted"})
    lines, _ = build({"x.ndjson": [patient(), called]})
    check("2.0 Appointment by number", [r.get("patient") for r in records(lines, "appointment")], ["00000009"])
    called["participant"].append({"actor": {"reference": "Patient/p"}, "status": "accepted"})
    lines, _ = build({"x.ndjson": [patient(), called]})
    check("2.0 Appointment by number and of another", [r.get("patient") for r in records(lines, "appointment")], [None])
    url = "urn:uuid:0a48a4bf-0000-4000-8000-000000000001"
    lines, _ = build({"x.json": {"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": url, "resource": patient()}, {"resource": visit("Practitioner/d", url)}]}})
    check("2.0 Appointment in a Bundle", [r.get("patient") for r in records(lines, "appointment")], ["00012345"])


def of_service():
    """A HealthcareService gives its name to what it takes part in."""
    service = {"resourceType": "HealthcareService", "id": "h", "name": "«name»"}
    visit = {"resourceType": "Appointment", "id": "a", "status": "booked", "start": "2025-12-09T10:00:00+09:00", "participant": [
        {"actor": {"reference": "Patient/p"}, "status": "accepted"}, {"actor": {"reference": "HealthcareService/h"}, "status": "accepted"}]}
    lines, _ = build({"x.ndjson": [patient(), service, visit]})
    check("3.7 HealthcareService", ["«name»" in json.dumps(r, ensure_ascii=False) for r in records(lines, "appointment")], [True])


def of_provenance():  # 3.7.16
    """A Provenance of a deletion is told, and withdraws nothing: nobody says that the server did so."""
    value = {"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "卵"}, "patient": {"reference": "Patient/p"}}
    def word(code):
        return {"resourceType": "Provenance", "id": code, "target": [{"reference": "AllergyIntolerance/a"}], "recorded": "2025-11-01T00:00:00Z",
                "agent": [{"who": {"display": "x"}}], "activity": {"coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/v3-DataOperation", "code": code}]}}
    for code, wanted in (("DELETE", 1), ("NULLIFY", 1), ("UPDATE", 0)):
        lines, _ = build({"x.ndjson": [patient(), value, word(code)]})
        check("3.7 Provenance %s" % code, (len(findings(lines, "withdrawn")), [r["live"] for r in records(lines, "allergy")]), (wanted, [True]))


run([of_patient, of_specimen, of_places, of_binary, of_group, of_person, of_two_patients, of_service, of_provenance,
     whole("Encounter", of_encounter), whole("AllergyIntolerance", of_allergy, "patient", ["identifier"]), whole("Condition", of_condition),
     whole("MedicationRequest", of_request, but=["identifier"]), whole("MedicationDispense", of_dispense), whole("MedicationAdministration", of_administration),
     whole("MedicationStatement", of_statement), whole("Observation", of_observation), whole("DiagnosticReport", of_report),
     whole("ServiceRequest", of_order, but=["identifier"]), whole("Procedure", of_procedure), whole("Immunization", of_immunization, "patient"),
     whole("ImagingStudy", of_study), whole("Media", of_media), whole("DocumentReference", of_document), whole("Composition", of_composition),
     whole("FamilyMemberHistory", of_family, "patient"), whole("CarePlan", of_plan), whole("NutritionOrder", of_meal, "patient"),
     whole("Flag", of_flag), whole("Consent", of_consent, "patient"), whole("Coverage", of_coverage, "beneficiary"),
     whole("Device", of_device, "patient"), whole("DeviceUseStatement", of_device_use), whole("ClinicalImpression", of_impression),
     whole("Appointment", of_appointment, None), whole("DetectedIssue", of_issue, "patient"), whole("AdverseEvent", of_adverse),
     whole("RiskAssessment", of_risk), whole("List", of_list), whole("EpisodeOfCare", of_episode, "patient"), whole("CareTeam", of_team),
     whole("Goal", of_goal), whole("QuestionnaireResponse", of_answers), whole("Communication", of_message), whole("Task", of_task, "for"),
     whole("DeviceRequest", of_device_request), whole("RelatedPerson", of_relative, "patient"), whole("ResearchSubject", of_trial, "individual"),
     whole("CommunicationRequest", any_type), whole("Basic", any_type), whole("BodyStructure", any_type, "patient"),
     whole("VisionPrescription", any_type, "patient"), whole("SupplyDelivery", any_type, "patient"),
     whole("ImmunizationRecommendation", any_type, "patient")])
