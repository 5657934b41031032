# SPDX-License-Identifier: Apache-2.0
# Makes one node (network, pid and mount namespaces, a link to them, a cgroup) and takes it away when the JVM is gone.
# usage: node.sh start JVM-PID; stdin: a pipe that the JVM holds open. Prints "node NUMBER PREFIX PID CGROUP HOLDER
#          GUARDIAN CONTROLLER=CGROUP..." when it is up, and "ended CODE" when it is gone though the JVM is not; or first
#          "needs …" where the machine lacks something; all else that it prints is a failure.
#        node.sh end NUMBER: takes away what a guardian that was killed has left.
set -u
PATH=$PATH:/usr/sbin:/sbin
trap '' HUP INT TERM # Ctrl-C reaches the whole process group: outlive the JVM, then clean up
metric=4000000000
own=_node # no pod has such a name

check_tools() {
  missing=
  for tool in ip:iproute2 nft:nftables unshare:util-linux nsenter:util-linux setsid:util-linux flock:util-linux \
    mount:mount; do
    command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool%%:*} (package ${tool##*:})"
  done
  [ -z "$missing" ] || { echo "needs the missing tools:$missing; install them, for example with apt-get install"; exit 1; }
}

# The cgroup2 hierarchy, and "CONTROLLER=DIRECTORY" for those that have one of their own (cgroup v1).
find_cgroups() {
  cgroups='' hierarchies=''
  while read -r _ point type options _; do
    case $type in
      cgroup2) cgroups=${cgroups:-$point} ;;
      cgroup) add_hierarchy "$point" ",$options," ;;
    esac
  done </proc/mounts
  [ -z "$cgroups" ] || return 0
  echo "needs a cgroup2 hierarchy, and none is mounted: mount -t cgroup2 none /sys/fs/cgroup/unified"
  exit 1
}

add_hierarchy() {
  for name in memory cpu cpuacct pids; do
    case $2 in
      *,"$name",*) hierarchies="$hierarchies $name=$1" ;;
    esac
  done
}

name_all() {
  number=$1
  link=chaos$number
  prefix=198.18.$number
  cgroup=$cgroups/chaos-junit-$number
}

# Cgroups in which what pods use is limited and counted: the node's own where its controllers can be had for it, else one more each.
find_controllers() {
  controllers=
  for hierarchy in $hierarchies; do
    mkdir -p "${hierarchy#*=}/${cgroup##*/}" && controllers="$controllers $hierarchy/${cgroup##*/}"
  done
  for name in memory cpu pids; do
    case $hierarchies in
      *" $name="*) ;;
      *) enable "$cgroups" $name && enable "$cgroup" $name && controllers="$controllers $name=$cgroup" ;;
    esac
  done
}

enable() {
  grep -qw "$2" "$1/cgroup.subtree_control" || echo "+$2" >"$1/cgroup.subtree_control"
}

# A /24 of 198.18.0.0/16 belongs to the one who made the cgroup of its number, and that to the guardian that holds its
# lock. Claims and sweeps take turns: between mkdir and lock, nobody may take the one for a leftover.
claim() {
  exec 8<"$cgroups"
  flock 8
  sweep
  for number in $(seq 0 255); do
    name_all "$number"
    if mkdir "$cgroup" 2>/dev/null; then
      exec 9<"$cgroup"
      flock -n 9 && is_unused && make_link && { exec 8<&-; return; }
      rmdir "$cgroup"
    fi
  done
  echo "needs a cgroup of its own: none can be made in $cgroups, or all 256 networks of 198.18.0.0/16 are in use"
  exit 1
}

# A route of ours that was left without its cgroup is no use of a network; one of a larger network is, a VPN's perhaps,
# unless it leads everywhere.
is_unused() {
  [ -z "$({ ip -4 route show root "$prefix.0/24"; ip -4 route show match "$prefix.0/24"; } |
    grep -v -e "^unreachable $prefix.0/24 metric $metric" -e "^default" -e "^0.0.0.0/1 " -e "^128.0.0.0/1 ")" ]
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

# When the link is gone, what is sent to the node must not take the default route: a stranger might answer.
connect_host() {
  ip -batch - <<END
route replace unreachable $prefix.0/24 metric $metric
link set $link addrgenmode none
addr add $prefix.254/32 dev $link
addr add $prefix.252/32 dev $link
link set $link up
neigh add $prefix.1 lladdr 02:00:00:00:00:01 dev $link nud permanent
route add $prefix.0/24 via $prefix.1 dev $link onlink src $prefix.254
END
}

# Nobody but its pid 1 keeps the node alive, and that one lives until the JVM's end of the pipe is closed. A child of
# the JVM's may have inherited that end and hold it open: so watch the JVM itself, too.
run_node() {
  exec 3<&0
  mkdir "$cgroup/$own" # a cgroup with controllers holds no process itself
  unshare --net --mount --pid --fork --kill-child sh -c '
    echo 0 >"$4/cgroup.procs" && read -r pid _ _ holder _ </proc/self/stat &&
      echo "node $1 $2 $pid $3 $holder $5$6" && exec cat <&3 >/dev/null 2>&1
  ' node "$number" "$prefix" "$cgroup" "$cgroup/$own" $$ "$controllers" 9<&- 2>&1 &
  await_end $!
  kill -0 "$jvm" && [ "$code" != 0 ] || return
  ip link del "$link" # the kernel would take its time
  echo "ended $code"
  # keep the network claimed while somebody may still send to it
  cat <&3 >/dev/null 9<&- &
  await_end $!
}

await_end() {
  while kill -0 "$1" && kill -0 "$jvm"; do
    sleep 0.1 9<&-
  done
  kill -0 "$jvm" || kill -9 "$1" # its namespaces' other processes end with it
  wait "$1"
  code=$?
}

# Wait for the last process, and take all away; the cgroup last, as with it goes the claim to the rest.
clean_up() {
  kill -9 $(cat "$cgroup/$own/cgroup.procs")
  await_empty
  remove
}

await_empty() {
  tries=0
  while is_populated && [ $tries -lt 200 ]; do
    sleep 0.01
    tries=$((tries + 1))
  done
}

is_populated() {
  grep -q "^populated 1" "$cgroup/cgroup.events"
}

remove() {
  ! is_populated || return 1
  ip link del "$link"
  ip route del unreachable "$prefix.0/24" metric $metric
  for hierarchy in $hierarchies; do
    remove_tree "${hierarchy#*=}/${cgroup##*/}"
  done
  remove_tree "$cgroup"
}

# Of pods, of their containers.
remove_tree() {
  [ ! -d "$1" ] || rmdir "$1"/*/*/ "$1"/*/
  [ ! -d "$1" ] || rmdir "$1"
}

sweep() {
  for left in "$cgroups"/chaos-junit-[0-9]*; do
    [ ! -d "$left" ] || sweep_one "${left##*-}"
  done
}

# What no guardian holds is nobody's, unless processes are in it.
sweep_one() {
  name_all "$1"
  (flock -n 9 || exit 0; remove) 2>/dev/null 9<"$cgroup"
}

find_cgroups
if [ "$1" = end ]; then
  name_all "$2"
  await_empty 2>/dev/null
  exec 8<"$cgroups"
  flock 8
  [ ! -d "$cgroup" ] || sweep_one "$2" || echo "processes are left in $cgroup, or it cannot be removed"
  exit
fi
jvm=$2
check_tools
claim
find_controllers 2>/dev/null
connect_host && run_node 2>/dev/null
clean_up 2>/dev/null
