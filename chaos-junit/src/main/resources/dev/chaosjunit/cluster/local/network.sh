# SPDX-License-Identifier: Apache-2.0
# Connects the node to the host and lays out its packet rules.
# On each link the node is 02:00:00:00:00:01 and the other end :02, written down on both sides: an ARP request that is
# lost while a link comes up would cost a second, and no fault shall hit one.
# usage: network.sh NODE-PID LINK PREFIX DNS-PORT DOOR
set -eu
PATH=$PATH:/usr/sbin:/sbin
node=$1 link=$2 prefix=$3 dns=$4 door=$5
gateway=$prefix.1 prober=$prefix.252 names=$prefix.253 host=$prefix.254

ip link set "${link}p" netns "$node" name uplink
nsenter --target "$node" --net sh -eu <<END
echo 1 >/proc/sys/net/ipv4/ip_forward
# A pod that reaches itself through a Service would be told a better way, and no refusal for a second after it.
for links in all default; do echo 0 >/proc/sys/net/ipv4/conf/\$links/send_redirects; done
ip -batch - <<BATCH
link set lo up
addr add $gateway/32 dev lo
link set uplink addrgenmode none
link set uplink up
neigh add $host lladdr 02:00:00:00:00:02 dev uplink nud permanent
neigh add $names lladdr 02:00:00:00:00:02 dev uplink nud permanent
neigh add $prober lladdr 02:00:00:00:00:02 dev uplink nud permanent
route add $host dev uplink scope link src $gateway
route add $names dev uplink scope link
route add $prober dev uplink scope link
BATCH
nft -f - <<RULES
table ip chaos {
  # Name queries go to the server in the JVM. Without connection tracking: thousands a second would fill its table.
  chain names {
    type filter hook prerouting priority raw;
    iifname "pod*" ip daddr $names udp dport 53 notrack ip daddr set $host udp dport set $dns
    iifname "pod*" ip daddr $names tcp dport 53 notrack ip daddr set $host tcp dport set $dns
    iifname "uplink" ip saddr $host udp sport $dns notrack ip saddr set $names udp sport set 53
    iifname "uplink" ip saddr $host tcp sport $dns notrack ip saddr set $names tcp sport set 53
  }
  chain services {
    type nat hook prerouting priority dstnat;
  }
  chain unserved {
    type filter hook prerouting priority dstnat + 1;
    ip daddr $prefix.128-$prefix.251 meta l4proto tcp reject with tcp reset
    ip daddr $prefix.128-$prefix.251 reject
  }
  # The doors of the machine: the name server, by UDP and TCP, and what pods export to. Whatever else a pod begins there is
  # refused; what it answers goes out, a broken connection's late packets included.
  chain doors {
    type filter hook forward priority filter;
    iifname "pod*" oifname "uplink" ip daddr $host udp dport $dns accept
    iifname "pod*" oifname "uplink" ip daddr $host tcp dport $dns accept
${door:+    iifname "pod*" oifname "uplink" ip daddr $host tcp dport $door accept}
    iifname "pod*" oifname "uplink" tcp flags & (syn | ack) == syn reject with tcp reset
    iifname "pod*" oifname "uplink" meta l4proto != tcp ct state new reject
  }
  # A pod that reaches itself through a Service would drop packets from its own address.
  chain hairpin {
    type nat hook postrouting priority srcnat;
  }
}
RULES
END
