# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The faults on other kernels: Debian's, booted in QEMU without KVM, each with the static test programs of
# .dev/kernels/tests. A cell of the table is green only where its test ran in that kernel and passed; where it did so at
# its second run only, which emulation beside another guest may be the cause of, the table says so. Sourced by ./dev.

readonly default_kernels=(6.1 6.12 6.18 7.3) tested_kernels=(6.1 6.18)
readonly kernel_modules=(veth tun sch_ingress cls_bpf cls_u32 inet_diag tcp_diag) # each after those it needs, in the order of their names
readonly kernel_tools=(sh ip tc nsenter dig getent) # of this machine, for the tests in network namespaces
readonly kernel_seconds=600 # for one of them, beside another: software emulation is slow, and a hang must end

kernels() {
  local series status=0
  set_up
  have_emulator || step 'install what kernels need' apt_install qemu-system-x86 busybox-static cpio || return
  kernels_dir=target/kernels && mkdir -p $kernels_dir
  list_kernel_tests >$kernels_dir/tests
  step 'build the static tests' make_native --jobs=4 kernel-tests KERNEL_TESTS="$(kernel_tests)" || return
  run_pairs "$@" || status=1
  for series; do run_failed_again "$series"; done
  write_kernel_table "$@" | tee target/kernels.md
  if grep -q 'FAILED\|did not come to an end' target/kernels.md; then status=1; fi
  return $status
}

# Of all tests those that are asked for: not the slow ones where kernels_quick is set.
list_kernel_tests() { grep -v '^#' .dev/kernels/tests | { if [ -n "${kernels_quick:-}" ]; then grep -v '|slow$'; else sed 's/|slow$//'; fi; }; }
kernel_tests() { cut -d '|' -f 2 $kernels_dir/tests | tr '\n' ' '; }
# For ./dev test: an old and a new one, where apt has them. $1 is empty to leave slow tests out.
test_kernels() {
  local kernels_quick=1
  if [ -n "$1" ]; then kernels_quick=; fi
  local series found=()
  for series in "${tested_kernels[@]}"; do
    if [ "$(uname -m)" = x86_64 ] && [ -n "$(kernel_package "$series")" ]; then found+=("$series"); fi
  done
  if [ ${#found[@]} = 0 ]; then
    echo "Other kernels are not tested: apt has no cloud kernels ${tested_kernels[*]} of Debian (x86-64)."
  else
    kernels "${found[@]}"
  fi
}

have_emulator() { have qemu-system-x86_64 && have busybox && have cpio; }

# Debian's other releases have the newer kernels: from the mirror that this machine's own apt uses, but in a cache of
# our own, so that nothing else of theirs can be installed.
kernel_apt() {
  local tool=$1 root=${XDG_CACHE_HOME:-$HOME/.cache}/chaos-junit/kernels
  shift
  kernel_sources=$root/sources.list
  if [ ! -e "$kernel_sources" ]; then
    mkdir -p "$root/lists/partial" "$root/archives/partial"
    debian_mirror | while read -r uri; do
      for suite in bookworm bookworm-updates bookworm-backports trixie trixie-backports sid; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main"
      done
    done >"$kernel_sources"
    kernel_apt apt-get update -qq || true
  fi
  "$tool" -o APT::Sandbox::User=root -o Dir::Etc::sourcelist="$kernel_sources" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$root/lists" \
    -o Dir::Cache::archives="$root/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
}

debian_mirror() {
  apt-get indextargets --format '$(SITE) $(ORIGIN) $(LABEL)' 2>/dev/null | awk '$2 == "Debian" && $3 == "Debian" { print $1; exit }'
}

# The newest cloud kernel of a series. From 6.19 on its image is in a package of another name, which comes first here.
kernel_package() {
  local kind
  for kind in binary image; do
    kernel_apt apt-cache pkgnames "linux-$kind-$1" 2>/dev/null |
      grep -E "^linux-$kind-${1//./\\.}[-+~.][^ ]*cloud-$(dpkg --print-architecture)$" | grep -v unsigned | sort -V | tail -n 1
  done | head -n 1
}

# Prints a directory with a kernel to boot, vmlinuz, and what it needs of its modules; from the cache if it is there.
fetch_kernel() {
  local package directory
  package=$(kernel_package "$1")
  directory=${XDG_CACHE_HOME:-$HOME/.cache}/chaos-junit/kernels/$package
  if [ -z "$package" ]; then return 1; fi
  if [ ! -s "$directory/vmlinuz" ] || [ "$(cat "$directory/modules" 2>/dev/null)" != "${kernel_modules[*]}" ]; then
    mkdir -p "$directory"
    unpack_kernel "$package" "$directory" || return 1
    case $package in linux-binary-*) unpack_kernel "${package/binary/modules}" "$directory" || return 1 ;; esac
    unxz -f "$directory"/*.xz 2>/dev/null
    echo "${kernel_modules[*]}" >"$directory/modules"
  fi
  [ -s "$directory/vmlinuz" ] && echo "$directory"
}

unpack_kernel() {
  local archive=$2/archive module modules=()
  for module in "${kernel_modules[@]}"; do
    modules+=("./lib/modules/*/$module.ko*" "./usr/lib/modules/*/$module.ko*")
  done
  mkdir -p "$archive"
  (cd "$archive" && kernel_apt apt-get download -qq "$1" >&2) || return
  dpkg-deb --fsys-tarfile "$archive"/*.deb | tar -x -C "$2" --transform 's,.*/,,' --transform 's,^vmlinuz-.*,vmlinuz,' \
    --wildcards './boot/vmlinuz*' './usr/lib/modules/*/vmlinuz' "${modules[@]}" 2>/dev/null || true # not every package has all of these
  rm -rf "$archive"
}

# Two side by side, as tests wait for most of their time.
run_pairs() {
  local status=0 second
  kernel_apt : # what all of them need is there before
  while [ $# -gt 0 ]; do
    second=${2:-}
    if [ -n "$second" ]; then run_kernel "$second" & fi
    run_kernel "$1" || status=1
    if [ -n "$second" ]; then wait $! || status=1; shift; fi
    shift
  done
  return $status
}

run_kernel() {
  local kernel log=$kernels_dir/$1.log
  rm -f "$kernels_dir/$1.again.log"
  if ! kernel=$(fetch_kernel "$1"); then
    echo "not run: apt has no cloud kernel $1" >"$log"
    echo "==> Linux $1: $(cat "$log")"
    return 1
  fi
  step "Linux $1" boot_kernel "$kernel" "$log" $kernels_dir/tests
}

# Once, alone on the machine, after what they printed.
run_failed_again() {
  local log=$kernels_dir/$1.log failed=$kernels_dir/$1.failed what test
  if ! grep -q '^all tests ran$' "$log"; then return; fi
  while IFS='|' read -r what test; do
    if [[ $(kernel_cell "$log" "$test") =~ ^(FAILED|not run) ]]; then echo "$what|$test"; fi
  done <$kernels_dir/tests >"$failed"
  if [ ! -s "$failed" ]; then return; fi
  while IFS='|' read -r what test; do sed -n "/^== $test\$/,/^-- /p" "$log"; done <"$failed"
  step "Linux $1, what failed once more" boot_kernel "$(fetch_kernel "$1")" "$kernels_dir/$1.again.log" "$failed" || true
  sed -n '/^== /,$p' "$kernels_dir/$1.again.log"
}

# What the guest printed is the result. QEMU's emulation by several threads is the better one for tests of time, but a
# kernel that patches its own code may fall over it: then once more, by one thread.
boot_kernel() {
  local threads disk=${2%.log}.disk
  pack_disk "$1" "$disk" "$3"
  for threads in multi single; do
    timeout $kernel_seconds qemu-system-x86_64 -accel "tcg,thread=$threads" -cpu max -smp 2 -m 1G -display none \
      -serial stdio -monitor none -no-reboot -nodefaults -kernel "$1/vmlinuz" -initrd "$disk/initrd" \
      -append 'console=ttyS0 quiet panic=-1' </dev/null | tr -d '\r' >"$2" || true
    if grep -q '^all tests ran$' "$2"; then return; fi
    echo "The guest did not come to its end (emulation by $threads):"
    tail -n 5 "$2"
  done
  return 1
}

pack_disk() {
  local disk=$2/root
  rm -rf "$2" && mkdir -p "$disk"/{bin,dev,etc,lib64,mnt,modules,proc,sys,tmp,tests,tools}
  touch "$disk/etc/resolv.conf" # what a test puts its own over
  cp "$(command -v busybox)" "$disk/bin/busybox"
  cp .dev/kernels/init "$disk/init"
  cp "$3" "$disk/tests/list"
  cp chaos-bpf-native/"$native"/kernel-tests/* "$disk/tests/"
  cp "$1"/*.ko "$disk/modules/" 2>/dev/null || true
  cp -L /lib64/ld-linux-*.so.* "$disk/lib64/" # for the position-independent program, and the tools
  pack_tools "$disk/tools"
  (cd "$disk" && find . | cpio -o -H newc --quiet) >"$2/initrd"
}

# With the libraries they need, in one directory.
pack_tools() {
  local tool programs=()
  for tool in "${kernel_tools[@]}"; do programs+=("$(PATH=$PATH:/usr/sbin:/sbin command -v "$tool")"); done
  cp -L "${programs[@]}" "$1"
  ldd "${programs[@]}" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | sort -u | xargs cp -L -t "$1"
}

# Of a test's output: works (how), refused: why, FAILED, not run: why.
kernel_cell() {
  awk -v test="$2" '
    $0 == "== " test { on = 1; next }
    /^== / || /^all tests ran$/ { on = 0 }
    !on { next }
    sub(/^ *mechanism: /, "") && !mechanism { mechanism = $0 }
    sub(/^ *refused: /, "") { refused = $0 }
    /^# [0-9]+ passed, [0-9]+ failed$/ { passed = $2; failed = $4; ended = 1 }
    END {
      if (!ended) print "not run: it did not come to an end"
      else if (failed > 0 || passed == 0) print "FAILED (" failed " of " passed + failed " tests)"
      else if (refused) print "refused: " refused
      else print "works" (mechanism ? " (" mechanism ")" : "")
    }' "$1"
}

# Of a test's first run, or of its second one, if there is one.
kernel_cells() {
  if grep '^not run: ' "$1.log"; then
    return
  elif grep -qs "^== $2\$" "$1.again.log"; then
    echo "$(kernel_cell "$1.again.log" "$2"), at its second run"
  else
    kernel_cell "$1.log" "$2"
  fi
}

write_kernel_table() {
  local series fault test
  echo '| fault | test |' "$(printf ' Linux %s |' "$@")"
  echo '|---|---|'"$(printf -- '---|%.0s' "$@")"
  while IFS='|' read -r fault test; do
    printf '| %s | %s |' "$fault" "$test"
    for series; do
      printf ' %s |' "$(kernel_cells "$kernels_dir/$series" "$test")"
    done
    echo
  done <$kernels_dir/tests
}
