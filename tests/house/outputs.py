"""Every JSON document that a whole story prints fits the published schema, checked by an independent validator."""
import json
import os
import subprocess
import sys
import tempfile

import jsonschema

root, atz = sys.argv[1:]
with open(f"{root}/schemas/output.schema.json", encoding="utf-8") as handle:
    schema = json.load(handle)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
faults = 0

with tempfile.TemporaryDirectory() as work:
    environment = dict(os.environ, ATZ_STATE_DIR=f"{work}/state", ATZ_CONFIG_DIR=f"{work}/config")
    home = f"{root}/examples/maple-street.yaml"
    day = ["--as-of", "2026-12-07"]
    broken = f"{work}/broken.yaml"
    with open(home, encoding="utf-8") as source, open(broken, "w", encoding="utf-8") as target:
        target.write(source.read().replace("units: 365", "units: 364"))
    report = f"{work}/report.csv"
    with open(report, "w", encoding="utf-8") as target:
        target.write("Case ID,Status,Status Date\n900000103,Approved,2026-12-07\n900000999,Resting,2026-12-07\n")
    # One notification that is no such thing, and one that says only which case it is about.
    notifications = f"{work}/notifications"
    os.mkdir(notifications)
    with open(f"{notifications}/garbage.json", "w", encoding="utf-8") as target:
        target.write("[]")
    with open(f"{notifications}/ids.json", "w", encoding="utf-8") as target:
        json.dump({"resourceType": "Bundle", "type": "history", "entry": [{"resource": {
            "resourceType": "Parameters", "parameter": [
                {"name": "subscription", "valueReference": {"reference": "Subscription/1"}},
                {"name": "type", "valueCode": "event-notification"},
                {"name": "notification-event", "part": [
                    {"name": "event-number", "valueString": "3"},
                    {"name": "focus", "valueReference": {"reference": "ClaimResponse/900000101"}}]}]}}]}, target)
    for words in (
        ["check", *day, home],
        ["check", *day, broken],
        ["plan", *day, home],
        ["staffing", *day, home],
        ["submit", *day, home],
        ["submit", *day, home],
        ["plan", *day, home],
        ["status"],
        ["sandbox", "ask", "900000103", "--text", "Who is there at night?"],
        ["sandbox", "review", "900000101", "partial", "--hours", "60"],
        ["sandbox", "review", "900000102", "deny", "--note", "no plan was found"],
        ["status"],
        ["status", "--offline"],
        ["show", "900000101"],
        ["show", "--show-phi", "900000102"],
        ["report", "daily", "--date", "2026-12-07"],
        ["report", "daily", "--date", "2026-12-08"],
        ["report", "import", report],
        ["member", "find", "--id", "99000001A"],
        ["member", "find", "--id", "99000001A", "--show-phi"],
        ["member", "find", "--id", "99000099A"],
        ["due"],
        ["due", "--as-of", "2027-12-20"],
        ["recover"],
        ["sandbox", "clock", "show"],
        ["sandbox", "clock", "advance", "1d"],
        ["sandbox", "letters"],
        ["receive", notifications],
        ["sandbox", "letters", "--show-phi"],
        ["codes", "find", "F84"],
        ["codes", "find", "T2016SC"],
        ["codes", "find", "nothing of that name"],
        ["codes", "import", "--partial", f"{root}/tests/samples/icd10cm_order_2027.txt"],
        ["codes", "import", "--partial", f"{root}/tests/samples/icd10cm_order_2027.txt"],
        ["codes", "import", "--partial", f"{root}/tests/samples/HCPC2026_JAN_ANWEB.txt"],
        ["codes", "find", "T2018"],
        ["codes", "find", "F84"],
        ["questionnaire", "list"],
        ["questionnaire", "show", "home-support"],
        ["questionnaire", "show", "termination-request"],
        ["profile", "list"],
        ["profile", "show"],
        ["profile", "show", "atrezzo-sandbox"],
        ["profile", "test"],
        ["doctor"],
        ["ledger", "verify"],
        ["log"],
        ["log", "maple-street", "--since", "2026-12-01"],
        ["log", "--verify"],
        ["ledger", "export"],
        ["ledger", "export", "--show-phi"],
        ["explain"],
        ["explain", "HS001", "units"],
    ):
        run = subprocess.run([atz, *words, *([] if words[:2] == ["ledger", "export"] else ["--format", "json"])], env=environment, capture_output=True, text=True, check=False)
        if not run.stdout:
            print(f"atz {' '.join(words)}: printed nothing (exit code {run.returncode}): {run.stderr}")
            faults += 1
            continue
        for error in validator.iter_errors(json.loads(run.stdout)):
            best = jsonschema.exceptions.best_match([error])
            print(f"atz {' '.join(words)}: {best.message}")
            faults += 1
sys.exit(1 if faults else 0)
