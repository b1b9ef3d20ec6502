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
say "Testing ($preset)"
# Long suites (fuzzing, the whole crash matrix, benchmarks) have labels of their own: ctest -L bench and so on.
ctest --preset "$preset" --no-tests=error --parallel "$(nproc)" --label-exclude '^(long|bench)$' "$@"
