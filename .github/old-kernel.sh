#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Boots a kernel older than 6.6 in QEMU and expects the helper to refuse, by its probe and by its answer to a request:
# no runner that GitHub hosts has a kernel that old. Needs qemu-system-x86, busybox-static and cpio, and no KVM.
#
#   .github/old-kernel.sh KERNEL CHAOS-AGENT
set -euo pipefail
kernel=$1 agent=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root"/disk/{bin,dev,proc,sys}
cp "$agent" /bin/busybox "$root/disk/bin/"
cat >"$root/disk/init" <<'INIT'
#!/bin/busybox sh
for applet in mount uname unshare sleep poweroff; do busybox ln -s busybox /bin/$applet; done
mount -t proc none /proc && mount -t sysfs none /sys && mount -t devtmpfs none /dev
echo "kernel=$(uname -r)"
chaos-agent --probe
unshare -n sleep 60 &
sleep 1
echo "attach id=a kind=dnschaos pid=$! dev=lo action=nxdomain patterns=example.com" | chaos-agent
poweroff -f
INIT
chmod +x "$root/disk/init"
(cd "$root/disk" && find . | cpio -o -H newc --quiet) >"$root/initrd"

timeout 300 qemu-system-x86_64 -accel tcg -cpu max -m 512 -display none -serial stdio -monitor none -no-reboot \
  -kernel "$kernel" -initrd "$root/initrd" -append 'console=ttyS0 quiet panic=-1' </dev/null |
  tr -d '\r' | tee "$root/log"

status=0
for expected in '^kernel=' '^dns=no:' '^delay_egress=no:' '^error code=unsupported .*tcx'; do
  grep -q "$expected" "$root/log" || { echo "old-kernel.sh: the log lacks a line like $expected" >&2; status=1; }
done
exit $status
