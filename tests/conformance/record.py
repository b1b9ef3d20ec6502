"""Plays whole lives of cases, the real atz against the real embedded payer over HTTP, and keeps every message.
usage: record.py SOURCE-FOLDER ATZ FOLDER [--pas-version VERSION]"""
import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import kinds
import recorder

DOCUMENT = "examples/documents/notice-0001.pdf"


class Life:
    """An agency and its payer: a state folder, a served payer, and a recording proxy between them."""

    def __init__(self, source, atz, record, day, serve=(), profile=()):
        self.source, self.atz, self.record = source, atz, record
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="atz-record-"))
        (self.folder / "config").mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "HOME": str(self.folder),
            "ATZ_STATE_DIR": str(self.folder / "state"),
            "ATZ_CONFIG_DIR": str(self.folder / "config"),
        }
        self.profile = profile
        self.server = self.proxy = None
        self.serve("--as-of", day, *serve)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)

    def stop(self):
        if self.proxy:
            self.proxy.close()
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=20)
            self.server.stdout.close()
        self.server = self.proxy = None

    def serve(self, *options):
        self.stop()
        talk = self.folder / "serve.err"
        with open(talk, "w", encoding="utf-8") as err:
            self.server = subprocess.Popen(
                [self.atz, "sandbox", "serve", *options],
                env=self.environment,
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
            )
        printed = ""
        while "min_inquiry_interval" not in printed:
            line = self.server.stdout.readline()
            if not line:
                sys.exit(f"atz sandbox serve {' '.join(options)}: ended at once\n{talk.read_text(encoding='utf-8')}")
            printed += line
        self.base_url = printed.split("base_url: ")[1].split()[0]
        self.proxy = recorder.Proxy(self.base_url, self.record)
        own = self.base_url.split("/")[2]
        self.proxied_url = self.base_url.replace(own, self.proxy.address)
        named = {line.split(":")[0] for line in self.profile}
        lines = [line for line in printed.replace(own, self.proxy.address).splitlines() if line.strip().split(":")[0] not in named]
        text = "\n".join(lines) + "\n" + "".join(f"  {line}\n" for line in self.profile)
        (self.folder / "config/profiles.yaml").write_text(text, encoding="utf-8")

    def run(self, *words, code=0):
        done = subprocess.run(
            [self.atz, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120
        )
        if code is not None and done.returncode != code:
            sys.exit(f"atz {' '.join(words)}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")

    def call(self, *words, code=0):
        self.run(words[0], "--profile", "local", *words[1:], code=code)

    def get(self, path):
        """Any other client's call, through the proxy; what comes back is only recorded."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with contextlib.suppress(urllib.error.HTTPError):
            direct.open(self.proxied_url + path, timeout=60).read()

    def keep_notifications(self, folder):
        """What the payer left for a gateway to hand over. The bundle inside is an answer as to an inquiry."""
        if "notification" not in kinds.expected(self.record.version):
            return
        for file in sorted(pathlib.Path(folder).rglob("*.json")):
            self.record.keep(file.read_bytes(), "payer", f"notification {file.name}", "inquiry")

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.path(name)

    def example(self, name, *edits):
        """A file of the examples, for the Case IDs that this payer gives out."""
        text = (self.source / "examples" / name).read_text(encoding="utf-8")
        for ours, theirs in (("900000201", "900000101"), ("900000202", "900000102"), ("900000203", "900000103")):
            text = text.replace(ours, theirs)
        text = text.replace("documents/", f"{self.source}/examples/documents/")
        for before, after in edits:
            if before not in text:
                sys.exit(f"examples/{name} no longer holds: {before}")
            text = text.replace(before, after)
        return self.write(name, text)

    def first_year(self):
        self.run("new", "home", "--demo", "--as-of", "2026-01-04", "-o", self.path("home.yaml"))
        self.call("submit", "--as-of", "2026-01-04", self.path("home.yaml"))
        self.run("sandbox", "review", "--as-of", "2026-01-08", "maple-street", "approve")
        self.call("status", "--as-of", "2026-01-08")


def first_requests(life):
    """In review, a question and its answer, three decisions, a search for a member."""
    life.run("sandbox", "notify", life.path("told"))
    life.call("submit", "--as-of", "2026-12-07", life.example("maple-street.yaml"))
    life.call("status", code=8)
    life.run("sandbox", "ask", "900000102", "--text", "The page on nights.", "--kind", "person-centered-plan", "--line", "1")
    life.call("status", code=1)
    shutil.copy(life.source / DOCUMENT, life.path("page.pdf"))
    life.call("respond", "900000102", "--attach", life.path("page.pdf"), "--type", "person-centered-plan", "--note", "Page 7.")
    life.run("sandbox", "review", "900000101", "partial", "--hours", "60", "--note", "Evenings are shared.")
    life.run("sandbox", "review", "900000102", "approve")
    life.run("sandbox", "review", "900000103", "deny", "--note", "No plan was found.")
    life.call("status", code=1)
    life.keep_notifications(life.path("told"))
    life.call("member", "find", "--id", "99000001A")
    life.call("member", "find", "--id", "99000077A", code=1)
    for path in ("/metadata", "/nothing-of-that-name"):
        life.get(path)


def extension_and_add_on(life):
    """A further line under the same case, a Medical Add-On, and the withdrawal of both."""
    life.first_year()
    extension = life.example("maple-street-extension.yaml")
    life.call("submit", "--as-of", "2027-01-11", extension)
    life.call("status", code=8)
    life.run("sandbox", "review", "900000102", "partial", "--hours", "85", "--note", "One hour is shared with A.")
    life.run("sandbox", "review", "900000101", "approve")
    life.run("sandbox", "review", "900000103", "approve")
    life.call("status", code=1)
    life.call("submit", "--as-of", "2027-01-12", life.example("maple-street-add-on.yaml"))
    life.call("status", code=None)
    life.call("cancel", "900000103", "--reason", "the order was withdrawn")
    life.call("status", "--all", code=None)


def extension_in_place(life):
    life.first_year()
    life.call("submit", "--as-of", "2027-01-11", life.example("maple-street-extension.yaml"))
    life.run("sandbox", "review", "--as-of", "2027-01-20", "900000101", "approve")
    life.run("sandbox", "review", "900000102", "deny", "--note", "The plan does not show it.")
    life.call("status", code=1)


def extension_by_number(life):
    """The Claims of the first year are not held here; one of the requests is voided by the reviewers."""
    life.first_year()
    for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm"):
        (life.folder / "state" / name).unlink(missing_ok=True)
    life.call("submit", "--as-of", "2027-01-11", life.example("maple-street-extension.yaml"))
    life.call("status", code=8)
    life.run("sandbox", "review", "900000103", "void", "--note", "Sent twice.")
    life.call("status", "--all", code=None)


def termination(life):
    life.call("submit", "--as-of", "2026-12-01", life.example("lantern-termination.yaml"))
    life.run("sandbox", "review", "--as-of", "2026-12-03T10:00", "900000101", "unanswered")
    life.call("status", code=8)
    life.run("sandbox", "review", "900000101", "agrees")
    life.call("status")


def decided_at_once(life):
    """A script decides what comes in, so that the decisions stand in the answers to the requests themselves."""
    life.call("submit", "--as-of", "2026-12-07", life.example("maple-street.yaml"), code=None)
    life.call("respond", "900000102", "--answer", "3.1.1=Gets up twice a night.", "--note", "As phoned.")
    life.call("cancel", "900000102", "--reason", "sent by mistake")
    life.call("status", "--all", code=None)


SCRIPT = """
- match: {member: A}
  decision: partial
  hours: 60.00
  note: Evenings are shared.
- match: {member: B}
  decision: ask
  note: Who sleeps in at night?
  due: 3d
- match: {member: C}
  decision: deny
  note: No plan was found.
"""


def lost_answer(life):
    """An inquiry tells what became of the request."""
    life.call("submit", "--as-of", "2026-12-07", life.example("maple-street.yaml"), code=6)
    life.call("recover")
    life.call("status", code=None)


def lost_request(life):
    """An inquiry finds nothing; what is sent again is approved at once."""
    life.call("submit", "--as-of", "2026-12-07", life.example("maple-street.yaml"), code=6)
    life.call("recover", code=6)
    life.call("recover", "--resend")


def refused(life):
    """The payer does not know member C: as a transaction nobody is taken, as a batch the others are."""
    life.call("submit", "--as-of", "2026-12-07", life.example("maple-street.yaml"), code=9)


def refused_in_a_batch(life):
    life.call("submit", "--as-of", "2026-12-07", life.example("maple-street.yaml"), code=7)


MEMBERS = """id,last,first,born,gender
99000001A,Sampleton,Testa,1988-02-29,female
99000002A,Placeholder,Fakename,1979-06-01,male
"""


def play(source, atz, record, style):
    with tempfile.TemporaryDirectory(prefix="atz-record-") as folder:
        given = {"script": SCRIPT, "approve": "- decision: approve\n", "members": MEMBERS}
        files = {name: f"{folder}/{name}" for name in given}
        for name, text in given.items():
            pathlib.Path(files[name]).write_text(text, encoding="utf-8")
        stories = (
            (first_requests, "2026-12-07", (), ()),
            (extension_and_add_on, "2026-01-04", (), ()),
            (extension_in_place, "2026-01-04", (), ("update_style: in-place",)),
            (extension_by_number, "2026-01-04", (), ()),
            (termination, "2026-12-01", (), ("smi_termination_agreed: yes",)),
            (decided_at_once, "2026-12-07", ("--script", files["script"]), ("answer_by: update",)),
            (lost_answer, "2026-12-07", ("--fault", "drop-after"), ("replay_safe: false",)),
            (lost_request, "2026-12-07", ("--script", files["approve"], "--fault", "drop-before"), ("replay_safe: false",)),
            (refused, "2026-12-07", ("--members", files["members"]), ()),
            (refused_in_a_batch, "2026-12-07", ("--members", files["members"], "--no-transaction"), ("allow_partial: true",)),
        )
        for story, day, serve, profile in stories:
            with Life(source, atz, record, day, (*serve, *style), profile) as life:
                story(life)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("atz")
    parser.add_argument("folder")
    parser.add_argument("--pas-version", default=kinds.NEWEST, help="of the payer's answers")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    record = recorder.Record(options.folder, options.pas_version)
    play(options.source, options.atz, record, ("--pas-version", options.pas_version))
    record.close()
    print(f"{sum(record.kinds.values())} messages of {len(record.kinds)} kinds, {len(record.index)} shapes: {options.folder}")
    expected = kinds.expected(options.pas_version)
    missing = [f"{kind} ({words})" for kind, words in expected.items() if kind not in record.kinds]
    unknown = [kind for kind in record.kinds if kind not in expected]
    for kind in missing:
        print(f"not seen: {kind}")
    for kind in unknown:
        print(f"a kind that kinds.py does not name: {kind}")
    sys.exit(1 if missing or unknown else 0)


if __name__ == "__main__":
    main()
