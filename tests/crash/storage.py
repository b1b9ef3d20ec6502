"""Disks that are full, read-only, shared, damaged or don't lock: atz says what is wrong and what to do, and nothing that
was sent is lost or sent again.

usage: storage.py SOURCE-FOLDER ATZ [--long] [--only PART]
"""
import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import threading

import calls
import damage
import mounts
from gate import ANSWERS, HOLDS
from program import Outcome, check, sanitized
from stories import Findings, once_each, recover, submit_again
from world import LABELS, World, decided

BLOCK = 4096


def complains(done, *words):
    """Exit code 3, with what is wrong and what to do."""
    check(done.code == 3, "exit code 3 is expected", done)
    for word in ("error: ", "help: ", *words):
        check(word in done.err, f"'{word}' is missing", done)
    return done


def ends_well(world, homes=("oak-street", "maple-street")):
    found = Findings()
    recover(world, found)
    submit_again(world, found)
    once_each(world, found, homes)
    check(not found, found)


def limited(world, kind, most, *words):
    def limit():
        resource.setrlimit(kind, (most, most))
    return Outcome(subprocess.run(words, cwd=world.place.folder, env=world.place.environment,
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=calls.SECONDS,
                                  check=False, preexec_fn=limit))


def short_writes(world, runs):
    """A first submit and a later one, with files that may grow to so many bytes and not one more: what is written across
    the limit is written in part, then refused."""
    refused = 0
    for start, most, homes in (("nothing", 900_000, ("maple-street",)), ("one home", 1_200_000, None)):
        world.prepare(start)
        for i in range(runs // 2):
            world.put_back(start)
            done = limited(world, resource.RLIMIT_FSIZE, 1 + most * i // (runs // 2),
                           *world.words("submit", world.homes["maple-street"]))
            if done.code != 0:
                refused += 1
                complains(done)
            ends_well(world, *([homes] if homes else []))
    check(refused > runs // 4, "hardly any was refused", refused)
    return f"{runs} files that may not grow, {refused} refused"


def little_memory(world, runs):
    """With so little address space that one thing or another has no room."""
    if sanitized(world.atz):
        return "no memory limits (a sanitizer needs more than any)"

    def works(megabytes, *words):
        return limited(world, resource.RLIMIT_AS, megabytes << 20, *words).code == 0

    least = next(size for size in range(8, 512) if works(size, world.atz, "--version"))
    world.prepare("one home")
    short = 0
    for i in range(runs):
        world.put_back("one home")
        done = limited(world, resource.RLIMIT_AS, (least << 20) + (4 << 20) * i // runs,
                       *world.words("submit", world.homes["maple-street"]))
        check(done.code in (0, 3, 5, 6), "a code that means nothing", done)
        if done.code != 0:
            short += 1
            check("error: " in done.err and "memory" in done.err.lower(), done)
        ends_well(world)
    check(short > runs // 8, "hardly any was short of memory", short)
    return f"{runs} memory limits, {short} too low"


def lost_output(world, _):
    """Where what is printed can't be written, nothing counts as told."""
    world.prepare("decided")
    world.put_back("decided")
    for words in (("explain",), ("status", "--changes"), ("status", "--format", "json")):
        with open("/dev/full", "w", encoding="utf-8") as out:
            done = subprocess.run(world.words(*words) if words[0] == "status" else [world.atz, *words], stdout=out,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=False,
                                  cwd=world.place.folder, env=world.place.environment, timeout=calls.SECONDS)
        check(done.returncode == 3 and "error: The output could not be written: No space left on device" in done.stderr,
              words, done)
    told = world.run("status", "--changes")
    check(all(world.case_of(label) in told.out for label in LABELS), told)
    check(world.run("status", "--changes").out == "", "it was told twice")
    return "3 full outputs"


def modes(world, _):
    """Files that others may read: a key is refused, the ledger is closed again, doctor names all of them."""
    world.prepare("accepted")
    world.put_back("accepted")
    for name in ("key", "ledger.db"):
        os.chmod(os.path.join(world.state, name), 0o644)
    os.chmod(world.state, 0o755)
    doctor = world.run_plain("doctor", "--offline")
    for name in (world.state, "key", "ledger.db"):
        check(name in doctor.out and "chmod" in doctor.out, name, doctor)
    complains(world.run("submit", world.homes["maple-street"]), "key", "0644", "chmod 600")
    os.chmod(os.path.join(world.state, "key"), 0o600)
    ends_well(world)
    mode = os.stat(os.path.join(world.state, "ledger.db")).st_mode & 0o777
    check(mode == 0o600, "the ledger stayed open to others", oct(mode))
    return "4 modes"


def newer(world, _):
    world.prepare("accepted")
    world.put_back("accepted")
    ledger = sqlite3.connect(os.path.join(world.state, "ledger.db"))
    ledger.execute("PRAGMA user_version=1000")
    ledger.close()
    world.gate.posts = []
    for words in (("status", "--offline"), ("submit", world.homes["maple-street"]), ("recover",)):
        complains(world.run(*words), "newer atz", "1000")
    check(not world.gate.posts, "something was sent")
    return "1 newer ledger"


def restored_under_a_reader(world, _):
    """As long as somebody reads an older state of the ledger, what came after it can't be kept safe: nothing is done."""
    world.prepare("saved")
    world.put_back("saved")
    reader = sqlite3.connect(os.path.join(world.state, "ledger.db"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM cases").fetchone()
    decided(world)
    world.must("status", code=8)
    restore = ("ledger", "restore", "--replace", world.place.path("saved.db"))
    refused = world.place.run(*restore)
    check(refused.code == 11 and "reading the ledger" in refused.err and "help: " in refused.err, refused)
    ends_well(world)
    reader.close()
    check(world.place.run(*restore).code == 0, "it was restored once nobody read any more")
    check(world.place.run("ledger", "verify").code == 0, "the restored ledger is sound")
    return "1 restore under a reader"


def no_locks(world, _):
    """A folder whose locks are refused, or are granted to everyone, is refused."""
    calls.strace_or_skip()
    world.prepare("one home")
    count = 0
    for how, word in (("error=ENOLCK", "No locks available"), ("error=EOPNOTSUPP", "not supported"),
                      ("error=EACCES", "Permission denied"), ("retval=0", "do not exclude each other")):
        world.put_back("one home")
        world.gate.posts = []
        done, _ = calls.traced(world.words("submit", world.homes["maple-street"]),
                               ["-e", "trace=flock", "-e", f"inject=flock:{how}"], world.trace_file, world.place.folder,
                               world.place.environment, ())
        complains(Outcome(done), "ledger.lock", word, "local disk")
        check(not world.gate.posts, "something was sent")
        count += 1
    ends_well(world)
    return f"{count} folders that do not lock"


def pairs(world, number):
    """Two at once: one sends, the other finds the lock taken, or everything sent."""
    world.prepare("one home")
    met = 0
    for _ in range(number):
        world.put_back("one home")
        world.gate.posts = []
        both = [subprocess.Popen(world.words("submit", world.homes["maple-street"]), cwd=world.place.folder,
                                 env=world.place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True) for _ in range(2)]
        texts = [one.communicate(timeout=calls.SECONDS) for one in both]
        codes = sorted(one.returncode for one in both)
        met += 11 in codes
        sent = sum("sent to local" in out for out, _ in texts)
        busy = sum("Another atz" in err for _, err in texts)
        known = sum("nothing was sent now" in out for out, _ in texts)
        check(codes in ([0, 0], [0, 11]) and sent == 1 and busy + known == 1, codes, texts)
        check(sum(world.gate.posts) == 1, "messages", world.gate.posts)
        found = Findings()
        once_each(world, found)
        check(not found, found)
    return f"{number} pairs, in {met} of them one met the other"


def killed_holders(world, number):
    """One that holds the lock is killed: the next always gets in, while it lives nobody does."""
    world.prepare("one home")
    world.put_back("one home")
    for i in range(number):
        world.gate.fate, world.gate.posts = HOLDS, []
        world.gate.held.clear()
        first = subprocess.Popen(world.words("submit", world.homes["maple-street"]), cwd=world.place.folder,
                                 env=world.place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        check(world.gate.held.wait(calls.SECONDS), "it sent nothing")
        if i % 10 == 0:
            busy = world.run("recover")
            check(busy.code == 11 and f"process {first.pid}" in busy.err, busy)
        first.kill()
        first.wait()
        world.gate.release()
        world.gate.fate = ANSWERS
        if i % 10 == 0:
            ends_well(world)
        else:
            # What is unknown is settled under the lock, too.
            after = world.run("recover", "--resend")
            check(after.code == 0, "the next did not get in", after)
        world.put_back("one home")
    return f"{number} killed holders of the lock"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("atz")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", action="append", help="a part, by its name; may be repeated")
    given = parser.parse_args()
    calls.strace_or_skip()
    long = given.long
    parts = [(short_writes, 400 if long else 16), (little_memory, 300 if long else 12), (lost_output, 0), (modes, 0),
             (newer, 0), (restored_under_a_reader, 0), (no_locks, 0), (pairs, 100 if long else 10),
             (killed_holders, 1000 if long else 50), (damage.truncated, 1 if long else 8),
             (damage.flipped, 8 if long else 0), (mounts.read_only, 0), (mounts.full, 60 if long else 6)]
    counts, failed = [], 0
    for part, number in parts:
        if given.only and part.__name__ not in given.only:
            continue
        world = World(given.root, given.atz)
        try:
            counts.append(part(world, number))
        except AssertionError as error:
            failed += 1
            print(f"{part.__name__}: {error}", flush=True)
        finally:
            world.close()
    print(f"storage faults: {'; '.join(counts)}; {failed} parts failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
