"""A folder of many homes with known faults: every format tells all of them, in the same bytes for any number of jobs.

usage: many.py ROOT ATZ HOMES"""
import collections
import os
import random
import subprocess
import sys
import tempfile

from readers import Readers

root, atz, homes = sys.argv[1], sys.argv[2], int(sys.argv[3])
GUARDIAN = "guardian: {name: H. Guardian Example}"
# What is changed in the example, and what has to be found besides the warning about the guardian. A file that is not YAML
# gives one finding and nothing else.
FAULTS = (
    ("nothing", "", "", [], True),
    ("units", "units: 365, weekly_hours: 67.75", "units: 364, weekly_hours: 67.75", [("error", "HS007")], True),
    ("day", "start: 2027-01-04", "start: 2027-13-01", [("error", "GN001")], True),
    ("key", "weekly_hours: 85.75}", "weekly_hour: 85.75}", [("error", "GN017")], True),
    ("hours", "hours: 96.5}", "hours: 100}", [("error", "SP010"), ("error", "SP011")], True),
    ("guardian", GUARDIAN, "guardian: none", [], False),
    ("bracket", "roster: [A, B, C]", "roster: [A, B, C", [("error", "CF001")], False),
    ("tab", "    gender: male", "\tgender: male", [("error", "CF001")], False),
    ("colon", "    gender: female", "    gender female", [("error", "CF001")], False),
    ("anchor", "name: Maple Street", "name: &house Maple Street", [("error", "CF002")], True),
)
with open(f"{root}/examples/maple-street.yaml", encoding="utf-8") as handle:
    example = handle.read()
dice = random.Random(20261207)
readers = Readers(root)

with tempfile.TemporaryDirectory() as work:
    expected, clean = collections.Counter(), 0
    for number in range(homes):
        name, old, new, findings, warns = dice.choice(FAULTS)
        assert old in example, name
        folder = f"homes/region {dice.randrange(7)}/{dice.choice('abc')}"
        os.makedirs(f"{work}/{folder}", exist_ok=True)
        file = f"{folder}/home-{number}.yaml"
        text = example.replace(old, new, 1) if old else example
        with open(f"{work}/{file}", "w", encoding="utf-8", newline=dice.choice(("\n", "\r\n"))) as handle:
            handle.write(text.replace("id: maple-street", f"id: home-{number}"))
        told = findings + ([("warning", "HS022")] if warns else [])
        clean += not told
        for severity, rule in told:
            expected[(file, severity, rule)] += 1

    environment = dict(os.environ, ATZ_STATE_DIR=f"{work}/state", ATZ_CONFIG_DIR=f"{work}/config")

    def check(style, jobs):
        run = subprocess.run([atz, "check", "--as-of", "2026-12-07", "--format", style, "--jobs", jobs, "homes"],
                             cwd=work, env=environment, capture_output=True, check=False)
        assert run.returncode == 1, (style, run.returncode, run.stderr[-500:])
        return run.stdout, run.stderr

    errors = sum(count for (_, severity, _), count in expected.items() if severity == "error")
    warnings = sum(expected.values()) - errors
    summary = f"{homes} files: {errors} errors, {warnings} warnings\n".encode()
    for style in ("human", "concise", "json", "jsonl", "sarif", "junit", "github"):
        one = check(style, "1")
        assert one == check(style, "2"), f"{style}: --jobs changes what is printed"
        assert one[1] == summary, (style, one[1], summary)
        found = readers.read(style, one[0].decode())
        counted = collections.Counter((file, severity, rule) for file, _, _, severity, rule in found)
        assert counted == expected, (style, (counted - expected).most_common(3), (expected - counted).most_common(3))
        assert all(line > 0 for _, line, _, _, _ in found), style
    readers.read("junit", check("junit", "2")[0].decode())
    assert len(readers.clean) == clean, (len(readers.clean), clean)
