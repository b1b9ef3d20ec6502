#!/usr/bin/env bash
# Measures which lines and branches the tests reach in the rooms that decide what is sent and what is believed: ledger,
# payer, fhir, rules, casefile. Only these are instrumented (preset `coverage`), and the build takes minutes.
# Branches that only an exception takes are left out: the compiler makes one for nearly every call, and they would drown
# the others.
# usage: tests/coverage.sh [--units]    --units: the unit tests only, without the tests of the whole program
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/setup.sh
need_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}" gcovr

rooms=(ledger payer fhir rules casefile)
programs=(test_ledger test_payer test_fhir test_rules test_casefile)
tests='^unit\.(ledger|payer|fhir|rules|casefile'
if [[ ${1:-} == --units ]]; then
  tests+=')$'
else
  programs+=(test_sandbox test_app test_program test_payer_faults)
  tests+='|sandbox|app)$|^golden$|^program\.|^payer\.'
fi
folder=build/coverage
cmake --preset coverage >/dev/null
cmake --build --preset coverage --target "${programs[@]}"
find "$folder" -name '*.gcda' -delete

failed=0
ctest --preset coverage --parallel "$(nproc)" --tests-regex "$tests" --label-exclude '^long$' || failed=1

gcovr --root . --object-directory "$folder" --exclude-throw-branches --exclude-unreachable-branches \
  --filter 'src/(ledger|payer|fhir|rules|casefile)/' --json-summary "$folder/summary.json" --txt "$folder/missed.txt" \
  "$folder" >/dev/null
/usr/bin/python3 - "$folder/summary.json" "${rooms[@]}" <<'PYTHON'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    files = json.load(file)["files"]


def percent(part, whole):
    return f"{100 * part / whole:5.1f} %" if whole else "    -  "


print(f"{'room':10} {'lines':>14} {'':>8}  {'branches':>14}")
for room in sys.argv[2:]:
    mine = [one for one in files if one["filename"].startswith(f"src/{room}/")]
    total = {key: sum(one[key] for one in mine) for key in ("line_covered", "line_total", "branch_covered", "branch_total")}
    print(f"{room:10} {total['line_covered']:6} of {total['line_total']:5} {percent(total['line_covered'], total['line_total'])}"
          f"  {total['branch_covered']:6} of {total['branch_total']:5} {percent(total['branch_covered'], total['branch_total'])}")
print("\nmost branches that no test takes")
for one in sorted(files, key=lambda one: one["branch_covered"] - one["branch_total"])[:15]:
    missed = one["branch_total"] - one["branch_covered"]
    print(f"{missed:5} of {one['branch_total']:5}  {one['filename']}")
PYTHON
echo "Lines that no test reaches: $folder/missed.txt"
exit $failed
