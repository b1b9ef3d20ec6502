"""The embedded payer against those who come to it: who may, how much, how long, how often, and what of it they see.

usage: payer_hardening.py ROOT ATZ [long]"""
import base64
import datetime
import email.utils
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "network"))
from program import Place, check  # noqa: E402
from rawhttp import FHIR, Answer, connect, get, head, post, raw, read_answer, send  # noqa: E402

root, atz = sys.argv[1], sys.argv[2]
LONG = "long" in sys.argv[3:]
FORM = "application/x-www-form-urlencoded"
GRANT = {"grant_type": "client_credentials"}
ENDPOINTS = ("/fhir", "/fhir/Claim/$submit", "/fhir/Claim/$inquire", "/fhir/$submit-attachment", "/fhir/Subscription")
counts = {"attempts": 0, "findings": 0}


def expect(condition, *what):
    counts["attempts"] += 1
    if not condition:
        counts["findings"] += 1
        print("FINDING:", *(str(part) for part in what), file=sys.stderr)


def refused(answer, status, *what):
    """With that status, and in the words of a payer."""
    expect(answer.status == status, f"{status} was expected", *what, answer)
    if answer.status == status and answer.headers.get("content-type", "").startswith(FHIR):
        expect(answer.json()["resourceType"] == "OperationOutcome", *what, answer)


def port_of(base):
    return int(base.split(":")[2].split("/")[0])


def form(**fields):
    return urllib.parse.urlencode(fields)


def ask_token(port, *lines, **fields):
    return post(port, "/fhir/token", form(**{**GRANT, **fields}), *lines, content=FORM)


class Client:
    """Signed in with the secret that the payer keeps."""

    def __init__(self, place, port, name="atz-sandbox", state="payer"):
        suffix = "" if name == "atz-sandbox" else f"-{name}"
        with open(place.path(f"{state}/sandbox-client-secret{suffix}"), encoding="ascii") as handle:
            self.secret = handle.read().strip()
        self.name, self.port = name, port
        answer = ask_token(port, client_id=name, client_secret=self.secret)
        check(answer.status == 200, answer)
        self.token = answer.json()["access_token"]

    def bearer(self):
        return f"Authorization: Bearer {self.token}"

    def post(self, path, body, *lines, content=FHIR):
        return post(self.port, path, body, self.bearer(), *lines, content=content)

    def get(self, path):
        return get(self.port, path, self.bearer())


# ---- where it listens, and under which name ----

def own_addresses():
    """Of this computer, loopback aside, without asking anybody."""
    found = {"127.0.0.2"}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            found.add(probe.getsockname()[0])
        except OSError:
            pass
    return found


def listens_here_only(place, port):
    for address in own_addresses():
        try:
            connect(port, address, 5).close()
            expect(False, "it listens on", address)
        except OSError:
            expect(True)
    for word in ("0.0.0.0", "::", "192.0.2.1", "payer.example", ""):
        tried = place.run("sandbox", "serve", "--host", word)
        expect(tried.code == 2 and "127.0.0.1 only" in tried.err and "TLS" in tried.err, word, tried)
    for words in (("--client", ".."), ("--client", "a/b"), ("--client", ""), ("--patience", "0"), ("--patience", "x")):
        tried = place.run("sandbox", "serve", *words)
        expect(tried.code == 2 and words[0] in tried.err, words, tried)


def answers_to_its_own_name_only(port, client):
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}", "127.0.0.1"):
        expect(get(port, host=host).status == 200, host)
    strangers = (f"evil.example:{port}", "evil.example", f"127.0.0.1.evil.example:{port}", f"localhost.evil.example:{port}",
                 "127.0.0.1@evil.example", "evil.example@127.0.0.1", f"192.0.2.1:{port}", "0.0.0.0", "2130706433",
                 f"127.0.0.1:{port}.evil.example", "localhost:99999", "[::1", "", "127.0.0.1 evil.example")
    for host in strangers:
        answer = get(port, host=host)
        expect(answer.status in (400, 421) and b"CapabilityStatement" not in answer.body, "Host", host, answer)
        answer = raw(port, head("GET", "/fhir/Patient?identifier=99000001A", port, client.bearer(), host=host))
        expect(answer.status in (400, 421), "Host, signed in", host, answer)
    expect(raw(port, b"GET /fhir/metadata HTTP/1.1\r\n\r\n").status == 400, "no Host")
    two = raw(port, head("GET", "/fhir/metadata", port, "Host: evil.example"))
    expect(two.status == 400, "two Hosts", two)
    for origin in ("http://evil.example", "https://evil.example", "null", "http://127.0.0.1.evil.example"):
        answer = post(port, "/fhir/token", form(**GRANT), f"Origin: {origin}", content=FORM)
        refused(answer, 403, "Origin", origin)
        expect("access-control-allow-origin" not in answer.headers, "CORS", answer)
    expect(get(port, "/fhir/metadata", "Origin: http://localhost:3000").status == 200, "a page of this computer")
    date = email.utils.parsedate_to_datetime(get(port).headers["date"])
    expect(abs(date - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=10), "Date", date)


# ---- how much ----

def is_up(port, *what):
    expect(get(port).status == 200, "it answers no more after", *what)


def heads_are_bounded(port):
    flood = b"".join(b"X-%d: %s\r\n" % (i, b"x" * 900) for i in range(1000))
    with connect(port) as connection:
        send(connection, head("GET", "/fhir/metadata", port)[:-2] + flood)  # it has no end
        refused(read_answer(connection), 431, "a flood of headers")
    with connect(port) as connection:
        send(connection, head("GET", "/fhir/metadata", port)[:-2] + b"X: " + b"x" * 1_000_000)
        expect(read_answer(connection).status in (400, 431), "a header without end")
    expect(get(port, "/fhir/" + "x" * 20_000).status in (400, 404, 414), "a long address")
    with connect(port) as connection:
        send(connection, b"x" * 1_000_000)
        expect(read_answer(connection).status in (0, 400, 414, 431), "no HTTP at all")
    many = [f"X-{i}: y" for i in range(1000)]
    expect(get(port, "/fhir/metadata", *many).status == 200, "many small headers are none of its business")
    is_up(port, "heads")


def bodies_are_bounded(port, client):
    kind = f"Content-Type: {FHIR}"
    for path in ENDPOINTS:
        for length in ("33554433", "99999999999999999999999", "18446744073709551615"):
            answer = raw(port, head("POST", path, port, kind, client.bearer(), f"Content-Length: {length}"))
            refused(answer, 413, path, length)
    with connect(port) as connection:
        send(connection, head("POST", "/fhir", port, kind, client.bearer(), "Transfer-Encoding: chunked"))
        piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"  # 1 MiB
        taken = 0
        # It reads 32 MiB, then 64 more so that its answer is not lost; the kernel's buffers hold up to 36.
        while taken < 200 and send(connection, piece):
            taken += 1
        expect(taken < 200, "chunks without end were all taken")
    encoded = client.post("/fhir", b"\x1f\x8b" + b"x" * 100, "Content-Encoding: gzip")
    refused(encoded, 415, "an encoded body")
    two = raw(port, head("POST", "/fhir", port, kind, client.bearer(), "Content-Length: 2", "Transfer-Encoding: chunked"))
    refused(two, 400, "two lengths")
    for path in ("/fhir/token", "/fhir/Patient/_search"):
        refused(client.post(path, "a=" + "b" * 70_000, content=FORM), 413, "a large form", path)
    is_up(port, "bodies")


def depth_is_bounded(port, client):
    count = 5_000_000 if LONG else 400_000
    for path in ENDPOINTS if LONG else ENDPOINTS[:2]:
        for opening, inner, closing in (("[", "", "]"), ('{"a":', "1", "}"), ('{"entry":[', "", "]}")):
            for body in (opening * count, opening * (count // 4) + inner + closing * (count // 4),
                         '{"resourceType":"Bundle","type":"batch","entry":' + "[" * 2000 + "]" * 2000 + "}"):
                answer = client.post(path, body)
                expect(400 <= answer.status < 500, "deep JSON", path, body[:20], answer)
    is_up(port, "deep JSON")


def odd_texts(port, client):
    """Bytes that are no UTF-8, no JSON, or not the kind that was promised."""
    for path in ENDPOINTS:
        for body in (b"", b"\xff\xfe", b"null", b"7", b'"x"', b"{}", b"[]", b"\x00", b'{"resourceType":"\xc0\xaf"}',
                     b"\xef\xbb\xbf{}", b'{"resourceType":"Bundle","resourceType":"Claim"}', b"1e400", b"{" * 100):
            answer = client.post(path, body)
            expect(400 <= answer.status < 500, path, body, answer)
    is_up(port, "odd texts")


# ---- how long, and how many ----

def slow_ones_are_dropped(place):
    """With a patience of one second; how long it really took is nobody's assertion, that it ends is."""
    _, base, server = place.serve("--patience", "1", state="patient")
    port = port_of(base)
    client = Client(place, port, state="patient")
    start = time.monotonic()
    ended = []

    def drip(opening, data):
        with connect(port) as connection:
            send(connection, opening)
            for byte in data:
                connection.settimeout(0.3)
                try:
                    if not connection.recv(1):
                        break
                    connection.settimeout(60)
                    connection.recv(65536)
                    break
                except TimeoutError:
                    pass
                except OSError:
                    break
                if not send(connection, bytes([byte])):
                    break
            else:
                return
        ended.append(opening)

    body_head = head("POST", "/fhir", port, f"Content-Type: {FHIR}", client.bearer(), "Content-Length: 300")
    drips = [(b"", b"GET /fhir/metadata HTTP/1.1\r\n" + b"X: " + b"y" * 300)] * 20
    drips += [(head("GET", "/fhir/metadata", port)[:-2] + b"X: ", b"y" * 300)] * 20
    drips += [(body_head, b" " * 299)] * 10
    threads = [threading.Thread(target=drip, args=one) for one in drips]
    for thread in threads:
        thread.start()
    for _ in range(20):
        is_up(port, "while slow clients hold on")
    for thread in threads:
        thread.join()
    expect(len(ended) == len(drips), "slow clients dropped:", len(ended), "of", len(drips))
    print(f"  50 slow clients dropped after at most {time.monotonic() - start:.1f} s (patience 1 s, 6 s for a body)")
    with connect(port) as silent:
        expect(read_answer(silent).status == 0, "a silent client was never dropped")
    place.stop(server)


def crowds_are_answered(port, client):
    answered = []

    def ask():
        for _ in range(5):
            answered.append(client.get("/fhir/Patient?identifier=99000001A").status)

    threads = [threading.Thread(target=ask) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for status in answered:
        expect(status == 200, "one of 200 clients at once got", status)
    expect(len(answered) == 1000, "answers", len(answered))
    # More than it holds, and nobody says a word: who is turned away finds room at the next try.
    idle = [connect(port) for _ in range(300)]
    tries = 0
    while (answer := get(port)).status != 200 and tries < 20:
        tries += 1
        time.sleep(int(answer.headers.get("retry-after", "1")))
    expect(tries < 20, "300 silent clients lock the others out")
    for connection in idle:
        connection.close()
    print(f"  200 clients at once: {answered.count(200)} of {len(answered)} answers; "
          f"beside 300 silent ones answered after {tries} refusals")
    is_up(port, "crowds")


# ---- who ----

def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    def __init__(self, place, base, kid):
        self.place, self.audience, self.kid = place, f"{base}/token", kid

    def claims(self, **changes):
        now = int(time.time())
        claims = {"iss": "atz-sandbox", "sub": "atz-sandbox", "aud": self.audience, "exp": now + 240,
                  "jti": str(uuid.uuid4()), **changes}
        return {name: value for name, value in claims.items() if value is not None}

    def text(self, claims, **header):
        header = {"alg": "RS384", "kid": self.kid, "typ": "JWT", **header}
        return f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"

    def sign(self, claims, key="client.pem", **header):
        text = self.text(claims, **header)
        signed = subprocess.run(["openssl", "dgst", "-sha384", "-sign", self.place.path(key)], input=text.encode(),
                                capture_output=True, check=True).stdout
        return f"{text}.{encoded(signed)}"


def knock(port, assertion, **more):
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    return ask_token(port, client_assertion_type=kind, client_assertion=assertion, **more)


def locked(answer, *what):
    expect(answer.status in (400, 401) and b"access_token" not in answer.body, *what, answer)


def secrets_and_tokens(place, port, client):
    wrong = [client.secret[:-1] + ("a" if client.secret[-1] != "a" else "b"), client.secret[:-1], client.secret + "a",
             client.secret.upper() + client.secret.lower(), "", " ", client.name, "\0", "a" * 50_000]
    for secret in wrong:
        locked(ask_token(port, client_id=client.name, client_secret=secret), "a wrong secret", secret[:60])
    for name in ("", "atz-sandbox2", "ATZ-SANDBOX", "*", "' OR 1=1 --"):
        locked(ask_token(port, client_id=name, client_secret=client.secret), "a wrong name", name)
    locked(ask_token(port), "nobody")
    doubled = form(**GRANT, client_id=client.name) + f"&client_secret=x&client_secret={client.secret}"
    locked(post(port, "/fhir/token", doubled, content=FORM), "a secret twice")
    for query in (f"?{form(**GRANT, client_id=client.name, client_secret=client.secret)}",):
        locked(post(port, f"/fhir/token{query}", "", content=FORM), "a secret in the address")
    for path in ENDPOINTS:
        refused(post(port, path, "{}"), 401, path, "without a token")
        for token in ("", " ", client.token[:-1], client.token + "a", client.token.upper() + "x", client.secret, "null",
                      hashlib.sha256(client.token.encode()).hexdigest()):
            refused(post(port, path, "{}", f"Authorization: Bearer {token}"), 401, path, "with the token", token)
        refused(post(port, f"{path}?access_token={client.token}", "{}"), 401, path, "with the token in the address")
        refused(post(port, path, "{}", f"Authorization: Basic {client.token}"), 401, path, "as Basic")
    for path in ("/fhir/Patient?identifier=99000001A", "/fhir/$daily-authorization-report?date=2026-12-07",
                 "/fhir/Subscription/1"):
        refused(get(port, path), 401, path)
    for path in ("/fhir/../etc/passwd", "/fhir/%2e%2e/%2e%2e/etc/passwd", "/fhir//metadata", "/fhir/Claim", "/",
                 "/fhir/token/../metadata", "/fhir/Subscription/../metadata", "/fhir/Subscription/%2e%2e"):
        expect(400 <= get(port, path, client.bearer()).status < 500, path)


def assertions(place):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in ("client", "other"):
        made = place.run("profile", "keygen", "-o", f"{name}.pem", "--alg", "RS384")
        check(made.code == 0, made)
        place.write(f"{name}.json", made.out)
    kid = json.loads(open(place.path("client.json"), encoding="utf-8").read())["keys"][0]["kid"]
    options = ("--jwks", "client.json", "--port", str(port))
    _, base, server = place.serve(*options, state="keys")
    signer = Signer(place, base, kid)
    good = signer.sign(signer.claims())
    public = subprocess.run(["openssl", "pkey", "-in", place.path("client.pem"), "-pubout"], capture_output=True,
                            check=True).stdout

    def with_hmac(algorithm, digest):
        text = signer.text(signer.claims(), alg=algorithm)
        return f"{text}.{encoded(hmac.new(public, text.encode(), digest).digest())}"

    now = int(time.time())
    for what, assertion in {
            "alg none": signer.text(signer.claims(), alg="none") + ".",
            "alg None": signer.text(signer.claims(), alg="None") + ".",
            "alg none, signed": signer.sign(signer.claims(), alg="none"),
            "HS256 with the public key": with_hmac("HS256", hashlib.sha256),
            "HS384 with the public key": with_hmac("HS384", hashlib.sha384),
            "HS512 with the public key": with_hmac("HS512", hashlib.sha512),
            "RS256": signer.sign(signer.claims(), alg="RS256"),
            "ES384 with an RSA key": signer.sign(signer.claims(), alg="ES384"),
            "another's key": signer.sign(signer.claims(), key="other.pem"),
            "another's key, brought along": signer.sign(
                signer.claims(), key="other.pem",
                jwk=json.loads(open(place.path("other.json"), encoding="utf-8").read())["keys"][0]),
            "a key from an address": signer.sign(signer.claims(), key="other.pem", jku="http://127.0.0.1:1/jwks"),
            "no kid": signer.sign(signer.claims(), kid=""),
            "a kid that is a path": signer.sign(signer.claims(), kid="../../client.pem"),
            "crit": signer.sign(signer.claims(), crit=["exp"]),
            "no signature": good.rpartition(".")[0] + ".",
            "another's claims": ".".join([good.split(".")[0], encoded(json.dumps(signer.claims()).encode()),
                                          good.split(".")[2]]),
            "audience: another payer": signer.sign(signer.claims(aud="https://payer.example/token")),
            "audience: the base": signer.sign(signer.claims(aud=base)),
            "audience: another port": signer.sign(signer.claims(aud=f"http://127.0.0.1:{port + 1}/fhir/token")),
            "audience: two": signer.sign(signer.claims(aud=[signer.audience, "https://payer.example/token"])),
            "audience: none": signer.sign(signer.claims(aud=None)),
            "issuer": signer.sign(signer.claims(iss="somebody")),
            "subject": signer.sign(signer.claims(sub="somebody")),
            "no issuer": signer.sign(signer.claims(iss=None)),
            "no subject": signer.sign(signer.claims(sub=None)),
            "expired": signer.sign(signer.claims(exp=now - 1)),
            "lives too long": signer.sign(signer.claims(exp=now + 4000)),
            "never expires": signer.sign(signer.claims(exp=None)),
            "exp is a text": signer.sign(signer.claims(exp=str(now + 100))),
            "exp is a fraction": signer.sign(signer.claims(exp=now + 100.5)),
            "not yet": signer.sign(signer.claims(nbf=now + 3600)),
            "no jti": signer.sign(signer.claims(jti=None)),
            "jti is a number": signer.sign(signer.claims(jti=7)),
            "long": signer.sign(signer.claims(jti="j" * 9000)),
            "nothing": "", "dots": "...", "deep": f"{encoded(b'[' * 4000)}.{encoded(b'{}')}.{encoded(b'x')}",
    }.items():
        locked(knock(port, assertion), what)
    locked(knock(port, good, client_id="somebody"), "client_id")
    locked(knock(port, good, client_secret="x"), "signs in twice")
    locked(ask_token(port, client_assertion=good), "no type")

    expect(knock(port, good).status == 200, "none of the tries has used it up")
    locked(knock(port, good), "replayed")
    same_number = signer.claims(jti=json.loads(base64.urlsafe_b64decode(good.split(".")[1] + "=="))["jti"])
    locked(knock(port, signer.sign(same_number)), "the same jti in another assertion")
    race = signer.sign(signer.claims())
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(knock(port, race).status)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(statuses.count(200) == 1, "one assertion, twenty at once", statuses)

    token = knock(port, signer.sign(signer.claims())).json()["access_token"]
    bearer = f"Authorization: Bearer {token}"
    expect(get(port, "/fhir/Patient?identifier=99000001A", bearer).status == 200, "a good token")
    place.stop(server)
    _, _, server = place.serve(*options, state="keys")
    locked(knock(port, good), "replayed after a restart")
    locked(knock(port, race), "replayed after a restart, the second")
    refused(get(port, "/fhir/Patient?identifier=99000001A", bearer), 401, "a token from before the restart")
    last = signer.sign(signer.claims())
    expect(knock(port, last).status == 200, "a new one after the restart")
    server.kill()
    server.wait()
    place.servers.remove(server)
    _, _, server = place.serve(*options, state="keys")
    locked(knock(port, last), "replayed after a crash")
    place.stop(server)
    reset = place.run("sandbox", "reset", ATZ_STATE_DIR=place.path("keys"))
    check(reset.code == 0, reset)
    _, _, server = place.serve(*options, state="keys")
    locked(knock(port, last), "replayed after a reset")
    place.stop(server)


def tokens_expire(place, port):
    client = Client(place, port)
    path = "/fhir/Patient?identifier=99000001A"
    expect(client.get(path).status == 200, "fresh")
    moved = place.run("sandbox", "clock", "advance", "299s", ATZ_STATE_DIR=place.path("payer"))
    if moved.code == 0:
        expect(client.get(path).status == 200, "after 299 seconds")
    moved = place.run("sandbox", "clock", "advance", "1h", ATZ_STATE_DIR=place.path("payer"))
    check(moved.code == 0, moved)
    answer = client.get(path)
    refused(answer, 401, "an expired token")
    expect("invalid_token" in answer.headers.get("www-authenticate", ""), answer)


# ---- one client and another ----

class Recorder:
    """Passes requests on, and keeps them."""

    def __init__(self, port):
        self.target, self.seen = port, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            data = b""
            while True:
                while b"\r\n\r\n" not in data:
                    more = connection.recv(65536)
                    if not more:
                        return
                    data += more
                request_head, _, body = data.partition(b"\r\n\r\n")
                length = int(Answer(request_head + b"\r\n\r\n").headers.get("content-length", "0"))
                while len(body) < length:
                    body += connection.recv(65536)
                data = body[length:]
                first = request_head.split(b"\r\n")[0].decode()
                self.seen.append((first.split(" ")[1], body[:length]))
                with connect(self.target) as payer:
                    payer.sendall(request_head + b"\r\n\r\n" + body[:length])
                    connection.sendall(read_answer(payer).raw)


def clients_do_not_meet(place):
    """Two agencies at one payer; the second knows everything that the first has sent, byte for byte."""
    profile, base, _ = place.serve(state="shared")
    recorder = Recorder(port_of(base))
    secret = place.path("shared/sandbox-client-secret")
    place.profiles(first={"base_url": f"http://127.0.0.1:{recorder.port}/fhir", "replay_safe": True,
                          "min_inquiry_interval": 0,
                          "auth": {"mode": "client-secret-basic", "client_id": "atz-sandbox", "secret_file": secret}})
    sent = place.submit("first")
    check(sent.code == 0, sent)
    shared = {"ATZ_STATE_DIR": place.path("shared")}

    def view():
        shown = place.run("status", "--profile", "first", "--all", "--format", "json")
        return [{name: one[name] for name in ("case_id", "member", "status", "delivery")}
                for one in json.loads(shown.out)["cases"]]

    cases = sorted(one["case_id"] for one in view())
    check(len(cases) == 3, cases)
    asked = place.run("sandbox", "ask", cases[0], "--text", "Why at night?", **shared)
    check(asked.code == 0, asked)
    known = place.run("status", "--profile", "first")
    check(known.code == 1, known)  # there is a question
    inquiries = [body for path, body in recorder.seen if b"$inquire" in body or "$inquire" in path]
    answered = place.run("respond", cases[0], "--note", "Gets up twice.", "--profile", "first")
    check(answered.code == 0, answered)
    attached = [body for path, body in recorder.seen if path.endswith("$submit-attachment")]
    outer = [body for path, body in recorder.seen if path.rstrip("/").endswith("/fhir") and b"$submit" in body]
    check(attached and outer and inquiries, [path for path, _ in recorder.seen])
    own = Client(place, port_of(base), state="shared")
    hook = {"resourceType": "Subscription", "status": "requested", "reason": "x",
            "criteria": "http://hl7.org/fhir/us/davinci-pas/SubscriptionTopic/PASSubscriptionTopic",
            "_criteria": {"extension": [{"url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
                                         "backport-filter-criteria", "valueString": "org-identifier=atz-sandbox"}]},
            "channel": {"type": "rest-hook", "endpoint": "http://127.0.0.1:9/hook", "payload": FHIR,
                        "_payload": {"extension": [{"url": "http://hl7.org/fhir/uv/subscriptions-backport/"
                                                    "StructureDefinition/backport-payload-content",
                                                    "valueCode": "full-resource"}]}}}
    made = own.post("/fhir/Subscription", json.dumps(hook))
    check(made.status == 201, made)
    subscription = "/fhir/Subscription/" + made.json()["id"]
    before = view()
    entries = [entry["resource"] for entry in json.loads(outer[0])["entry"]]

    _, other_base, _ = place.serve("--client", "other-agency", state="shared")
    other = Client(place, port_of(other_base), "other-agency", "shared")
    locked(ask_token(other.port, client_id="atz-sandbox", client_secret=own.secret), "the first client's secret")
    locked(ask_token(other.port, client_id="other-agency", client_secret=own.secret), "a mix of both")
    expect(get(other.port, "/fhir/Patient?identifier=99000001A", own.bearer()).status == 401, "the first client's token")

    def blind(answer, asked, *what):
        text = answer.body.decode()
        for known in cases + ["Sampleton", "Why at night", "99000001A", "PA77"]:
            expect(known not in text or known in asked.decode(), "another client sees", known, *what, answer.status, text[:600])

    for body in inquiries:
        blind(other.post("/fhir", body), b"", "by an inquiry")
        for entry in json.loads(body).get("entry", []):
            if "request" in entry:
                single = other.post("/fhir/Claim/$inquire", json.dumps(entry["resource"]))
                expect(single.status == 200, single)
                blind(single, b"", "by a single inquiry")
    for body in attached:
        answer = other.post("/fhir/$submit-attachment", body)
        expect(400 <= answer.status < 500, "attaches to another client's case", answer)
        blind(answer, body, "by attaching")
    for query in ("identifier=99000001A", "family=Sampleton&birthdate=1988-02-29"):
        for answer in (other.get(f"/fhir/Patient?{query}"), other.post("/fhir/Patient/_search", query, content=FORM)):
            expect(answer.status == 200 and answer.json().get("total", 0) == 0, "finds another client's member", answer)
    report = other.get("/fhir/$daily-authorization-report?date=2026-12-07")
    expect(report.status == 200, report)
    table = base64.b64decode(report.json()["data"]).decode()
    expect(not any(case in table for case in cases), "the report shows another client's cases", table)
    for answer in (other.get(subscription), other.post(subscription, "{}"),
                   raw(other.port, head("DELETE", subscription, other.port, other.bearer()))):
        expect(answer.status in (404, 405), "another client's subscription", answer)
    changed = json.dumps(hook).encode()
    put = raw(other.port, head("PUT", subscription, other.port, other.bearer(), f"Content-Type: {FHIR}",
                               f"Content-Length: {len(changed)}") + changed)
    expect(put.status == 404, "changes another client's subscription", put)
    expect(own.get(subscription).status == 200, "it is gone")

    # An update of the first client's request is about nothing that this client has; the same bytes sent as new are its own.
    update = json.loads(json.dumps(entries[0]))
    prior = json.loads(json.dumps(update["entry"][0]))
    prior["fullUrl"] = f"urn:uuid:{uuid.uuid4()}"
    update["identifier"]["value"] += "-U"
    claim = update["entry"][0]["resource"]
    claim["identifier"][0]["value"] += "-U"
    claim["related"] = [{"claim": {"reference": prior["fullUrl"]},
                         "relationship": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/"
                                                      "ex-relatedclaimrelationship", "code": "prior"}]}}]
    update["entry"].append(prior)
    answer = other.post("/fhir/Claim/$submit", json.dumps(update))
    text = answer.body.decode()
    expect(not any(case in text for case in cases), "updates another client's case", answer.status, text[:600])
    answer = other.post("/fhir", outer[0])
    text = answer.body.decode()
    expect(not any(case in text for case in cases), "is given another client's stored answer", answer.status, text[:600])
    expect(view() == before, "another client changed something", before, view())


def memory(server):
    with open(f"/proc/{server.pid}/status", encoding="ascii") as handle:
        return int(next(line for line in handle if line.startswith("VmHWM")).split()[1]) // 1024


with Place(root, atz) as place:
    _, base, server = place.serve()
    port = port_of(base)
    client = Client(place, port)
    listens_here_only(place, port)
    answers_to_its_own_name_only(port, client)
    heads_are_bounded(port)
    bodies_are_bounded(port, client)
    odd_texts(port, client)
    depth_is_bounded(port, client)
    secrets_and_tokens(place, port, client)
    crowds_are_answered(port, client)
    print(f"  most memory of the payer: {memory(server)} MiB")
    tokens_expire(place, port)
    expect(server.poll() is None, "the payer has ended")
    assertions(place)
    clients_do_not_meet(place)
    slow_ones_are_dropped(place)
print(f"payer hardening: {counts['attempts']} attempts, {counts['findings']} findings")
sys.exit(1 if counts["findings"] else 0)
