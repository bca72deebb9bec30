#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Bundles mean, by their type: section 1.2 of the reference of FHIR with its parts.

  check-fhir-bundles.py TOMOSHIBI

A check is called after its row; the points below the table are counted on from it, paragraphs are "1.2" alone.
"""

from fhir_import import CLINS, allergy, build, bundle, check, entry, findings, patient, patients, records, run, states

UUID = "urn:uuid:11111111-1111-4111-8111-11111111111%d"
FIRST, LATER = "2025-11-01T10:00:00+09:00", "2025-11-02T10:00:00+09:00"


def drug(id, text, **more):
    return {"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order", "authoredOn": "2025-11-20",
            "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": text}, **more}


def order(id, text, **more):
    return {"resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "order", "subject": {"reference": "Patient/p"},
            "code": {"text": text}, **more}


def made(files):
    """(text, status, live) of all allergies; findings by code; the lines; the counts of FHIR."""
    lines, report = build(files)
    return states(lines), lines, report["counts"]["fhir"]


def n_found(lines, code):
    return len(findings(lines, code))


# ---- 1.2.01 document -----------------------------------------------------------------------------------

def document(id, substance, status="final", time=None, composition=(), **more):
    head = {"resourceType": "Composition", "id": id, "status": status, "title": "退院時サマリー", "date": "2025-10-05",
            "subject": {"reference": "Patient/p"}, **dict(composition)}
    # a prescription that names no day of its own
    order = {key: value for key, value in drug("m", substance + "錠").items() if key != "authoredOn"}
    return bundle("document", [entry(head), entry(patient()), entry(allergy(substance)), entry(order)],
                  **({} if time is None else {"timestamp": time}), **more)


def of_documents():
    """One readable object, and its entries as facts that say whose they are and of when."""
    found, lines, _ = made({"a.json": document("d", "卵")})
    check("1.2.01 the document and its facts", sorted(r["kind"] for r in records(lines)), ["allergy", "demographics", "document", "prescription"])
    facts = [r for r in records(lines) if r["kind"] in ("allergy", "prescription")]
    check("1.2.01 said by the document", ["as-of-document" in r["warning"].split("\n") for r in facts], [True, True])
    check("1.2.01 as of the document", [r.get("at") for r in facts], ["2025-10-05", "2025-10-05"])
    own = document("d", "卵")
    own["entry"][3]["resource"]["authoredOn"] = "2025-09-01"
    _, lines, _ = made({"a.json": own})
    check("1.2.01 its own date first", [r["at"] for r in records(lines, "prescription")], ["2025-09-01"])
    chart = [patient(), allergy("卵")]
    found, lines, _ = made({"chart.ndjson": chart, "a.json": document("d", "卵")})
    check("1.2.01 not merged with the chart", found, [("卵", "active", True)] * 2)


def of_replaced_documents():
    """All facts go with their document."""
    number = {"system": "d", "value": "1"}
    same = {"identifier": number}
    gone, stays = ("卵", "superseded", False), ("乳", "active", True)
    version = "http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-versionNumber"
    def versioned(n):
        return {"identifier": number, "extension": [{"url": version, "valueString": str(n)}]}
    replaces = {"relatesTo": [{"code": "replaces", "targetIdentifier": number}]}
    appends = {"relatesTo": [{"code": "appends", "targetIdentifier": number}]}
    cases = [("relatesTo", document("a", "卵", composition=same), document("b", "乳", composition=replaces), [stays, gone]),
             ("appends replaces nothing", document("a", "卵", composition=same), document("b", "乳", composition=appends),
              [stays, ("卵", "active", True)]),
             ("number of the Bundle", document("a", "卵", time=FIRST, **same), document("b", "乳", time=LATER, **same), [stays, gone]),
             ("version", document("a", "卵", composition=versioned(9)), document("b", "乳", composition=versioned(10)), [stays, gone]),
             ("entered in error", document("a", "卵", "entered-in-error"), document("b", "乳"), [stays, ("卵", "entered-in-error", False)])]
    for name, first, second, wanted in cases:
        found, lines, _ = made({"1.json": first, "2.json": second})
        check("1.2.01 %s" % name, found, sorted(wanted))
        check("1.2.01 %s: drugs too" % name, [r["live"] for r in sorted(records(lines, "prescription"), key=lambda r: r["source"]["path"])],
              [dict((text, live) for text, _, live in wanted)["卵"], True])


# ---- 1.2.02 to 1.2.05 ----------------------------------------------------------------------------------

def of_collections():
    found, lines, counts = made({"a.json": bundle("collection", [entry(patient()), entry(allergy("卵")), entry(drug("m", "甲")), entry(order("s", "CT"))])})
    check("1.2.02 everything", sorted(r["kind"] for r in records(lines)), ["allergy", "demographics", "order", "prescription"])


def of_searches():
    """match and include are data, outcome is told; a next page that is missing is told loudly."""
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "incomplete"}]}
    entries = [{**entry(patient()), "search": {"mode": "include"}}, {**entry(allergy("卵")), "search": {"mode": "match"}},
               {**entry(outcome), "search": {"mode": "outcome"}}]
    found, lines, counts = made({"a.json": bundle("searchset", entries, total=500)})
    check("1.2.03 data", (found, counts["records"]), ([("卵", "active", True)], 2))
    check("1.2.03 outcome", [("OperationOutcome" in f["detail"] or "outcome" in f["detail"]) for f in findings(lines, "not-understood")], [True])
    check("1.2.03 the total counts matches of the server", n_found(lines, "missing-file"), 0)
    def page(n, next=None):
        link = [{"relation": "self", "url": "https://h/A?p=%d" % n}] + ([{"relation": "next", "url": "https://h/A?p=%d" % next}] if next else [])
        return bundle("searchset", [entry(patient()), entry(allergy("卵", id="a%d" % n))], link=link)
    for name, files, wanted in (("missing", {"1.json": page(1, 2)}, 1), ("here", {"1.json": page(1, 2), "2.json": page(2)}, 0),
                                ("the third missing", {"1.json": page(1, 2), "2.json": page(2, 3)}, 1)):
        _, lines, _ = made(files)
        check("1.2.03 next page %s" % name, n_found(lines, "missing-file"), wanted)


def of_transactions():
    """Each method; what has no request is data and is told."""
    one = allergy("卵", id="a-long-enough")
    for type in ("transaction", "batch"):
        for method, wanted in (("POST", [("卵", "active", True)]), ("PUT", [("卵", "active", True)])):
            check("1.2.04 %s %s" % (type, method), made({"p.ndjson": [patient()], "a.json": bundle(type, [
                entry(one, None, method, "AllergyIntolerance/a-long-enough")])})[0], wanted)
        patch = bundle(type, [entry({"resourceType": "Parameters", "parameter": []}, None, "PATCH", "AllergyIntolerance/a-long-enough")])
        found, lines, _ = made({"p.ndjson": [patient(), one], "a.json": patch})
        check("1.2.04 %s PATCH" % type, (found, n_found(lines, "not-understood")), ([("卵", "active", True)], 1))
        found, lines, counts = made({"p.ndjson": [patient(), one], "a.json": bundle(type, [entry(None, None, "GET", "Patient/p")])})
        check("1.2.04 %s GET" % type, (found, n_found(lines, "withdrawn"), counts["withdrawals"]), ([("卵", "active", True)], 0, 0))
        found, lines, _ = made({"a.json": bundle(type, [entry(patient()), entry(one)])})
        check("1.2.04 %s without a request" % type, (found, n_found(lines, "not-understood") > 0), ([("卵", "active", True)], True))
        def delete(time):
            return bundle(type, [entry(None, None, "DELETE", "AllergyIntolerance/a-long-enough")], timestamp=time)
        def put(time):
            return bundle(type, [entry(one, None, "PUT", "AllergyIntolerance/a-long-enough")], timestamp=time)
        for name, files, wanted in (("DELETE of an older one", {"1.json": put(FIRST), "2.json": delete(LATER)}, ("卵", "deleted", False)),
                                    ("DELETE of a newer one", {"1.json": put(LATER), "2.json": delete(FIRST)}, ("卵", "active", True))):
            check("1.2.04 %s %s" % (type, name), made({"p.ndjson": [patient()], **files})[0], [wanted])


def of_responses():
    """What the server did is data, what it did not do is told."""
    for type in ("transaction-response", "batch-response"):
        entries = [{**entry(patient()), "response": {"status": "200 OK"}}, {**entry(allergy("卵")), "response": {"status": "201 Created"}},
                   {**entry(allergy("乳")), "response": {"status": "422 Unprocessable Entity"}}, {"response": {"status": "404 Not Found"}}]
        found, lines, _ = made({"a.json": bundle(type, entries)})
        check("1.2.05 %s" % type, (found, n_found(lines, "not-understood")), ([("卵", "active", True)], 2))


# ---- 1.2.06 history ------------------------------------------------------------------------------------

def of_histories():
    """The newest version holds; a number is compared as one only where all are."""
    def version(n, text, time=None):
        meta = {"versionId": n, **({} if time is None else {"lastUpdated": time})}
        return entry(allergy(text, id="a", meta=meta), "http://h/AllergyIntolerance/a", "PUT", "AllergyIntolerance/a")
    def history(*entries):
        return made({"p.ndjson": [patient()], "h.json": bundle("history", list(entries))})[0]
    check("1.2.06 by number", history(version("10", "新"), version("9", "旧")), [("新", "active", True), ("旧", "superseded", False)])
    check("1.2.06 whatever their order", history(version("9", "旧"), version("10", "新")), [("新", "active", True), ("旧", "superseded", False)])
    check("1.2.06 by time", history(version("b", "新", LATER), version("z", "旧", FIRST)), [("新", "active", True), ("旧", "superseded", False)])
    gone = {"fullUrl": "http://h/AllergyIntolerance/a", "request": {"method": "DELETE", "url": "AllergyIntolerance/a"},
            "response": {"status": "204", "lastModified": LATER}}
    deleted = [{**gone, "resource": None}, version("2", "新", FIRST), version("1", "旧", "2025-10-01T10:00:00+09:00")]
    deleted[0].pop("resource")
    check("1.2.06 deleted", history(*deleted), [("新", "deleted", False), ("旧", "superseded", False)])


# ---- 1.2.07 message, 1.2.08 ----------------------------------------------------------------------------

def message(reason, time=FIRST, focus=None, id="h", system="http://terminology.hl7.org/CodeSystem/v2-0119", event="O09"):
    header = {"resourceType": "MessageHeader", "id": id, "eventCoding": {"system": "http://terminology.hl7.org/CodeSystem/v2-0003", "code": event}}
    if reason is not None:
        header["reason"] = {"coding": [{"system": system, "code": reason}]}
    if focus is not None:
        header["focus"] = [{"reference": one} for one in focus]
    carried = [patient(), allergy("卵", id="carried-along-1"), {"resourceType": "Encounter", "id": "visit-0001", "status": "in-progress", "class": {"code": "IMP"},
               "subject": {"reference": "Patient/p"}, "period": {"start": "2025-11-01"}},
               {"resourceType": "Coverage", "id": "cover-0001", "status": "active", "beneficiary": {"reference": "Patient/p"}, "type": {"text": "国保"}}]
    return bundle("message", [entry(header), *[entry(one) for one in carried], entry(drug("order-000001", "甲")), entry(drug("order-000002", "乙"))],
                  timestamp=time)


def of_messages():
    """NW is data, CA calls off what it names, without names all but what rides along; anything else is marked."""
    def drugs(files):
        _, lines, _ = made(files)
        found = {}
        for r in sorted(records(lines, "prescription"), key=lambda r: r["live"]):
            found[r["items"][0]["drug"]] = (r["status"], r["live"], r.get("marks"))  # the live one, if there is one
        return found, lines
    stands, gone, doubt = ("active", True, None), ("cancelled", False, None), ("active", True, ["maybe-cancelled"])
    for name, one, wanted in (("NW", message("NW"), {"甲": stands, "乙": stands}), ("CA", message("CA"), {"甲": gone, "乙": gone}),
                              ("CA of one", message("CA", focus=["MedicationRequest/order-000001"]), {"甲": gone, "乙": stands}),
                              ("XO", message("XO"), {"甲": doubt, "乙": doubt}), ("no reason", message(None), {"甲": stands, "乙": stands})):
        found, lines = drugs({"1.json": one})
        check("1.2.07 %s" % name, found, wanted)
        check("1.2.07 %s: what rides along" % name, sorted((r["kind"], r["live"]) for r in records(lines) if r["kind"] != "prescription"),
              [("allergy", True), ("coverage", True), ("demographics", True), ("encounter", True)])
    focus = [["MedicationRequest/order-000001", "MedicationRequest/order-000002"], ["MedicationRequest/order-000001"]]
    found, _ = drugs({"1.json": message("NW", FIRST, focus[0]), "2.json": message("NW", LATER, focus[1])})
    check("1.2.07 no longer listed", found["甲"][1:], (True, None))
    _, lines, _ = made({"1.json": message("NW", FIRST, focus[0]), "2.json": {**message("NW", LATER, focus[1]), "entry": message("NW", LATER, focus[1])["entry"][:-1]}})
    check("1.2.07 no longer listed, and no longer sent", [(r["live"], r.get("marks")) for r in records(lines, "prescription") if r["items"][0]["drug"] == "乙"],
          [(True, ["maybe-cancelled"])])
    found, _ = drugs({"1.json": message("NW", FIRST), "2.json": message("CA", LATER)})
    check("1.2.07 CA after NW", found, {"甲": gone, "乙": gone})
    found, _ = drugs({"1.json": message("NW", LATER), "2.json": message("CA", FIRST)})
    check("1.2.07 CA before NW", found, {"甲": stands, "乙": stands})


def of_notifications():
    status = {"resourceType": "SubscriptionStatus", "status": "active", "type": "event-notification"}
    found, lines, _ = made({"a.json": bundle("subscription-notification", [entry(status), entry(patient()), entry(allergy("卵"))])})
    check("1.2.08", (found, sorted(r["kind"] for r in records(lines))), ([("卵", "active", True)], ["allergy", "demographics"]))


# ---- 1.2.1 ---------------------------------------------------------------------------------------------

def withdrawals():
    """The last operation decides, by the first time that both have."""
    one = allergy("卵", id="a-long-enough")
    stands, gone = ("卵", "active", True), ("卵", "deleted", False)
    def ask(method, **more):
        meta = more.pop("meta", None)
        resource = None if method == "DELETE" else {**one, **({} if meta is None else {"meta": meta})}
        return bundle("transaction", [entry(resource, None, method, "AllergyIntolerance/a-long-enough")], **more)
    def outcome(*files, **others):
        found, lines, counts = made({"p.ndjson": [patient()], **{"%d.json" % i: file for i, file in enumerate(files)}, **others})
        return found, n_found(lines, "withdrawn")
    millisecond = ["2025-11-01T10:00:59.567+09:00", "2025-11-01T10:00:59.568+09:00"]
    for name, files in (("in the order of the files", [ask("DELETE", timestamp=millisecond[0]), ask("PUT", timestamp=millisecond[1])]),
                        ("against it", [ask("PUT", timestamp=millisecond[1]), ask("DELETE", timestamp=millisecond[0])])):
        check("1.2.1 an update, %s" % name, outcome(*files)[0], [stands])
    check("1.2.1 other zones", outcome(ask("PUT", timestamp="2025-11-01T09:00:00+09:00"), ask("DELETE", timestamp="2025-11-01T00:00:01Z"))[0], [gone])
    inside = bundle("transaction", [entry(one, None, "PUT", "AllergyIntolerance/a-long-enough"), entry(None, None, "DELETE", "AllergyIntolerance/a-long-enough")],
                    timestamp=FIRST)
    check("1.2.1 inside one transaction DELETE comes first", outcome(inside)[0], [stands])
    check("1.2.1 not orderable", outcome(ask("PUT"), ask("DELETE")), ([stands], 1))
    _, lines, _ = made({"p.ndjson": [patient(), one], "1.json": ask("DELETE")})
    check("1.2.1 not orderable: marked", [r.get("marks") for r in records(lines, "allergy")], [["maybe-cancelled"]])
    _, lines, counts = made({"p.ndjson": [patient()], "1.json": ask("DELETE", timestamp=FIRST)})
    check("1.2.1 never seen", (records(lines, "allergy"), counts["withdrawals_of_nothing"], n_found(lines, "withdrawn")), ([], 1, 0))
    manifest = {"transactionTime": LATER, "request": "r", "requiresAccessToken": False, "output": [], "error": [],
                "deleted": [{"type": "Bundle", "url": "https://h/del.ndjson"}]}
    for name, updated, wanted in (("older", FIRST, gone), ("newer", "2025-11-03T10:00:00+09:00", stands)):
        files = {"manifest.json": manifest, "del.ndjson": [ask("DELETE")], "a.ndjson": [{**one, "meta": {"lastUpdated": updated}}]}
        check("1.2.1 deleted by the manifest's time, %s" % name, outcome(**files)[0], [wanted])
    lines, _ = build({"1.json": bundle("transaction", [entry(patient(), None, "PUT", "Patient/p")], timestamp=FIRST), "a.ndjson": [allergy("卵")],
                      "2.json": bundle("transaction", [entry(None, None, "DELETE", "Patient/p")], timestamp=LATER)})
    check("1.2.1 a withdrawn patient keeps his chart", ([r["patient"] for r in records(lines, "allergy")], states(lines),
          [(r["status"], r["live"]) for r in records(lines, "demographics")]), (["00012345"], [stands], [("deleted", False)]))


def of_focus_times():
    """The time behind the id in focus orders before any other."""
    def sent(reason, behind, time):
        one = message(reason, time, focus=[])
        one["entry"][0]["resource"]["focus"] = [{"display": "order-000001." + behind}]
        one["entry"] = one["entry"][:-1]
        return one
    for name, files, wanted in (("cancelled later", [sent("NW", "20251101100000000", LATER), sent("CA", "20251101100000001", FIRST)], [False, False]),
                                ("cancelled before", [sent("NW", "20251101100000001", FIRST), sent("CA", "20251101100000000", LATER)], [False, True])):
        lines, _ = build({"%d.json" % i: file for i, file in enumerate(files)})
        check("1.2.1 focus, %s" % name, sorted(r["live"] for r in records(lines, "prescription")), wanted)


# ---- JP-CLINS ------------------------------------------------------------------------------------------

def clins(number, time, entries, kind="AllergyIntolerance", system="http://jpfhir.jp/fhir/clins/bundle-identifier", tagged=True):
    more = {"meta": {"tag": [{"system": CLINS, "code": kind}]}} if tagged else {}
    if number is not None:
        more["identifier"] = {"system": system, "value": number}
    return bundle("collection", [entry(patient(), UUID % 1), *entries], timestamp=time, **more)


def listed(n, text, kind=allergy, **more):
    return entry({**kind(text, UUID % 1, identifier=[{"system": "x", "value": "A%d" % n}]), **more}, "urn:uuid:2222%04d-1111-4111-8111-111111111111" % n)


def disease(text, subject, **more):
    return {"resourceType": "Condition", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": text}, "subject": {"reference": subject}, **more}


def clins_lists():
    """Lists are whole: the newest of a patient, kind and institution is current, allergies of older ones stay in sight."""
    def state(lines, kind, key):
        return sorted((r["items"][0][key], r["live"], "old-list-only" in r.get("marks", [])) for r in records(lines, kind) if r["status"] != "superseded")
    lines, _ = build({"a.json": clins("1234567890^2025^1", FIRST, [listed(1, "ペニシリン"), listed(2, "卵")]),
                      "b.json": clins("1234567890^2025^2", LATER, [listed(1, "ペニシリン"), listed(3, "そば")])})
    check("1.2.09 allergies", state(lines, "allergy", "substance"), [("そば", True, False), ("ペニシリン", True, False), ("卵", True, True)])
    lines, _ = build({"a.json": clins("1234567890^2025^1", FIRST, [listed(1, "肺炎", disease), listed(2, "胃炎", disease)], "Condition"),
                      "b.json": clins("1234567890^2025^2", LATER, [listed(1, "肺炎", disease)], "Condition")})
    check("1.2.09 diseases", state(lines, "problem", "name"), [("肺炎", True, False), ("胃炎", True, True)])
    lines, _ = build({"a.json": clins("1234567890^2025^1", FIRST, [listed(2, "卵")]), "b.json": clins("0987654321^2025^2", LATER, [listed(3, "そば")])})
    check("1.2.09 of another institution", state(lines, "allergy", "substance"), [("そば", True, False), ("卵", True, False)])
    lines, _ = build({"a.json": clins("1234567890^2025^1", FIRST, [listed(2, "卵")]),
                      "b.json": clins("1234567890^2025^2", LATER, [listed(1, "肺炎", disease)], "Condition")})
    check("1.2.09 of another kind", state(lines, "allergy", "substance"), [("卵", True, False)])
    ended = {"coding": [{"code": "resolved"}]}
    lines, _ = build({"a.json": clins("1234567890^2025^1", FIRST, [listed(1, "卵", clinicalStatus=ended)])})
    check("1.2.09 ended ones stand in it", states(lines), [("卵", "completed", True)])


def clins_sent_again():
    """The same number again replaces the whole; with a Patient alone it takes all back."""
    number = "1234567890^2025^1"
    gone, deleted = ("卵", "superseded", False), ("卵", "deleted", False)
    first = clins(number, FIRST, [listed(1, "卵")])
    cases = [("replaced", clins(number, LATER, [listed(2, "乳")]), [("乳", "active", True), gone]),
             ("sent before", clins(number, "2025-10-01T10:00:00+09:00", [listed(2, "乳")]), [("乳", "superseded", False), ("卵", "active", True)]),
             ("of another system", clins(number, LATER, [listed(2, "乳")], system="http://other"), [("乳", "active", True), ("卵", "active", True)]),
             ("Patient alone", clins(number, LATER, []), [deleted]),
             ("Patient alone, another number", clins("1234567890^2025^9", LATER, []), [("卵", "active", True)]),
             ("Patient alone without a number", clins(None, LATER, []), [("卵", "active", True)])]
    for name, second, wanted in cases:
        check("1.2.10 %s" % name, made({"a.json": first, "b.json": second})[0], sorted(wanted))
    untagged = clins(number, FIRST, [listed(1, "卵")], tagged=False)
    found = made({"a.json": untagged, "b.json": clins(number, LATER, [], tagged=False)})[0]
    check("1.2.10 Patient alone without the tag deletes nothing", found[0][1] != "deleted", True)


def nested():
    """Bundles in Bundles to depth 3, each with ids of its own."""
    def wrap(inner, *entries):
        return bundle("collection", [*entries, {"resource": inner}])
    def one(number, text):
        return bundle("collection", [entry(patient(number)), entry(allergy(text))])
    found, lines, _ = made({"a.json": wrap(one("2", "乳"), entry(patient("1")), entry(allergy("卵")))})
    check("1.2 nested: ids of its own", sorted((r["patient"], r["items"][0]["substance"]) for r in records(lines, "allergy")), [("1", "卵"), ("2", "乳")])
    found, lines, _ = made({"a.json": wrap(wrap(one("2", "乳")))})
    check("1.2 nested to depth 3", found, [("乳", "active", True)])
    found, lines, _ = made({"a.json": wrap(wrap(wrap(wrap(wrap(one("2", "乳"))))), entry(patient("1")), entry(allergy("卵")))})
    check("1.2 nested too deep: told", ([text for text, _, _ in found if text == "卵"], n_found(lines, "not-understood") + n_found(lines, "truncated") > 0),
          (["卵"], True))


run([of_documents, of_replaced_documents, of_collections, of_searches, of_transactions, of_responses, of_histories, of_messages,
     of_notifications, withdrawals, of_focus_times, clins_lists, clins_sent_again, nested])
