"""atz and a payer of its own, whose states can be put back to what they were in a moment."""
import json
import os
import shutil
import sqlite3
import tempfile

import calls  # noqa: F401 finds the module below
from gate import ANSWERS, Gate, NoGate
from program import DAY, Place, check

MEMORY = "/dev/shm"  # syncs to it cost nothing, and a killed program needs no more: what it wrote is with the kernel
LEAST_FREE = 256 << 20
HOMES = ("oak-street", "maple-street")
LABELS = ("A", "B", "C")


def in_memory():
    """A folder for what a test writes: in memory where there is room."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > LEAST_FREE:
        tempfile.tempdir = MEMORY


class World:
    """A state folder of atz, a payer behind a gate, and snapshots of both, by name."""

    profile = "local"

    def __init__(self, root, atz):
        in_memory()
        self.place = Place(root, atz)
        self.atz = self.place.atz
        self.state = self.place.path("state")
        self.prepared = set()
        self.trace_file = self.place.path("trace")
        with open(f"{root}/examples/maple-street.yaml", encoding="utf-8") as handle:
            home = handle.read()
        self.homes = {"maple-street": self.place.write("maple-street.yaml", home)}
        other = home.replace("id: maple-street", "id: oak-street").replace("990000", "991000")
        self.homes["oak-street"] = self.place.write("oak-street.yaml", other)
        self.place.write("plan.pdf", "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
        self.gate, self.store = self.open_payer()
        self.audits = "ledger verify" in self.place.run("ledger", "verify", "--help").out

    def open_payer(self):
        profile, base, _ = self.place.serve()
        gate = Gate(base)
        text = profile.replace(base, gate.base).replace("replay_safe: true", "replay_safe: false")
        self.place.write("config/profiles.yaml", text)
        return gate, self.place.path("payer/sandbox.db")

    def close(self):
        self.gate.close()
        self.place.__exit__()

    def words(self, *words):
        return [self.atz, *words, "--profile", self.profile, "--as-of", DAY]

    def run(self, *words):
        return self.place.run(*self.words(*words)[1:])

    def run_plain(self, *words):
        return self.place.run(*words)

    def must(self, *words, code=0):
        done = self.run(*words)
        check(done.code == code, words, done)
        return done

    def desk(self, *words):
        """The payer's reviewers."""
        done = self.place.run("sandbox", *words, ATZ_STATE_DIR=self.place.path("payer"))
        check(done.code == 0, words, done)
        return done

    def submit(self, home="maple-street", fate=ANSWERS, code=0):
        self.gate.fate = fate
        done = self.must("submit", self.homes[home], code=code)
        self.gate.fate = ANSWERS
        return done

    def keep(self, name):
        """What both know now, under a name."""
        shutil.rmtree(self.place.path(f"kept/{name}"), ignore_errors=True)
        os.makedirs(self.place.path("kept"), exist_ok=True)
        if os.path.exists(self.state):
            shutil.copytree(self.state, self.place.path(f"kept/{name}"))
        self.keep_payer(name)

    def put_back(self, name):
        self.gate.settle()
        self.gate.fate = ANSWERS
        shutil.rmtree(self.state, ignore_errors=True)
        if os.path.exists(self.place.path(f"kept/{name}")):
            shutil.copytree(self.place.path(f"kept/{name}"), self.state)
        self.put_payer_back(name)

    def keep_payer(self, name):
        self._copy(self.store, self.place.path(f"kept/{name}.db"))

    def put_payer_back(self, name):
        self._copy(self.place.path(f"kept/{name}.db"), self.store)

    @staticmethod
    def _copy(source, target):
        """Also under the eyes of the server that has the file open: a transaction like any other."""
        there, here = sqlite3.connect(source), sqlite3.connect(target, timeout=60)
        here.execute("PRAGMA synchronous=OFF")
        there.backup(here)
        there.close()
        here.close()

    def ask_store(self, question, *values):
        if not os.path.exists(self.store):
            return []
        store = sqlite3.connect(self.store, timeout=60)
        try:
            return store.execute(question, values).fetchall()
        finally:
            store.close()

    def payer_cases(self):
        """Home, member, Case ID and status of everything that the payer holds."""
        return self.ask_store("SELECT home_id, label, case_id, status FROM cases ORDER BY home_id, label, case_id")

    def messages(self, case_id):
        """How many messages about a case the payer has taken."""
        return self.ask_store("SELECT count(*) FROM messages WHERE case_id = ?", case_id)[0][0]

    def ledger_cases(self):
        """The same as the ledger tells it, of what it calls accepted; and all that it calls open."""
        listed = json.loads(self.must_list().out)["cases"]
        accepted = [(one["home"], one["member"], one["case_id"], one["status"]) for one in listed
                    if one["delivery"] == "accepted"]
        return sorted(accepted), [one for one in listed if one["delivery"] in ("sending", "unknown")]

    def must_list(self):
        done = self.run("status", "--offline", "--all", "--format", "json")
        check(done.code in (0, 1, 6, 8), "status --offline", done)
        return done

    def prepare(self, name):
        """Makes the snapshot of that name, once, from the one it starts from."""
        if name in self.prepared:
            return
        steps, start = PREPARED[name]
        if start is not None:
            self.prepare(start)
            self.put_back(start)
        steps(self)
        self.keep(name)
        self.prepared.add(name)

    def case_of(self, label, home="maple-street"):
        return next(case for where, who, case, _ in self.payer_cases() if (where, who) == (home, label))


class Embedded(World):
    """The payer is in the program: what kills one kills both."""

    profile = "sandbox"

    def open_payer(self):
        return NoGate(), os.path.join(self.state, "sandbox.db")

    def keep_payer(self, name):
        pass  # it is in the state folder

    def put_payer_back(self, name):
        pass


def decided(world):
    world.desk("review", "maple-street", "--auto")


def asked(world):
    world.desk("ask", world.case_of("B"), "--text", "The plan, please.", "--kind", "person-centered-plan")
    world.must("status", code=1)


def saved(world):
    done = world.place.run("ledger", "backup", world.place.path("saved.db"))
    check(done.code == 0, done)


def told(world):
    folder = os.path.join(world.state, "notifications")
    world.desk("notify", folder)
    world.desk("review", world.case_of("A"), "approve")
    world.desk("review", world.case_of("B"), "deny", "--note", "no plan found")
    world.desk("ask", world.case_of("C"), "--text", "Who sleeps in?")
    world.desk("notify", "--off")


# Name: what leads to it, and from where.
PREPARED = {
    "nothing": (lambda world: None, None),
    "one home": (lambda world: world.submit("oak-street"), "nothing"),
    "answer lost": (lambda world: world.submit(fate="loses", code=6), "one home"),
    "message lost": (lambda world: world.submit(fate="refuses", code=6), "one home"),
    "accepted": (lambda world: world.submit(), "one home"),
    "decided": (decided, "accepted"),
    "asked": (asked, "accepted"),
    "told": (told, "accepted"),
    "saved": (saved, "accepted"),
}
