#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader of discs written from disc/FORMAT.md alone, as text on standard output."""
import pathlib
import sqlite3
import struct
import sys


def check_head(path):
    with open(path, "rb") as file:
        head = file.read(100)
    assert head[:16] == b"SQLite format 3\0"
    assert struct.unpack(">H", head[16:18])[0] == 16384
    assert head[18:20] == b"\1\1"
    assert struct.unpack(">I", head[60:64])[0] == 2
    assert head[68:72] == b"TMSB"


def records(blob):
    """Yields (kind, status, live, values, items); a value is (field, text)."""
    place, record = 0, None
    while place < len(blob):
        mark = blob[place]
        if mark == 1:
            if record is not None:
                yield record
            kind, state = blob[place + 1], blob[place + 2]
            record = (kind, state & 0x7F, state >= 0x80, [], [])
            values = record[3]
            place += 3
        elif mark == 2:
            values = []
            record[4].append(values)
            place += 1
        else:
            assert mark >= 16
            end = blob.index(0, place)
            values.append((mark, blob[place + 1:end].decode()))
            place = end + 1
    if record is not None:
        yield record


def numbers(run):
    value = shift = 0
    for byte in run:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0
    assert shift == 0


def postings(database, term):
    for key, run in database.execute(
            "SELECT id, rids FROM posting WHERE id BETWEEN ? AND ? ORDER BY id",
            (term << 32, term << 32 | 0xFFFFFFFF)):
        pno, sequence, stream = key & 0xFFFFFFFF, 0, numbers(run)
        for number in stream:
            if number & 1:
                pno += number >> 1
                sequence = next(stream)
            else:
                sequence += number >> 1
            yield pno << 20 | sequence


def show_values(values):
    return " ".join(f"{field}={text}" for field, text in values)


def show_pictures(database, rid):
    for ident, media_type, width, height, page, name, size, data, absent in database.execute(
            "SELECT id, media_type, width, height, page, name, size, data, absent FROM picture "
            "WHERE id BETWEEN ? AND ? ORDER BY id", (rid << 12, rid << 12 | 0xFFF)):
        found = None
        if data is not None:
            found, = database.execute("SELECT bytes FROM picture_data WHERE id = ?",
                                      (data,)).fetchone()
            assert len(found) == size and data >> 12 == rid and absent is None
        print(f"    picture {ident & 0xFFF} {media_type} {width}x{height} page {page} {name} {size} "
              f"{absent or found[:4]}")


def show_message(database, row):
    rid, data_type, path, source, blob = row
    print(f"  {rid >> 20:x}.{rid & 0xFFFFF} {data_type} {path} {len(source or '')}")
    for kind, status, live, values, items in records(blob):
        print(f"    kind {kind} status {status} {'live' if live else 'dead'} {show_values(values)}")
        for item in items:
            print(f"      {show_values(item)}")
    show_pictures(database, rid)


def main():
    path = pathlib.Path(sys.argv[1]) / "TOMOSHIBI" / "records.sqlite"
    check_head(path)
    database = sqlite3.connect(path.as_uri() + "?immutable=1", uri=True)
    for key in ("hospital", "months", "n_patients", "n_messages"):
        value, = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        print(f"{key} {value}")

    columns = "SELECT rid, data_type, path, source, records FROM message "
    for pno, facility, name, ident in database.execute(
            "SELECT pno, facility, name, id FROM patient ORDER BY pno"):
        print(f"patient {facility} {ident} {name}")
        for row in database.execute(columns + "WHERE rid BETWEEN ? AND ? ORDER BY rid",
                                    (pno << 20, pno << 20 | 0xFFFFF)):
            show_message(database, row)
        for row in database.execute(columns + "JOIN disputed_link USING (rid) WHERE id = ? "
                                    "AND facility = ? ORDER BY rid", (ident, facility)):
            print("  disputed:")
            show_message(database, row)

    for term, text in database.execute("SELECT id, text FROM term ORDER BY id"):
        places = " ".join(f"{rid >> 20:x}.{rid & 0xFFFFF}" for rid in postings(database, term))
        print(f"term {text}: {places}")


main()
