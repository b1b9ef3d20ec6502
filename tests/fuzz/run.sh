#!/usr/bin/env bash
# Builds the fuzz targets with clang's libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer (the first build takes
# minutes), runs each and prints a line for it. A finding is kept in build/fuzz/found/TARGET.
# usage: tests/fuzz/run.sh [--seconds N | --runs N] [--keep] [TARGET...]
#   --seconds N  for each target; 60 unless told otherwise
#   --runs N     so many inputs for each target instead
#   --keep       afterwards put what is worth it of the grown corpus into tests/fuzz/corpus
#   TARGET       check config reply notification payer_request http import; all of them unless named
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

limit=(-max_total_time=60) keep=no targets=()
while (($# > 0)); do
  case $1 in
    --seconds) limit=("-max_total_time=$2"); shift ;;
    --runs) limit=("-runs=$2"); shift ;;
    --keep) keep=yes ;;
    -*) sed -n '2,10s/^# \?//p' "$0" >&2; exit 2 ;;
    *) targets+=("$1") ;;
  esac
  shift
done
((${#targets[@]} > 0)) || targets=(check config reply notification payer_request http import)

source tests/setup.sh
need_packages "${FUZZ_PACKAGES[@]}" || { echo "SKIPPED: Debian's packages ${FUZZ_PACKAGES[*]} are needed"; exit 77; }
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz >build/fuzz/build.log 2>&1 || { tail -30 build/fuzz/build.log; exit 1; }
programs=build/fuzz/tests/fuzz
"$programs/fuzz_replay" --write-seeds build/fuzz/seeds

failed=0
for target in "${targets[@]}"; do
  corpus=build/fuzz/corpus/$target found=build/fuzz/found/$target log=build/fuzz/$target.log
  mkdir -p "$corpus" "$found"
  more=()
  for folder in "build/fuzz/seeds/$target" "tests/fuzz/corpus/$target" "tests/fuzz/findings/$target"; do
    [[ -d $folder ]] && more+=("$folder")
  done
  options=(-max_len=150000 -timeout=300 -report_slow_units=120 -rss_limit_mb=4096 -print_final_stats=1)
  [[ -f tests/fuzz/dictionaries/$target.dict ]] && options+=("-dict=tests/fuzz/dictionaries/$target.dict")
  result=0
  "$programs/fuzz_$target" "${limit[@]}" "${options[@]}" -artifact_prefix="$found/" "$corpus" "${more[@]}" >"$log" 2>&1 || result=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
  coverage=$(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$log" | tail -1)
  findings=$(find "$found" -type f ! -name "slow-unit-*" | wc -l)
  printf '%-14s %9s executions  %-24s %s findings\n' "$target" "${runs:-?}" "${coverage:-cov: ?}" "$findings"
  if ((result != 0 || findings > 0)); then
    failed=1
    grep -E 'does not hold|ERROR:|SUMMARY|runtime error|what\(\)' "$log" | tail -4
    echo "    see $log and $found"
  elif [[ $keep == yes ]]; then
    kept=$(mktemp -d)
    mkdir -p "tests/fuzz/corpus/$target"
    "$programs/fuzz_$target" -merge=1 "$kept" "tests/fuzz/corpus/$target" "$corpus" >>"$log" 2>&1
    # Small inputs only: the long ones are the seeds, which are made anew each time.
    find "$kept" -type f -size -3 -exec cp -n {} "tests/fuzz/corpus/$target/" \;
    rm -r "$kept"
  fi
done
exit $failed
