#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a status means for each type of resource: table 3.0.3 of the reference of FHIR, word by word, in the export.

  check-fhir-states.py TOMOSHIBI
"""

from fhir_import import build, check, patient, records, run

ELEMENTS = {"patient": "Immunization FamilyMemberHistory Consent NutritionOrder Device DetectedIssue EpisodeOfCare AllergyIntolerance",
            "beneficiary": "Coverage", "for": "Task", "individual": "ResearchSubject"}

ERROR = {"entered-in-error": ("entered-in-error", False)}
ACTIVE, COMPLETED, PLANNED, HELD = ("active", True), ("completed", True), ("planned", True), ("on-hold", True)
UNKNOWN, DRAFT, CANCELLED, STOPPED = ("unknown", True), ("draft", False), ("cancelled", False), ("stopped", False)
SUPERSEDED, CORRECTED, PRELIMINARY = ("superseded", False), ("corrected", True), ("preliminary", True)


def all_of(state, words):
    return {word: state for word in words.split()}


RESULT = {"final": COMPLETED, **all_of(CORRECTED, "amended corrected appended modified"), **all_of(PRELIMINARY, "preliminary partial"),
          "registered": PLANNED, "unknown": UNKNOWN, "cancelled": CANCELLED}
ORDER = {"active": ACTIVE, "on-hold": HELD, "unknown": UNKNOWN, "draft": DRAFT, "completed": COMPLETED, "revoked": CANCELLED}
ACT = {"completed": COMPLETED, "in-progress": ACTIVE, "unknown": UNKNOWN, "preparation": PLANNED, "on-hold": HELD, "stopped": ("stopped", True), "not-done": CANCELLED}

# Row, types, word -> (status, live). "entered-in-error" is tried for every type.
ROWS = [
    ("3.0.3.02", "Encounter", {"planned": PLANNED, **all_of(ACTIVE, "arrived triaged in-progress onleave on-hold"), "unknown": UNKNOWN,
                               **all_of(COMPLETED, "finished completed discharged"), **all_of(CANCELLED, "cancelled discontinued")}),
    ("3.0.3.07", "MedicationRequest", {"active": ACTIVE, "on-hold": HELD, "unknown": UNKNOWN, **all_of(COMPLETED, "completed ended"), "draft": DRAFT,
                                       "stopped": STOPPED, "cancelled": CANCELLED}),
    ("3.0.3.08", "MedicationDispense", {"completed": COMPLETED, "unknown": UNKNOWN, **all_of(PLANNED, "preparation in-progress"), "on-hold": HELD,
                                        **all_of(CANCELLED, "cancelled declined"), "stopped": STOPPED}),
    ("3.0.3.09", "MedicationAdministration", {"completed": COMPLETED, "in-progress": ACTIVE, "unknown": UNKNOWN, "on-hold": HELD, "stopped": ("stopped", True),
                                              "not-done": CANCELLED}),
    ("3.0.3.10", "MedicationStatement", {"active": ACTIVE, "on-hold": HELD, "unknown": UNKNOWN, "completed": COMPLETED, "intended": PLANNED, "recorded": ACTIVE,
                                         "stopped": STOPPED, "not-taken": CANCELLED, "draft": DRAFT}),
    ("3.0.3.11", "Observation DiagnosticReport", RESULT),
    ("3.0.3.12", "ServiceRequest CarePlan NutritionOrder DeviceRequest", ORDER),
    ("3.0.3.14", "Procedure Communication Media", ACT),
    ("3.0.3.15", "Immunization", {"completed": COMPLETED, "not-done": CANCELLED}),
    ("3.0.3.16", "ImagingStudy", {"available": COMPLETED, "registered": PLANNED, "unknown": UNKNOWN, "cancelled": CANCELLED}),
    ("3.0.3.17", "DocumentReference", {"current": COMPLETED, "superseded": SUPERSEDED}),
    ("3.0.3.18", "Composition", {"final": COMPLETED, **all_of(CORRECTED, "amended corrected appended"), **all_of(PRELIMINARY, "preliminary partial registered"),
                                 "unknown": UNKNOWN, "deprecated": SUPERSEDED, "cancelled": CANCELLED}),
    ("3.0.3.19", "Flag", {"active": ACTIVE, "inactive": COMPLETED}),
    ("3.0.3.19", "FamilyMemberHistory", {"completed": COMPLETED, "partial": COMPLETED, "health-unknown": UNKNOWN}),
    ("3.0.3.20", "Coverage", {"active": ACTIVE, "cancelled": CANCELLED, "draft": DRAFT}),
    ("3.0.3.21", "Consent", {"active": ACTIVE, "proposed": PLANNED, "rejected": ACTIVE, "inactive": COMPLETED, "not-done": CANCELLED, "draft": DRAFT}),
    ("3.0.3.22", "Device", {"active": ACTIVE, "inactive": COMPLETED, "unknown": UNKNOWN}),
    ("3.0.3.22", "DeviceUseStatement", {"active": ACTIVE, "on-hold": HELD, "intended": PLANNED, "completed": COMPLETED, "stopped": STOPPED}),
    ("3.0.3.23", "Appointment", {**all_of(ACTIVE, "booked arrived checked-in"), **all_of(PLANNED, "waitlist proposed pending"), "fulfilled": COMPLETED,
                                 **all_of(CANCELLED, "cancelled noshow")}),
    ("3.0.3.24", "Goal", {**all_of(PLANNED, "proposed planned"), **all_of(ACTIVE, "accepted active"), "on-hold": HELD, "completed": COMPLETED,
                          **all_of(CANCELLED, "cancelled rejected")}),
    ("3.0.3.25", "Task", {**all_of(PLANNED, "requested received accepted ready"), "in-progress": ACTIVE, "draft": ("draft", True), "on-hold": HELD, "completed": COMPLETED, **all_of(CANCELLED, "cancelled rejected failed")}),
    ("3.0.3.26", "QuestionnaireResponse ClinicalImpression", {"completed": COMPLETED, "amended": CORRECTED, "in-progress": PRELIMINARY, "stopped": ("stopped", True)}),
    ("3.0.3.27", "EpisodeOfCare", {"active": ACTIVE, "planned": PLANNED, "onhold": HELD, "finished": COMPLETED, "cancelled": CANCELLED}),
    ("3.0.3.27", "CareTeam", {"active": ACTIVE, "proposed": PLANNED, "inactive": COMPLETED}),
    ("3.0.3.28", "List", {"current": ACTIVE, "retired": COMPLETED}),
    ("3.0.3.29", "RiskAssessment DetectedIssue", {"final": COMPLETED, "preliminary": PRELIMINARY, "amended": CORRECTED, "cancelled": CANCELLED}),
    ("3.0.3.30", "ResearchSubject", {**all_of(ACTIVE, "on-study on-study-intervention on-study-observation follow-up"), "off-study": COMPLETED}),
]


def of(type, id, **more):
    element = next((element for element, types in ELEMENTS.items() if type in types.split()), "subject")
    return {"resourceType": type, "id": id, element: {"reference": "Patient/p"}, "code": {"text": "語"}, **more}


def states(resources):
    """id -> (status, live)"""
    lines, _ = build({"x.ndjson": [patient(), *resources]}, "--months", "1200")
    return {r["resource"].split("/")[1]: (r["status"], r["live"]) for r in records(lines)}


def words():
    made, wanted = [], {}
    for row, types, table in ROWS:
        for type in types.split():
            element = "lifecycleStatus" if type == "Goal" else "status"
            for word, state in {**table, **ERROR}.items():
                id = "%s-%s" % (type, word)
                one = of(type, id, **{element: word})
                if type == "Appointment":
                    one = {**one, "start": "2025-12-09T10:00:00Z", "participant": [{"actor": {"reference": "Patient/p"}}]}
                if type in ("ServiceRequest", "MedicationRequest", "NutritionOrder", "DeviceRequest", "Task", "CarePlan"):
                    one["intent"] = "order"
                made.append(one)
                wanted[id] = (row, state)
    found = states(made)
    for id, (row, state) in wanted.items():
        check("%s %s" % (row, id), found.get(id), state)
    errors = [id for id in wanted if id.endswith("entered-in-error")]
    check("3.0.3.01 entered in error, whatever its type", {found.get(id) for id in errors}, {("entered-in-error", False)})


def parts():
    """What has two statuses, or one for each part."""
    def coded(word):
        return None if word is None else {"coding": [{"code": word}]}
    made, wanted = [], {}
    for row, type, clinical, verified, state in (
            ("3.0.3.03", "AllergyIntolerance", "active", None, ACTIVE), ("3.0.3.03", "AllergyIntolerance", "inactive", None, COMPLETED),
            ("3.0.3.03", "AllergyIntolerance", "resolved", None, COMPLETED), ("3.0.3.03", "AllergyIntolerance", None, None, UNKNOWN),
            ("3.0.3.04", "AllergyIntolerance", "active", "unconfirmed", ACTIVE), ("3.0.3.04", "AllergyIntolerance", "active", "confirmed", ACTIVE),
            ("3.0.3.04", "AllergyIntolerance", "active", "presumed", ACTIVE), ("3.0.3.04", "AllergyIntolerance", "active", "refuted", CANCELLED),
            ("3.0.3.04", "AllergyIntolerance", None, "entered-in-error", ERROR["entered-in-error"]),
            *[("3.0.3.05", "Condition", word, None, ACTIVE) for word in ("active", "recurrence", "relapse")], ("3.0.3.05", "Condition", None, None, UNKNOWN),
            *[("3.0.3.05", "Condition", word, None, COMPLETED) for word in ("inactive", "remission", "resolved")],
            *[("3.0.3.06", "Condition", "active", word, ACTIVE) for word in ("confirmed", "unconfirmed", "provisional", "differential")],
            ("3.0.3.06", "Condition", "active", "refuted", CANCELLED), ("3.0.3.06", "Condition", None, "entered-in-error", ERROR["entered-in-error"])):
        id = "%s-%s-%s" % (type, clinical, verified)
        made.append(of(type, id, clinicalStatus=coded(clinical), verificationStatus=coded(verified)))
        wanted[id] = (row, state)
    found = states(made)
    for id, (row, state) in wanted.items():
        check("%s %s" % (row, id), found.get(id), state)
    plan = of("CarePlan", "x", status="active", intent="plan", title="計画", activity=[
        {"detail": {"status": word, "description": "«%s»" % word}} for word in ("in-progress", "completed", "cancelled", "stopped", "entered-in-error")])
    lines, _ = build({"x.ndjson": [patient(), plan]})
    text = records(lines, "note")[0]["text"]
    dead = [line for line in text.split("\n") if "【取消：" in line or "【中止：" in line]
    check("3.0.3.13 each activity alone", [word in "\n".join(dead) for word in ("«in-progress»", "«completed»", "«cancelled»", "«stopped»")], [False, False, True, True])
    poor = of("Observation", "o", status="final", valueString="1", specimen={"reference": "#s"}, contained=[
        {"resourceType": "Specimen", "id": "s", "status": "unsatisfactory", "type": {"text": "血清"}}])
    lines, _ = build({"x.ndjson": [patient(), poor]})
    found = [r for r in records(lines) if r["resource"] == "Observation/o"][0]
    check("3.0.3.16 a poor specimen", (found["live"], "specimen-poor" in found["warning"]), (True, True))


def any_word():
    """Below the table: by the word, whatever the type; a word of no list is told and stays."""
    dead = "cancelled canceled revoked rejected declined refused failed aborted nullified not-done not-taken noshow stopped discontinued withdrawn".split()
    over = "superseded inactive retired completed finished fulfilled ended resolved suspended off".split()
    found = states([of("Basic", word, status=word) for word in dead + over + ["draft", "proposed", "planned", "preparation", "blue"]] + [of("Observation", "none", valueString="1")])
    check("3.0.3 dead words", [word for word in dead if found[word][1]], [])
    check("3.0.3 words of what is over", [word for word in over if found[word][0] in ("active", "unknown", "planned")], [])
    check("3.0.3 words of what is to come", [found[word][1] for word in ("proposed", "planned", "preparation")], [True] * 3)
    check("3.0.3 unknown ones", (found["blue"], found["none"]), (UNKNOWN, UNKNOWN))


run([words, parts, any_word])
