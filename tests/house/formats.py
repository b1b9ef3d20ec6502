"""What `atz check` prints in each format is read by readers of others: the same findings everywhere, valid by schema."""
import os
import shutil
import subprocess
import sys
import tempfile

from readers import Readers

root, atz = sys.argv[1:]
readers = Readers(root)

snapshots = f"{root}/tests/unit/diag/snapshots"
for name, file in (("json", "findings.json"), ("jsonl", "findings.jsonl"), ("sarif", "findings.sarif"), ("junit", "junit.xml")):
    with open(f"{snapshots}/{file}", encoding="utf-8") as handle:
        assert len(readers.read(name, handle.read())) == 7, file

with tempfile.TemporaryDirectory() as work:
    environment = dict(os.environ, ATZ_STATE_DIR=f"{work}/state", ATZ_CONFIG_DIR=f"{work}/config")
    folder = f"{work}/homes & more: 100% «ü»"
    os.mkdir(folder)
    with open(f"{root}/examples/maple-street.yaml", encoding="utf-8") as handle:
        home = handle.read()
    shutil.copytree(f"{root}/tests/golden/err", f"{folder}/err")
    for name, text in (
        ("clean", home.replace("{name: H. Guardian Example}", "none")),
        ("warning", home),
        ("wrong", home.replace("units: 365", "units: 364")),
        ("broken", home.replace("roster: [A, B, C]", "roster: [A, B, C")),
    ):
        with open(f"{folder}/{name} “{name}”.yaml", "w", encoding="utf-8") as handle:
            handle.write(text)

    def check(name, *words):
        return subprocess.run(
            [atz, "check", "--as-of", "2026-12-07", "--format", name, *words, os.path.basename(folder)],
            cwd=work, env=environment, capture_output=True, text=True, check=False)

    expected = readers.read("json", check("json").stdout)
    assert len({finding[3] for finding in expected}) >= 2 and len(expected) > 20, expected
    for name in ("human", "concise", "json", "jsonl", "sarif", "junit", "github"):
        one, two, usual = check(name, "--jobs", "1"), check(name, "--jobs", "2"), check(name)
        assert one.returncode == two.returncode == usual.returncode == 1, (name, one)
        assert one.stdout == two.stdout == usual.stdout and one.stderr == usual.stderr, name
        found = readers.read(name, one.stdout)
        if name == "github":  # without columns where a finding spans lines
            lines = sorted(finding[:2] + finding[3:] for finding in expected)
            assert sorted(finding[:2] + finding[3:] for finding in found) == lines, name
        else:
            assert found == expected, (name, set(found) ^ set(expected))
        strict = check(name, "--strict")
        assert {finding[3] for finding in readers.read(name, strict.stdout)} <= {"error", "info"}, name
    readers.read("junit", check("junit").stdout)
    assert [os.path.basename(name) for name in readers.clean] == ["clean “clean”.yaml"], readers.clean
