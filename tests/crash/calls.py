"""System calls of a program under strace: which there are, and one of them made to fail or to be the last."""
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "network"))
from program import skip, under_tracer  # noqa: E402

SECONDS = 120

# What each call is made to fail with. Those with an empty list only end the program. A short count as answer would be a
# lie, because the call is not made then; true short writes are made by limits in storage.py.
ERRORS = {
    "write": ("ENOSPC", "EIO", "EINTR"),
    "writev": ("ENOSPC", "EIO"),
    "pwrite64": ("ENOSPC", "EIO"),
    "read": ("EIO", "EINTR"),
    "fsync": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO", "ENOSPC"),
    "openat": ("EMFILE", "ENOSPC", "EIO"),
    "rename": ("ENOSPC", "EIO"),
    "renameat": ("ENOSPC", "EIO"),
    "renameat2": ("ENOSPC", "EIO"),
    "link": ("ENOSPC", "EMLINK"),
    "linkat": ("ENOSPC", "EMLINK"),
    "unlink": ("EIO", "EBUSY"),
    "unlinkat": ("EIO", "EBUSY"),
    "ftruncate": ("ENOSPC", "EIO"),
    "fallocate": ("ENOSPC",),
    "mkdir": ("ENOSPC", "EACCES"),
    "mkdirat": ("ENOSPC", "EACCES"),
    "fchmod": ("EPERM",),
    "chmod": ("EPERM",),
    "fchmodat": ("EPERM",),
    "flock": ("ENOLCK", "EINTR"),
    "fcntl": ("ENOLCK", "EINTR"),
    "socket": ("EMFILE", "ENFILE"),
    "connect": ("ECONNREFUSED", "EINTR"),
    "sendto": ("ECONNRESET", "EPIPE", "EINTR"),
    "sendmsg": ("ECONNRESET", "EPIPE", "EINTR"),
    "recvfrom": ("ECONNRESET", "ETIMEDOUT", "EINTR"),
    "recvmsg": ("ECONNRESET", "ETIMEDOUT", "EINTR"),
    "exit_group": (),
}
IN_TURN = ("pwrite64", "fcntl")  # made so often that each fails in one way only, by turns
ONLY_READS = ("read", "socket")  # to be killed before these is to be killed before what follows

LINE = re.compile(r"^(\d+)\s+(\w+)\((.*)")


def strace_or_skip():
    if shutil.which("strace") is None:
        skip("strace is not installed (Debian package strace)")
    tried = subprocess.run(["strace", "-f", "--seccomp-bpf", "-qqq", "-o", os.devnull, "-e", "trace=write", "true"],
                           capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        skip(f"strace may not trace here: {tried.stderr.strip()}")


class Run:
    def __init__(self, done, injected=False):
        self.code, self.out, self.err, self.injected = done.returncode, done.stdout, done.stderr, injected
        self.killed = done.returncode == -9

    def __str__(self):
        return f"exit code {self.code}, out: {self.out[-700:]!r}, err: {self.err[-700:]!r}"


class Point:
    """The `number`-th call of a name in a thread of the program, and what is done to it: KILL, or the name of an error."""

    def __init__(self, call, number, action, posts, text):
        self.call, self.number, self.action, self.text = call, number, action, text
        self.posts = posts  # how many the program had begun, without those to sign in

    def __str__(self):
        return f"{self.call} {self.number} {self.action}"

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    @property
    def prints(self):
        """Whether it is the writing of what the user gets to see."""
        return self.call in ("write", "writev") and re.match(r"[12]<", self.text) is not None


def traced(words, options, trace_file, cwd, environment, only, fast=True):
    how = ["--seccomp-bpf"] if fast else []
    how += [part for path in only for part in ("-P", path)]
    done = subprocess.run(["strace", "-f", *how, "-qqq", "-o", trace_file, *options, *words], cwd=cwd,
                          env=under_tracer(environment), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=SECONDS, check=False)
    with open(trace_file, encoding="utf-8", errors="replace") as handle:
        return done, handle.read()


def matters(call, text, folders):
    """Whether a call is about our folders, the network or what is printed."""
    if call == "exit_group":
        return True
    if call == "fcntl" and "F_SETLK" not in text and "F_OFD_SETLK" not in text:
        return False
    if call == "socket":
        return "AF_INET" in text
    if call == "connect":
        return "AF_INET" in text
    if call in ("sendto", "sendmsg", "recvfrom", "recvmsg"):
        return True
    if call in ("write", "writev") and re.match(r"[12]<", text):
        return True
    return any(folder in text for folder in folders)


def changes(call, text):
    """Whether something is different outside the program when the call is over."""
    return call not in ONLY_READS and not (call == "openat" and "O_CREAT" not in text)


def points_of(words, trace_file, cwd, environment, folders, only=()):
    """Runs the program once; every point of it, in order. `only`: calls that are about these paths, if any are given."""
    names = ",".join(ERRORS)
    done, trace = traced(words, ["-y", "-s", "200", "-e", f"trace={names}"], trace_file, cwd, environment, only)
    counts, points, posts = {}, {}, 0
    for line in trace.splitlines():
        found = LINE.match(line)
        if not found:
            continue  # the end of a call that another thread's interrupted in the text, or the end of a thread
        thread, call, text = found.groups()
        number = counts[thread, call] = counts.get((thread, call), 0) + 1
        if not matters(call, text, folders):
            continue
        posts += call in ("sendto", "sendmsg") and '"POST ' in text and "/token" not in text
        errors = ERRORS[call]
        if call in IN_TURN:
            errors = errors[number % len(errors):][:1]
        actions = (("KILL",) if changes(call, text) else ()) + errors
        for action in actions:
            point = Point(call, number, action, posts, text)
            points.setdefault(str(point), point)
    return Run(done), list(points.values())


def struck(words, trace_file, cwd, environment, point, only=()):
    """Runs the program with one call struck: the program killed on its entry, so that it is not made; or refused."""
    kill = point.action == "KILL"
    what = "signal=KILL" if kill else f"error={point.action}"
    options = ["-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}:when={point.number}"]
    # With --seccomp-bpf, strace 6.1 delivers no signals of its own.
    done, trace = traced(words, options, trace_file, cwd, environment, only, fast=not kill)
    return Run(done, "(INJECTED)" in trace)
