#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader made from disc/FORMAT.md alone opens a disc of several volumes.

check-volumes.py MAKE-VOLUMES: TAP on standard output.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import sealed_disc as sealed
except ImportError as missing:
    print("1..0 # SKIP %s (Debian: python3-nacl python3-zstandard)" % missing)
    sys.exit(0)

PASSPHRASE = "a passphrase for tests"
BYTES = 2900000
# What volume 1 has to have as a disc of one volume has it.
SAME = ("patient", "patient_more", "picture", "posting", "term", "finding", "disputed_link", "freshness", "message_text_data",
        "term_text_data", "list_name", "stay", "visit", "doctor_patient")


def make(folder, size):
    subprocess.run([sys.argv[1], str(folder), str(size)], check=True)
    return folder


def files_of(folder):
    files = folder / "TOMOSHIBI"
    return (files / "records.disc").read_bytes(), (files / "spare.disc").read_bytes()


def open_slot(header):
    return sealed.open_with_passphrase(header, PASSPHRASE)


def is_refused(call, *args):
    try:
        call(*args)
    except sealed.Refused:
        return True
    return False


def main():
    work = tempfile.TemporaryDirectory(prefix="tomoshibi-volumes-")
    folder = make(pathlib.Path(work.name) / "split", BYTES)
    whole = sealed.SealedDisc(*files_of(make(pathlib.Path(work.name) / "whole", 0)))
    whole.unlock(open_slot(whole.header))
    whole = sealed.open_database(whole.database())
    places = [folder] + sorted(folder.glob("volume-*"), key=lambda p: int(p.name[7:]))
    volumes = [files_of(place) for place in places]
    manifests = [json.loads((place / "TOMOSHIBI" / "manifest.json").read_text(encoding="utf-8"))
                 for place in places]
    split = sealed.VolumeSet(volumes, open_slot)
    first = split.databases[0]
    rids = [row[0] for row in whole.execute("SELECT rid FROM message ORDER BY rid")]
    columns = ("rid, format, flags, condition, data_type, care_date, sent_at, path, entry, "
               "disputed_ids, records")

    pictures = first.execute("SELECT id, data, absent FROM picture ORDER BY id").fetchall()

    checks = [
        ("there are several volumes", len(volumes) > 2),
        ("manifests say which volume they are of", [(m["volume"], m["volumes"]) for m in manifests] ==
         [(n, len(volumes)) for n in range(1, len(volumes) + 1)]),
        ("each volume has a copy of its own manifest", all(
            sealed.SealedDisc(*files).manifest(None) ==
            (place / "TOMOSHIBI" / "manifest.json").read_bytes()
            for files, place in zip(volumes, places))),
        ("no volume takes the manifest of another", is_refused(
            sealed.SealedDisc(*volumes[1]).manifest,
            (places[2] / "TOMOSHIBI" / "manifest.json").read_bytes())),
        ("no volume is larger", all(
            sum((f.stat().st_size + 2047) // 2048 * 2048 for f in (p / "TOMOSHIBI").iterdir()) <= BYTES
            for p in places)),
        ("no two have the same nonce", len({d.header.nonce for d in split.discs}) == len(volumes)),
        ("volume 1 has every record",
         first.execute("SELECT %s FROM message ORDER BY rid" % columns).fetchall() ==
         whole.execute("SELECT %s FROM message ORDER BY rid" % columns).fetchall()),
        ("volume 1 has no source",
         first.execute("SELECT count(source) FROM message").fetchone() == (0,)),
        ("volume 1 has all other tables", all(
            first.execute("SELECT * FROM %s" % table).fetchall() ==
            whole.execute("SELECT * FROM %s" % table).fetchall() for table in SAME)),
        ("every source is on the volume that is named", len(rids) > 700 and all(
            split.source(rid) ==
            whole.execute("SELECT source FROM message WHERE rid = ?", (rid,)).fetchone()[0]
            for rid in rids)),
        ("other volumes hold their run, its patients and no record", all(
            database.execute("SELECT min(rid), max(rid), max(length(records)) FROM message").fetchone() ==
            (first_rid, last_rid, 0) and
            [row[0] for row in database.execute("SELECT pno FROM patient ORDER BY pno")] ==
            list(range(first_rid >> 20, (last_rid >> 20) + 1))
            for database, (_, first_rid, last_rid) in zip(split.databases[1:], split.runs))),
        ("a volume that is not at hand is not an empty source", is_refused(
            sealed.VolumeSet([volumes[0], None] + volumes[2:], open_slot).source, rids[0])),
        ("volume 1 tells of pictures and has none", len(pictures) == 120 and
         first.execute("SELECT count(*) FROM picture_data").fetchone() == (0,)),
        ("a picture has bytes, or why it has none", all(
            (data is None) != (absent is None) for _, data, absent in pictures)),
        ("every picture is on the volume that is named", all(
            split.picture(data) == whole.execute("SELECT bytes FROM picture_data WHERE id = ?",
                                                 (data,)).fetchone()[0]
            for _, data, _ in pictures if data is not None)),
        ("no picture is on two volumes", sum(
            d.execute("SELECT count(*) FROM picture_data").fetchone()[0] for d in split.databases) ==
         whole.execute("SELECT count(*) FROM picture_data").fetchone()[0] == 40),
        ("other volumes tell of the pictures of their run", all(
            database.execute("SELECT id FROM picture ORDER BY id").fetchall() ==
            [(ident,) for ident, _, _ in pictures if first_rid <= ident >> 12 <= last_rid]
            for database, (_, first_rid, last_rid) in zip(split.databases[1:], split.runs))),
        ("swapped volumes are refused", is_refused(
            sealed.VolumeSet, [volumes[0], volumes[2], volumes[1]] + volumes[3:], open_slot)),
    ]
    other = [files_of(place) for place in
             [make(pathlib.Path(work.name) / "other", BYTES) / "volume-2"]]
    checks.append(("a volume of another disc is refused", is_refused(
        sealed.VolumeSet, [volumes[0], other[0]] + volumes[2:], open_slot)))

    print("1..%d" % len(checks))
    for number, (name, truth) in enumerate(checks, 1):
        print("%s %d %s" % ("ok" if truth else "not ok", number, name))
    work.cleanup()


main()
