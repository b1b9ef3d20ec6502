#!/usr/bin/env bash
# usage: run.sh ATZ
set -euo pipefail
atz=$1
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ATZ_STATE_DIR=$work/state ATZ_CONFIG_DIR=$work/config
faults=0 files=0
check() { "$atz" check --quiet --as-of 2026-12-07 "$1" > "$work/out" 2>&1; }

for file in ok/*.yaml; do
  files=$((files + 1))
  if ! check "$file" || [[ -s $work/out ]]; then
    echo "$file should be silent:"
    cat "$work/out"
    faults=$((faults + 1))
  fi
done
for file in err/*.yaml; do
  files=$((files + 1))
  expected=${file%.yaml}.expected
  if check "$file"; then code=0; else code=$?; fi
  echo "exit code $code" >> "$work/out"
  if [[ -n ${ATZ_UPDATE_GOLDEN:-} ]]; then cp "$work/out" "$expected"; fi
  if ! diff -u "$expected" "$work/out"; then faults=$((faults + 1)); fi
done
echo "$((files - faults)) passed, $faults failed"
((faults == 0))
