#!/usr/bin/env bash
# src/rules/README.md is what `atz explain` prints. ATZ_UPDATE_DOCS=1 writes it anew.
set -euo pipefail
root=$1 atz=$2
catalogue=$root/src/rules/README.md
[[ -z ${ATZ_UPDATE_DOCS:-} ]] || "$atz" explain --format markdown > "$catalogue"
diff -u "$catalogue" <("$atz" explain --format markdown) || {
  echo "$catalogue is out of date: run this test with ATZ_UPDATE_DOCS=1"
  exit 1
}
