"""A ledger that was cut short, or in which bits have turned: it is refused with words, or tells what the sound one told;
nothing is sent because of it. Of what is not sealed (a date, say) a turned bit can change what is told: then
`atz ledger verify` has to find it."""
import os
import shutil

import calls  # noqa: F401 finds the module below
from program import check

PAGE = 4096
SAYS = ("error: ", "help: ")


class Sound:
    """The answers of the sound ledger."""

    def __init__(self, world):
        world.prepare("accepted")
        world.put_back("accepted")
        world.desk("review", "maple-street", "--auto")
        world.run("status")
        world.run("recover")  # folds the log into the file
        check(not os.path.exists(os.path.join(world.state, "ledger.db-wal")), "the log is not folded")
        self.world, self.file = world, os.path.join(world.state, "ledger.db")
        self.kept = world.place.path("sound")
        shutil.copytree(world.state, self.kept)
        with open(self.file, "rb") as handle:
            self.bytes = handle.read()
        self.told = self.ask().out
        self.refused = self.same = self.found = 0
        self.wrong = []

    def ask(self):
        return self.world.run("status", "--offline", "--all", "--format", "json")

    def put(self, content):
        shutil.rmtree(self.world.state)
        shutil.copytree(self.kept, self.world.state)
        with open(self.file, "wb") as handle:
            handle.write(content)

    def judge(self, what, content):
        """`status --offline` and `submit`; what is there in the end is for the next one to overwrite."""
        self.put(content)
        done = self.ask()
        self._judge(what, done, done.out == self.told)
        self.put(content)
        self.world.gate.posts = []
        done = self.world.run("submit", self.world.homes["maple-street"])
        check(not any(self.world.gate.posts), what, "something was sent", done)
        self._judge(what, done, "nothing was sent now" in done.out)

    def _judge(self, what, done, same):
        if done.code == 3:
            check(all(word in done.err for word in SAYS), what, done)
            check("bug of its own" not in done.err, what, done)
            self.refused += 1
        elif same:
            self.same += 1
        else:
            check(0 <= done.code <= 11, what, done)
            if self.world.place.run("ledger", "verify").code == 3:
                self.found += 1
            else:
                self.wrong.append((what, done.code))

    def line(self):
        return (f"{self.refused} commands refused, {self.same} answered the same, {self.found} otherwise, which "
                f"`ledger verify` found, {len(self.wrong)} otherwise")


def truncated(world, step):
    """After every `step`-th page, and in the middle of it."""
    sound = Sound(world)
    pages = len(sound.bytes) // PAGE
    sizes = sorted({max(0, page * PAGE + more) for page in range(0, pages, step) for more in (0, PAGE // 2)})
    for size in sizes:
        sound.judge(f"cut at byte {size}", sound.bytes[:size])
    check(not sound.wrong, "another answer", sound.line(), sound.wrong)
    return f"{len(sizes)} cuts of the ledger ({sound.line()})"


def flipped(world, number):
    """One bit at `number` places of every page; 0: at one place of every eighth page."""
    sound = Sound(world)
    pages = len(sound.bytes) // PAGE
    places = []
    for page in range(0, pages, 1 if number else 8):
        for i in range(number or 1):
            # Spread over the page, another bit and another part of it each time; of the first page the head, too.
            places.append((page * PAGE + (i * PAGE // (number or 1) + page * 37) % PAGE, (page + i) % 8))
    for offset, bit in places:
        content = bytearray(sound.bytes)
        content[offset] ^= 1 << bit
        sound.judge(f"bit {bit} of byte {offset}", bytes(content))
    check(not sound.wrong, "another answer", sound.line(), sound.wrong)
    return f"{len(places)} turned bits ({sound.line()})"
