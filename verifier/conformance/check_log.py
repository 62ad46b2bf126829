#!/usr/bin/env python3
"""Checks a tiled transparency log, written from the specifications alone: C2SP tlog-tiles, tlog-checkpoint, signed-note,
tlog-cosignature and tlog-proof, RFC 6962 and RFC 8032. Nothing but Python's standard library.

    check_log.py FOLDER VKEY [--proof FILE ENTRY-FILE]...

FOLDER holds `checkpoint` and `tile/`. VKEY is the log's Ed25519 verifier key. Every entry is hashed and compared with its
tile, every tile with the one above, and the root with the signed one. A proof file is a tlog-proof of the bytes in its
entry file. Prints one JSON object; exit code 0 when all holds, 2 when not.
"""

import base64
import hashlib
import json
import os
import sys

# --- RFC 8032, section 5.1: Ed25519 ---------------------------------------------------------------------------------
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        raise ValueError("not a point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        raise ValueError("not a point")
    return P - x if (x & 1) != sign else x


def point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return (x, y, 1, x * y % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, p):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, p)
        p = add(p, p)
        scalar >>= 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def ed25519_verifies(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    try:
        public, commitment = point(key), point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(commitment, multiply(h, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- RFC 6962, section 2.1 ------------------------------------------------------------------------------------------
def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(hashes):
    """MTH over a list of leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(tree_hash(hashes[:k]), tree_hash(hashes[k:]))


def root_from_path(leaf, index, size, path):
    """The root that an inclusion proof of section 2.1.1 leads to, or None when its length is wrong."""

    def climb(index, size, path):
        if size == 1:
            return leaf if not path else None
        if not path:
            return None
        k = 1
        while k * 2 < size:
            k *= 2
        below = climb(index, k, path[:-1]) if index < k else climb(index - k, size - k, path[:-1])
        if below is None:
            return None
        return node_hash(below, path[-1]) if index < k else node_hash(path[-1], below)

    return climb(index, size, path) if 0 <= index < size else None


# --- signed-note, tlog-checkpoint -----------------------------------------------------------------------------------
def strict_base64(text):
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("base64 with stray bits")
    return raw


def verifier_key(text):
    name, key_id, encoded = text.split("+", 2)
    typed = strict_base64(encoded)
    if hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() != key_id:
        raise ValueError("the key's id is not that of its bytes")
    return name, bytes.fromhex(key_id), typed[0], typed[1:]


def signed_text(note, vkey):
    """The text of a note that this key signed."""
    name, key_id, kind, key = verifier_key(vkey)
    if kind != 1:
        raise ValueError("an Ed25519 key is needed")
    text, signatures = note.decode("utf-8").rsplit("\n\n", 1)
    text += "\n"
    for line in signatures.splitlines():
        dash, signer, encoded = line.split(" ")
        blob = strict_base64(encoded)
        if dash == "\u2014" and signer == name and blob[:4] == key_id:
            if not ed25519_verifies(key, text.encode(), blob[4:]):
                raise ValueError("the log's signature is wrong")
            return text
    raise ValueError("the log did not sign")


def checkpoint(note, vkey):
    """Origin, size and root of a checkpoint that this key signed."""
    lines = signed_text(note, vkey).split("\n")
    if lines[0] != verifier_key(vkey)[0] or str(int(lines[1])) != lines[1]:
        raise ValueError("not a checkpoint of this log")
    return lines[0], int(lines[1]), strict_base64(lines[2])


# --- tlog-tiles -----------------------------------------------------------------------------------------------------
def tile_path(level, index, width):
    parts = ["%03d" % (index % 1000)]
    index //= 1000
    while index:
        parts.insert(0, "x%03d" % (index % 1000))
        index //= 1000
    return "tile/%s/%s%s" % (level, "/".join(parts), "" if width == 256 else ".p/%d" % width)


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def bundle_entries(raw):
    entries, at = [], 0
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 2], "big")
        entries.append(raw[at + 2 : at + 2 + length])
        at += 2 + length
        if at > len(raw):
            raise ValueError("a bundle ends within an entry")
    return entries


def check_tiles(folder, size, root):
    """Every bundle against its tile, every full tile against the one above, the whole against the root."""
    level, hashes, tiles = 0, [], 0
    for index in range((size + 255) // 256):
        width = min(256, size - index * 256)
        entries = bundle_entries(read(folder, tile_path("entries", index, width)))
        if len(entries) != width:
            raise ValueError("bundle %d has %d entries, not %d" % (index, len(entries), width))
        hashes += [leaf_hash(entry) for entry in entries]
    leaves = hashes
    while hashes:
        above = []
        for index in range((len(hashes) + 255) // 256):
            part = hashes[index * 256 : index * 256 + 256]
            if read(folder, tile_path(level, index, len(part))) != b"".join(part):
                raise ValueError("%s is not what its entries give" % tile_path(level, index, len(part)))
            tiles += 1
            if len(part) == 256:
                above.append(tree_hash(part))
        level, hashes = level + 1, above
    if tree_hash(leaves) != root:
        raise ValueError("the entries give another root than the signed one")
    return tiles


# --- tlog-proof -----------------------------------------------------------------------------------------------------
def check_proof(proof, entry, vkey):
    head, note = proof.split(b"\n\n", 1)
    lines = head.decode().split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1":
        raise ValueError("not a tlog-proof")
    if lines[1].startswith("extra "):
        strict_base64(lines[1][6:])
        del lines[1]
    if not lines[1].startswith("index "):
        raise ValueError("no index")
    _, size, root = checkpoint(note, vkey)
    if root_from_path(leaf_hash(entry), int(lines[1][6:]), size, [strict_base64(h) for h in lines[2:]]) != root:
        raise ValueError("the proof does not lead to the signed root")


def main(words):
    if len(words) < 2:
        print(__doc__)
        return 64
    folder, vkey, rest = words[0], words[1], words[2:]
    told = {"holds": True}
    try:
        origin, size, root = checkpoint(read(folder, "checkpoint"), vkey)
        told.update(origin=origin, entries=size, tiles=check_tiles(folder, size, root), proofs=0)
        while rest:
            if len(rest) < 3 or rest[0] != "--proof":
                return 64
            check_proof(read("", rest[1]), read("", rest[2]), vkey)
            told["proofs"] += 1
            rest = rest[3:]
    except (ValueError, OSError) as e:
        told.update(holds=False, fault=str(e))
    print(json.dumps(told))
    return 0 if told["holds"] else 2


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    sys.exit(main(sys.argv[1:]))
