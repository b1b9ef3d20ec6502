#!/usr/bin/env bash
# Sets up a fresh Debian machine, builds, and runs the tests.
# usage: tests/run.sh [PRESET] [ctest options]     PRESET: release (default), dev, asan, tsan
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/setup.sh

preset=release
if [[ ${1:-} =~ ^(release|dev|asan|tsan)$ ]]; then
  preset=$1
  shift
fi
need_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
build "$preset" -DATZ_TESTS=ON
# A report of a sanitizer is kept as a file and fails the run, also where a test asks for an error or looks elsewhere.
reports=$PWD/build/$preset/reports
rm -rf "$reports"
if [[ $preset =~ ^(asan|tsan)$ ]]; then
  mkdir -p "$reports"
  for name in ASAN LSAN UBSAN TSAN; do
    export "${name}_OPTIONS=log_path=$reports/$name:exitcode=99:print_stacktrace=1"
  done
fi

say "Testing ($preset)"
# Long suites (fuzzing, the whole crash matrix, benchmarks) have labels of their own: ctest -L bench and so on.
failed=0
ctest --preset "$preset" --no-tests=error --parallel "$(nproc)" --label-exclude '^(long|bench)$' "$@" || failed=$?
if compgen -G "$reports/*" >/dev/null; then
  cat "$reports"/*
  say "The sanitizer found something: see $reports"
  exit 1
fi
exit "$failed"
