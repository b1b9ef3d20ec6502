"""The crash matrix: atz is killed at, or refused, every system call that changes something, against a payer that takes a
message and answers, takes it and is silent, takes it and fails, or never sees it. Afterwards a user does what a user
does, and every member must have exactly one case, of which the ledger tells the truth.

usage: matrix.py SOURCE-FOLDER ATZ [--sample N] [--command NAME] [--jobs N] [--log FILE] [--only POINT] [--list]
"""
import argparse
import collections
import os
import queue
import signal
import sys
import threading

import calls
from gate import ANSWERS
from stories import STORIES

MOST_MISSED = 0.1  # of all runs: else the matrix tests something else than it says


class Job:
    def __init__(self, story, fate, point):
        self.story, self.fate, self.point = story, fate, point
        self.name = f"{story.name}/{fate}/{point}"


class Count:
    """What came out, also of the runs that an earlier matrix left in the log."""

    def __init__(self, path):
        self.lock, self.done, self.ends = threading.Lock(), set(), collections.Counter()
        self.duplicates = self.losses = self.others = 0
        self.log = open(path or os.devnull, "a+", encoding="utf-8")
        self.log.seek(0)
        for line in self.log:
            name, end, *numbers = line.rstrip("\n").split("\t")
            self.take(name, end, *map(int, numbers))

    def take(self, name, end, duplicates, losses, others):
        self.done.add(name)
        self.ends[end] += 1
        self.duplicates += duplicates
        self.losses += losses
        self.others += others

    def add(self, job, run, found):
        end = "killed" if run.killed else "failed" if run.injected else "missed"
        numbers = found.duplicates, found.losses, len(found.others)
        with self.lock:
            self.take(job.name, end, *numbers)
            if found:
                print(f"{job.name}: {found}\n    the run: {run}", flush=True)
            print(job.name, end, *numbers, sep="\t", file=self.log, flush=True)

    def line(self):
        return (f"crash matrix: {len(self.done)} runs, {self.ends['killed']} kills, {self.ends['failed']} failed calls, "
                f"{self.ends['missed']} missed, {self.duplicates} duplicates, {self.losses} losses, "
                f"{self.others} other findings")


def jobs_of(worlds, stories):
    """All points of all stories. What becomes of the message matters only from its first byte on."""
    jobs = []
    for story in stories:
        world = worlds.of(story)
        for fate in story.fates:
            start(world, story, fate)
            _, points = calls.points_of(*how(world, story), [world.state], paths(world, story))
            first = world.gate.posts.index(True) + 1 if True in world.gate.posts else 0
            jobs += [Job(story, fate, point) for point in points if fate == ANSWERS or point.posts >= first > 0]
    return jobs


def start(world, story, fate):
    world.prepare(story.start)
    world.put_back(story.start)
    world.gate.fate, world.gate.posts = fate, []


def how(world, story):
    return story.words(world), world.trace_file, world.place.folder, world.place.environment


def paths(world, story):
    return [os.path.join(world.state, name) for name in story.only]


def play(world, job):
    start(world, job.story, job.fate)
    run = calls.struck(*how(world, job.story), job.point, paths(world, job.story))
    world.gate.settle()
    world.gate.fate = ANSWERS
    return run, job.story.judge(world, run, job.point)


class Worlds:
    """Of one worker: one of each kind that its stories need."""

    def __init__(self, root, atz):
        self.root, self.atz, self.open = root, atz, {}

    def of(self, story):
        if story.world not in self.open:
            self.open[story.world] = story.world(self.root, self.atz)
        return self.open[story.world]

    def close(self):
        for world in self.open.values():
            world.close()


def work(root, atz, waiting, count, faults):
    worlds = Worlds(root, atz)
    try:
        while True:
            try:
                job = waiting.get_nowait()
            except queue.Empty:
                return
            count.add(job, *play(worlds.of(job.story), job))
    except Exception as error:  # a worker that ends early must not look like success
        faults.append(error)
        raise
    finally:
        worlds.close()


def spread(jobs, number):
    """As many of them, evenly spaced; 0: all, in an order in which those that were played are spread at any time."""
    if 0 < number < len(jobs):
        return [jobs[i * len(jobs) // number] for i in range(number)]
    golden = (5 ** 0.5 - 1) / 2
    return [job for _, job in sorted(enumerate(jobs), key=lambda numbered: numbered[0] * golden % 1)]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("atz")
    parser.add_argument("--sample", type=int, default=0, help="so many points, evenly spaced; 0: all")
    parser.add_argument("--command", action="append", default=[], help="only this story; may be repeated")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--log", help="what came out, point by point; a matrix that was stopped goes on from it, and its "
                        "figures include it")
    parser.add_argument("--only", action="append", default=[], help="points as they are printed")
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def main():
    given = arguments()
    calls.strace_or_skip()
    names = [story.name for story in STORIES]
    if wrong := [name for name in given.command if name not in names]:
        sys.exit(f"no such story: {wrong}; there are {names}")
    stories = [story for story in STORIES if not given.command or story.name in given.command]
    worlds = Worlds(given.root, given.atz)
    try:
        jobs = jobs_of(worlds, stories)
    finally:
        worlds.close()
    if given.only:
        jobs = [job for job in jobs if job.name in given.only]
    jobs = spread(jobs, given.sample)
    if given.list:
        print("\n".join(job.name for job in jobs))
        return
    count, waiting, faults = Count(given.log), queue.Queue(), []
    for job in jobs:
        if job.name not in count.done:
            waiting.put(job)
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: waiting.queue.clear())
    threads = [threading.Thread(target=work, args=(given.root, given.atz, waiting, count, faults))
               for _ in range(min(given.jobs, max(1, waiting.qsize())))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(count.line())
    undone = sum(job.name not in count.done for job in jobs)
    if faults or undone or count.duplicates or count.losses or count.others:
        sys.exit(f"{undone} points are left" if undone else 1)
    if count.ends["missed"] > MOST_MISSED * len(count.done):
        sys.exit("too many points were missed")


if __name__ == "__main__":
    main()
