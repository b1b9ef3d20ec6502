"""Signing in at an OAuth server of other people's making (npm's oidc-provider). Behind it stands the embedded payer, which
takes any token here.

usage: oauth.py ROOT ATZ FOLDER-FOR-NPM"""
import hashlib
import html
import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from program import DAY, MEMBER, Place, check, skip
from terminal import at_terminal

root, atz, folder = sys.argv[1], sys.argv[2], sys.argv[3]
OLDEST_NODE = 20
BACK = "https://agency.example/back"


def install():
    """npm's packages as the lock file has them; done again only when it changes."""
    if not shutil.which("node") or not shutil.which("npm"):
        skip("signing in at a foreign OAuth server needs node and npm")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.strip("v\n").split(".")[0]) < OLDEST_NODE:
        skip(f"the OAuth server needs node {OLDEST_NODE} or newer, this is {version.strip()}")
    os.makedirs(folder, exist_ok=True)
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json", "server.mjs"):
        source = f"{root}/tests/network/oidc/{name}"
        shutil.copy(source, folder)
        if name != "server.mjs":
            digest.update(open(source, "rb").read())
    stamp = f"{folder}/installed"
    if os.path.exists(stamp) and open(stamp, encoding="ascii").read() == digest.hexdigest():
        return
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True,
                          text=True, timeout=600, check=False)
    if done.returncode != 0:
        skip(f"npm could not fetch the OAuth server: {done.stderr[-500:]}")
    with open(stamp, "w", encoding="ascii") as handle:
        handle.write(digest.hexdigest())


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Browser:
    """What a person does with the address that atz prints: signs in, agrees, and reads the address bar at the end."""

    def __init__(self):
        self.opener = urllib.request.build_opener(
            Stay, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({}))

    def fetch(self, address, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(address, data, timeout=30) as answer:
                return None, answer.read().decode()
        except urllib.error.HTTPError as answer:
            check(answer.code in (302, 303), address, answer.code, answer.read()[:500])
            return urllib.parse.urljoin(address, answer.headers["Location"]), ""

    def sign_in(self, address):
        for _ in range(20):
            if address.startswith(BACK):
                return address
            onward, page = self.fetch(address)
            if onward is None:
                action = html.unescape(re.search(r'<form[^>]*action="([^"]+)"', page).group(1))
                fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="(\w*)"', page))
                fields.update({"login": "coordinator", "password": "any"} if "login" in page else {})
                onward, _ = self.fetch(urllib.parse.urljoin(address, action), fields)
            address = onward
        raise AssertionError("the sign-in pages do not end")


def with_code(place, profile, answer):
    """Asks the payer something; `answer` makes of the address that is shown the code that is typed."""
    return at_terminal([place.atz, "member", "find", "--id", MEMBER, "--profile", profile, "--as-of", DAY], place.folder,
                       place.environment, "the code in it: ",
                       lambda shown: answer(re.search(r"\n  (http\S+)", shown).group(1)))


install()
with Place(root, atz) as place:
    jwks = {}
    for algorithm in ("ES384", "RS384"):
        made = place.run("profile", "keygen", "-o", f"{algorithm}.pem", "--alg", algorithm)
        check(made.code == 0, made)
        jwks[algorithm] = json.loads(made.out)
    machine = {"grant_types": ["client_credentials"], "redirect_uris": [], "response_types": [],
               "scope": "system/Claim.crus"}
    person = {"grant_types": ["authorization_code"], "redirect_uris": [BACK], "response_types": ["code"],
              "scope": "openid system/Claim.crus"}
    # A secret with characters that have to be encoded in the header.
    secret = "a:b+c/d=e%f g-not-a-real-one-0123456789"
    clients = place.write("clients.json", json.dumps(
        [{"client_id": "basic", "client_secret": secret, "token_endpoint_auth_method": "client_secret_basic", **machine},
         {"client_id": "post", "client_secret": secret, "token_endpoint_auth_method": "client_secret_post", **machine},
         {"client_id": "coded", "client_secret": secret, "token_endpoint_auth_method": "client_secret_basic", **person},
         {"client_id": "public", "token_endpoint_auth_method": "none", **person}]
        + [{"client_id": algorithm, "token_endpoint_auth_method": "private_key_jwt", "jwks": jwks[algorithm],
            "token_endpoint_auth_signing_alg": algorithm, **machine} for algorithm in jwks]))
    shown, oidc = place.background(["node", f"{folder}/server.mjs", clients], "http://")
    issuer = shown.splitlines()[-1]
    _, base, _ = place.serve("--no-sign-in")

    def last_request():
        while not (line := oidc.stdout.readline()).startswith("{"):
            check(line, "the OAuth server has ended")
        return json.loads(line)

    secret_file = place.write("secret", secret + "\n")

    def profile(mode, client, **auth):
        return {"base_url": base, "replay_safe": True,
                "auth": {"mode": mode, "client_id": client, "token_url": f"{issuer}/token", **auth}}

    coded = {"redirect_uri": BACK, "authorize_url": f"{issuer}/auth", "scope": "openid system/Claim.crus"}
    token_script = place.write("token.py", f"""#!/usr/bin/python3
import json, urllib.request
form = b"grant_type=client_credentials&client_id=post&client_secret=a%3Ab%2Bc%2Fd%3De%25f%20g-not-a-real-one-0123456789"
opener = urllib.request.build_opener(urllib.request.ProxyHandler({{}}))
print(json.load(opener.open("{issuer}/token", form))["access_token"])
""", 0o700)
    place.profiles(
        basic=profile("client-secret-basic", "basic", secret_file=secret_file),
        post=profile("client-secret-post", "post", secret_file=secret_file),
        bare=profile("client-secret-post", "post", secret_file=secret_file, scope=""),
        wrong=profile("client-secret-basic", "basic", secret_file=place.write("wrong", "no\n")),
        greedy=profile("client-secret-basic", "basic", secret_file=secret_file, scope="system/Everything"),
        ES384=profile("private-key-jwt", "ES384", key_file=place.path("ES384.pem")),
        RS384=profile("private-key-jwt", "RS384", key_file=place.path("RS384.pem")),
        swapped=profile("private-key-jwt", "ES384", key_file=place.path("RS384.pem")),
        kept=profile("private-key-jwt", "ES384", key_file=place.path("ES384.pem"), cache_token=True),
        coded=profile("authorization-code", "coded", secret_file=secret_file, cache_token=True, **coded),
        public=profile("authorization-code", "public", **coded),
        command={"base_url": base, "auth": {"mode": "token-command", "token_command": [token_script]}})

    sent = place.submit("ES384")
    check(sent.code == 0 and "900000101" in sent.out, sent)
    request = last_request()
    check(request == {"client": "ES384", "grant_type": "client_credentials", "scope": "system/Claim.crus",
                      "how": "assertion", "alg": "ES384", "outcome": "token"}, request)
    for name, how in (("RS384", "assertion"), ("basic", "basic"), ("post", "post"), ("bare", "post"), ("command", "post")):
        found = place.find_member(name)
        check(found.code == 0, name, found)
        request = last_request()
        check(request["how"] == how and request["outcome"] == "token", name, request)
        check(request.get("scope") == (None if name in ("bare", "command") else "system/Claim.crus"), name, request)
    for name, error in (("wrong", "invalid_client"), ("swapped", "invalid_client"), ("greedy", "invalid_scope")):
        refused = place.find_member(name)
        check(refused.code == 4 and error in refused.err, name, refused)
        check(last_request()["outcome"].startswith(error), name)

    # A kept token: one request for two runs.
    check(place.find_member("kept").code == 0 and place.find_member("kept").code == 0, "kept")
    check(last_request()["outcome"] == "token", "kept")

    # The browser's address, pasted whole; then the token that was kept, without a terminal.
    code, shown = with_code(place, "coded", Browser().sign_in)
    check(code == 0, code, shown)
    request = last_request()
    check(request["client"] == "coded" and request["grant_type"] == "authorization_code" and request["how"] == "basic"
          and request["outcome"] == "token", request)
    check(place.find_member("coded").code == 0, "the kept token")
    # The code alone, of a client without a secret.
    code, shown = with_code(place, "public", lambda address: urllib.parse.parse_qs(
        urllib.parse.urlsplit(Browser().sign_in(address)).query)["code"][0])
    check(code == 0, code, shown)
    request = last_request()
    check(request["client"] == "public" and request["how"] == "none" and request["outcome"] == "token", request)
    # A code that the server has not given out, and an address of another sign-in.
    code, shown = with_code(place, "public", lambda address: "not-a-code")
    check(code == 4 and "invalid_grant" in shown, code, shown)
    check(last_request()["outcome"].startswith("invalid_grant"), shown)
    code, shown = with_code(place, "public", lambda address: f"{BACK}?code=x&state=other")
    check(code == 4 and "state" in shown, code, shown)
    # Nothing of that reached the server: the next that it tells of is the next that was sent.
    check(place.find_member("basic").code == 0 and last_request()["client"] == "basic", "an address of another sign-in")
print("ok")
