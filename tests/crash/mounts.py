"""Folders on file systems of their own: one that is read-only, one that is full. For root, in a mount namespace."""
import os
import shutil
import subprocess
import sys

import calls
from program import check
from stories import Findings, once_each, recover, submit_again


def forbidden():
    """Why mounts of one's own are not allowed here; empty: they are."""
    if os.geteuid() != 0:
        return "only root may mount"
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        return f"no mounts of our own: {tried.stderr.strip()}"
    return ""


def mounted(world, script, *words):
    """Runs a script with mounts of its own: the state folder is its first argument, atz and its words are the others."""
    return subprocess.run(["unshare", "-m", "--propagation", "private", "sh", "-c", script, "sh", world.state,
                           *world.words(*words)], cwd=world.place.folder, env=world.place.environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=calls.SECONDS, check=False)


def skipped(why):
    print(f"SKIPPED: {why}", file=sys.stderr)
    return f"mounts skipped ({why})"


def read_only(world, _):
    """A state folder that can only be read: what is known is told, what would be written is refused."""
    if why := forbidden():
        return skipped(why)
    world.prepare("accepted")
    world.put_back("accepted")
    told = world.must_list().out
    bind = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99'
    world.gate.posts = []
    run = bind + '; shift; exec "$@"'
    done = mounted(world, run, "submit", world.homes["maple-street"])
    check(done.returncode == 3 and "error: " in done.stderr and "help: " in done.stderr and
          "Read-only file system" in done.stderr, done)
    check(not world.gate.posts, "something was sent")
    listed = mounted(world, run, "status", "--offline", "--all", "--format", "json")
    check(listed.stdout == told or (listed.returncode == 3 and "help: " in listed.stderr), listed)
    return "a read-only folder"


def full(world, number):
    """A disk with room for some blocks, one more each time: what does not fit is refused, and the next one, with room
    again, ends as it should."""
    if why := forbidden():
        return skipped(why)
    refused = 0
    for start, homes in (("nothing", ("maple-street",)), ("one home", ("oak-street", "maple-street"))):
        world.prepare(start)
        for i in range(number):
            world.put_back(start)
            used = sum(entry.stat().st_size for entry in os.scandir(world.state)) if os.path.exists(world.state) else 0
            room = used // 4096 + 8 + i * 300 // number  # blocks; every file takes one more than it fills
            back = world.place.path("back")
            shutil.rmtree(back, ignore_errors=True)
            # The folder is copied to the small disk, and what atz leaves there back again.
            script = (f'mkdir -p "$1" "{back}"; cp -a "$1/." "{back}/"; '
                      f'mount -t tmpfs -o size={room * 4096},mode=0700 tmpfs "$1" && cp -a "{back}/." "$1/" || exit 99; '
                      f'state=$1; shift; "$@"; code=$?; rm -rf "{back}"; cp -a "$state" "{back}"; exit $code')
            done = mounted(world, script, "submit", world.homes["maple-street"])
            check(done.returncode in (0, 3), "exit code", room, done)
            if done.returncode == 3:
                refused += 1
                check("error: " in done.stderr and "help: " in done.stderr, room, done)
            shutil.rmtree(world.state, ignore_errors=True)
            shutil.copytree(back, world.state)
            world.gate.settle()
            found = Findings()
            recover(world, found)
            submit_again(world, found)
            once_each(world, found, homes)
            check(not found, f"{room} blocks from {start}", found, done)
    check(0 < refused < 2 * number, "no disk was full, or each", refused)
    return f"{2 * number} small disks, {refused} of them full"
