"""A payer that writes what steers terminals, browsers, spreadsheets, calendars and file names into every text of its
answers, field by field, and that sends atz elsewhere. Everything that prints what a payer said is looked at.

usage: hostile_payer.py ROOT ATZ [long]"""
import base64
import copy
import csv
import http.client
import http.server
import io
import json
import os
import re
import socket
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "network"))
from program import Place, check  # noqa: E402

root, atz = sys.argv[1], sys.argv[2]
LONG = "long" in sys.argv[3:]
counts = {"fields": 0, "outputs": 0, "findings": 0}

STEER = ("=HYPERLINK(\"http://x\")\x1b]0;owned\x07\x1b[2J\r\nATTACH:http://x\r\nEND:VEVENT\r\n\t<script>alert(1)</script>"
         "<img src=x onerror=alert(1)>\u202e\u009b31m\x7f\u2028\u2066$(touch owned) `touch owned`; '\"\x00end")
PATHS = ("../../../../escaped", "/escaped-absolute", "..", "escaped\x00.html", "-rf", "con\\..\\escaped", "~/escaped",
         "a/" * 50 + "x" * 300, "%2e%2e%2fescaped", ".", "")
FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "|cmd", "=cmd|' /C calc'!A0", "\uff1d1+1")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
ALLOWED_CALENDAR = {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY",
                    "DESCRIPTION", "TRANSP"}


def expect(condition, *what):
    if not condition:
        counts["findings"] += 1
        print("FINDING:", *(str(part)[:1500] for part in what), file=sys.stderr)


def is_clean(text, what, returns=False):
    found = FORBIDDEN.search(text.replace("\r\n", "\n") if returns else text)
    expect(not found, what, "holds", found and repr(text[max(0, found.start() - 60):found.start() + 30]))


# ---- somebody in between who changes the payer's answers ----

class Between:
    def __init__(self, target):
        self.target, self.change, self.headers = target, None, {}
        self.bodies = {}  # the last honest answer of each address
        between = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                payer = http.client.HTTPConnection("127.0.0.1", between.target)
                kept = {name: value for name, value in self.headers.items()
                        if name.lower() in ("authorization", "content-type", "accept")}
                payer.request(self.command, self.path, body or None, kept)
                reply = payer.getresponse()
                data = reply.read()
                payer.close()
                kind = self.path.partition("?")[0]
                between.bodies[kind] = data
                if between.change and data:
                    data = json.dumps(between.change(kind, json.loads(data))).encode()
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.headers.get("Content-Type", "application/fhir+json"))
                self.send_header("Content-Length", str(len(data)))
                for name, value in between.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Stranger:
    """Counts who comes."""

    def __init__(self):
        self.visitors = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            self.visitors += 1
            connection.close()


def fields(node, path=()):
    """Where texts are, positions in lists left out."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from fields(value, path + (key,))
    elif isinstance(node, list):
        for value in node:
            yield from fields(value, path)
    elif isinstance(node, str):
        yield path


def poisoned(node, wanted, text, path=()):
    """A copy with the text in each of these fields; `wanted` None: in all that say something to people."""
    if isinstance(node, dict):
        return {key: poisoned(value, wanted, text, path + (key,)) for key, value in node.items()}
    if isinstance(node, list):
        return [poisoned(value, wanted, text, path) for value in node]
    return text if isinstance(node, str) and wanted(path) else node


# ---- what is looked at ----

def look_at_csv(text, what):
    is_clean(text, what, returns=True)
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            expect(cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "|", "\uff1d"), what, "is a formula", repr(cell))


def look_at_html(text, what):
    is_clean(text, what)
    lower = text.lower()
    for bad in ("<script", "<img", "<iframe", "<object", "javascript:", "http-equiv=\"refresh"):
        expect(bad not in lower, what, bad, lower[max(0, lower.find(bad) - 200):][:400])
    expect(not re.search(r"<[a-z][^>]*\s(on[a-z]+|src)\s*=", lower), what, "an attribute that acts")
    for address in re.findall(r"(?:href|action|data)\s*=\s*[\"']?([^\"' >]*)", lower):
        expect(address.startswith("#"), what, "leads to", address)


def look_at_calendar(raw, what):
    depth = 0
    for line in raw.split("\r\n")[:-1]:
        is_clean(line, what)
        expect("\n" not in line, what, repr(line))
        if line.startswith(" "):
            continue
        name = re.split("[:;]", line)[0]
        expect(name in ALLOWED_CALENDAR, what, "has the line", repr(line))
        depth += (line == "BEGIN:VEVENT") - (line == "END:VEVENT")
        expect(0 <= depth <= 1, what, "nests events", repr(line))
    expect(depth == 0, what, "does not end its events")


class Looker:
    def __init__(self, place, stranger):
        self.place, self.stranger = place, stranger
        self.outer = set(os.listdir(os.path.dirname(place.folder)))

    def run(self, *words):
        done = self.place.run(*words, "--profile", "hostile")
        counts["outputs"] += 2
        is_clean(done.out, words)
        is_clean(done.err, words)
        expect(0 <= done.code <= 12, words, done)
        return done

    def read(self, name):
        counts["outputs"] += 1
        try:
            with open(self.place.path(name), encoding="utf-8", newline="") as handle:
                return handle.read()
        except FileNotFoundError:
            return None

    def report(self):
        look_at_html(self.run("report", "daily", "--format", "html").out, "report daily html")
        self.run("report", "daily", "-o", "out/report.csv")
        look_at_csv(self.read("out/report.csv"), "report daily csv")

    def calendar(self):
        self.run("due", "--within", "400d", "--ics", "out/due.ics")
        look_at_calendar(self.read("out/due.ics"), "due")

    def case(self, case_id, whole):
        if "\0" in case_id:
            return
        if whole:
            self.run("show", "--", case_id)
            self.run("show", "--format", "json", "--", case_id)
        if self.run("show", "-o", "out/case.html", "--", case_id).code == 0:
            look_at_html(self.read("out/case.html"), "show html")
            os.remove(self.place.path("out/case.html"))

    def everything(self, case_ids, whole=True):
        self.run("status", "--offline", "--all")
        for case_id in case_ids:
            self.case(case_id, whole)
        self.report()
        if whole:
            self.run("status", "--offline", "--all", "--format", "json")
            self.run("report", "daily")
            self.run("report", "daily", "--format", "json")
            self.calendar()

    def no_traces(self):
        """Nothing was written, run or visited that nobody asked for."""
        expect(self.stranger.visitors == 0, "somebody else was visited")
        known = {"config", "state", "payer", "out", "home.yaml", "profiles.yaml", "canary", "new.yaml"}
        expect(set(os.listdir(self.place.folder)) <= known, "new files", os.listdir(self.place.folder))
        for folder, _, files in os.walk(self.place.folder):
            for name in files:
                expect("escaped" not in name and name != "owned", "a file that a payer named:", folder, name)
        new = {name for name in os.listdir(os.path.dirname(self.place.folder)) if "escaped" in name or name == "owned"}
        expect(not new - self.outer, "files beside the folder:", new)
        expect(not os.path.exists("/escaped-absolute") and not os.path.exists("/escaped"), "files at the root")
        expect(self.read("canary") == "untouched\n", "the canary")


# ---- the ways ----

OUTER_KINDS = ("/fhir", "/fhir/")


def known_cases(looker):
    done = looker.place.run("status", "--offline", "--all", "--format", "json", "--profile", "hostile")
    return [one["case_id"] for one in json.loads(done.out)["cases"] if one["case_id"]]


def start(place, between, stranger, **auth):
    place.profiles(hostile={"base_url": f"http://127.0.0.1:{between.port}/fhir", "replay_safe": True,
                            "min_inquiry_interval": 0, "auth": {
                                "mode": "client-secret-basic", "client_id": "atz-sandbox",
                                "secret_file": place.path("payer/sandbox-client-secret"), **auth}})
    place.write("canary", "untouched\n")
    os.makedirs(place.path("out"), exist_ok=True)
    return Looker(place, stranger)


def decided(place, cases):
    """Something of every kind, so that answers have every field that this payer can fill."""
    state = {"ATZ_STATE_DIR": place.path("payer")}
    for words in (("ask", cases[0], "--text", "Why at night?"),
                  ("review", cases[1], "partial", "--hours", "60", "--note", "Some of it."),
                  ("review", cases[2], "deny", "--note", "None of it.")):
        done = place.run("sandbox", *words, **state)
        check(done.code == 0, words, done)


def every_field_of_answers():
    """One field after the other, of the answer to an inquiry, with each payload; the known texts of a case change with
    every one of them."""
    with Place(root, atz) as place:
        _, base, _ = place.serve()
        stranger, between = Stranger(), Between(int(base.split(":")[2].split("/")[0]))
        looker = start(place, between, stranger)
        sent = place.submit("hostile")
        check(sent.code == 0, sent)
        cases = known_cases(looker)
        decided(place, cases)
        check(looker.run("status").code in (0, 1, 3, 7), "status")
        whole = json.loads(between.bodies["/fhir"])
        paths = sorted(set(fields(whole)))
        payloads = [STEER, PATHS[0], FORMULAS[0]] if LONG else [STEER]
        step = 1 if LONG else 12
        for payload in payloads:
            for at in range(0, len(paths), step):
                wanted = set(paths[at:at + step])
                counts["fields"] += len(wanted)
                between.change = lambda kind, body: poisoned(body, lambda path: path in wanted, payload)
                looker.run("status")
                between.change = None
                looker.everything(known_cases(looker)[:1] or cases[:1], whole=False)
        # All that is said to people, and nothing that machines compare.
        words = {"text", "display", "disposition", "diagnostics", "description", "contentString", "valueString", "title",
                 "family", "given", "line", "city", "preAuthRef"}
        for payload in [STEER, *FORMULAS, *PATHS] if LONG else [STEER, FORMULAS[1], PATHS[0]]:
            counts["fields"] += len(words)
            between.change = lambda kind, body: poisoned(body, lambda path: path[-1] in words, payload)
            looker.run("status")
            looker.everything(known_cases(looker) or cases, whole=True)
        looker.no_traces()


def names_that_are_paths():
    """Case IDs, control numbers, titles and file names of the payer's, as paths and formulas."""
    for name in [*PATHS, *FORMULAS] if LONG else [PATHS[0], PATHS[1], FORMULAS[0]]:
        with Place(root, atz) as place:
            _, base, _ = place.serve()
            stranger, between = Stranger(), Between(int(base.split(":")[2].split("/")[0]))
            looker = start(place, between, stranger)

            def renamed(kind, body):
                text = json.dumps(body)
                for number in ("900000101", "900000102", "900000103"):
                    text = text.replace(json.dumps(number), json.dumps(name))
                return json.loads(text)

            between.change = renamed
            sent = place.submit("hostile")
            is_clean(sent.out + sent.err, "submit")
            counts["fields"] += 1
            looker.run("status")
            looker.everything([name])
            typed = name.split("\0")[0]  # no argument holds a NUL
            looker.run("new", "extension", "--from", typed, "-o", "new.yaml")
            looker.run("respond", typed, "--note", "x")
            looker.run("cancel", typed)
            looker.run("show", "-o", "out", "--", typed)  # a folder: it may not choose a name from the Case ID
            looker.no_traces()


def sends_elsewhere():
    """Every address of every answer names somebody else; so do the headers."""
    with Place(root, atz) as place:
        _, base, _ = place.serve()
        stranger, between = Stranger(), Between(int(base.split(":")[2].split("/")[0]))
        away = stranger.url + "/fhir"
        looker = start(place, between, stranger, token_url=f"http://127.0.0.1:{between.port}/fhir/token")
        between.headers = {"Location": away, "Content-Location": away, "Link": f'<{away}>; rel="next"',
                           "Refresh": f"0; url={away}", "Alt-Svc": f'h2="{stranger.url[7:]}"', "Set-Cookie": "a=b; Path=/"}

        def elsewhere(kind, body):
            text = json.dumps(body).replace(f"http://127.0.0.1:{between.target}/fhir", away)
            body = json.loads(text)
            if isinstance(body, dict) and body.get("resourceType") == "Bundle":
                body["link"] = [{"relation": word, "url": f"{away}?page=2"} for word in ("self", "next", "last", "first")]
                for index, entry in enumerate(body.get("entry", [])):
                    entry["link"] = [{"relation": "next", "url": away}]
                    entry.setdefault("response", {}).update(location=f"{away}/Claim/{index}") \
                        if "response" in entry else None
            if isinstance(body, dict) and body.get("resourceType") == "CapabilityStatement":
                body["implementation"] = {"description": "elsewhere", "url": away}
                body["url"] = away
                for rest in body.get("rest", []):
                    rest["security"] = {"service": [{"text": "OAuth"}], "extension": [{
                        "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                        "extension": [{"url": word, "valueUri": f"{away}/{word}"} for word in ("token", "authorize")]}]}
                    for operation in rest.get("operation", []):
                        operation["definition"] = f"{away}/$submit-attachment"
            if isinstance(body, dict) and "access_token" in body:
                body.update(token_endpoint=away, refresh_token="x", patient=away, serviceUrl=away)
            return body

        between.change = elsewhere
        sent = place.submit("hostile")
        check(sent.code == 0, sent)
        cases = known_cases(looker)
        decided(place, cases)
        looker.run("status")
        looker.run("respond", cases[0], "--note", "Gets up twice.")
        looker.run("member", "find", "--id", "99000001A")
        looker.run("report", "daily", "--payer", "--date", "2026-12-07")
        looker.run("profile", "test")
        looker.run("doctor")
        looker.run("recover")
        looker.everything(cases)
        counts["fields"] += len(between.headers) + 12
        # An address of a document that an answer names is never fetched.
        between.change = lambda kind, body: poisoned(body, lambda path: path[-1] in (
            "url", "fullUrl", "reference", "valueUrl", "valueUri", "instantiatesUri", "definition"), away)
        looker.run("status")
        looker.everything(cases[:1])
        between.change = lambda kind, body: poisoned(body, lambda path: path[-1] in ("fullUrl", "reference"), away)
        looker.run("status")
        looker.everything(cases[:1])
        looker.no_traces()

        # Where to sign in: on this computer another port is still this computer; another host is refused unless the
        # profile names it.
        between.headers = {}
        for address in ("https://evil.example/token", "https://127.0.0.1.evil.example/token", "http://evil.example/token",
                        "https://user:pw@evil.example/token", "file:///etc/passwd", "ftp://evil.example/", "//evil.example",
                        "token", "", "https://[::ffff:192.0.2.1]/token", "javascript:alert(1)", STEER):
            looker = start(place, between, stranger)
            between.change = lambda kind, body: (
                {**body, "token_endpoint": address} if kind.endswith("smart-configuration") else body)
            refused = looker.run("member", "find", "--id", "99000001A")
            counts["fields"] += 1
            expect(refused.code == 4, address, refused)
            expect("nothing was sent there" in refused.err or "token" in refused.err, address, refused)
        looker.no_traces()


def other_answers():
    """What the remaining commands print: searches, the payer's own report, refusals to sign in, capabilities."""
    with Place(root, atz) as place:
        _, base, _ = place.serve()
        stranger, between = Stranger(), Between(int(base.split(":")[2].split("/")[0]))
        looker = start(place, between, stranger)
        check(place.submit("hostile").code == 0, "submit")
        asked = {"member": ("member", "find", "--id", "99000001A"),
                 "member as JSON": ("member", "find", "--id", "99000001A", "--format", "json", "--show-phi"),
                 "test": ("profile", "test"), "test as JSON": ("profile", "test", "--format", "json"),
                 "report": ("report", "daily", "--payer", "--date", "2026-12-07"),
                 "report as CSV": ("report", "daily", "--payer", "--date", "2026-12-07", "--format", "csv"),
                 "report as HTML": ("report", "daily", "--payer", "--date", "2026-12-07", "--format", "html")}
        table = b"Case ID,Member,Status\r\n" + ",".join(
            '"' + part.replace('"', '""') + '"' for part in (STEER, FORMULAS[0], PATHS[0])).encode() + b"\r\n"
        answers = [lambda kind, body: poisoned(body, lambda path: path[-1] not in ("resourceType", "access_token",
                                                                                   "token_endpoint"), STEER),
                   lambda kind, body: {**body, "data": base64.b64encode(table).decode()} if "data" in body else body,
                   lambda kind, body: {"resourceType": "OperationOutcome", "issue": [
                       {"severity": "error", "code": STEER, "diagnostics": STEER, "details": {"text": STEER},
                        "expression": [STEER]}]},
                   lambda kind, body: {"error": STEER, "error_description": STEER, "error_uri": stranger.url},
                   lambda kind, body: {**body, "access_token": STEER} if "access_token" in body else body,
                   lambda kind, body: {**body, "access_token": "a\r\nX-Evil: b"} if "access_token" in body else body,
                   lambda kind, body: {**body, "token_type": STEER} if "access_token" in body else body,
                   lambda kind, body: {"resourceType": STEER}, lambda kind, body: [STEER], lambda kind, body: STEER]
        for change in answers:
            for what, words in asked.items():
                between.change = change
                done = looker.run(*words)
                counts["fields"] += 1
                if what.endswith("HTML"):
                    look_at_html(done.out, what)
                if what.endswith("CSV"):
                    look_at_csv(done.out, what)
        looker.no_traces()


every_field_of_answers()
names_that_are_paths()
sends_elsewhere()
other_answers()
print(f"hostile payer: {counts['fields']} fields, {counts['outputs']} outputs looked at, {counts['findings']} findings")
sys.exit(1 if counts["findings"] else 0)
