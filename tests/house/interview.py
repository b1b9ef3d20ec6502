"""`atz questionnaire fill` at a terminal: asks in order, takes numbers and words, goes back, and writes only after a yes."""
import os
import pty
import select
import shutil
import signal
import sys
import tempfile

root, atz = sys.argv[1:]
faults = 0


def expect(condition, what, seen=""):
    global faults
    if not condition:
        print(f"{what}\n{seen}")
        faults += 1


class Person:
    """Types at a terminal, once the program has asked."""

    def __init__(self, *words):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            environment = dict(os.environ, TERM="xterm", LANG="C.UTF-8", NO_COLOR="1")
            try:
                os.execve(atz, [atz, *words], environment)
            finally:
                os._exit(127)  # never go on as a second test
        self.seen = ""

    def wait_for(self, text):
        while text not in self.seen:
            ready, _, _ = select.select([self.terminal], [], [], 60)
            try:
                piece = os.read(self.terminal, 65536) if ready else b""
            except OSError:
                piece = b""
            if not piece:
                expect(False, f"never saw {text!r}", self.seen)
                return
            self.seen += piece.decode()
        self.seen = self.seen[self.seen.index(text) + len(text):]

    def say(self, prompt, answer, end="\n"):
        self.wait_for(prompt)
        self.wait_for("> " if "[yes/no]" not in prompt else " ")
        os.write(self.terminal, (answer + end).encode())

    def finish(self):
        rest = self.seen
        while True:
            try:
                piece = os.read(self.terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            rest += piece.decode()
        _, status = os.waitpid(self.pid, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status), rest


def read(path):
    with open(path, encoding="utf-8") as handle:
        return handle.read()


with tempfile.TemporaryDirectory() as work:
    os.environ.update(ATZ_STATE_DIR=f"{work}/state", ATZ_CONFIG_DIR=f"{work}/config")
    home = f"{work}/home.yaml"
    example = f"{root}/examples/maple-street.yaml"
    shutil.copy(example, home)
    before = read(home)
    fill = ["questionnaire", "fill", home, "--member", "A"]

    # Everything is kept: nothing to write, and nobody is asked whether to.
    person = Person(*fill)
    for link in ("1", "2", "3", "3.1.1", "4", "5", "6", "7", "8", "9", "10"):
        person.say(f" {link} ", "" if link != "4" else "-")
    code, rest = person.finish()
    expect(code == 0 and "Nothing has changed" in rest, f"keeping everything: exit code {code}", rest)
    expect(read(home) == before, "keeping everything changed the file")

    # A follow-up appears, a wrong answer is asked again, ? explains, < goes back, a follow-up disappears.
    person = Person(*fill)
    person.say(" 1 ", "change")
    person.say(" 1.2.1 ", "?")
    person.wait_for("asked when 1 is change")
    person.say(" 1.2.1 ", "<")
    person.say(" 1 ", "1")
    person.say(" 2 ", "many")
    person.wait_for("Question 2 takes a number")
    person.say(" 2 ", "70.5")
    person.say(" 3 ", "3")
    person.say(" 4 ", "y")
    person.wait_for("one of: Yes, No")
    person.say(" 4 ", "1")
    person.say(" 4.1.1 ", "14")
    person.say(" 4.1.2 ", "Transfers: two people, né \"both\".")
    for link in ("5", "6", "7", "8", "9", "10"):
        person.say(f" {link} ", "")
    person.wait_for("Not asked any more, so removed: 3.1.1.")
    person.wait_for("[yes/no] ")
    os.write(person.terminal, b"yes\n")
    code, rest = person.finish()
    expect(code == 0, f"answering: exit code {code}", rest)
    expected = before
    for old, new in (
        ("        2: 67.75\n", "        2: 70.5\n"),
        ("        3: awake staff\n        3.1.1: Gets up most nights and needs guidance back to bed.\n        4: No\n",
         "        3: none\n        4: Yes\n        4.1.1: 14\n        4.1.2: 'Transfers: two people, né \"both\".'\n"),
    ):
        expect(old in expected, f"the example has changed: {old!r}")
        expected = expected.replace(old, new, 1)
    expect(read(home) == expected, "answering wrote something else", read(home))

    # Ctrl-D stops and asks; a no leaves the file. Ctrl-C asks nothing.
    person = Person(*fill)
    person.say(" 1 ", "continuation")
    person.say(" 2 ", "\x04", end="")
    person.wait_for("[yes/no] ")
    os.write(person.terminal, b"no\n")
    code, rest = person.finish()
    expect(code == 0 and "Nothing was written" in rest, f"Ctrl-D and no: exit code {code}", rest)
    person = Person(*fill)
    person.say(" 1 ", "continuation")
    person.say(" 2 ", "\x03", end="")
    code, rest = person.finish()
    expect(code == 130 and "Nothing was written" in rest, f"Ctrl-C: exit code {code}", rest)
    person = Person(*fill)
    person.say(" 1 ", "continuation")
    person.wait_for("> ")
    os.kill(person.pid, signal.SIGTERM)
    code, rest = person.finish()
    expect(code == 130, f"SIGTERM: exit code {code}", rest)
    expect(read(home) == expected, "a stop changed the file")

    # Ctrl-D and yes keeps what was answered so far, and says what is open.
    person = Person(*fill)
    person.say(" 1 ", "change")
    person.say(" 1.2.1 ", "\x04", end="")
    person.wait_for("[yes/no] ")
    os.write(person.terminal, b"y\n")
    code, rest = person.finish()
    expect(code == 1 and "Still open in home-support: 1.2.1." in rest, f"Ctrl-D and yes: exit code {code}", rest)
    expect(read(home) == expected.replace("        1: new placement\n        2: 70.5", "        1: change\n        2: 70.5", 1),
           "Ctrl-D and yes wrote something else", read(home))

sys.exit(1 if faults else 0)
