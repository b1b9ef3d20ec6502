#!/usr/bin/env bash
# From nothing to three Case IDs: installs what is missing, builds atz, and files a fake home with the payer that is
# built into it. Nothing leaves this computer, and nothing outside the build folder and a temporary one is written.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
source tests/setup.sh

need_packages "${BUILD_PACKAGES[@]}"
build release -DATZ_TESTS=OFF

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ATZ_STATE_DIR=$work/state ATZ_CONFIG_DIR=$work/config
PATH=$PWD/build/release:$PATH
home=$here/maple-street.yaml
day=2026-12-07

run() {
  printf '\n\033[1m$ %s\033[0m\n' "$*"
  "$@" || { code=$?; ((code == 8)) || exit "$code"; }
}

run atz check --as-of $day "$home"
run atz staffing --as-of $day "$home"
run atz staffing --as-of $day -o "$work/week.pdf" "$home"
run atz submit --as-of $day "$home"
code=0
run atz status --as-of 2026-12-08
if ((code != 8)); then
  say "The cases should be pending (exit code 8), but the exit code is $code"
  exit 1
fi
run atz sandbox review --as-of 2026-12-10 maple-street --auto
run atz status --as-of 2026-12-10 --changes
say "Done. Try it on your own: build/release/atz new home --demo -o my-home.yaml"
