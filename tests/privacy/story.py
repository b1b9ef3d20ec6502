"""The life of a home's cases, with canaries in it."""
import json
import os
import re
import subprocess

from broken import broken_files
from canaries import PEOPLE, SECRET, STRANGER, TEXT, Canary, everything_about, with_canaries
from middle import talkative
from payers import talkative_payers
from place import check
from signing import secrets_of_signing_in

FIRST, DECIDED, LATER = "2026-01-04", "2026-01-08", "2027-01-11"
CASES = {"900000201": "900000101", "900000202": "900000102", "900000203": "900000103"}
FORMATS = ("human", "concise", "json", "jsonl", "sarif", "junit", "github")
MACHINES = FORMATS[1:]
PHI = ("personal", "free text")


class Story:
    def __init__(self, root, place, whole):
        self.root, self.place, self.whole = root, place, whole
        self.run = place.run
        self.untraceable = not place.traced

    @staticmethod
    def explained(place):
        return json.loads(place.run("explain", "--format", "json", traced=False, look=False).out)

    def secret(self, name, value):
        canary = Canary(name, value, SECRET)
        self.place.searcher.add(canary)
        return canary.value

    def expect(self, codes, *words, **more):
        done = self.run(*words, **more)
        check(done.code in (codes if isinstance(codes, tuple) else (codes,)), words, done)
        return done

    def example(self, name):
        with open(f"{self.root}/examples/{name}", encoding="utf-8") as handle:
            text = handle.read()
        for old, new in CASES.items():
            text = text.replace(old, new)
        return with_canaries(text.replace("documents/", f"{self.root}/examples/documents/"))

    def tell(self):
        self.first_authorization()
        if not self.whole:
            self.place.traced = False  # from here on what is left behind is enough for the standard tests
        self.papers()
        self.second_year()
        self.care_of_the_ledger()
        self.questions()
        talkative_payers(self)
        secrets_of_signing_in(self)
        broken_files(self)
        self.other_commands()

    def first_authorization(self):
        demo = self.expect(0, "new", "home", "--demo", "--as-of", FIRST, "--id", "maple-street").out
        self.home_text = with_canaries(demo)
        self.home = self.place.write("desk/home.yaml", self.home_text)
        for kind in FORMATS if self.whole else ("human", "json", "sarif"):
            self.expect(0, "check", "--as-of", FIRST, "--format", kind, self.home, own_lines=kind == "human", shows=(TEXT,))
        self.expect(0, "plan", "--as-of", FIRST, self.home)
        self.expect(0, "plan", "--as-of", FIRST, "--format", "json", self.home)
        self.expect(0, "plan", "--as-of", FIRST, "--bundle", self.place.path("asked/bundle.json"), self.home)
        bundle = self.place.read("asked/bundle.json")
        for label, person in PEOPLE.items():
            for path, canary in person.items():
                if not path.startswith(("members[].order", "members[].planning", "because")):
                    check(any(needle.encode() in bundle.lower() for needle in canary.needles), "not in the request", path, label)
        self.expect(0, "submit", "-v", "--as-of", FIRST, self.home)
        key = self.place.read("state/key")
        check(len(key) == 32, "the ledger's key")
        self.place.searcher.add_bytes(Canary("the ledger's key", "-----", SECRET, ["-----"]), key)
        self.expect(0, "submit", "-v", "--as-of", FIRST, self.home)
        self.expect(8, "status", "-v")
        self.expect((0, 8), "status", "--format", "json", "--offline")
        self.expect(0, "recover", "-v")
        self.expect(0, "doctor", "--format", "json")
        self.expect(0, "sandbox", "review", "--as-of", DECIDED, "maple-street", "--auto")
        self.expect((0, 1), "status", "--changes")

    def papers(self):
        asked = self.place.path("asked")
        self.expect(0, "show", "900000101", shows=(TEXT,))
        self.expect(0, "show", "900000101", "--format", "json", shows=(TEXT,))
        self.expect(0, "show", "900000102", "--show-phi", shows=PHI)
        for ending in ("html", "pdf"):
            self.expect(0, "show", "900000103", "-o", f"{asked}/case.{ending}")
        info = self.tool("pdfinfo", f"{asked}/case.pdf")
        self.place.look("metadata of a printed case", info)
        text = self.tool("pdftotext", f"{asked}/case.pdf", "-")
        check(b"qzvbblastc" in text.lower(), "a printed case names its member", text[:500])
        for ending in ("pdf", "svg", "png"):
            self.expect(0, "staffing", "--as-of", FIRST, "-o", f"{asked}/week.{ending}", self.home)
            self.place.look(f"week.{ending}", self.place.read(f"asked/week.{ending}"))
        self.place.look("the week as text", self.tool("pdftotext", f"{asked}/week.pdf", "-"))
        self.place.look("metadata of the week", self.tool("pdfinfo", f"{asked}/week.pdf"))
        self.expect(0, "staffing", "--as-of", FIRST, self.home)
        for kind in ("table", "csv", "json", "html"):
            self.expect(0, "report", "daily", "--date", DECIDED, "--format", kind)
        self.expect(0, "report", "daily", "--date", DECIDED, "--payer")
        self.expect(0, "report", "daily", "--date", DECIDED, "--format", "csv", "--show-phi", shows=PHI)
        last = PEOPLE["A"]["members[].name.last"].value
        self.place.write("desk/report.csv", "Case ID,Member Last Name,Member First Name,DOB,Status,Status Date\n"
                         f'900000101,"{last.replace(chr(34), chr(34) * 2)}",{STRANGER.value},05/11/1931,Approved,2026-01-08\n'
                         f"900000999,{STRANGER.value},X,05/11/1931,{STRANGER.value},2026-01-08\n")
        self.expect((0, 1), "report", "import", "report.csv")
        self.expect((0, 1), "report", "import", "report.csv", "--format", "json")
        self.place.write("desk/broken.csv", f"Case,{STRANGER.value}\n900000101,{last}\n")
        self.run("report", "import", "broken.csv")
        self.expect(0, "due", "--within", "400d")
        self.expect(0, "due", "--within", "400d", "--ics", f"{asked}/due.ics")
        self.place.look("the calendar", self.place.read("asked/due.ics"))
        self.expect(0, "sandbox", "letters")
        self.expect(0, "sandbox", "letters", "--show-phi", shows=PHI)
        self.expect(0, "sandbox", "letters", "--format", "json")
        self.expect(0, "member", "find", "--id", PEOPLE["A"]["members[].id"].value)
        self.expect(0, "member", "find", "--id", PEOPLE["A"]["members[].id"].value, "--show-phi", shows=PHI)
        person = PEOPLE["B"]
        for born in (person["members[].born"].value, "1931-06-12", PEOPLE["C"]["members[].born"].value):
            self.run("member", "find", "--last", person["members[].name.last"].value, "--born", born)
        for name in sorted(os.listdir(asked)):
            mode = os.stat(f"{asked}/{name}").st_mode & 0o7777
            check(mode == 0o600, "mode of what was asked for", name, f"{mode:04o}")

    def second_year(self):
        self.expect(0, "new", "extension", "--from", "maple-street", "--as-of", LATER, "-o", self.place.path("asked/extension.yaml"))
        self.extension = self.place.write("desk/extension.yaml", self.example("maple-street-extension.yaml"))
        self.expect((0, 1), "check", "--as-of", LATER, "--format", "json", self.extension, shows=(TEXT,))
        self.expect(0, "submit", "--as-of", LATER, self.extension)
        self.expect(0, "sandbox", "review", "maple-street", "approve")
        self.expect(0, "status", "--format", "json")
        self.add_on = self.place.write("desk/add-on.yaml", self.example("maple-street-add-on.yaml"))
        self.expect(0, "submit", "--as-of", "2027-01-12", self.add_on)
        self.expect(0, "sandbox", "review", "900000103", "approve")
        self.expect(0, "status")
        self.expect(0, "show", "900000103", shows=(TEXT,))

    def care_of_the_ledger(self):
        copy = self.place.path("asked/ledger.db")
        for words in (("log",), ("log", "--format", "json"), ("log", "900000101"), ("log", "--verify"), ("ledger", "verify"),
                      ("ledger", "verify", "--format", "json"), ("ledger", "export"),
                      ("ledger", "export", "--show-phi", "-o", self.place.path("asked/ledger.json")), ("ledger", "backup", copy)):
            self.expect(0, *words)
        self.place.look("a backup", self.place.read("asked/ledger.db"))
        self.run("ledger", "restore", copy)
        # The key that was given up is nowhere any more, and nothing is left open on the way to the new one.
        before = self.place.read("state/key")
        # On the way the key file holds both keys, and nothing else does; so what is left counts.
        self.expect(0, "ledger", "rekey", traced=False)
        after = self.place.read("state/key")
        check(len(after) > 32 and after != before, "a new key")
        self.place.look("the new key", after)
        self.place.search()
        self.place.searcher.add_bytes(Canary("the ledger's second key", "-----", SECRET, ["-----"]), after[6:38])
        self.expect(0, "ledger", "verify")
        self.expect((0, 1, 8), "status", "--offline")
        self.run("ledger", "restore", "--replace", copy)

    def questions(self):
        self.fresh("second")
        self.expect(0, "sandbox", "notify", self.place.path("asked/inbox"))
        self.expect(0, "submit", "--as-of", FIRST, self.home)
        self.expect(0, "sandbox", "ask", "900000101", "--text", "Who sleeps in at night?", "--by-update")
        self.expect(0, "sandbox", "ask", "900000102", "--text", "The plan, please", "--kind", "person-centered-plan")
        self.expect(1, "status")
        # A payer that quotes people in what it tells by itself.
        inbox = self.place.path("asked/inbox")
        for name in os.listdir(inbox):
            told = talkative(json.loads(self.place.read(f"asked/inbox/{name}")), everything_about("A"))
            self.place.write(f"asked/inbox/{name}", json.dumps(told))
        self.place.write("asked/inbox/garbage.json", everything_about("B"))
        self.run("receive", inbox)
        self.run("status", "--offline")
        self.place.write("desk/answers.json", json.dumps({"3.1.1": PEOPLE["A"]["answer"].value}))
        self.expect(0, "questionnaire", "fill", self.home, "--member", "A", "--answers", "answers.json")
        # A document named after its member: the name is kept out of what is printed.
        named = f"plan-{PEOPLE['B']['members[].name.last'].needles[0]}.pdf"
        with open(f"{self.root}/examples/documents/notice-0001.pdf", "rb") as handle:
            self.place.write(f"desk/{named}", handle.read())
        self.run("respond", "900000102", "--attach", named, "--type", "person-centered-plan", "--note",
                 everything_about("B"))
        self.run("respond", "900000101", "--answer", f"3.1.1={PEOPLE['A']['answer'].value}", "--note", "as phoned")
        self.run("cancel", "900000103", "--reason", everything_about("C"))
        self.expect((0, 1, 8), "status", "--format", "json", "--all")
        self.expect(0, "show", "900000102", shows=(TEXT,))
        with_document = re.sub(r"^(attest: )", f"documents:\n  - {{file: {named}, type: person-centered-plan, member: B}}\n\\1",
                               self.home_text, flags=re.MULTILINE)
        self.place.write("desk/with-document.yaml", with_document)
        self.expect((0, 1), "check", "--as-of", FIRST, "--format", "json", "with-document.yaml", shows=(TEXT,))
        self.expect((0, 1), "plan", "--as-of", FIRST, "with-document.yaml")

    def fresh(self, name):
        """From here on the program has another state; what is in the first stays to be searched."""
        old, new = self.place.path("state"), self.place.path(f"home/{name}")
        os.rename(old, new)
        os.makedirs(old, 0o700)

    def tool(self, *words):
        done = subprocess.run(words, capture_output=True, check=False)
        check(done.returncode == 0, words, done.stderr)
        return done.stdout

    def other_commands(self):
        asked = self.place.path("asked")
        member = PEOPLE["A"]["members[].id"].value
        # A file from standard input, a folder instead of a file, and files that are none of ours.
        self.run("check", "--as-of", FIRST, "--format", "concise", "-", stdin=self.home_text.encode(), own_lines=True, shows=(TEXT,))
        os.makedirs(self.place.path("desk/folder.yaml"), exist_ok=True)
        self.run("check", "folder.yaml")
        self.run("submit", "folder.yaml")
        for name, content in (("not-yaml.yaml", b"\xff\xfe\0" + self.home_text.encode()),
                              ("half.yaml", self.home_text[:len(self.home_text) // 3].encode())):
            self.place.write(f"desk/{name}", content)
            for command in (("check", "--format", "json"), ("plan",), ("submit",), ("staffing",)):
                self.run(*command, "--as-of", FIRST, name, own_lines=True, shows=(TEXT,))
        self.run("member", "find", "--id", member + "7")
        self.run("member", "find", "--last", PEOPLE["A"]["members[].name.last"].value, "--born", "1931-99-99")
        self.run("show", "900000999")
        self.run("respond", "900000101", "--attach", "missing.pdf", "--type", "person-centered-plan")
        # As above, on a disk that refuses to be written to, and with a key that is gone.
        for words in (("show", "900000101", "-o", "/proc/case.html"), ("report", "daily", "-o", "/proc/report.csv"),
                      ("plan", "--as-of", FIRST, "--bundle", "/proc/bundle.json", self.home)):
            self.run(*words)
        os.rename(self.place.path("state/key"), f"{asked}/key")
        for words in (("status",), ("show", "900000101"), ("submit", "--as-of", FIRST, self.home), ("doctor",)):
            self.run(*words)
        os.rename(f"{asked}/key", self.place.path("state/key"))
        # The rest of what prints.
        for words in (("explain", "members[].born"), ("schema", "home"), ("profile", "list"), ("profile", "show"),
                      ("codes", "find", "F71"), ("sandbox", "clock", "show"), ("questionnaire", "list"),
                      ("new", "smi-termination", "--demo"), ("completion", "bash")):
            self.run(*words)
