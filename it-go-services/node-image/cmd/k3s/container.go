// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// prepareContainer makes of a privileged container what a node expects of a machine.
func prepareContainer() error {
	for _, dir := range []string{
		filepath.Dir(adminKubeconfig), imagesDir, containerdDir, containerdState, tlsDir, credentialsDir, manifestsDir,
		databaseDir, configDir, logDir, "/etc/cni/net.d", "/var/lib/kubelet",
	} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, ""); err != nil {
		return fmt.Errorf("cannot share mounts with pods: %w; run this container with --privileged", err)
	}
	optional(mountOnce("bpf", "/sys/fs/bpf"))
	optional(mountOnce("tracefs", "/sys/kernel/tracing"))
	optional(makeTunDevice())
	optional(os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644))
	optional(os.WriteFile("/proc/sys/net/bridge/bridge-nf-call-iptables", []byte("1"), 0o644))
	return shadowMachineSysctls()
}

// optional is for what only some faults need, and for what kernels lack that need it not.
func optional(err error) {
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		log.Printf("goes on without: %v", err)
	}
}

// An instance of its own, which goes when the container goes.
func mountOnce(kind, path string) error {
	var there syscall.Statfs_t
	magics := map[string]int64{"bpf": 0xcafe4a11, "tracefs": 0x74726163}
	if err := syscall.Statfs(path, &there); err != nil || int64(there.Type) == magics[kind] {
		return err
	}
	if err := syscall.Mount(kind, path, kind, 0, ""); err != nil {
		return fmt.Errorf("cannot mount %s at %s: %w", kind, path, err)
	}
	return nil
}

// An engine hands a privileged container the devices it sees, and this one is often made only when it is used.
func makeTunDevice() error {
	const path, major, minor = "/dev/net/tun", 10, 200
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return syscall.Mknod(path, syscall.S_IFCHR|0o666, major<<8|minor)
}

// The kubelet insists on sysctls that no namespace holds: setting them would change the machine. So it is shown the
// values it wants, and the machine keeps its own.
func shadowMachineSysctls() error {
	wanted := map[string]string{
		"kernel/panic": "10", "kernel/panic_on_oops": "1", "vm/overcommit_memory": "1", "vm/panic_on_oom": "0",
		"kernel/keys/root_maxkeys": "1000000", "kernel/keys/root_maxbytes": "25000000",
	}
	for name, value := range wanted {
		real, shadow := "/proc/sys/"+name, filepath.Join(configDir, "sysctl-"+strings.ReplaceAll(name, "/", "-"))
		if _, err := os.Stat(real); err != nil {
			continue // this kernel has none, so the kubelet does without
		}
		if err := os.WriteFile(shadow, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := syscall.Mount(shadow, real, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("cannot hide sysctl %s from the kubelet: %w", name, err)
		}
	}
	return nil
}
