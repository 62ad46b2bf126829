#!/usr/bin/env python3
"""An outside rater for Mizan: a starting point, in the standard library alone.

Usage: MIZAN_RATER_SECRET=whsec_... python3 example.py [port]

It calls every post with one of WORDS a risk and all others safe. Put your own model in `rate`. The form of question
and answer is in docs/formats/rater.md.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = "example-1"
WORDS = {"casino": ("MEDIUM", "spam_harmful"), "قمار": ("MEDIUM", "spam_harmful")}
MAX_QUESTION = 4 << 20
TOLERANCE_SECONDS = 300
KEY = base64.b64decode(os.environ["MIZAN_RATER_SECRET"].removeprefix("whsec_"))


def asked_by_mizan(headers, body):
    """Whether the question is signed with our secret, and not an old one sent again."""
    message, sent, given = (headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature"))
    if not sent.isdigit() or abs(time.time() - int(sent)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message}.{sent}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, one) for one in given.split(" "))


def rate(post):
    for word, (tier, topic) in WORDS.items():
        start = post["text"].lower().find(word)
        if start >= 0:
            evidence = {"start": start, "end": start + len(word)}
            return {"id": post["id"], "tier": tier, "topics": [topic], "evidence": evidence}
    return {"id": post["id"], "tier": "SAFE"}


class Rater(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if length > MAX_QUESTION:
            self.send_error(413)
            return
        body = self.rfile.read(length)
        if not asked_by_mizan(self.headers, body):
            self.send_error(401)
            return
        verdicts = [rate(post) for post in json.loads(body)["posts"]]
        answer = json.dumps({"version": VERSION, "verdicts": verdicts}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """What people wrote does not belong in a log."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8089), Rater)
    print(server.server_port, flush=True)
    server.serve_forever()
