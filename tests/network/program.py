"""Runs the real atz in folders of its own, and servers beside it."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

SKIPPED = 77
DAY = "2026-12-07"  # on which the example home is in time
MEMBER = "99000001A"  # of the example home


def skip(why):
    print(f"SKIPPED: {why}", file=sys.stderr)
    sys.exit(SKIPPED)


def check(condition, *what):
    if not condition:
        raise AssertionError(" | ".join(str(part) for part in what))


class Outcome:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def __str__(self):
        return f"exit code {self.code}, out: {self.out[-1500:]!r}, err: {self.err[-1500:]!r}"


def sanitized(program):
    """Whether it was built with a sanitizer, which reserves more address space than any limit allows and locks none."""
    with open(program, "rb") as handle:
        return re.search(rb"lib[at]san\.so", handle.read()) is not None


def under_tracer(environment):
    """What a program gets that strace watches: leaks can't be looked for there (builds with a sanitizer)."""
    asan = ":".join(filter(None, (environment.get("ASAN_OPTIONS"), "detect_leaks=0")))
    return {**environment, "ASAN_OPTIONS": asan}


class Place:
    """A folder with configuration and state, in which atz runs; all of it goes in the end."""

    def __init__(self, root, atz):
        self.root, self.atz = root, os.path.abspath(atz)
        self.folder = tempfile.mkdtemp(prefix="atz-network-")
        self.servers = []
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS",
                                                    "LSAN_OPTIONS") if name in os.environ}
        self.environment = dict(kept, HOME=self.folder, ATZ_STATE_DIR=self.path("state"),
                                ATZ_CONFIG_DIR=self.path("config"), TZ="Asia/Tokyo")
        os.makedirs(self.path("config"))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for server in reversed(self.servers):
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=0o600):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(text)
        os.chmod(path, mode)
        return path

    def run(self, *arguments, **environment):
        return Outcome(subprocess.run([self.atz, *arguments], cwd=self.folder, env={**self.environment, **environment},
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180, check=False))

    def command(self, *words):
        """Any other program; it has to succeed."""
        done = subprocess.run(words, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=180, check=False)
        check(done.returncode == 0, words, done.stdout, done.stderr)
        return done.stdout

    def background(self, words, ready, environment=None):
        """Starts a server; what it prints up to and including the line that holds `ready`, and the process."""
        server = subprocess.Popen(words, cwd=self.folder, env=environment or self.environment, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.servers.append(server)
        printed = ""
        while True:
            line = server.stdout.readline()
            check(line, "the server ended", words, printed)
            printed += line
            if ready in line:
                return printed, server

    def stop(self, server):
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        self.servers.remove(server)

    def serve(self, *options, state="payer"):
        """The embedded payer with a state of its own: its profile as it prints it, its address, and the process."""
        environment = dict(self.environment, ATZ_STATE_DIR=self.path(state))
        profile, server = self.background([self.atz, "sandbox", "serve", "--as-of", DAY, *options],
                                          "min_inquiry_interval", environment)
        base = next(line.split(": ", 1)[1].strip() for line in profile.splitlines() if "base_url" in line)
        return profile, base, server

    def profiles(self, /, **profiles):
        """Writes profiles.yaml; JSON is YAML."""
        self.write("config/profiles.yaml", json.dumps(profiles, indent=1) + "\n")

    def home(self):
        with open(f"{self.root}/examples/maple-street.yaml", encoding="utf-8") as handle:
            return self.write("home.yaml", handle.read())

    def find_member(self, profile, **environment):
        """A command that signs in and asks one question."""
        return self.run("member", "find", "--id", MEMBER, "--profile", profile, "--as-of", DAY, **environment)

    def submit(self, profile, **environment):
        return self.run("submit", self.home(), "--profile", profile, "--as-of", DAY, **environment)
