#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader made from disc/FORMAT.md alone opens a sealed disc of the program, and repairs it.

check-sealed-disc.py TOMOSHIBI: TAP on standard output.
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

try:
    import sealed_disc as sealed
except ImportError as missing:
    print("1..0 # SKIP %s (Debian: python3-nacl python3-zstandard)" % missing)
    sys.exit(0)

TOMOSHIBI = sys.argv[1]
FORMAT = pathlib.Path(os.environ["TOMOSHIBI_SOURCE_DIR"], "disc", "FORMAT.md")
PASSPHRASE = "合言葉 for tests"
AS_OF = "2025-05-10T10:00"


# ---- the disc, and what the program says of it ---------------------------------------------------


def run(*args):
    return subprocess.run([TOMOSHIBI, *map(str, args)], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


class Made:
    """A disc that opens by passphrase and by emergency code, and its export."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        keys = self.folder / "keys"
        keys.mkdir(mode=0o700)
        os.environ["TOMOSHIBI_KEYS"] = str(keys)
        self.code = sealed.emergency_code(range(28))
        public, _ = sealed.emergency_keys(self.code)
        (keys / "emergency.pub").write_text(public.hex() + "\n")
        self.passphrase_file = self.folder / "passphrase"
        self.passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
        run("sample", "--to", self.folder / "backup", "--patients", 40, "--months", 6,
            "--as-of", AS_OF)
        run("build", "--from", self.folder / "backup", "--to", self.folder / "disc",
            "--as-of", AS_OF, "--hospital", "見本市民病院",
            "--passphrase-file", self.passphrase_file)
        self.signer = (keys / "trusted-signers").read_text(encoding="utf-8").split()[0]
        self.files = self.folder / "disc" / "TOMOSHIBI"
        self.exported = self.export()
        self.lines = [json.loads(line) for line in self.exported.decode().splitlines()]
        self.container = (self.files / "records.disc").read_bytes()
        self.spare = (self.files / "spare.disc").read_bytes()
        self.data_key = sealed.open_with_passphrase(sealed.Header(self.container[:sealed.HEAD]),
                                                    PASSPHRASE)

    def export(self):
        return run("export", "--passphrase-file", self.passphrase_file, self.folder / "disc")

    def open(self, container=None):
        disc = sealed.SealedDisc(container or self.container, self.spare)
        disc.unlock(self.data_key)
        return disc

    def of_type(self, wanted):
        return [line for line in self.lines if line["type"] == wanted]


def is_refused(call, *args):
    try:
        call(*args)
    except sealed.Refused:
        return True
    return False


# ---- what FORMAT.md calls the numbers ------------------------------------------------------------


def names(heading, column):
    """The rows "| number | name |..." of the table that begins with @column under @heading."""
    text = FORMAT.read_text(encoding="utf-8")
    text = text[text.index("\n### %s\n" % heading):]
    text = text[text.index("| %s | " % column):]
    found = {}
    for line in text.splitlines()[2:]:
        if not line.startswith("| "):
            break
        number, name = line[2:].split(" | ")[:2]
        found[int(number)] = name.split(" ")[0]
    return found


KINDS, STATUSES = names("Kinds", "kind"), names("Statuses", "status")
FIELDS, SOURCES = names("Fields", "field"), names("message", "format")


def named_values(values):
    """A field that repeats is joined with line ends, as in the export."""
    found = {}
    for field, text in values:
        name = FIELDS[field]
        found[name] = found[name] + "\n" + text if name in found else text
    return found


def records_of_blob(blob):
    place, records = 0, []
    while place < len(blob):
        if blob[place] == 1:
            kind, state = blob[place + 1:place + 3]
            records.append((kind, state, [], []))
            values = records[-1][2]
            place += 3
        elif blob[place] == 2:
            values = []
            records[-1][3].append(values)
            place += 1
        else:
            end = blob.index(0, place)
            values.append((blob[place], blob[place + 1:end].decode()))
            place = end + 1
    return records


def without_null(**values):
    return {key: value for key, value in values.items() if value is not None}


def pictures_of(database, rid):
    """Pictures of a message as the export tells of them; each has the bytes that its row says."""
    found = []
    for ident, data, *columns in database.execute(
            "SELECT id, data, media_type, width, height, original_width, original_height, page, name, "
            "size, absent FROM picture WHERE id BETWEEN ? AND ? ORDER BY id",
            (rid << 12, rid << 12 | 0xFFF)):
        names_of_columns = ("media_type", "width", "height", "original_width", "original_height", "page",
                            "name", "bytes", "absent")
        found.append(without_null(number=ident & 0xFFF, **dict(zip(names_of_columns, columns))))
        rows = database.execute("SELECT length(bytes) FROM picture_data WHERE id = ?",
                                (data,)).fetchall()
        if rows != ([] if "absent" in found[-1] else [(found[-1]["bytes"],)]):
            found[-1]["bytes"] = "not there"
    return found


def records_of_row(database, row, patient):
    """The records of one message as lines of the export, without marks."""
    rid, form, condition, data_type, care_date, sent_at, path, entry, disputed, blob = row
    source = without_null(path=path, entry=entry, format=SOURCES[form], data_type=data_type,
                          care_date=care_date, sent_at=sent_at,
                          condition_flag=condition and chr(condition))
    for kind, state, values, items in records_of_blob(blob):
        line = {"type": "record", "kind": KINDS[kind], "live": state >= 0x80,
                "status": STATUSES[state & 0x7F], "source": source,
                "items": [named_values(item) for item in items]}
        line.update(named_values(values))
        if "pictures" in line:
            line["picture_list"] = pictures_of(database, rid)
        if patient is not None:
            line.update(patient=patient[1], facility=patient[0])
        else:
            line.update(disputed=True, disputed_ids=disputed.split("\n") if disputed else [])
        yield line


# ---- checks: each gives its complaints -----------------------------------------------------------


def check_head(made):
    """Signature, hashes and sums are verified by opening it; here, that they say what they should."""
    disc = made.open()
    manifest = (made.files / "manifest.json").read_bytes()
    told = json.loads(manifest)
    wrong = []
    disc.check_manifest(manifest)
    if not is_refused(disc.check_manifest, manifest + b" "):
        wrong.append("any manifest will do")
    if told["id"] != disc.header.id.hex() or told["serial"] != disc.header.serial:
        wrong.append("the manifest is of another disc")
    if disc.header.signer.hex() != made.signer:
        wrong.append("signed by somebody else")
    if len(made.container) != disc.header.file_bytes or disc.damaged_places():
        wrong.append("the container is not whole")
    for offset in (8, 70, 300, 500, 990, 1030, 20000):
        head = bytearray(made.container[:sealed.HEAD])
        head[offset] ^= 1
        if not is_refused(sealed.Header, bytes(head)):
            wrong.append("byte %d of the head is not signed" % offset)
    return wrong


def check_layout(made):
    """More than one set, which no small disc has; numbers worked out by hand."""
    layout = sealed.Layout(5000 * sealed.UNIT)
    wrong = []
    # 5000 = 3904 + 1096 units; ceil (1096 / 64) = 18 columns, ceil (1096 / 18) = 61 rows.
    if layout.sets != [(0, 3904, 61, 64), (4392, 1096, 18, 61)] or layout.n_places != 5632:
        wrong.append("sets: %s" % layout.sets)
    stream, parity = layout.group(1, 17)
    # Row 1 holds group 17 in column 16. Row 60 would in column 17 (60 * 60 mod 18 = 0), but has
    # 1096 - 60 * 18 = 16 units.
    if stream[:2] != [4392 + 17, 4392 + 18 + 16] or stream[60] is not None:
        wrong.append("group: %s" % stream)
    if parity[0] != 4392 + 1096 + 17 or parity[7] != 5631:
        wrong.append("parity: %s" % parity)
    if layout.place_of_unit(3904) != 4392:
        wrong.append("unit 3904")
    for place in (stream[0], stream[1], stream[59], parity[0], parity[7]):
        if layout.group_of_place(place) != (1, 17):
            wrong.append("group of place %d" % place)
    return wrong


def check_keys(made):
    header = sealed.SealedDisc(made.container, made.spare).header
    slots = sealed.slots_of_kind(header, sealed.PASSPHRASE_SLOT)
    wrong = []
    # FORMAT.md, key slots; other tests take a program whose passphrases cost nothing.
    if [(memory, passes) for _, _, memory, passes in slots] != [(262144, 4)]:
        wrong.append("what a passphrase costs")
    if sealed.open_with_emergency_code(header, made.code) != made.data_key:
        wrong.append("passphrase and emergency code give two keys")
    if not is_refused(sealed.open_with_passphrase, header, PASSPHRASE + "x"):
        wrong.append("another passphrase opens it")
    if not is_refused(sealed.open_with_emergency_code, header,
                      sealed.emergency_code(range(1, 29))):
        wrong.append("another emergency code opens it")
    return wrong


def check_blocks(made):
    """Every kind of piece that a disc has is in this one."""
    disc = made.open()
    database = disc.database()
    wrong = []
    if len(database) != disc.header.database_bytes:
        wrong.append("length of the database")
    if 2 not in {e.coding for e in disc.entries}:
        wrong.append("no block is packed with the dictionary")
    if disc.hot_pages[0] != 0 or len(disc.hot_pages) < 2:
        wrong.append("hot pages: %s" % disc.hot_pages)
    for page, copy in disc.hot_copies():
        if copy != database[page * sealed.PAGE:(page + 1) * sealed.PAGE]:
            wrong.append("hot page %d differs from its copy" % page)
    if not 0 < disc.header.hot_offset < disc.header.table[0]:
        wrong.append("hot_offset")
    return wrong


def check_records(made):
    """Everything the program exports is found in the database, and nothing else."""
    disc = made.open()
    path = made.folder / "opened.sqlite"
    path.write_bytes(disc.database())
    database = sqlite3.connect(path.as_uri() + "?immutable=1", uri=True)
    meta = dict(database.execute("SELECT key, value FROM meta"))
    counts = made.of_type("counts")[0]
    wrong = []
    if meta["id"] != disc.header.id.hex():
        wrong.append("id in meta")
    if meta["n_messages"] != counts["messages_on_disc"]:
        wrong.append("messages: %s, not %s" % (meta["n_messages"], counts["messages_on_disc"]))

    # 256 DISPUTED_ONLY: no patient, but an id.
    patients = list(database.execute("SELECT facility, id, name, pno FROM patient "
                                     "WHERE NOT flags & 256 ORDER BY pno"))
    exported = [(p.get("facility"), p["id"], p.get("name")) for p in made.of_type("patient")]
    if [p[:3] for p in patients] != exported:
        wrong.append("patients differ")

    of_pno = {p[3]: p for p in patients}
    found = []
    for row in database.execute("SELECT rid, format, condition, data_type, care_date, sent_at, "
                                "path, entry, disputed_ids, records FROM message ORDER BY rid"):
        found += records_of_row(database, row, of_pno.get(row[0] >> 20))
    records = made.of_type("record")
    for record in records:
        record.pop("marks", None)
    if len(found) != len(records) or len(found) < 1000:
        wrong.append("records: %d, not %d" % (len(found), len(records)))
    wrong += ["record %d differs" % i for i, (a, b) in enumerate(zip(found, records)) if a != b]
    if not any(r.get("disputed") for r in records):
        wrong.append("the sample has no disputed record")

    # An empty path is the source itself; the export says nothing of it.
    keys = ("severity", "code", "path", "entry", "facility", "patient", "detail")
    findings = [without_null(type="finding", **{k: v or None for k, v in zip(keys, row)})
                for row in database.execute("SELECT %s FROM finding ORDER BY number" %
                                            ", ".join(keys))]
    if findings != made.of_type("finding"):
        wrong.append("findings differ")
    database.close()
    return wrong


def check_spare(made):
    """The second copy holds what it should, and a disc opens by it."""
    disc = made.open()
    header = disc.header
    wrong = []
    pieces = (made.container[:sealed.HEAD] + disc.sums + disc.read(0, header.dictionary[1]) +
              disc.read(header.table[0], header.table[1]) +
              (made.files / "manifest.json").read_bytes())
    if made.spare != pieces:
        wrong.append("it is not head, sums, dictionary, table and manifest")
    damaged = bytearray(made.container)
    damaged[:sealed.HEAD] = bytes(sealed.HEAD)
    damaged[-len(disc.sums):] = bytes(len(disc.sums))
    if made.open(bytes(damaged)).database() != disc.database():
        wrong.append("it gives another database")
    return wrong


def flipped(data, offset, bits=0x80):
    return data[:offset] + bytes([data[offset] ^ bits]) + data[offset + 1:]


def check_manifest_copy(made):
    """What a scratch does to the manifest its copy makes good, and nothing else; the program agrees."""
    disc = made.open()
    path = made.files / "manifest.json"
    signed = path.read_bytes()
    other = signed.replace(b'"as_of": "2', b'"as_of": "3')
    damaged = [("flipped %d" % i, flipped(signed, i)) for i in range(0, len(signed), 7)]
    damaged += [("cut at %d" % i, signed[:i]) for i in (0, 1, len(signed) // 2, len(signed) - 1)]
    damaged += [("zeroed", bytes(len(signed))), ("a zeroed end", signed[:40] + bytes(len(signed) - 40)),
                ("missing", None)]
    altered = [("another time", other), ("longer", signed + b" "), ("of little", b"{}"),
               ("blanks", bytes([0x20]) * len(signed) + b" ")]
    wrong = [] if other != signed else ["the sample has no such time"]
    wrong += ["%s: not made good" % what for what, found in damaged if disc.manifest(found) != signed]
    wrong += ["%s: taken for damage" % what for what, found in altered
              if not is_refused(disc.manifest, found)]
    bad_copy = sealed.SealedDisc(made.container, flipped(made.spare, len(made.spare) - 9))
    if not is_refused(bad_copy.manifest, None) or bad_copy.manifest(signed) != signed:
        wrong.append("a damaged copy")

    for what, found in [d for d in damaged if not d[0].startswith("flipped")] + altered:
        if found is None:
            path.unlink()
        else:
            path.write_bytes(found)
        told = json.loads(subprocess.run([TOMOSHIBI, "verify", made.folder / "disc", "--json"],
                                         check=False, stdout=subprocess.PIPE).stdout)
        wanted = "altered" if (what, found) in altered else "repairable"
        if told["verdict"] != wanted:
            wrong.append("%s: the program says %s" % (what, told["verdict"]))
    path.write_bytes(signed)
    return wrong


def damage(container, places):
    damaged = bytearray(container)
    for place in places:
        offset = sealed.HEAD + place * sealed.UNIT
        damaged[offset + 100:offset + 2148] = b"\xff" * 2048
    return bytes(damaged)


def check_repair(made):
    """Eight units of a group may be lost, in the stream, in the parity or in both; nine may not."""
    whole = made.open()
    stream, parity = whole.layout.group(0, 0)
    stream = [p for p in stream if p is not None]
    wrong = []
    for places in (stream[:1], stream[:8], parity, stream[-3:] + parity[2:7]):
        disc = sealed.SealedDisc(damage(made.container, places), made.spare)
        if disc.damaged_places() != sorted(places):
            wrong.append("damaged: %s" % disc.damaged_places())
        if any(disc.unit(p) != whole.unit_as_is(p) for p in places):
            wrong.append("repaired to something else: %s" % places)

    if made.open(damage(made.container, stream[:8])).database() != whole.database():
        wrong.append("another database after repair")
    disc = sealed.SealedDisc(damage(made.container, stream[:5] + parity[:4]), made.spare)
    if not is_refused(disc.unit, stream[0]):
        wrong.append("nine lost units are repaired")
    return wrong


def check_repaired_file(made):
    """What this tool writes back, the program reads as if nothing had been."""
    stream, _ = made.open().layout.group(0, 0)
    disc = sealed.SealedDisc(damage(made.container, stream[:3]), made.spare)
    repaired = bytearray(disc.container)
    for place in disc.damaged_places():
        offset = sealed.HEAD + place * sealed.UNIT
        repaired[offset:offset + sealed.UNIT] = disc.unit(place)
    (made.files / "records.disc").write_bytes(repaired)
    return [] if repaired == made.container and made.export() == made.exported else ["it differs"]


CHECKS = [
    ("head, manifest and signer", check_head),
    ("layout", check_layout),
    ("passphrase and emergency code", check_keys),
    ("blocks and hot pages", check_blocks),
    ("records equal the export", check_records),
    ("spare file", check_spare),
    ("copy of the manifest", check_manifest_copy),
    ("repair", check_repair),
    ("repaired file", check_repaired_file),
]


def main():
    print("1..%d" % len(CHECKS))
    with tempfile.TemporaryDirectory() as folder:
        made = Made(folder)
        for number, (title, check) in enumerate(CHECKS, 1):
            wrong = check(made)
            for line in wrong[:20]:
                print("# " + line)
            print("%s %d %s" % ("not ok" if wrong else "ok", number, title), flush=True)


main()
