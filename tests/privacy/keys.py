"""A key that is missing, damaged, open to others, or another ledger's: every command says so, nothing is changed, no key is
made in its place, and with the right key everything is there again.

usage: keys.py ROOT ATZ"""
import hashlib
import os
import shutil
import sys

from place import Place, check
from search import Searcher

root, atz = sys.argv[1:]
DAY = "2026-12-07"
STATE, USAGE = 3, 2
CASE = "900000101"


def commands(place, home):
    return (("status",), ("status", "--offline"), ("status", "--changes"), ("submit", "--as-of", DAY, home),
            ("submit", "--as-of", DAY, place.path("desk/other.yaml")), ("plan", "--as-of", DAY, home), ("show", CASE),
            ("show", CASE, "-o", place.path("asked/case.html")), ("due",), ("recover",), ("recover", "--resend"),
            ("cancel", CASE, "--reason", "x"), ("respond", CASE, "--note", "x"), ("report", "daily"), ("log",), ("log", "--verify"),
            ("ledger", "verify"), ("ledger", "export"), ("ledger", "backup", place.path("asked/copy.db")),
            ("ledger", "restore", place.path("asked/good.db")), ("ledger", "rekey"), ("member", "find", "--id", "99000001A"),
            ("receive", "--keep", place.path("asked/inbox")), ("new", "extension", "--from", "maple-street", "-o",
                                                     place.path("asked/next.yaml")),
            ("sandbox", "review", "maple-street", "--auto"), ("sandbox", "letters"), ("sandbox", "ask", CASE, "--text", "x"),
            ("sandbox", "clock", "advance", "1d"), ("sandbox", "review", "maple-street", "--auto", "--as-of", "2027-01-04"))


def damages(place):
    key, spare = place.path("state/key"), place.path("asked/spare")

    def written(data, mode=0o600):
        def change():
            with open(key, "wb") as handle:
                handle.write(data)
            os.chmod(key, mode)
        return change

    with open(spare, "rb") as handle:
        right = handle.read()
    return {"missing": lambda: None, "empty": written(b""), "too short": written(right[:31]), "too long": written(right + b"\0"),
            "hexadecimal": written(right.hex().encode()), "another ledger's": written(hashlib.sha256(right).digest()),
            "one bit changed": written(bytes([right[0] ^ 1]) + right[1:]), "open to others": written(right, 0o640),
            "a folder": lambda: os.mkdir(key), "a link to nothing": lambda: os.symlink("nowhere", key)}


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def everything(place):
    """Bytes of all that lies in the state folder, but for the key and what SQLite needs while it works."""
    digest = {}
    for above, _, names in os.walk(place.path("state")):
        for name in names:
            if name not in ("key", "lock") and not name.endswith(("-shm", "-wal", ".lock")):
                with open(os.path.join(above, name), "rb") as handle:
                    digest[name] = hashlib.sha256(handle.read()).hexdigest()
    return digest


def key_of(place):
    path = place.path("state/key")
    if os.path.islink(path) or os.path.isdir(path):
        return "no file"
    return place.read("state/key") if os.path.exists(path) else None


with Place(atz, Searcher(), traced=False) as place:
    with open(f"{root}/examples/maple-street.yaml", encoding="utf-8") as handle:
        text = handle.read()
    home = place.write("desk/home.yaml", text)
    place.write("desk/other.yaml", text.replace("maple-street", "other-street"))
    place.write("asked/inbox/1.json", "{}")
    done = place.run("submit", "--as-of", DAY, home)
    check(done.code == 0, done)
    check(place.run("ledger", "backup", place.path("asked/good.db")).code == 0, "a backup")
    check(place.run("status").code == 8, "status")  # also brings what SQLite had put aside into the ledger
    known = [place.run(*words).out for words in (("status", "--offline", "--format", "json"), ("log",))]
    shutil.copy2(place.path("state/key"), place.path("asked/spare"))
    key, before, count, faults = place.path("state/key"), everything(place), 0, []

    def fault(*what):
        faults.append(" | ".join(str(part) for part in what))
        print(f"FAULT: {faults[-1]}")

    for name, damage in damages(place).items():
        for words in commands(place, home):
            remove(key)
            damage()
            had = key_of(place)
            done = place.run(*words)
            count += 1
            if done.code != STATE:
                fault(name, words, done)
            if "key" not in done.err:
                fault(name, words, "does not speak of the key", done)
            if "help:" not in done.err:
                fault(name, words, "does not say what to do", done)
            if name == "open to others" and "chmod 600" not in done.err:
                fault(name, words, "does not tell how to close it", done)
            if key_of(place) != had:
                fault(name, words, "the key was touched")
            if everything(place) != before:
                fault(name, words, "something was changed", sorted(set(everything(place).items()) ^ set(before.items())))
                before = everything(place)
            left = {"case.html", "copy.db", "next.yaml"} & set(os.listdir(place.path("asked")))
            if left:
                fault(name, words, "half a result is left", left)
        # What needs no key works all the same; doctor says what is wrong.
        check(place.run("check", "--as-of", DAY, home).code == 0, name, "check")
        doctor = place.run("doctor")
        check("key" in doctor.out + doctor.err, name, doctor)
        count += 2
    remove(key)
    shutil.copy2(place.path("asked/spare"), key)
    check(place.run("ledger", "verify").code == 0, "verify")
    again = [place.run(*words).out for words in (("status", "--offline", "--format", "json"), ("log",))]
    check(again == known, "something is lost", known, again)
    print(f"keys: {len(damages(place))} kinds of damage, {count} runs, {len(faults)} faults, nothing lost")
    sys.exit(1 if faults else 0)
