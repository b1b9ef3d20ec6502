"""Ways to sign in, against the embedded payer.

usage: sign_in.py ROOT ATZ"""
import json
import os
import sys

from program import DAY, Place, check

root, atz = sys.argv[1], sys.argv[2]


def secret_profile(base, secret, **auth):
    return {"base_url": base, "replay_safe": True, "auth": {"mode": "client-secret-post", "client_id": "atz-sandbox",
                                                            "secret_file": secret, **auth}}


with Place(root, atz) as place:
    # Keys of both kinds, made by atz, registered with one payer.
    keys = []
    for algorithm in ("ES384", "RS384"):
        made = place.run("profile", "keygen", "-o", f"{algorithm}.pem", "--alg", algorithm)
        check(made.code == 0, made)
        (key,) = json.loads(made.out)["keys"]
        check(key["alg"] == algorithm and key["use"] == "sig" and "d" not in key, key)
        check(os.stat(place.path(f"{algorithm}.pem")).st_mode & 0o7777 == 0o600, algorithm)
        check("PRIVATE" not in made.out + made.err, made)
        keys.append(key)
    again = place.run("profile", "keygen", "-o", "ES384.pem")
    check(again.code == 2 and "stays as it is" in again.err and not again.out, again)
    usual = place.run("profile", "keygen")
    check(usual.code == 0 and os.path.exists(place.path("config/payer-key.pem")), usual)
    place.write("jwks.json", json.dumps({"keys": keys}))

    printed, base, payer = place.serve("--jwks", "jwks.json")
    secret = place.path("payer/sandbox-client-secret")
    check(os.path.exists(secret), printed)
    by_key = {"mode": "private-key-jwt", "client_id": "atz-sandbox"}
    token_script = place.write("token.sh", "#!/bin/sh\necho asked >> asked\ncat token\n", 0o700)
    code = {"mode": "authorization-code", "client_id": "atz-sandbox", "redirect_uri": "https://agency.example/back",
            "authorize_url": "https://payer.example/page"}
    place.profiles(
        es={"base_url": base, "replay_safe": True, "auth": dict(by_key, key_file=place.path("ES384.pem"))},
        rs={"base_url": base, "auth": dict(by_key, key_file=place.path("RS384.pem"))},
        unknown={"base_url": base, "auth": dict(by_key, key_file="payer-key.pem")},
        shared={"base_url": base, "auth": dict(by_key, key_file=place.path("shared.pem"))},
        missing={"base_url": base, "auth": dict(by_key, key_file="missing.pem")},
        post=secret_profile(base, secret),
        bare=secret_profile(base, secret, scope=""),
        wrong=secret_profile(base, place.write("wrong-secret", "no\n")),
        kept=secret_profile(base, secret, cache_token=True),
        code={"base_url": base, "auth": code},
        command={"base_url": base, "auth": {"mode": "token-command", "token_command": [token_script]}},
    )
    sent = place.submit("es")
    check(sent.code == 0 and "900000101" in sent.out, sent)
    for profile in ("es", "rs", "post", "bare"):
        found = place.find_member(profile)
        check(found.code == 0, profile, found)

    refused = place.find_member("unknown")
    check(refused.code == 4 and "kid" in refused.err and "profile keygen" in refused.err, refused)
    refused = place.find_member("wrong")
    check(refused.code == 4 and "invalid_client" in refused.err and "auth.secret_file" in refused.err, refused)
    refused = place.find_member("missing")
    check(refused.code == 4 and "key_file" in refused.err and "missing.pem" not in refused.err, refused)
    place.write("shared.pem", open(place.path("ES384.pem"), encoding="ascii").read(), 0o644)
    refused = place.find_member("shared")
    check(refused.code == 4 and "chmod 600" in refused.err, refused)

    # Nobody is asked where there is no terminal.
    refused = place.find_member("code")
    check(refused.code == 4 and "no terminal" in refused.err and "cache_token" in refused.err, refused)

    # A command's output is the token; a wrong one is asked for once more, and no oftener.
    place.write("token", "not-a-token\n")
    refused = place.find_member("command")
    check(refused.code == 4, refused)
    check(open(place.path("asked"), encoding="ascii").read() == "asked\nasked\n", "asked twice")
    os.remove(place.path("token"))
    refused = place.find_member("command")
    check(refused.code == 4 and "ended with exit code 1" in refused.err, refused)
    check("cat: " in refused.err, "its own words are shown", refused)

    # A kept token: 0600, sealed, used again; a payer that has forgotten it costs one more sign-in and nothing else.
    check(place.find_member("kept").code == 0, "kept")
    (file,) = os.listdir(place.path("state/tokens"))
    file = place.path(f"state/tokens/{file}")
    check(os.stat(file).st_mode & 0o7777 == 0o600, "mode of the token file")
    first = open(file, "rb").read()
    check(place.find_member("kept").code == 0 and open(file, "rb").read() == first, "the token is used again")
    place.stop(payer)
    port = base.split(":")[2].split("/")[0]
    _, base_again, _ = place.serve("--jwks", "jwks.json", "--port", port)
    check(base_again == base, base_again)
    check(place.find_member("kept").code == 0, "a forgotten token")
    check(open(file, "rb").read() != first, "a new token is kept")

    # Keys that cannot be used, and a payer without sign-in.
    place.write("bad.json", "{}")
    refused = place.run("sandbox", "serve", "--jwks", "bad.json")
    check(refused.code == 2 and "JWKS" in refused.err, refused)
    printed, open_base, _ = place.serve("--no-sign-in", state="open")
    check("mode: none" in printed, printed)
    place.profiles(open={"base_url": open_base, "auth": {"mode": "none"}})
    check(place.find_member("open").code in (0, 1), place.find_member("open"))
print("ok")
