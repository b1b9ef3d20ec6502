"""Runs programs in folders of their own and looks for canaries in all that comes of it: what they print, write, name, pass
on to other programs, and what lies about afterwards."""
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

from canaries import CODE, PERSONAL, SECRET, TEXT

# Here once for the other files of this folder, too.
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "network"))
from program import under_tracer  # noqa: E402

SKIPPED = 77
KINDS = (PERSONAL, TEXT, CODE, SECRET)
WATCHED = ("execve,write,pwrite64,writev,pwritev,pwritev2,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,"
           "linkat,symlink,symlinkat,connect,prctl,prlimit64,setrlimit,umask")
_STRING = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_NAMED = re.compile(rb"<((?:\\x[0-9a-f]{2})+)>")
_CALL = re.compile(rb"^\d+ +(\w+)\((.*)$", re.DOTALL)


def skip(why):
    print(f"SKIPPED: {why}", file=sys.stderr)
    sys.exit(SKIPPED)


def check(condition, *what):
    if not condition:
        raise AssertionError(" | ".join(str(part) for part in what))


def plain(escaped):
    return bytes.fromhex(escaped.replace(b"\\x", b"").decode())


def tracing():
    """Whether strace is there and may watch; why not, if not."""
    if not shutil.which("strace"):
        return "strace is not installed"
    done = subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"strace may not watch here: {done.stderr.strip()[-200:]}"


class Outcome:
    def __init__(self, done):
        self.code, self.raw_out, self.raw_err = done.returncode, done.stdout, done.stderr
        self.out, self.err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def __str__(self):
        return f"exit code {self.code}, out: {self.out[-1500:]!r}, err: {self.err[-1500:]!r}"


class Place:
    """desk: the user's own files; asked: where what was asked for is written; the rest is the program's."""

    def __init__(self, program, searcher, traced=True):
        self.program, self.searcher, self.traced = program, searcher, traced
        self.folder = tempfile.mkdtemp(prefix="atz-privacy-")
        for name in ("desk", "asked", "tmp", "home", "config", "trace"):
            os.makedirs(self.path(name), 0o700)
        kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS",
                                                    "LSAN_OPTIONS") if name in os.environ}
        self.environment = dict(kept, LANG="C.UTF-8", HOME=self.path("home"), TMPDIR=self.path("tmp"),
                                ATZ_STATE_DIR=self.path("state"), ATZ_CONFIG_DIR=self.path("config"), TZ="Asia/Tokyo")
        self.hits, self.places, self.runs, self._seen = [], 0, 0, {}
        self._waiting = []
        self.hardened = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=0o600):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
        with open(path, "wb" if isinstance(text, bytes) else "w", **({} if isinstance(text, bytes) else
                                                                   {"encoding": "utf-8"})) as handle:
            handle.write(text)
        os.chmod(path, mode)
        return path

    def read(self, name):
        with open(self.path(name), "rb") as handle:
            return handle.read()

    def look(self, where, data, kinds=KINDS):
        """A place more that is searched, at the next `search`."""
        self.places += 1
        if data:
            self._waiting.append((where, data, kinds))

    def search(self):
        """Notes every canary that is where it does not belong."""
        waiting, self._waiting = self._waiting, []
        for kinds in sorted({kinds for _, _, kinds in waiting}):
            parts = [(where, data) for where, data, theirs in waiting if theirs == kinds]
            if self.searcher.find([data for _, data in parts], kinds):
                for where, data in parts:
                    self.hits += [(where, name) for name in sorted(self.searcher.find([data], kinds))]

    def run(self, *words, shows=(), own_lines=False, stdin=b"", program=None, traced=None, look=True, **environment):
        """Runs it; what it prints may hold canaries of the kinds in `shows`, and nothing else may hold any. `own_lines`:
        lines of the user's own file are shown with findings, and are left out of the search."""
        traced = self.traced if traced is None else traced
        trace = self.path("trace/calls")
        command = [*(program or [self.program]), *words]
        watch = ["strace", "-f", "-qq", "-v", "-y", "-s", "16777216", "-xx", "-e", f"trace={WATCHED}", "-e",
                 "signal=none", "-o", trace] if traced else []
        environment = {**self.environment, **environment}
        done = Outcome(subprocess.run([*watch, *command], cwd=self.path("desk"),
                                      env=under_tracer(environment) if traced else environment, input=stdin,
                                      capture_output=True, timeout=300, check=False, preexec_fn=may_dump_core))
        self.runs += 1
        what = "atz " + " ".join(words) if program is None else " ".join(command)
        if not look:
            return done
        # Codes of diagnoses stand beside a label in findings about them; on a disk they are sealed like the rest.
        kinds = tuple(kind for kind in KINDS if kind not in shows and kind != CODE)
        for stream, data in (("stdout", done.raw_out), ("stderr", done.raw_err)):
            if own_lines:
                data = b"\n".join(line for line in data.split(b"\n") if "│".encode() not in line)
            self.look(f"{what}: {stream}", data, kinds)
        if traced:
            self.look_at_calls(what, trace)
        self.look_at_files(what)
        self.search()
        return done

    def look_at_calls(self, what, trace):
        """Arguments and environment of other programs, names of files, and every byte that was written into a file, also
        of those that are gone again."""
        with open(trace, "rb") as handle:
            lines = handle.read().split(b"\n")
        first, written, named, passed = True, {}, [], []
        mine = [self.path(name).encode() for name in ("desk", "asked")]
        for line in lines:
            match = _CALL.match(line)
            if not match:
                continue
            call, rest = match.group(1).decode(), match.group(2)
            self.note_hardening(call, rest)
            if call == "execve":
                # The first is what this test started: its arguments are the test's own.
                if not first:
                    passed += [plain(text) for text in _STRING.findall(rest)]
                first = False
            elif call in ("write", "pwrite64", "writev", "pwritev", "pwritev2"):
                target = _NAMED.match(rest[rest.find(b"<"):])
                path = plain(target.group(1)) if target else b""
                if path.startswith(b"/") and not any(path.startswith(folder) for folder in mine):
                    written[path] = written.get(path, b"") + b"".join(plain(text) for text in _STRING.findall(rest))
            elif call not in ("prctl", "prlimit64", "setrlimit", "umask", "connect") and (
                    call not in ("openat", "open") or b"O_CREAT" in rest):
                named += [plain(text) for text in _STRING.findall(rest)]
        self.look(f"{what}: arguments and environment of other programs", b"\n".join(passed))
        self.look(f"{what}: names of files", b"\n".join(named))
        for path, data in written.items():
            self.look(f"{what}: written into {path.decode()}", data)
        os.remove(trace)

    def note_hardening(self, call, rest):
        if call == "prctl" and b"PR_SET_DUMPABLE, SUID_DUMP_DISABLE" in rest:
            self.hardened.add("not dumpable")
        if call in ("prlimit64", "setrlimit") and b"RLIMIT_CORE, {rlim_cur=0, rlim_max=0}" in rest:
            self.hardened.add("no core")
        if call == "umask" and rest.startswith(b"077"):
            self.hardened.add("umask")

    def look_at_files(self, what, everything=False):
        """Names and bytes of what changed below the program's own folders, and modes of all that it made."""
        for top in ("state", "config", "tmp", "home"):
            for above, folders, names in os.walk(self.path(top)):
                for name in folders + names:
                    path = os.path.join(above, name)
                    info = os.lstat(path)
                    stamp = (info.st_mtime_ns, info.st_size, info.st_ino)
                    if not everything and self._seen.get(path) == stamp:
                        continue
                    self._seen[path] = stamp
                    inside = os.path.relpath(path, self.folder)
                    self.look(f"{what}: the name {inside}", os.fsencode(name))
                    if info.st_mode & 0o077 and top in ("state", "tmp"):
                        self.hits.append((f"{what}: {inside}", f"mode {info.st_mode & 0o7777:04o}"))
                    if name in names and top != "config" and os.path.isfile(path):
                        # A key file holds its key and nothing else.
                        data = b"" if name in ("key", "sandbox-client-secret") else self.read(inside)
                        self.look(f"{what}: {inside}", data)

    def background(self, words, ready, **environment):
        """Starts a server; the process, and what it printed up to the line that holds `ready`."""
        server = subprocess.Popen([self.program, *words], cwd=self.path("desk"), env={**self.environment, **environment},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  preexec_fn=may_dump_core)
        printed = b""
        while ready not in printed:
            line = server.stdout.readline()
            check(line, "the server ended", words, printed)
            printed += line
        return server, printed.decode()

    def end(self, server, what):
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=60)
        self.look(f"{what}: stdout", out)
        self.look(f"{what}: stderr", err)
        self.look_at_files(what)


def may_dump_core():
    """As after `ulimit -c unlimited`, so that only the program itself keeps its memory off the disk."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
