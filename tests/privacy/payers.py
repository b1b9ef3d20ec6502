"""Payers that quote people in what they answer, and a submission that is held and killed."""
import json
import os
import re
import signal
import subprocess
import sys

from canaries import PEOPLE, PERSONAL, STRANGER, TEXT, everything_about
from middle import Middle, outcome, talkative
from place import check, may_dump_core
from program import sanitized

DAY = "2026-01-04"
FHIR = {"Content-Type": "application/fhir+json"}


def talkative_payers(story):
    place, run, expect = story.place, story.run, story.expect
    server, printed = place.background(["sandbox", "serve", "--as-of", DAY, "--no-sign-in"], b"min_inquiry_interval",
                                       ATZ_STATE_DIR=place.path("home/payer"))
    middle = Middle(re.search(r"base_url: (\S+)", printed).group(1))
    place.write("config/profiles.yaml", json.dumps({"talkative": {
        "base_url": middle.base, "replay_safe": False, "min_inquiry_interval": 0, "auth": {"mode": "none"}}}))
    at_payer = ("--profile", "talkative", "--as-of", DAY)
    everybody = " / ".join(everything_about(label) for label in PEOPLE)
    member = PEOPLE["A"]["members[].id"].value
    first_word = PEOPLE["A"]["members[].name.last"].needles[0]
    header = re.sub(r"[^\x20-\x7e]", "", everybody)[:900]

    def answering(change):
        def play(method, _, __, status, headers, answer):
            return change(status, headers, answer) if method == "POST" else (status, headers, answer)
        return play

    refusals = {
        "422": lambda: (422, dict(FHIR), outcome(everybody)),
        "400": lambda: (400, dict(FHIR), outcome(everybody)),
        "401": lambda: (401, dict(FHIR, **{"WWW-Authenticate": header}), outcome(everybody)),
        "403": lambda: (403, {"Content-Type": "text/plain"}, everybody.encode()),
        "404": lambda: (404, {"Content-Type": f"text/{first_word}"}, everybody.encode()),
        "reason": lambda: (422, {"reason": header, **FHIR}, b"{}"),
        "429": lambda: (429, {"Retry-After": "4000", "X-About": header, **FHIR}, outcome(everybody)),
        "429 with words": lambda: (429, {"Retry-After": f"4000 {header}", **FHIR}, outcome(everybody)),
    }
    doubtful = {
        "302": lambda *_: (302, {"Location": f"http://{first_word}.example/{header}"}, b""),
        "500": lambda *_: (500, {"Content-Type": "text/html"}, everybody.encode()),
        "garbage": lambda *_: (200, dict(FHIR), everybody.encode()),
        "not ours": lambda *_: (200, dict(FHIR), outcome(everybody + STRANGER.value)),
        "cut": lambda status, headers, answer: (status, headers, answer[:len(answer) // 2]),
    }
    few = ("422", "404") if not story.whole else refusals
    for name in few:
        if name == "429 with words":
            continue  # without a number of seconds it is waited for
        middle.instead = refusals[name]
        run("submit", "-v", *at_payer, story.home)
    middle.instead = None
    for name, change in doubtful.items():
        if name in ("not ours", "garbage") or story.whole:
            middle.play = answering(change)
            expect((1, 5, 6), "submit", "-v", *at_payer, story.home)  # 1 and 5: what was sent before can't be asked about
            run("recover", "-v", *at_payer)
            run("status", "-v", *at_payer)
            run("member", "find", "--id", member, *at_payer)
    middle.play = None
    run("recover", "--resend", *at_payer)
    expect(0, "submit", *at_payer, story.home)
    middle.play = answering(lambda status, headers, answer: (
        status, headers, json.dumps(talkative(json.loads(answer), everybody)).encode()))
    at_desk = {"ATZ_STATE_DIR": place.path("home/payer")}
    expect(0, "sandbox", "review", "900000101", "partial", "--hours", "60", "--note", "Evenings are shared.", **at_desk)
    expect(0, "sandbox", "ask", "900000102", "--text", "Who sleeps in?", **at_desk)
    expect((1, 8), "status", "-v", *at_payer)
    run("status", "--format", "json", *at_payer)
    check("[withheld]" in run("show", "900000101", *at_payer, shows=(TEXT,)).out, "the payer's words are shown without names")
    run("show", "900000101", "--format", "json", *at_payer, shows=(TEXT,))
    for words in (("due",), ("report", "daily"), ("report", "daily", "--payer"), ("respond", "900000101", "--note", "hello"),
                  ("cancel", "900000103", "--reason", "twice"), ("member", "find", "--id", member), ("recover",)):
        run(*words, *at_payer)
    # An answer about somebody else is no answer, and whose it is stays unsaid.
    middle.play = answering(lambda status, headers, answer: (
        status, headers, answer.replace(member.encode(), b"73918269A").replace(
            PEOPLE["A"]["members[].name.last"].needles[0].capitalize().encode(), STRANGER.value.encode())))
    run("status", "-v", "--force", *at_payer)
    for name in ("422", "401", "404"):
        middle.instead = refusals[name]
        for words in (("status", "--force"), ("respond", "900000102", "--note", "hello"), ("recover",)):
            run(*words, *at_payer)
    middle.instead = None
    held(story, middle, at_payer)
    middle.close()
    place.end(server, "the embedded payer")


def held(story, middle, at_payer):
    """In the middle of a submission: what the system shows of the process, and what is left when it is killed."""
    place = story.place
    home = place.write("desk/held.yaml", re.sub("maple-street", "held-street", story.home_text, flags=re.IGNORECASE))
    middle.instead = middle.hold
    process = subprocess.Popen([place.program, "submit", "-v", *at_payer, home], cwd=place.path("desk"),
                               env=place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, preexec_fn=may_dump_core)
    check(middle.holding.wait(120), "nothing was sent")
    folder = f"/proc/{process.pid}"
    for name in ("cmdline", "environ", "status", "limits", "comm"):
        with open(f"{folder}/{name}", "rb") as handle:
            text = handle.read()
        place.look(f"held: {name}", text)
        if name == "limits":
            check(re.search(rb"Max core file size +0 +0 ", text), "a core dump is allowed", text)
        if name == "status":
            locked = int(re.search(rb"VmLck:\s+(\d+)", text).group(1))
            check(locked > 0 or sanitized(place.program), "no memory is locked", text)
    place.look("held: open files", "\n".join(os.readlink(f"{folder}/fd/{one}") for one in os.listdir(f"{folder}/fd")).encode())
    place.look_at_files("held", everything=True)
    process.send_signal(signal.SIGABRT)
    out, err = process.communicate(timeout=60)
    check(process.returncode == -signal.SIGABRT, "it was killed", process.returncode)
    middle.go_on.set()
    place.look("killed: output", out + err)
    place.look_at_files("killed", everything=True)
    check(not cores(place), "a core dump", cores(place))
    # The same signal and limits leave the memory of another program behind, and there its canaries are found.
    leaking = ["/usr/bin/python3", "-I", "-S", os.path.join(os.path.dirname(os.path.abspath(__file__)), "leaks.py")]
    subprocess.run([*leaking, "core", everything_about("A")], cwd=place.path("desk"), env=place.environment, check=False,
                   capture_output=True, preexec_fn=may_dump_core)
    left = cores(place)
    if left:
        found = place.searcher.find([place.read(f"desk/{left[0]}")], (PERSONAL,))
        check(len(found) > 10, "a core dump that holds canaries", found)
        os.remove(place.path(f"desk/{left[0]}"))
    else:
        with open("/proc/sys/kernel/core_pattern", encoding="ascii") as handle:
            print(f"NOT SEEN: core files do not come to lie in the working folder here ({handle.read().strip()}); what was "
                  "looked at are the limit and the system calls", file=sys.stderr)
    middle.instead = None
    # The payer has the members' cases from another request and says so; what matters is that it is settled.
    story.expect((0, 9), "recover", "--resend", "-v", *at_payer)


def cores(place):
    return [name for name in os.listdir(place.path("desk")) if name.startswith("core")]
