# Shared by tests/run.sh and examples/quickstart.sh (source it): Debian packages and the build.
# shellcheck shell=bash

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# need_packages NAME...: installs what is missing, through apt-get, as root or with sudo.
need_packages() {
  local name missing=()
  for name in "$@"; do
    dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  ((${#missing[@]} == 0)) && return 0
  say "Installing ${missing[*]} with apt-get"
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || { say "Please install these packages, or run this as root."; return 1; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libyaml-cpp-dev libcli11-dev libcurl4-openssl-dev libfmt-dev
  nlohmann-json3-dev libsqlite3-dev zlib1g-dev libsodium-dev libssl-dev libcpp-httplib-dev libcairo2-dev libpugixml-dev
  libqpdf-dev libmagic-dev libhowardhinnant-date-dev libexpected-dev uuid-dev tzdata fonts-dejavu-core)
TEST_PACKAGES=(doctest-dev python3 python3-jsonschema python3-yaml zsh fish poppler-utils openssl nginx-light
  strace)
FUZZ_PACKAGES=(clang libclang-rt-14-dev)

# build PRESET [CMAKE-OPTION...]: configures and builds in build/PRESET below the source folder.
build() {
  local preset=$1
  shift
  say "Building ($preset)"
  cmake --preset "$preset" "$@" >/dev/null
  cmake --build --preset "$preset"
}
