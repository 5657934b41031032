# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What a Docker engine changes in the machine's network and leaves changed when it ends, and how to put it back. Rules
# that others added meanwhile stay. Sourced by docker-engine.

readonly sysctls=(net.ipv4.ip_forward net.ipv6.conf.default.forwarding net.ipv6.conf.all.forwarding)

# save_network DIR
save_network() {
  local tables
  mkdir -p "$1"
  sysctl -e "${sysctls[@]}" >"$1/sysctls" 2>/dev/null || true
  docker_bridges >"$1/bridges"
  for tables in iptables ip6tables; do
    "$tables-save" >"$1/$tables" 2>/dev/null || true
  done
}

# restore_network DIR
restore_network() {
  local bridge tables
  for bridge in $(docker_bridges | grep -vxFf "$1/bridges" || true); do ip link delete "$bridge"; done
  for tables in iptables ip6tables; do restore_rules $tables "$1/$tables"; done
  sysctl -q -p "$1/sysctls"
}

docker_bridges() {
  ip -o link show type bridge | awk -F': ' '$2 ~ /^(docker0|br-[0-9a-f]+)$/ { print $2 }'
}

# restore_rules iptables|ip6tables FILE: takes Docker's chains and rules out, and gives FORWARD the policy it had.
restore_rules() {
  local policy
  policy=$(awk '$1 == ":FORWARD" { print $2; exit }' "$2")
  "$1-save" | sed -E "/DOCKER|docker0|br-[0-9a-f]{12}/d; s/^:FORWARD [A-Z]*/:FORWARD ${policy:-ACCEPT}/" | "$1-restore"
  # Where there were no tables before, and no rules are in them now, there need be no tables.
  if [ ! -s "$2" ] && ! "$1-save" | grep -q '^-A' && command -v nft >/dev/null; then remove_tables "$1"; fi
}

remove_tables() {
  local family=ip table
  if [ "$1" = ip6tables ]; then family=ip6; fi
  for table in filter nat; do nft delete table $family $table 2>/dev/null || true; done
}
