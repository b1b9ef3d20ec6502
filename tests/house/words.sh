#!/usr/bin/env bash
# What must never be in the product: unfinished work, machine paths, stray top-level entries; pure rooms stay pure.
set -euo pipefail
cd "$1"
faults=0
fault() { printf '%s\n' "$*"; faults=$((faults + 1)); }

none() {  # none WHAT GREP-ARGUMENTS...
  local what=$1 hits
  shift
  hits=$(grep -rnE "$@" 2>/dev/null || true)
  [[ -z $hits ]] || fault "$what:"$'\n'"$hits"
}

none 'unfinished work' '\b(TODO|FIXME|XXX|HACK)\b' src include examples schemas completions README.md
none 'machine paths' '/(root|work|home/[a-z]+)/' src include examples schemas completions README.md
none 'clock, disk or chance in a pure room' '\b(system_clock::now|time\(nullptr\)|std::(i|o)?fstream|fopen|random_device|getenv|std::rand)\b' \
  src/model src/rules src/fhir
none 'floating point in the arithmetic' '\b(double|float)\b' src/model include/atz/model src/rules include/atz/rules
none 'output outside the cli room' '\b(std::cout|std::cerr|printf\(|puts\()' src/base src/diag src/seal src/model src/casefile src/attach \
  src/rules src/fhir src/payer src/ledger src/sandbox src/report src/app

allowed='CMakeLists.txt CMakePresets.json src include examples schemas tests completions README.md LICENSE build'
for entry in *; do
  [[ " $allowed " == *" $entry "* ]] || fault "unexpected top-level entry: $entry"
done

((faults == 0)) || { echo "$faults faults"; exit 1; }
