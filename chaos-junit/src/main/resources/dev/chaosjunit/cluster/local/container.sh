# SPDX-License-Identifier: Apache-2.0
# The first process of a container, in the network of its pod and other namespaces of its own: prints "pod PID" and
# becomes the program.
# usage: container.sh POD CONTAINER HOSTNAME CGROUP PROGRAM...
set -eu
exec 2>&1 # what is around this process has its own error output
hostname=$3 cgroup=$4/$1/$2
mkdir -p -m 1777 "$4/agent/$1" # in the node's own mount, for what outlives a program
shift 4

read -r pid _ </proc/self/stat # still the machine's /proc, hence the machine's number
[ -d "$cgroup" ] || mkdir -p "$cgroup" # several begin side by side
echo 0 >"$cgroup/cgroup.procs"
echo "$hostname" >/proc/sys/kernel/hostname
mount -t proc proc /proc
echo "pod $pid"
exec "$@" </dev/null
