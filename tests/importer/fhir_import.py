#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small imports of FHIR, for tests that write what is imported and look into the export.

The program is the first word of the command line.
"""

import json
import os
import subprocess
import sys
import tempfile

TOMOSHIBI = sys.argv[1]
HOSPITAL = "urn:oid:1.2.392.100495.20.3.51.11234567890"
OTHER_HOSPITAL = "urn:oid:1.2.392.100495.20.3.51.10987654321"
CLINS = "http://jpfhir.jp/fhir/clins/CodeSystem/BundleResourceType_CS"
n_failed = 0


def check(name, found, wanted):
    global n_failed
    if found == wanted:
        return
    n_failed += 1
    print("# %s: found %r, wanted %r" % (name, found, wanted))


def build(files, *options):
    """files: name -> object, list of objects (NDJSON) or text. Returns lines of the export and the report."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "backup")
        for name, content in files.items():
            path = os.path.join(source, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if isinstance(content, dict):
                content = json.dumps(content, ensure_ascii=False, indent=1)
            elif isinstance(content, list):
                content = "\n".join(json.dumps(one, ensure_ascii=False) for one in content) + "\n"
            with open(path, "wb") as out:
                out.write(content if isinstance(content, bytes) else content.encode())
        disc = os.path.join(folder, "disc")
        done = subprocess.run(
            [TOMOSHIBI, "build", "--unsealed", "--accept", "all", "--as-of", "2025-12-01", "--json",
             "--from", source, "--to", disc, *options], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        exported = subprocess.run([TOMOSHIBI, "export", disc], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in exported.stdout.splitlines()], json.loads(done.stdout)


def records(lines, kind=None):
    return [o for o in lines if o["type"] == "record" and kind in (None, o["kind"])]


def patients(lines):
    return {(o.get("facility"), o["id"]): o for o in lines if o["type"] == "patient"}


def findings(lines, code):
    return [o for o in lines if o["type"] == "finding" and o["code"] == code]


def patient(number="00012345", system=HOSPITAL, id="p", **more):
    resource = {"resourceType": "Patient", "id": id, "name": [{"text": "試験　太郎"}], "gender": "male",
                "birthDate": "1950-01-02", **more}
    if number is not None:
        resource["identifier"] = [{"system": system, "value": number}]
    return resource


def allergy(text, subject="Patient/p", id=None, **more):
    resource = {"resourceType": "AllergyIntolerance", "clinicalStatus": {"coding": [{"code": "active"}]},
                "code": {"text": text}, "patient": {"reference": subject}, **more}
    if id is not None:
        resource["id"] = id
    return resource


def entry(resource, url=None, method=None, request=None):
    made = {}
    if url is not None:
        made["fullUrl"] = url
    if resource is not None:
        made["resource"] = resource
    if method is not None:
        made["request"] = {"method": method, "url": request}
    return made


def bundle(type, entries, **more):
    return {"resourceType": "Bundle", "type": type, "entry": entries, **more}


def states(lines, kind="allergy", key="substance"):
    """(text, status, live) of every record, sorted."""
    return sorted((r["items"][0].get(key), r["status"], r["live"]) for r in records(lines, kind))


def run(tests):
    """TAP of functions; ends the program."""
    print("1..%d" % len(tests))
    for number, test in enumerate(tests, 1):
        before = n_failed
        try:
            test()
        except Exception as error:
            check("ended", repr(error), None)
        print("%sok %d %s" % ("" if n_failed == before else "not ", number, test.__name__), flush=True)
    sys.exit(1 if n_failed > 0 else 0)
