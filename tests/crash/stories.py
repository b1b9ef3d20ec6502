"""Which commands are struck, in which situation, and what has to be true in the end."""
import json

from gate import ANSWERS, FATES, LOSES, REFUSES
from world import HOMES, LABELS, Embedded, World

GOOD_CODES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11)


class Findings:
    def __init__(self):
        self.duplicates, self.losses, self.others = 0, 0, []

    def add(self, what, *more):
        self.others.append(" | ".join(str(part) for part in (what, *more)))

    def __bool__(self):
        return bool(self.duplicates or self.losses or self.others)

    def __str__(self):
        return f"{self.duplicates} duplicates, {self.losses} losses; " + "; ".join(self.others)


def once_each(world, found, homes=HOMES):
    """Every member has one case at the payer, and the ledger tells of it what the payer tells."""
    held = world.payer_cases()
    for home in homes:
        for label in LABELS:
            count = sum((home, label) == row[:2] for row in held)
            found.duplicates += max(0, count - 1)
            found.losses += count == 0
    accepted, open_ones = world.ledger_cases()
    if open_ones:
        found.add("the ledger still calls open", open_ones)
    if accepted != held:
        found.losses += len(set(held) - set(accepted))
        found.add("the ledger says", accepted, "the payer", held)


def audit(world, found):
    if not world.audits:
        return
    for words in (("ledger", "verify"), ("log", "--verify")):
        done = world.place.run(*words)
        if done.code != 0:
            found.add(" ".join(words), done)


def expect(done, found, what, codes=(0,)):
    if done.code not in codes:
        found.add(what, done)
    return done


def recover(world, found):
    done = world.run("recover")
    if done.code == 6:
        done = world.run("recover", "--resend")
    expect(done, found, "recover")


def submit_again(world, found):
    """It may have something to send, once."""
    words = ("submit", "--format", "json", world.homes["maple-street"])
    again = expect(world.run(*words), found, "the second submit")
    if again.code == 0 and json.loads(again.out)["sent"]:
        third = expect(world.run(*words), found, "the third submit")
        if third.code == 0 and json.loads(third.out)["sent"]:
            found.add("the third submit sent something")


def after_submit(world, run, found):
    if run.code == 0 and not run.killed:
        told = {(one["member"], one["case_id"]) for one in json.loads(run.out)["cases"]}
        held = {row[1:3] for row in world.payer_cases() if row[0] == "maple-street"}
        if told != held:
            found.add("submit told of", told, "the payer holds", held)
    recover(world, found)
    submit_again(world, found)


def after_recover(world, _, found):
    recover(world, found)
    submit_again(world, found)


def after_status(world, run, found):
    """Every decision has been told, by the run that was struck or by the next."""
    again = expect(world.run("status", "--changes"), found, "the second status", (0, 1))
    for label in LABELS:
        if world.case_of(label) not in run.out + again.out:
            found.losses += 1
            found.add("nobody was told of the decision about", label)


def after_receive(world, run, found):
    again = expect(world.run("receive"), found, "the second receive", (0, 1))
    third = expect(world.run("receive"), found, "the third receive")
    changes = expect(world.run("status", "--changes", "--offline"), found, "status", (0, 1))
    for label in LABELS:
        if world.case_of(label) not in run.out + again.out + third.out + changes.out:
            found.losses += 1
            found.add("nobody was told of the change of", label)


def after_message(repeat, before, status):
    """What is sent about a case arrives once, and a second one is not needed."""

    def settle(world, _, found):
        recover(world, found)
        expect(world.run(*repeat(world)), found, "the second time", (0, 1))
        taken = world.messages(world.case_of("B")) - before(world)
        found.duplicates += max(0, taken - 1)
        found.losses += taken < 1
        world.run("status")
        held = next(row[3] for row in world.payer_cases() if row[:2] == ("maple-street", "B"))
        if held != status:
            found.add("the case is", held)

    return settle


def after_restore(world, run, found):
    """It was there, and is there whole: before and after nothing is sent twice."""
    submit_again(world, found)


def after_rekey(world, run, found):
    """In the middle of a change of keys everything can be read, and the same command ends it."""
    submit_again(world, found)
    expect(world.run("status"), found, "status", (0, 1, 8))
    expect(world.place.run("ledger", "rekey"), found, "the second rekey")
    verified = expect(world.place.run("ledger", "verify", "--format", "json"), found, "verify")
    if verified.code == 0 and json.loads(verified.out)["key_is_changing"]:
        found.add("the key is still being changed")
    submit_again(world, found)
    expect(world.run("status"), found, "status afterwards", (0, 1, 8))


def respond(world):
    return ["respond", world.case_of("B"), "--attach", world.place.path("plan.pdf"), "--type", "person-centered-plan",
            "--note", "the page that was missing"]


def cancel(world):
    return ["cancel", world.case_of("B"), "--reason", "not needed any more"]


def one_message(_):
    return 1  # the request itself


class Story:
    """`only`: files in the state folder; points are the calls that are about them."""

    def __init__(self, name, start, arguments, settle, fates=(ANSWERS,), homes=HOMES, world=World, only=()):
        self.name, self.start, self.arguments, self.settle = name, start, arguments, settle
        self.fates, self.homes, self.world, self.only = fates, homes, world, only

    def words(self, world):
        arguments = self.arguments(world)
        return [world.atz, *arguments] if arguments[0] == "ledger" else world.words(*arguments)

    def judge(self, world, run, point):
        """What is wrong after this run, once everything has been done that a user would do."""
        found = Findings()
        if not run.killed:
            if run.code not in GOOD_CODES:
                found.add("it ended with a code that means nothing", run)
            # What can't be said can't be said; a complaint about it may be what fails.
            elif run.code != 0 and not run.err.strip() and not run.out.strip() and not point.prints:
                found.add("it failed without a word", run)
            if point.prints and point.text.startswith("1<") and run.injected and run.code == 0:
                found.add("it calls itself done, but its output is lost", run)
        try:
            self.settle(world, run, found)
            once_each(world, found, self.homes)
            audit(world, found)
        except (AssertionError, ValueError, KeyError, StopIteration) as error:
            found.add(type(error).__name__, error, run)
        return found


def submit(world):
    return ["submit", "--format", "json", world.homes["maple-street"]]


STORE = ("sandbox.db", "sandbox.db-wal", "sandbox.db-journal", "sandbox-clock")

STORIES = [
    Story("submit", "one home", submit, after_submit, FATES),
    Story("first submit", "nothing", submit, after_submit, (ANSWERS, LOSES), homes=("maple-street",)),
    Story("recover", "answer lost", lambda world: ["recover"], after_recover),
    Story("recover --resend", "message lost", lambda world: ["recover", "--resend"], after_recover,
          (ANSWERS, LOSES, REFUSES)),
    Story("status", "decided", lambda world: ["status", "--changes"], after_status),
    Story("respond", "asked", respond, after_message(respond, one_message, "in_review"), (ANSWERS, LOSES, REFUSES)),
    Story("cancel", "accepted", cancel, after_message(cancel, one_message, "voided"), (ANSWERS, LOSES, REFUSES)),
    Story("receive", "told", lambda world: ["receive"], after_receive),
    Story("ledger restore", "saved", lambda world: ["ledger", "restore", world.place.path("saved.db")], after_restore),
    Story("ledger rekey", "accepted", lambda world: ["ledger", "rekey"], after_rekey, world=Embedded),
    # The embedded payer is killed in the middle of its own commit.
    Story("embedded submit", "one home", submit, after_submit, world=Embedded, only=STORE),
    Story("embedded first submit", "nothing", submit, after_submit, homes=("maple-street",), world=Embedded, only=STORE),
]
