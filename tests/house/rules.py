"""Every rule of the list is in the program, with the severity that the list gives it."""
import json
import subprocess
import sys

root, atz = sys.argv[1:]
with open(f"{root}/tests/house/rules.txt", encoding="utf-8") as handle:
    listed = dict(line.split() for line in handle if line.strip() and not line.startswith("#"))
printed = subprocess.run([atz, "explain", "--format", "json"], capture_output=True, text=True, check=True).stdout
known = {rule["id"]: rule["severity"] for rule in json.loads(printed)["rules"]}

faults = [f"{rule}: listed, but not in the program" for rule in listed if rule not in known]
faults += [f"{rule}: {known[rule]} in the program, {severity} in the list"
           for rule, severity in listed.items() if known.get(rule, severity) != severity]
print("\n".join(faults))
sys.exit(1 if faults else 0)
