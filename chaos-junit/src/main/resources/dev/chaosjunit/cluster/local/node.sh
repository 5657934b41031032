# SPDX-License-Identifier: Apache-2.0
# Makes one node (network, pid and mount namespaces, a link to them, a cgroup) and takes it away when the JVM is gone.
# usage: node.sh JVM-PID; stdin: a pipe that the JVM holds open. Prints "node NUMBER PREFIX PID CGROUP" when it is up,
# or first "needs …" where the machine lacks something; all else that it prints is a failure.
set -u
PATH=$PATH:/usr/sbin:/sbin
trap '' HUP INT TERM # Ctrl-C reaches the whole process group: outlive the JVM, then clean up
jvm=$1

check_tools() {
  missing=
  for tool in ip:iproute2 nft:nftables unshare:util-linux nsenter:util-linux setpriv:util-linux mount:mount \
    tail:coreutils; do
    command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool%%:*} (package ${tool##*:})"
  done
  tail --version >/dev/null 2>&1 || missing="$missing tail of GNU (package coreutils)" # others have no --pid
  [ -z "$missing" ] || { echo "needs the missing tools:$missing; install them, for example with apt-get install"; exit 1; }
}

find_cgroups() {
  while read -r _ point type _; do
    [ "$type" != cgroup2 ] || { cgroups=$point; return; }
  done </proc/mounts
  echo "needs a cgroup2 hierarchy, and none is mounted: mount -t cgroup2 none /sys/fs/cgroup/unified"
  exit 1
}

# A /24 of 198.18.0.0/15 belongs to the one who made the cgroup of its number, until it is removed. The link is no
# proof: it goes by itself some time after the last process of the node.
claim() {
  number=0
  while [ $number -lt 512 ]; do
    link=chaos$number
    prefix=198.$((18 + number / 256)).$((number % 256))
    cgroup=$cgroups/chaos-junit-$number
    if mkdir "$cgroup" 2>/dev/null; then
      [ -z "$(ip -4 route show root $prefix.0/24)" ] && make_link && return
      rmdir "$cgroup"
    fi
    number=$((number + 1))
  done
  echo "needs a cgroup of its own: none can be made in $cgroups, or all 512 networks of 198.18.0.0/15 are in use"
  exit 1
}

make_link() {
  error=$(ip link add "$link" address 02:00:00:00:00:02 type veth \
    peer name "${link}p" address 02:00:00:00:00:01 2>&1) && return
  case $error in
    *"File exists"*) return 1 ;;
  esac
  echo "needs a veth pair: $error"
  rmdir "$cgroup"
  exit 1
}

connect_host() {
  ip -batch - <<END
link set $link addrgenmode none
addr add $prefix.254/32 dev $link
link set $link up
neigh add $prefix.1 lladdr 02:00:00:00:00:01 dev $link nud permanent
route add $prefix.0/24 via $prefix.1 dev $link onlink src $prefix.254
END
}

# Nobody but its pid 1 keeps the node alive, and that one lives until the JVM's end of the pipe is closed. A child of
# the JVM's may have inherited that end and hold it open: so watch the JVM itself, too.
run_node() {
  exec 3<&0
  tail --pid="$jvm" -s 0.1 -f /dev/null 3<&- &
  watch=$!
  { hold_node; kill -9 "$watch"; } &
  wait "$watch"
  kill -9 $(cat "$cgroup/cgroup.procs")
  wait
}

hold_node() {
  unshare --net --mount --pid --fork --kill-child sh -c '
    echo 0 >"$3/cgroup.procs" && read -r pid _ </proc/self/stat && echo "node $1 $2 $pid $3" &&
      exec cat <&3 >/dev/null 2>&1
  ' node "$number" "$prefix" "$cgroup" 2>&1
}

clean_up() {
  ip link del "$link" 2>/dev/null
  tries=0
  while [ -d "$cgroup" ] && [ $tries -lt 200 ]; do
    rmdir "$cgroup"/*/ "$cgroup" 2>/dev/null || sleep 0.01
    tries=$((tries + 1))
  done
}

check_tools
find_cgroups
claim
connect_host && run_node 2>/dev/null
clean_up
