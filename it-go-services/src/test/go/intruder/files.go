// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// files leaves a file of the name in every directory that it finds, which is its own business as long as nobody else
// sees them, and tries what must fail.
func files(mark string) []attempt {
	return []attempt{
		{"leave marks everywhere", func() (string, error) { return fmt.Sprint(leaveMarks(mark)), nil }},
		read("/etc/shadow"),
		read("/proc/1/root/etc/shadow"),
		read("/proc/kcore"),
		write("/usr/local/bin/intruder"),
		write("/usr/share/zoneinfo/UTC"),
		write("/etc/ssl/certs/ca-certificates.crt"),
		write("/proc/sys/kernel/core_pattern"),
		write("/proc/sysrq-trigger"),
		write("/sys/kernel/uevent_helper"),
		write("/sys/fs/cgroup/cgroup.procs"),
		{"open a disk", openDisk},
	}
}

func leaveMarks(mark string) int {
	marks := 0
	_ = filepath.WalkDir("/", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil
		}
		if path == "/proc" || path == "/sys" {
			return filepath.SkipDir
		}
		if os.WriteFile(filepath.Join(path, mark), nil, 0o600) == nil {
			marks++
		}
		return nil
	})
	return marks
}

func read(path string) attempt {
	return attempt{"read " + path, func() (string, error) {
		content, err := os.ReadFile(path)
		if err == nil && len(content) == 0 {
			err = fmt.Errorf("empty")
		}
		return "", err
	}}
}

func write(path string) attempt {
	return attempt{"write " + path, func() (string, error) {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_ = file.Close()
		}
		return "", err
	}}
}

// openDisk makes a device file of any disk of the machine's, and opens it.
func openDisk() (string, error) {
	disks, err := filepath.Glob("/sys/class/block/*/dev")
	if err != nil || len(disks) == 0 {
		return "", fmt.Errorf("no disk is seen: %w", os.ErrNotExist)
	}
	number, err := os.ReadFile(disks[0])
	if err != nil {
		return "", err
	}
	var major, minor int
	if _, err := fmt.Sscanf(strings.TrimSpace(string(number)), "%d:%d", &major, &minor); err != nil {
		return "", err
	}
	if err := syscall.Mknod("/tmp/disk", syscall.S_IFBLK|0o600, major<<8|minor); err != nil {
		return "", err
	}
	file, err := os.Open("/tmp/disk")
	if err == nil {
		_ = file.Close()
	}
	return disks[0], err
}
