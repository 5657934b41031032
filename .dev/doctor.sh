# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Says what works on this machine, one line each with its remedy. Sourced by ./dev.

unusable=0

# report yes|no|note WHAT DETAIL: "no" is what the local runtime cannot do without.
report() {
  printf '%-5s %-38s %s\n' "$1" "$2" "$3"
  if [ "$1" = no ]; then unusable=1; fi
}

# For each_need.
report_need() {
  if eval "$2"; then
    report yes "$1" ''
  elif [ "$2" = have_go ] && have go; then
    report no "$1" "this one is older; ./dev demo fetches Go $go_release from the Go module proxy"
  else
    report no "$1" "apt-get install $(known_package "${@:3}"), or ./dev demo"
  fi
}

privileged() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

report_privileges() {
  if [ "$(id -u)" = 0 ]; then
    report yes 'privileges' root
  elif sudo -n true 2>/dev/null; then
    report yes 'privileges' 'sudo without a password'
  else
    report no 'privileges' 'run as root, or allow sudo without a password (visudo: USER ALL=(ALL) NOPASSWD: ALL)'
  fi
}

report_namespaces() {
  if privileged unshare --net --mount --pid --fork true 2>/dev/null; then
    report yes 'network, mount and pid namespaces' ''
  else
    report no 'network, mount and pid namespaces' 'needs CAP_SYS_ADMIN: in a container, run it with --privileged'
  fi
  if grep -q ' cgroup2 ' /proc/mounts; then
    report yes 'cgroup v2' "$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)"
  else
    report no 'cgroup v2' 'mount -t cgroup2 none /sys/fs/cgroup'
  fi
  if [ -c /dev/net/tun ]; then
    report yes '/dev/net/tun' ''
  else
    report note '/dev/net/tun' 'no delay of incoming packets without it: modprobe tun'
  fi
}

# Of the K3s runtime. A privileged container is tried, as no setting tells whether the engine makes one.
report_docker() {
  local image refusal
  if ! docker info >/dev/null 2>&1; then
    report note 'Docker' 'for the K3s runtime only; .ci/docker-engine start starts one'
    return
  fi
  report yes 'Docker' "engine $(docker version --format '{{.Server.Version}}')"
  image=$(k3s_image_here)
  if [ -z "$image" ]; then
    report note 'image of K3s nodes' "docker pull $k3s_release, or ./dev node-image where that cannot be pulled"
    return
  fi
  report yes 'image of K3s nodes' "$image"
  if refusal=$(docker run --rm --privileged --entrypoint true "$image" 2>&1); then
    report yes 'privileged containers' ''
  else
    report note 'privileged containers' "the K3s runtime needs them: $refusal"
  fi
}

# What the kernel can do is tried by loading it, never guessed from a version. A line is NAME=yes or NAME=no:ERRNO:WHY.
report_kernel() {
  local line
  if ! make_native all >/dev/null 2>&1; then
    report note 'kernel features' 'not tried: the native helper does not build here (make -C chaos-bpf-native)'
    return
  fi
  while read -r line; do
    case $line in
      *=yes) report yes "kernel: ${line%%=*}" '' ;;
      *) report "$(severity "${line%%=*}")" "kernel: ${line%%=*}" "$(unescape "${line#*=no:}")" ;;
    esac
  done < <(privileged "chaos-bpf-native/$native/chaos-agent" --probe)
}

# Everything else has a fallback, or is one direction among two.
severity() { case $1 in netns | setns | dns | delay_egress) echo no ;; *) echo note ;; esac; }
unescape() { printf '%b' "${1//%/\\x}"; }

report "$([ "$(uname -s)" = Linux ] && echo yes || echo no)" 'Linux' "$(uname -r) on $(uname -m)"
report_privileges
each_need report_need
report_namespaces
report_docker
report_kernel
[ $unusable = 0 ] || echo 'The local runtime cannot work here before each "no" above is settled.'
exit $unusable
