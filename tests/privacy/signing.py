"""Secrets: of the client, keys, tokens, what a token command prints, codes, passwords in addresses."""
import base64
import json
import os
import re
import urllib.parse

from canaries import PEOPLE, SECRET, Canary
from middle import Middle, outcome
from place import check
from terminal import at_terminal

DAY = "2026-01-04"


def secrets_of_signing_in(story):
    place, run = story.place, story.run
    server, printed = place.background(["sandbox", "serve", "--as-of", DAY, "--no-sign-in"], b"min_inquiry_interval",
                                       ATZ_STATE_DIR=place.path("home/signing"))
    middle = Middle(re.search(r"base_url: (\S+)", printed).group(1))
    client = story.secret("the client secret", "Qzvclientsecret+/ä=&%41")
    access = story.secret("an access token", "Qzvaccesstoken.a-b_c~d")
    printed_token = story.secret("what a token command prints", "Qzvcommandtoken.a-b_c")
    password = story.secret("a password in an address", "Qzvpasswordofaddress")
    code = story.secret("a code", "Qzvcodeofsignin")
    middle.token = access
    story.expect(0, "profile", "keygen", "-o", place.path("asked/key.pem"))
    pem = place.read("asked/key.pem").decode()
    lines = pem.split("-----")[2].split()
    for line in lines:
        if len(line) > 20:
            place.searcher.add(Canary("the private key", line, SECRET, [line]))
    raw = base64.b64decode("".join(lines))
    check(len(raw) > 67 and raw[33:35] == b"\x04\x30", "the shape of a P-384 key in PKCS 8")
    place.searcher.add_bytes(Canary("the private key's number", "-----", SECRET, ["-----"]), raw[35:35 + 48])

    secret_file = place.write("config/secret", client + "\n")
    commands = {name: place.write(f"config/{name}", f"#!/bin/sh\n{text}\n", 0o700) for name, text in {
        "good": f"printf '%s\\n' '{printed_token}'", "fails": f"echo '{printed_token}'; exit 3",
        "babbles": f"echo '{printed_token} {printed_token}'", "floods": f"while echo '{printed_token}'; do :; done | head -c 100000",
        "hangs up": f"echo '{printed_token}'; kill -9 $$"}.items()}
    auth = {"client_id": "agency", "token_url": middle.token_url}
    by_secret = {**auth, "secret_file": secret_file}
    profiles = {
        "basic": {"mode": "client-secret-basic", **by_secret}, "post": {"mode": "client-secret-post", **by_secret},
        "json": {"mode": "client-secret-post", "token_body": "json", **by_secret, "cache_token": True},
        "key": {"mode": "private-key-jwt", **auth, "key_file": place.path("asked/key.pem")},
        "code": {"mode": "authorization-code", **auth, "redirect_uri": "https://agency.example/back",
                 "authorize_url": "https://payer.example/page"},
        **{name: {"mode": "token-command", "token_command": [command]} for name, command in commands.items()}}
    document = {name: {"base_url": middle.base, "replay_safe": False, "min_inquiry_interval": 0, "auth": settings}
                for name, settings in profiles.items()}
    for name, address in (("userinfo", f"https://user:{password}@payer.example/fhir"),
                          ("odd", f"https://user:{password}@[x/fhir")):
        document[name] = {"base_url": address, "auth": {"mode": "none"}}
    document["token userinfo"] = {"base_url": middle.base, "auth": {
        **profiles["basic"], "token_url": f"http://user:{password}@127.0.0.1:1/token"}}
    document["proxied"] = {"base_url": "https://payer.invalid/fhir", "auth": {"mode": "none"}}
    place.write("config/profiles.yaml", json.dumps(document))
    member = PEOPLE["A"]["members[].id"].value

    def find(profile, **more):
        return run("member", "find", "-v", "--id", member, "--profile", profile, "--as-of", DAY, **more)

    for name in ("basic", "post", "json", "key", "good"):
        done = find(name, traced=not story.untraceable)
        check(done.code in (0, 1), name, done)
        check(any(headers.get("Authorization") == f"Bearer {printed_token if name == 'good' else access}"
                  for _, _, headers, _ in middle.seen), "the token was used", name)
    check(find("json").code in (0, 1), "a kept token")
    for name in ("fails", "babbles", "floods", "hangs up", "userinfo", "odd", "token userinfo", "code"):
        done = find(name)
        check(done.code in (2, 4), name, done)
    for name in ("userinfo", "basic", "token userinfo"):
        run("profile", "show", name)
        run("profile", "show", name, "--format", "json")
        run("profile", "test", "--profile", name)
    run("profile", "list")
    run("doctor")
    for variable in ("HTTPS_PROXY", "ALL_PROXY"):
        find("proxied", **{variable: f"http://user:{password}@127.0.0.1:1"})
        find("proxied", **{variable: f"http://user:{password}@[x"})
    # A sign-in server and a payer that quote secrets, in all the ways in which they have come.
    quoting = " ".join((client, urllib.parse.quote(client, safe=""), base64.b64encode(
        f"agency:{urllib.parse.quote(client, safe='')}".encode()).decode()))
    for status, body in ((400, {"error": "invalid_client", "error_description": f"not {quoting}"}),
                         (401, {"error": quoting}), (200, {"access_token": f"{access}\n", "token_type": "Bearer"}),
                         (200, {"access_token": access, "token_type": access}), (500, {"error": quoting})):
        middle.token = (status, {"Content-Type": "application/json"}, json.dumps(body).encode())
        for name in ("basic", "post"):
            find(name)
    middle.token = access
    for status in (401, 403, 400, 422):
        middle.play = lambda method, path, body, *_, status=status: (
            status, {"Content-Type": "application/fhir+json"}, outcome(f"Bearer {access} and {quoting}"))
        find("basic")
        run("submit", "-v", "--profile", "basic", "--as-of", DAY, story.home)
        run("profile", "test", "--profile", "basic")
    middle.play = None
    with_code(story, middle, code, member)
    # A secret in the wrong place, and one that others can read.
    document["misplaced"] = {"base_url": middle.base, "auth": {**profiles["basic"], "client_secret": client}}
    place.write("config/profiles.yaml", json.dumps(document))
    find("misplaced")
    run("profile", "list")
    run("doctor")
    document["misplaced"] = {"base_url": middle.base, "auth": {**profiles["basic"], "secret_file": client}}
    place.write("config/profiles.yaml", json.dumps(document))
    check(find("misplaced").code == 4, "a secret where the name of its file belongs")
    run("doctor")
    del document["misplaced"]
    place.write("config/profiles.yaml", json.dumps(document))
    os.chmod(secret_file, 0o644)
    check(find("basic").code == 4, "a secret that others can read")
    run("doctor")
    middle.close()
    place.end(server, "the embedded payer")
    secret = place.path("home/signing/sandbox-client-secret")
    if os.path.exists(secret):
        with open(secret, encoding="ascii") as handle:
            value = handle.read().strip()
        place.look("what the embedded payer printed", printed.replace(secret, "").encode())
        check(value not in printed, "the embedded payer's client secret is printed")


def with_code(story, middle, code, member):
    """Signs in with a code that is pasted; the terminal itself shows nothing of it."""
    place = story.place
    ended, shown = at_terminal([place.program, "member", "find", "-v", "--id", member, "--profile", "code", "--as-of", DAY],
                               place.path("desk"), place.environment, "the code in it: ", lambda _: code, echo=False)
    check(ended in (0, 1), "signing in with a code", shown)
    sent = next(body.decode() for _, path, _, body in reversed(middle.seen) if path.startswith("/token"))
    verifier = urllib.parse.parse_qs(sent)["code_verifier"][0]
    check(code in sent, "the code was used", sent)
    # Its SHA-256 is for everybody: the challenge in the address.
    place.searcher.add(Canary("a code verifier", verifier, SECRET, [verifier], digests=False))
    place.look("signing in at a terminal", shown.encode())
    place.look_at_files("signing in at a terminal", everything=True)
