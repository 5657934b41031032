# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What a build needs, how to see that it is here, and the Debian packages that bring it. Sourced by ./dev.

readonly go_oldest=1.26 go_release=1.26.8
PATH=$PATH:/usr/sbin:/sbin # nft, ip and bpftool live there; a user's PATH often lacks it

have() { command -v "$1" >/dev/null; }
at_least() { [ -n "$2" ] && printf '%s\n' "$1" "$2" | sort -V -C; }
have_jdk() { at_least 17 "$("${JAVA_HOME:+$JAVA_HOME/bin/}javac" -version 2>&1 | awk '$1 == "javac" { print $2 }')"; }
have_go() { at_least $go_oldest "$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed 's/^go//')"; }
have_postgres() { have postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }
have_headers() { [ -e /usr/include/stdio.h ] && [ -e /usr/include/bpf/skel_internal.h ]; }

have_clang() {
  local clang
  for clang in ${CLANG:-clang-19 clang-18 clang-17 clang-16 clang-15 clang-14 clang}; do
    if "$clang" --print-targets 2>/dev/null | grep -qw bpf; then return; fi
  done
  return 1
}

# Ubuntu's /usr/sbin/bpftool refuses to run without the one made for the running kernel; any other serves as well.
have_bpftool() {
  local tool
  for tool in "${BPFTOOL:-bpftool}" /usr/lib/linux-tools/*/bpftool /usr/lib/linux-tools-*/bpftool; do
    if "$tool" version >/dev/null 2>&1; then export BPFTOOL=$tool; return; fi
  done
  return 1
}

# Calls VISIT for each need: what it is, the test for it, Debian packages (the first that apt knows is taken).
each_need() {
  "$1" 'JDK 17 or newer' have_jdk default-jdk-headless
  "$1" "Go $go_oldest or newer" have_go golang-go
  "$1" 'clang 14 or newer with the BPF target' have_clang clang-19 clang
  "$1" 'llvm-strip' 'have llvm-strip-19 || have llvm-strip' llvm-19 llvm
  "$1" 'clang-format' 'have clang-format-19 || have clang-format' clang-format-19 clang-format
  "$1" 'bpftool' have_bpftool bpftool linux-tools-generic
  "$1" 'gcc' 'have gcc' gcc
  "$1" 'make' 'have make' make
  "$1" 'headers of the C library and libbpf' have_headers libbpf-dev
  "$1" 'nft' 'have nft' nftables
  "$1" 'ip' 'have ip' iproute2
  "$1" 'unshare, nsenter' 'have unshare && have nsenter' util-linux
  "$1" 'dig' 'have dig' bind9-dnsutils
  "$1" 'sudo' 'have sudo' sudo
  if [ -n "${for_tests:-}" ]; then
    "$1" 'PostgreSQL, which a test of @HostProgram runs' 'have_postgres && have psql' postgresql
  fi
}

# For each_need: collects what is missing. An old Go needs no package: it fetches the newer one itself.
note_missing() {
  if eval "$2"; then return; fi
  names+=("$1")
  if [ "$2" = have_go ] && have go; then return; fi
  packages+=("$(known_package "${@:3}")")
}

known_package() {
  local package
  for package; do
    if [ -n "$(apt-cache show "$package" 2>/dev/null)" ]; then break; fi
  done
  echo "$package"
}

find_missing() {
  names=() packages=()
  each_need note_missing
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_packages() {
  as_root apt-get update -qq
  find_missing # again: only now does apt know which packages there are
  apt_install "${packages[@]}"
}

apt_install() {
  echo "Installing with apt-get: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# A distribution's Go is often too old, but it can fetch a newer one from the module proxy, checksum and all: that is
# what Go's own toolchain switch does from 1.21 on. Modules carry no file modes, hence the chmod.
newer_go() { echo "golang.org/toolchain@v0.0.1-go$go_release.linux-$(go env GOHOSTARCH)"; }

use_newer_go() {
  local dir
  if ! have go || have_go; then return; fi
  dir=$(go env GOMODCACHE)/$(newer_go)
  if [ -x "$dir/bin/go" ]; then PATH=$dir/bin:$PATH; fi
}

fetch_newer_go() {
  local dir
  (cd / && GOTOOLCHAIN=local GO111MODULE=on go mod download "$(newer_go)") || return
  dir=$(go env GOMODCACHE)/$(newer_go)
  chmod +x "$dir"/pkg/tool/*/* "$dir"/bin/*
  use_newer_go
}

set_up() {
  find_missing
  if [ ${#packages[@]} -gt 0 ] && have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }; then
    step 'install what is missing' install_packages || true
  fi
  if have go && ! have_go; then step "fetch Go $go_release from the Go module proxy" fetch_newer_go || true; fi
  find_missing
  if [ ${#names[@]} = 0 ]; then return; fi
  echo './dev: this machine lacks:' >&2
  printf '  %s\n' "${names[@]}" >&2
  echo 'Install these and try again. On Debian and Ubuntu ./dev does so, as root or by sudo.' >&2
  exit 2
}

use_newer_go
