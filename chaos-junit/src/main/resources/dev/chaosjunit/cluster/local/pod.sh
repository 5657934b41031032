# SPDX-License-Identifier: Apache-2.0
# The first process of a pod, in namespaces of its own: prints "pod PID", waits for a line on stdin that says its link
# is there, sets it up, prints "up", and becomes the program. "again" says that an earlier life has set it up.
# usage: pod.sh NAME ADDRESS GATEWAY CGROUP PROGRAM...
set -eu
exec 2>&1 # what is around this process has its own error output
PATH=$PATH:/usr/sbin:/sbin
name=$1 address=$2 gateway=$3 cgroup=$4/$1
mkdir -p -m 1777 "$4/agent/$1" # in the node's own mount, for what outlives a program
shift 4

read -r pid _ </proc/self/stat # still the machine's /proc, hence the machine's number
[ -d "$cgroup" ] || mkdir "$cgroup"
echo 0 >"$cgroup/cgroup.procs"
echo "$name" >/proc/sys/kernel/hostname
echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
mount -t proc proc /proc
echo "pod $pid"
read -r connected
[ "$connected" = again ] || ip -batch - <<END
link set lo up
addr add $address/32 dev eth0
link set eth0 addrgenmode none
link set eth0 up
neigh add $gateway lladdr 02:00:00:00:00:01 dev eth0 nud permanent
route add $gateway dev eth0 scope link
route add ${gateway%.*}.0/24 via $gateway dev eth0
END
echo up
exec "$@" </dev/null
