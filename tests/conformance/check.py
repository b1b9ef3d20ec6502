"""Checks recorded messages with a checker that this project did not write, against the profiles of published packages.
usage: check.py node|engine VERSION MESSAGES BUILD-FOLDER       ends with 77 when it can't be run here
VERSION names the folder of packages inside $FHIR_PACKAGES: pas-2.2.1.

What the guide gets wrong is listed in known.json; an entry that no longer matches anything is an error, as any other
fault is."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
NEWEST = "pas-2.2.1"


def skip(reason):
    print(f"SKIPPED: no message was checked: {reason}")
    sys.exit(SKIPPED)


def run(words, folder, what):
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{what} failed ({' '.join(map(str, words))}):\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def install(name, sources, folder, words, what):
    """Copies the checker into the build folder and lets its package manager fetch what it needs, once for each state."""
    target = folder / name
    mark = target / "installed"
    state = "\n".join((HERE / name / source).read_text(encoding="utf-8") for source in sources)
    if mark.exists() and mark.read_text(encoding="utf-8") == state:
        return target
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(HERE / name, target)
    print(f"fetching what {what} needs", flush=True)
    run(words, target, what)
    mark.write_text(state, encoding="utf-8")
    return target


def node_issues(packages, files, folder):
    for program in ("node", "npm"):
        if not shutil.which(program):
            skip(f"{program} is not installed (Debian: nodejs, npm)")
    sources = ("package.json", "package-lock.json", *(path.name for path in sorted((HERE / "pas-check").glob("*.mjs"))))
    tool = install("pas-check", sources, folder, ["npm", "ci", "--no-fund", "--no-audit"], "the Node checker")
    done = subprocess.run(
        ["node", str(tool / "pas-check.mjs"), "--packages", packages, *files], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"the Node checker failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    found, current = [], None
    for line in done.stdout.splitlines():
        if line.startswith("  "):
            where, _, says = line.strip().partition(": ")
            found.append({"file": current, "where": where, "message": says})
        else:
            current = line.rpartition(": ")[0]
    return found


def engine_issues(packages, files, folder):
    for program in ("java", "javac", "mvn"):
        if not shutil.which(program):
            skip(f"{program} is not installed (Debian: openjdk-17-jdk-headless, maven)")
    sources = ("pom.xml", *(str(path.relative_to(HERE / "hapi")) for path in sorted((HERE / "hapi/src").rglob("*.java"))))
    tool = install("hapi", sources, folder, ["mvn", "--batch-mode", "--quiet", "package"], "HL7's engine")
    lines = run(
        ["java", "-cp", f"{tool}/target/classes:{tool}/target/lib/*", "Validate", packages, *files], folder, "HL7's engine"
    ).splitlines()
    found = [json.loads(line) for line in lines]
    return [issue for issue in found if issue["severity"] in ("error", "fatal")]


def without(claim, name):
    del claim[name]


def set_to(holder, name, value):
    holder[name] = value


# What any checker has to see, or it checked nothing: messages spoiled in one way, by their kind.
SPOILED_UPDATE = {
    "an update that names no Claim before it": lambda claim: without(claim, "related"),
    "a line whose change is of no known kind": lambda claim: set_to(claim["item"][-1]["extension"][-1], "valueCode", "altered"),
}
SPOILED_REQUEST = {
    "no insurer": lambda claim: without(claim, "insurer"),
    "no certification type": lambda claim: without(claim["item"][0], "extension"),
    "a use of another kind": lambda claim: set_to(claim, "use", "claim"),
    "a month in place of a day": lambda claim: set_to(claim["item"][0]["servicedPeriod"], "start", "2027-01"),
    "an organization for a patient": lambda claim: set_to(claim["patient"], "reference", claim["insurer"]["reference"]),
    "a member that FHIR does not know": lambda claim: set_to(claim, "memo", "x"),
    "text for a number": lambda claim: set_to(claim["item"][0], "sequence", "1"),
    "a quantity without a value": lambda claim: without(claim["item"][0]["quantity"], "value"),
}


def plant(messages, index, folder):
    """Spoiled copies: {path: (what is wrong, its kind)}."""
    folder.mkdir(parents=True, exist_ok=True)
    spoiled = {}
    for kind, ways in (("request new", SPOILED_REQUEST), ("update added line", SPOILED_UPDATE)):
        first = next(message["file"] for message in index if message["kind"] == kind)
        text = (pathlib.Path(messages) / first).read_text(encoding="utf-8")
        for words, spoil in ways.items():
            bundle = json.loads(text)
            spoil(bundle["entry"][0]["resource"])
            path = folder / f"{len(spoiled)}.json"
            path.write_text(json.dumps(bundle), encoding="utf-8")
            spoiled[str(path)] = (words, kind)
    return spoiled


def fits(known, issue, kind):
    return (
        re.fullmatch(known["kinds"], kind)
        and re.search(known["where"], issue["where"])
        and re.search(known["says"], issue["message"], re.DOTALL)
    )


def main():
    checker, name, messages, folder = sys.argv[1:]
    if not os.environ.get("FHIR_PACKAGES"):
        skip(f"set FHIR_PACKAGES to a folder with a folder of FHIR packages for each PAS version ({name}/*.tgz)")
    packages = os.path.join(os.environ["FHIR_PACKAGES"], name)
    if not list(pathlib.Path(packages).glob("*.tgz")):
        skip(f"there are no FHIR packages (*.tgz) in {packages}")
    index = json.loads((pathlib.Path(messages) / "index.json").read_text(encoding="utf-8"))["messages"]
    if name != NEWEST:
        index = [message for message in index if message["writer"] == "payer"]  # requests are always of the newest style
    kinds = {os.path.join(messages, message["file"]): message for message in index}
    build = pathlib.Path(folder)
    build.mkdir(parents=True, exist_ok=True)
    spoiled = plant(messages, index, build / f"planted-{checker}") if name == NEWEST else {}
    found = {"node": node_issues, "engine": engine_issues}[checker](packages, [*kinds, *spoiled], build)
    issues = [issue for issue in found if issue["file"] in kinds]

    every = json.loads((HERE / "known.json").read_text(encoding="utf-8"))
    known = [entry for entry in every if entry["checker"] == checker and entry["packages"] == name]
    used = [0] * len(known)
    unseen = []
    for path, (words, kind) in spoiled.items():
        told = [issue for issue in found if issue["file"] == path]
        if all(any(fits(entry, issue, kind) for entry in known) for issue in told):
            unseen.append(words)
    faults = len(unseen)
    for words in unseen:
        print(f"the checker did not see what was spoiled on purpose: {words}")
    for issue in issues:
        message = kinds[issue["file"]]
        matches = [number for number, entry in enumerate(known) if fits(entry, issue, message["kind"])]
        for number in matches:
            used[number] += 1
        if not matches:
            faults += 1
            print(f"{message['kind']} ({message['about']}), {issue['file']}\n    {issue['where']}: {issue['message']}")
    for number, entry in enumerate(known):
        if not used[number]:
            faults += 1
            print(f"known.json names a defect that no longer shows: {entry['kinds']}, {entry['where']}: {entry['says']}")
    print(f"{name}: {len(kinds)} messages, {len(issues)} remarks, {sum(1 for count in used if count)} known defects, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
