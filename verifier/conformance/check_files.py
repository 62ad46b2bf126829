#!/usr/bin/env python3
"""Checks what else Mizan publishes and signs, written from docs/formats alone. Nothing but Python's standard library, and
check_log.py beside it.

    check_files.py pack PACK.zip VKEY          a proof pack: every line is in the log, the invoice follows from the lines
    check_files.py evidence PACK.zip VKEY      an evidence pack: its note, the hash of every file, the proof pack inside
    check_files.py month MONTH.json NOTE VKEY  a month of the trust page
    check_files.py dump FOLDER VKEY            a nightly copy of the ad repository

VKEY is the log's Ed25519 verifier key. Prices and places are not checked here: `mizan verify` does that. Prints one JSON
object; exit code 0 when all holds, 2 when not, 64 for wrong usage.
"""

import collections
import datetime
import gzip
import hashlib
import io
import json
import os
import sys
import zipfile
import zlib

import check_log as log

MOST_BYTES = 1 << 30
KINDS = {"terms": "terms", "receipts": "receipt", "credits": "credit", "payments": "payment", "statements": "statement"}


# --- zip files ------------------------------------------------------------------------------------------------------
def members(raw):
    """Every member by its name; one name twice, or more than memory should hold, is refused."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        names = file.namelist()
        if len(names) != len(set(names)):
            raise ValueError("a member is there twice")
        if sum(entry.file_size for entry in file.infolist()) > MOST_BYTES:
            raise ValueError("larger than 1 GiB")
        return {name: file.read(name) for name in names}


# --- docs/formats/pack.md -------------------------------------------------------------------------------------------
def leaf_of(files, size, root, index):
    """The leaf hash at an index, read from tiles that are shown to lead to the root: checked once, kept in `seen`."""
    seen = leaf_of.seen
    if (root, size) not in seen:
        seen.clear()
        seen[root, size] = {}
        edge = right_edge(files, size)
        if edge != root:
            raise ValueError("the tiles at the right edge give another root than the signed one")
    return tile(files, size, seen[root, size], 0, index // 256)[index % 256]


leaf_of.seen = {}


def raw_tile(files, size, level, index):
    width = min(256, (size >> (8 * level)) - index * 256)
    raw = files[log.tile_path(level, index, width)]
    if len(raw) != 32 * width:
        raise ValueError("%s has another length" % log.tile_path(level, index, width))
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]


def right_edge(files, size):
    """The root as the complete subtrees at the right edge give it (RFC 6962, section 2.1)."""
    root, rest = None, size
    while rest:
        height = (rest & -rest).bit_length() - 1
        first = ((rest >> height) - 1) << (height % 8)
        hashes = raw_tile(files, size, height // 8, first // 256)[first % 256 : first % 256 + (1 << (height % 8))]
        root = log.tree_hash(hashes) if root is None else log.node_hash(log.tree_hash(hashes), root)
        rest &= rest - 1
    return root if root is not None else hashlib.sha256(b"").digest()


def tile(files, size, known, level, index):
    """A tile that is on the right edge, or whose hash stands in the tile above it."""
    if (level, index) not in known:
        hashes = raw_tile(files, size, level, index)
        if len(hashes) == 256 and (size >> (8 * (level + 1))) > index:
            if tile(files, size, known, level + 1, index // 256)[index % 256] != log.tree_hash(hashes):
                raise ValueError("a tile does not belong to the root")
        known[level, index] = hashes
    return known[level, index]


def strict_json(raw):
    def once(pairs):
        if len(pairs) != len({name for name, _ in pairs}):
            raise ValueError("a name is there twice")
        return dict(pairs)

    return json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_float=lambda _: 1 / 0)


def sealed_lines(files, name, kind, size, root):
    """The texts of a file of `INDEX SALT TEXT`, each shown to be what the log holds at its index."""
    for number, line in enumerate(files.get(name, b"").split(b"\n")[:-1], 1):
        index, salt, text = line.split(b" ", 2)
        commitment = hashlib.sha256(bytes.fromhex(salt.decode()) + text).hexdigest()
        if leaf_of(files, size, root, int(index)) != log.leaf_hash(b"mizan %s 1 %s\n" % (kind.encode(), commitment.encode())):
            raise ValueError("%s line %d is not what the log holds" % (name, number))
        yield strict_json(text)


def day_of(micros):
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=micros)).strftime("%Y-%m-%d")


def check_pack(raw, vkey):
    files = members(raw)
    manifest = strict_json(files["manifest.json"])
    if manifest["v"] != 2 or manifest["kind"] != "pack":
        raise ValueError("not a proof pack of version 2")
    origin, size, root = log.checkpoint(files["checkpoint"], vkey)
    if origin != manifest["origin"]:
        raise ValueError("the manifest names another log")
    lines = {kind: list(sealed_lines(files, name + ".jsonl", kind, size, root)) for name, kind in KINDS.items()}
    charged = [one["impression"] for one in lines["receipt"]]
    numbers = {(one["charge"]["lease"], one["charge"]["sequence"]) for one in lines["receipt"]}
    if len(set(charged)) != len(charged) or len(numbers) != len(charged):
        raise ValueError("an impression is billed twice")
    if manifest["sample"] is None:
        check_statements(lines)
        if files["invoice.csv"].decode("utf-8") != invoice(lines, manifest["campaign"] is None):
            raise ValueError("the invoice is not the one that the lines give")
    return {"entries": size, **{kind: len(texts) for kind, texts in lines.items()}}


def check_statements(lines):
    sums = collections.defaultdict(lambda: [0, 0])
    for one in lines["receipt"]:
        add(sums[one["campaign"], day_of(one["charge"]["at"])], one["charge"]["price"])
    last = {(one["campaign"], one["day"]): [one["receipts"], one["micros"]] for one in lines["statement"]}
    for key, stated in last.items():
        if sums[key] != stated:
            raise ValueError("receipts of %s on %s do not add up to their statement" % key)


def add(sum_, micros):
    sum_[0] += 1
    sum_[1] += micros


def invoice(lines, whole):
    """invoice.csv as pack.md says it: lines sorted as text, then the bottom of each currency."""
    by_line = collections.defaultdict(lambda: [0, 0])
    bottoms = collections.defaultdict(lambda: {"billed": [0, 0], "credited": [0, 0], "paid": [0, 0]})
    for one in lines["receipt"]:
        charge = one["charge"]
        where = "billed,%s,%s,%s,%s,%s" % (one["campaign"], one["ad_group"], one["ad"], day_of(charge["at"]), charge["currency"])
        add(by_line[where], charge["price"])
        add(bottoms[charge["currency"]]["billed"], charge["price"])
    for kind, name in (("credit", "credited"), ("payment", "paid")):
        for one in lines[kind]:
            campaign = (one["campaign"] or "") if kind == "credit" else ""
            add(by_line["%s,%s,,,%s,%s" % (name, campaign, day_of(one["at"]), one["currency"])], one["micros"])
            add(bottoms[one["currency"]][name], one["micros"])
    text = ["line,campaign,ad_group,ad,day,currency,count,micros"]
    text += ["%s,%d,%d" % (where, *sum_) for where, sum_ in sorted(by_line.items())]
    for currency, of in sorted(bottoms.items()):
        due = of["billed"][1] - of["credited"][1]
        text.append("total_billed,,,,,%s,%d,%d" % (currency, *of["billed"]))
        text.append("total_credited,,,,,%s,%d,%d" % (currency, *of["credited"]))
        text.append("due,,,,,%s,,%d" % (currency, due))
        if whole:
            text.append("total_paid,,,,,%s,%d,%d" % (currency, *of["paid"]))
            text.append("balance,,,,,%s,,%d" % (currency, of["paid"][1] - due))
    return "\n".join(text) + "\n"


# --- docs/formats/evidence.md ---------------------------------------------------------------------------------------
def check_evidence(raw, vkey):
    files = members(raw)
    manifest = files["manifest.json"]
    told = strict_json(manifest)
    if told["v"] != 1 or told["kind"] != "evidence":
        raise ValueError("not an evidence pack of version 1")
    title, digest = log.signed_text(files["manifest.note"], vkey).split("\n")[:2]
    if title != told["origin"] + " evidence pack" or digest != hashlib.sha256(manifest).hexdigest():
        raise ValueError("the note is not about this manifest")
    listed = {one["name"]: one for one in told["files"]}
    if set(files) != set(listed) | {"manifest.json", "manifest.note"} or len(listed) != len(told["files"]):
        raise ValueError("the pack holds other files than its manifest lists")
    for name, one in listed.items():
        if len(files[name]) != one["bytes"] or hashlib.sha256(files[name]).hexdigest() != one["sha256"]:
            raise ValueError(name + " is not the file that the manifest lists")
    return {"files": len(listed), "proof": check_pack(files["proof.zip"], vkey)}


# --- the trust page's months, the repository's nightly copies -------------------------------------------------------
def check_month(file, note, vkey):
    name, raw = os.path.basename(file), log.read("", file)
    title, month, digest = log.signed_text(log.read("", note), vkey).split("\n")[:3]
    if title != "mizan trust page" or name != month + ".json" or digest != hashlib.sha256(raw).hexdigest() + "  " + name:
        raise ValueError("the note is not about this month")
    json.loads(raw.decode("utf-8"))
    return {"month": month}


def check_dump(folder, vkey):
    sums = log.read(folder, "SHA256SUMS").decode()
    title, day, count, rest = log.signed_text(log.read(folder, "note"), vkey).split("\n", 3)
    if title != "mizan ad repository dump" or rest != sums:
        raise ValueError("the note is not about these sums")
    ads = []
    for line in sums.splitlines():
        digest, name = line.split("  ")
        raw = log.read(folder, os.path.basename(name))
        if hashlib.sha256(raw).hexdigest() != digest:
            raise ValueError(name + " is not the file that the sums list")
        ads += [json.loads(one)["id"] for one in gzip.decompress(raw).splitlines()]
    if len(ads) != len(set(ads)) or count != "%d ads" % len(ads):
        raise ValueError("the copy has %d ads, some of them twice, or not as many as it says" % len(ads))
    return {"day": day, "ads": len(ads)}


def main(words):
    forms = {"pack": 3, "evidence": 3, "month": 4, "dump": 3}
    if not words or forms.get(words[0]) != len(words):
        print(__doc__)
        return 64
    told = {"holds": True}
    try:
        kind, vkey = words[0], words[-1]
        if kind == "dump":
            told.update(check_dump(words[1], vkey))
        elif kind == "month":
            told.update(check_month(words[1], words[2], vkey))
        else:
            told.update({"pack": check_pack, "evidence": check_evidence}[kind](log.read("", words[1]), vkey))
    except (ValueError, KeyError, TypeError, OSError, OverflowError, ArithmeticError, zipfile.BadZipFile, zlib.error) as e:
        told = {"holds": False, "fault": "%s: %s" % (type(e).__name__, e)}
    print(json.dumps(told))
    return 0 if told["holds"] else 2


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    sys.exit(main(sys.argv[1:]))
