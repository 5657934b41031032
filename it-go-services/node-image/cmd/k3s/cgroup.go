// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const cgroupRoot = "/sys/fs/cgroup"

// ownCgroup is the cgroup of this container, made ready to have the pods' cgroups below it. K3sContainer shares the
// machine's cgroup namespace: pods right below its root would outlive the node, and two nodes would remove each
// other's.
func ownCgroup() (string, error) {
	membership, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return "", err
	}
	unified, err := isUnified()
	if err != nil {
		return "", err
	}
	controller := "memory"
	if unified {
		controller = ""
	}
	path, found := cgroupOf(string(membership), controller)
	if !found {
		return "", fmt.Errorf("no cgroup with controller %q in /proc/self/cgroup: %q", controller, membership)
	}
	if unified {
		return path, makeRoom(path)
	}
	return path, nil
}

// isUnified asks as the kubelet and runc do: they use cgroup v2 only where nothing else is mounted.
func isUnified() (bool, error) {
	const cgroup2 = 0x63677270
	var mounted syscall.Statfs_t
	err := syscall.Statfs(cgroupRoot, &mounted)
	return int64(mounted.Type) == cgroup2, err
}

// cgroupOf finds a hierarchy by controller among lines such as "4:memory:/docker/1f"; v2's line, "0::/docker/1f", has
// none.
func cgroupOf(membership, controller string) (string, bool) {
	for line := range strings.Lines(membership) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		if len(fields) < 3 {
			continue
		}
		for name := range strings.SplitSeq(fields[1], ",") {
			if name == controller {
				return fields[2], true
			}
		}
	}
	return "", false
}

// makeRoom obeys two rules of cgroup v2: a cgroup has processes or controllers for its children, never both, so the
// processes move down; and a controller is there only if every cgroup above hands it on.
func makeRoom(path string) error {
	own := filepath.Join(cgroupRoot, path)
	if err := moveProcesses(own, filepath.Join(own, "init")); err != nil {
		return err
	}
	controllers, err := os.ReadFile(cgroupRoot + "/cgroup.controllers")
	if err != nil {
		return err
	}
	handOn := cgroupRoot
	for _, name := range append([]string{""}, strings.Split(strings.Trim(path, "/"), "/")...) {
		handOn = filepath.Join(handOn, name)
		for _, controller := range strings.Fields(string(controllers)) {
			// One by one, and without complaint: the kubelet names those that it misses.
			_ = os.WriteFile(handOn+"/cgroup.subtree_control", []byte("+"+controller), 0o644)
		}
	}
	return nil
}

func moveProcesses(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("cannot make a cgroup below this container's: %w; bind /sys/fs/cgroup writable", err)
	}
	processes, err := os.ReadFile(from + "/cgroup.procs")
	if err != nil {
		return err
	}
	for _, pid := range strings.Fields(string(processes)) {
		// One that ended meanwhile is no trouble, and one that stays shows in the kubelet's complaint.
		_ = os.WriteFile(to+"/cgroup.procs", []byte(pid), 0o644)
	}
	return nil
}
