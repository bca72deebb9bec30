# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader and a repair tool of sealed discs, written from disc/FORMAT.md alone.

Needs python3-nacl and python3-zstandard. Nothing here knows the code of the program.
"""
import hashlib
import json
import sqlite3
import struct
from collections import namedtuple

import zstandard
from nacl import bindings as sodium
from nacl.exceptions import CryptoError

HEAD, HEADER, UNIT, BLOCK, PAGE = 32768, 1024, 32768, 65536, 16384
ROWS, PARITY, COLUMNS = 64, 8, 61
SLOT, SIGNED, SUM, FRAME = 256, 960, 16, 16
UNUSED = 0xFFFFFFFF
BLOCKS, TABLE, DICTIONARY = 1, 2, 3
PASSPHRASE_SLOT, EMERGENCY_SLOT = 1, 2

Entry = namedtuple("Entry", "index offset stored number coding")


class Refused(Exception):
    """The disc is not what it should be, or does not open."""


def digest(data, size):
    return hashlib.blake2b(data, digest_size=size).digest()


def need(condition, what):
    if not condition:
        raise Refused(what)


def unseal(key, nonce, authenticated, sealed):
    try:
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, authenticated, nonce, key)
    except CryptoError as error:
        raise Refused("does not open") from error


# ---- header -------------------------------------------------------------------------------------


class Header:
    FIELDS = (("version", 8, "<I"), ("volume", 44, "<I"), ("serial", 64, "<Q"),
              ("n_volumes", 72, "<I"), ("n_blocks", 76, "<I"), ("database_bytes", 80, "<Q"),
              ("stream_bytes", 88, "<Q"), ("file_bytes", 96, "<Q"),
              ("dictionary", 104, "<3Q"), ("table", 128, "<3Q"), ("hot_offset", 152, "<Q"))

    def __init__(self, head):
        need(len(head) == HEAD and head[:8] == b"TMSBDISC", "not a container")
        for name, offset, form in self.FIELDS:
            value = struct.unpack_from(form, head, offset)
            setattr(self, name, value[0] if len(value) == 1 else value)
        need(self.version == 1, "version of the container")
        need(struct.unpack_from("<8I", head, 12) ==
             (HEAD, HEADER, UNIT, BLOCK, PAGE, ROWS, PARITY, COLUMNS), "sizes of the format")
        self.id, self.nonce = head[48:64], head[160:176]
        self.sums_hash, self.manifest_hash = head[208:240], head[240:272]
        self.signer = head[272:304]
        self.slots = head[HEADER:]
        need(digest(self.slots, 32) == head[176:208], "key slots")
        try:
            sodium.crypto_sign_open(head[SIGNED:HEADER] + head[:SIGNED], self.signer)
        except CryptoError as error:
            raise Refused("signature") from error


# ---- units --------------------------------------------------------------------------------------


def ceiling(a, b):
    return -(-a // b)


class Layout:
    """Where the units of a stream stand. Places are numbers of units in the file."""

    def __init__(self, stream_bytes):
        self.sets = []      # (place of the first unit, units, columns, rows)
        n_units, place = ceiling(stream_bytes, UNIT), 0
        for first in range(0, n_units, ROWS * COLUMNS):
            n = min(ROWS * COLUMNS, n_units - first)
            columns = ceiling(n, ROWS)
            self.sets.append((place, n, columns, ceiling(n, columns)))
            place += n + PARITY * columns
        self.n_places = place

    def place_of_unit(self, unit):
        return unit + unit // (ROWS * COLUMNS) * PARITY * COLUMNS

    def group(self, which, g):
        """Places of the units of a group, None for a unit of zero bytes; then of its parity."""
        first, n, columns, rows = self.sets[which]
        members = (row * columns + (g - row * row) % columns for row in range(rows))
        return ([first + i if i < n else None for i in members],
                [first + n + p * columns + g for p in range(PARITY)])

    def group_of_place(self, place):
        which = max(i for i, s in enumerate(self.sets) if s[0] <= place)
        first, n, columns, _ = self.sets[which]
        i = place - first
        if i >= n:
            return which, (i - n) % columns
        row, column = divmod(i, columns)
        return which, (column + row * row) % columns


# ---- repair -------------------------------------------------------------------------------------


def make_tables():
    """Powers of x in GF(2^8), x^8 + x^4 + x^3 + x^2 + 1, and their logarithms."""
    powers, logarithms, number = [0] * 512, [0] * 256, 1
    for power in range(255):
        powers[power] = powers[power + 255] = number
        logarithms[number] = power
        number = number << 1 ^ (0x11D if number & 0x80 else 0)
    return powers, logarithms


POWERS, LOGARITHMS = make_tables()


def multiply(a, b):
    return POWERS[LOGARITHMS[a] + LOGARITHMS[b]] if a and b else 0


def inverse(a):
    return POWERS[255 - LOGARITHMS[a]]


def scale(unit, factor):
    """A unit times a number, as an integer: exclusive or of integers is fast."""
    return int.from_bytes(unit.translate(bytes(multiply(factor, b) for b in range(256))), "little")


def row_of_matrix(i, k):
    """Row @i, from k on, of the Cauchy matrix under the identity."""
    return [inverse(i ^ j) for j in range(k)]


def solve(matrix, right):
    """Gauss: matrix x = right over GF(2^8); entries of @right are integers of whole units."""
    n = len(matrix)

    def scaled(unit, factor):
        return scale(unit.to_bytes(UNIT, "little"), factor)

    for i in range(n):
        pivot = next(r for r in range(i, n) if matrix[r][i])
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        right[i], right[pivot] = right[pivot], right[i]
        factor = inverse(matrix[i][i])
        matrix[i] = [multiply(factor, a) for a in matrix[i]]
        right[i] = scaled(right[i], factor)
        for r in range(n):
            factor = matrix[r][i]
            if r != i and factor:
                matrix[r] = [a ^ multiply(factor, b) for a, b in zip(matrix[r], matrix[i])]
                right[r] ^= scaled(right[i], factor)
    return right


def repair_group(units, k):
    """@units: k of the stream, then PARITY; None for the lost. Fills in the lost ones."""
    lost = [j for j in range(k) if units[j] is None]
    parity = [i for i in range(k, k + PARITY) if units[i] is not None][:len(lost)]
    need(len(parity) == len(lost), "more is lost than can be repaired")

    # Each parity row, less what the intact units give, is a sum over the lost ones.
    matrix, right = [], []
    for i in parity:
        row = row_of_matrix(i, k)
        rest = int.from_bytes(units[i], "little")
        for j in range(k):
            if units[j] is not None:
                rest ^= scale(units[j], row[j])
        matrix.append([row[j] for j in lost])
        right.append(rest)
    for j, unit in zip(lost, solve(matrix, right)):
        units[j] = unit.to_bytes(UNIT, "little")

    for i in range(k, k + PARITY):
        if units[i] is None:
            row, rest = row_of_matrix(i, k), 0
            for j in range(k):
                rest ^= scale(units[j], row[j])
            units[i] = rest.to_bytes(UNIT, "little")


# ---- keys ---------------------------------------------------------------------------------------


def subkey(data_key, number):
    return hashlib.blake2b(key=data_key, digest_size=32, salt=struct.pack("<Q8x", number),
                           person=b"TMSBDISC" + bytes(8)).digest()


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def times_x(number):
    number *= 2
    return number ^ 37 if number >= 32 else number


def check_value(values, group):
    """@group: from 1."""
    total = group
    for number in values:
        total = times_x(total) ^ number
    return times_x(total)


def emergency_code(values):
    """The code of 28 numbers below 32."""
    groups = []
    for i in range(7):
        four = list(values[4 * i:4 * i + 4])
        groups.append("".join(ALPHABET[v] for v in four + [check_value(four, i + 1)]))
    return "-".join(groups)


def emergency_keys(code):
    """Public and secret half."""
    values = [ALPHABET.index(c) for c in code.replace("-", "")]
    need(len(values) == 35, "length of the code")
    for i in range(7):
        five = values[5 * i:5 * i + 5]
        need(five[4] == check_value(five[:4], i + 1), "group %d of the code" % (i + 1))
    seed = hashlib.blake2b(bytes(values), key=b"tomoshibi emergency key 1",
                           digest_size=32).digest()
    return sodium.crypto_box_seed_keypair(seed)


def slots_of_kind(header, wanted):
    for index in range(len(header.slots) // SLOT):
        slot = header.slots[index * SLOT:(index + 1) * SLOT]
        kind, memory, passes = struct.unpack_from("<3I", slot)
        if kind == wanted:
            yield index, slot, memory, passes


def open_with_passphrase(header, passphrase):
    for index, slot, memory, passes in slots_of_kind(header, PASSPHRASE_SLOT):
        wrapping = sodium.crypto_pwhash_alg(32, passphrase.encode(), slot[16:32], passes,
                                            memory * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13)
        try:
            return unseal(wrapping, slot[32:56],
                          slot[:32] + header.id + struct.pack("<I", index), slot[56:104])
        except Refused:
            pass
    raise Refused("no slot opens")


def open_with_emergency_code(header, code):
    public, secret = emergency_keys(code)
    for _, slot, _, _ in slots_of_kind(header, EMERGENCY_SLOT):
        try:
            opened = sodium.crypto_box_seal_open(slot[56:152], public, secret)
        except CryptoError:
            continue
        if opened[32:] == header.id:
            return opened[:32]
    raise Refused("no slot opens")


# ---- the manifest -------------------------------------------------------------------------------


def is_manifest(found):
    """Whether it is one flat object of JSON, whatever it says."""
    try:
        told = json.loads(found.decode("utf-8"))
    except ValueError:
        return False
    return isinstance(told, dict) and not any(isinstance(v, (dict, list)) for v in told.values())


def is_damaged_manifest(found, copy):
    if len(found) < len(copy) and copy.startswith(found):
        return True
    return len(found) <= len(copy) and not is_manifest(found)


# ---- the disc -----------------------------------------------------------------------------------


class SealedDisc:
    """Bytes of a container and of its spare file."""

    def __init__(self, container, spare):
        self.container, self.spare = container, spare
        try:
            self.header = Header(container[:HEAD])
        except Refused:
            self.header = Header(spare[:HEAD])
        self.layout = Layout(self.header.stream_bytes)
        n = self.layout.n_places
        need(self.header.file_bytes == HEAD + n * (UNIT + SUM), "length of the container")
        self.sums = container[HEAD + n * UNIT:]
        if digest(self.sums, 32) != self.header.sums_hash:
            self.sums = spare[HEAD:HEAD + n * SUM]
        need(digest(self.sums, 32) == self.header.sums_hash, "sums")
        self.repaired = {}

    def check_manifest(self, manifest):
        need(digest(manifest, 32) == self.header.manifest_hash, "manifest")

    def manifest_copy(self):
        header = self.header
        return self.spare[HEAD + self.layout.n_places * SUM + header.dictionary[1] +
                          header.table[1]:]

    def manifest(self, found):
        """The signed one. @found: bytes of manifest.json, None where it is not there."""
        copy = self.manifest_copy()
        if found is not None and digest(found, 32) == self.header.manifest_hash:
            return found
        need(digest(copy, 32) == self.header.manifest_hash, "manifest")
        need(found is None or is_damaged_manifest(found, copy), "another manifest")
        return copy

    # units

    def unit_as_is(self, place):
        return self.container[HEAD + place * UNIT:HEAD + (place + 1) * UNIT]

    def is_intact(self, place, unit):
        return digest(unit, SUM) == self.sums[place * SUM:(place + 1) * SUM]

    def damaged_places(self):
        return [p for p in range(self.layout.n_places)
                if not self.is_intact(p, self.unit_as_is(p))]

    def repair(self, place):
        """The units of the group of @place, as they were signed, by place."""
        stream, parity = self.layout.group(*self.layout.group_of_place(place))
        units = []
        for p in stream + parity:
            unit = bytes(UNIT) if p is None else self.unit_as_is(p)
            units.append(unit if p is None or self.is_intact(p, unit) else None)
        repair_group(units, len(stream))
        made = {p: unit for p, unit in zip(stream + parity, units) if p is not None}
        need(all(self.is_intact(p, unit) for p, unit in made.items()), "repair")
        return made

    def unit(self, place):
        unit = self.unit_as_is(place)
        if self.is_intact(place, unit):
            return unit
        if place not in self.repaired:
            self.repaired.update(self.repair(place))
        return self.repaired[place]

    def read(self, offset, length):
        need(length > 0 and offset + length <= self.header.stream_bytes, "beyond the stream")
        first, last = offset // UNIT, (offset + length - 1) // UNIT
        run = b"".join(self.unit(self.layout.place_of_unit(u)) for u in range(first, last + 1))
        return run[offset - first * UNIT:][:length]

    # blocks

    def unlock(self, data_key):
        header = self.header
        behind_sums = HEAD + len(self.sums)
        self.block_key = subkey(data_key, BLOCKS)
        dictionary = self.region(subkey(data_key, DICTIONARY), header.dictionary, behind_sums)
        self.dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self.read_table(self.region(subkey(data_key, TABLE), header.table,
                                    behind_sums + header.dictionary[1]))

    def region(self, key, region, in_spare):
        offset, stored, raw = region
        if raw == 0:
            return None

        def opened(sealed):
            packed = unseal(key, self.header.nonce + bytes(8), self.header.id, sealed)
            return zstandard.ZstdDecompressor().decompress(packed, max_output_size=raw)

        try:
            return opened(self.read(offset, stored))
        except Refused:
            return opened(self.spare[in_spare:in_spare + stored])

    def read_table(self, table):
        n, n_hot = struct.unpack_from("<2I", table)
        need(n == self.header.n_blocks and len(table) == 8 + 8 * n + 4 * n_hot,
             "length of the table")
        lengths, rest = table[8:8 + 3 * n], table[8 + 3 * n:]
        steps = struct.unpack_from("<%dI" % n, rest)
        codings = rest[4 * n:5 * n]

        self.entries, offset, number = [], self.header.dictionary[1], 0
        for i in range(n):
            stored = lengths[i] | lengths[n + i] << 8 | lengths[2 * n + i] << 16
            number = (number + steps[i]) % 2**32
            self.entries.append(Entry(i, offset, stored, number, codings[i]))
            offset += stored
        need(offset == self.header.table[0], "blocks do not end where the table begins")

        self.hot_pages, page = [], 0
        for step in struct.unpack_from("<%dI" % n_hot, rest, 5 * n):
            page += step
            self.hot_pages.append(page)

        numbers = [e.number for e in self.entries if e.number != UNUSED]
        self.n_database = ceiling(self.header.database_bytes, BLOCK)
        need(sorted(numbers) == list(range(self.n_database + ceiling(n_hot, 4))),
             "a block is missing or there twice")
        self.places = {e.number: e for e in self.entries if e.number != UNUSED}

    def block(self, number):
        entry = self.places[number]
        begin, end = number * BLOCK, self.header.database_bytes
        if number >= self.n_database:
            begin, end = (number - self.n_database) * BLOCK, len(self.hot_pages) * PAGE
        raw = min(BLOCK, end - begin)

        stored = self.read(entry.offset, entry.stored)
        frame = stored[:FRAME]
        need(frame[:8] == self.header.id[:8], "a block of another disc")
        need(frame[8:12] == struct.pack("<I", entry.index), "another block of this disc")
        need(frame[12:] == digest(frame[:12], SUM)[:4], "sum of the frame")
        text = unseal(self.block_key, self.header.nonce + struct.pack("<Q", entry.index),
                      frame + struct.pack("<3I", number, raw, entry.coding), stored[FRAME:])
        if entry.coding == 1:
            text = zstandard.ZstdDecompressor().decompress(text, max_output_size=raw)
        elif entry.coding == 2:
            text = zstandard.ZstdDecompressor(dict_data=self.dictionary).decompress(
                text, max_output_size=raw)
        need(len(text) == raw, "length of a block")
        return text

    def database(self):
        return b"".join(self.block(number) for number in range(self.n_database))

    def hot_copies(self):
        """Page number and copy of each hot page."""
        run = b"".join(self.block(self.n_database + i)
                       for i in range(ceiling(len(self.hot_pages), 4)))
        return [(page, run[i * PAGE:(i + 1) * PAGE]) for i, page in enumerate(self.hot_pages)]


# ---- a disc of several volumes ------------------------------------------------------------------


def open_database(data):
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    return database


class VolumeSet:
    """The volumes of one disc, each the bytes of its container and its spare file, the first one
    first; None for one that is not at hand."""

    def __init__(self, volumes, open_slot):
        self.discs = [SealedDisc(*files) if files else None for files in volumes]
        first = self.discs[0].header
        data_key = open_slot(first)
        self.databases = []
        for number, disc in enumerate(self.discs, 1):
            if disc is None:
                self.databases.append(None)
                continue
            header = disc.header
            need(header.n_volumes == len(volumes) and header.volume == number,
                 "volume %d is another one" % number)
            need((header.id, header.serial, header.signer, header.slots) ==
                 (first.id, first.serial, first.signer, first.slots),
                 "volume %d is of another disc" % number)
            disc.unlock(data_key)
            self.databases.append(open_database(disc.database()))
        self.runs = self.databases[0].execute(
            "SELECT number, first_rid, last_rid FROM volume ORDER BY number").fetchall()
        need([run[0] for run in self.runs] == list(range(2, len(volumes) + 1)), "list of volumes")
        need(all(a[1] <= a[2] < b[1] for a, b in zip(self.runs, self.runs[1:])), "order of runs")
        for number, database in enumerate(self.databases[1:], 2):
            if database is not None:
                need(database.execute("SELECT number, first_rid, last_rid FROM volume").fetchall() ==
                     [self.runs[number - 2]], "run of volume %d" % number)

    def database_of(self, rid):
        """That of the volume which has what is heavy of a message."""
        for number, first, last in self.runs:
            if first <= rid <= last:
                need(self.databases[number - 1] is not None, "volume %d is not at hand" % number)
                return self.databases[number - 1]
        return self.databases[0]

    def source(self, rid):
        """The source of a message; None: it has none."""
        row = self.database_of(rid).execute(
            "SELECT source FROM message WHERE rid = ?", (rid,)).fetchone()
        need(row is not None, "its volume lacks a message")
        return row[0]

    def picture(self, data):
        """Bytes of a picture, by the column `data` of its row."""
        row = self.database_of(data >> 12).execute(
            "SELECT bytes FROM picture_data WHERE id = ?", (data,)).fetchone()
        need(row is not None, "its volume lacks a picture")
        return row[0]
