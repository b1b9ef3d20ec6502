#!/usr/bin/env bash
# Includes point downwards or sideways as rooms.txt says, third parties stay in their rooms, and public headers show none.
set -euo pipefail
root=$1
faults=0
fault() { printf '%s\n' "$*"; faults=$((faults + 1)); }

# fmt and tl::expected are everybody's.
everywhere='fmt tl'
own_libraries='fmt tl uuid nlohmann sodium.h date yaml-cpp magic.h qpdf curl openssl sqlite3.h zlib.h httplib.h cairo pugixml.hpp CLI doctest'

in_list() { local word=$1; shift; [[ " $* " == *" $word "* ]]; }

while IFS=: read -r room rest; do
  [[ -z $room || $room == \#* ]] && continue
  uses=${rest%%|*} libraries=${rest#*|}
  while IFS=: read -r file line text; do
    included=${text#*[<\"]}
    included=${included%%[>\"]*}
    first=${included%%/*}
    case $included in
      atz/*) other=${included#atz/}; other=${other%%/*} ;;
      *) other=$first ;;
    esac
    if [[ -d $root/include/atz/$other && $included == */* && $first != date && $first != fmt ]]; then
      [[ $other == "$room" ]] || in_list "$other" $uses || fault "$file:$line: $room must not include $included"
      [[ $included == atz/* || $other == "$room" ]] || fault "$file:$line: private header of another room: $included"
    elif in_list "$first" $own_libraries; then
      in_list "$first" $everywhere $libraries || fault "$file:$line: $room must not use $first"
      if [[ $file == *include/atz/* ]] && ! in_list "$first" tl; then
        fault "$file:$line: a public header shows $first"
      fi
    fi
  done < <(cd "$root" && grep -rnE '^ *# *include' "src/$room" "include/atz/$room" --include='*.[ch]pp' 2>/dev/null)
done < "$root/tests/house/rooms.txt"

# Every room has a line in rooms.txt.
for folder in "$root"/include/atz/*/; do
  grep -q "^$(basename "$folder"):" "$root/tests/house/rooms.txt" || fault "rooms.txt does not know $(basename "$folder")"
done
# CLI11 costs seconds to compile: one translation unit.
count=$(grep -rlE '^#include <CLI/' "$root/src" | wc -l)
((count == 1)) || fault "CLI11 is included in $count files"

((faults == 0)) || { echo "$faults faults"; exit 1; }
