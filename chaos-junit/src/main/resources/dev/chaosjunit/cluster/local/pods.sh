# SPDX-License-Identifier: Apache-2.0
# Gives each pod a network of its own, kept by a file of its name, and a link from it to the node; in the node's network
# and mount namespaces. The links' addresses are told in network.sh.
# usage: pods.sh DIRECTORY GATEWAY; stdin: "INDEX POD ADDRESS", a line for each
set -eu
PATH=$PATH:/usr/sbin:/sbin
networks=$1 gateway=$2
near=02:00:00:00:00:01 far=02:00:00:00:00:02

connect() {
  link=pod$1 network=$networks/$2 address=$3
  : >"$network"
  unshare --net="$network" sh -c 'echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start'
  ip -batch - <<END
link add $link address $near type veth peer name eth0 address $far netns $network
link set $link addrgenmode none
link set $link up
neigh add $address lladdr $far dev $link nud permanent
route add $address dev $link scope link
END
  nsenter --net="$network" ip -batch - <<END
link set lo up
addr add $address/32 dev eth0
link set eth0 addrgenmode none
link set eth0 up
neigh add $gateway lladdr $near dev eth0 nud permanent
route add $gateway dev eth0 scope link
route add ${gateway%.*}.0/24 via $gateway dev eth0
END
}

if [ ! -d "$networks" ]; then
  mkdir "$networks"
  mount -t tmpfs -o mode=0755 chaos-junit-networks "$networks"
fi
connecting=
while read -r index pod address; do
  connect "$index" "$pod" "$address" &
  connecting="$connecting $!"
done
for one in $connecting; do wait "$one"; done
