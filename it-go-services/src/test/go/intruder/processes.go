// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// processes looks for a process of the machine's by its number there, and for a secret in all environments.
func processes(pid, secret string) []attempt {
	number, _ := strconv.Atoi(pid)
	return []attempt{
		{"see another process", func() (string, error) {
			seen, err := filepath.Glob("/proc/[0-9]*")
			if err == nil && len(seen) < 2 {
				err = errors.New("none but this one")
			}
			return fmt.Sprint(seen), err
		}},
		{"signal the test", func() (string, error) { return pid, syscall.Kill(number, syscall.SIGCONT) }},
		{"read another pod's environment", func() (string, error) { return findSecret(secret) }},
	}
}

func findSecret(secret string) (string, error) {
	environments, _ := filepath.Glob("/proc/*/environ")
	for _, path := range environments {
		if content, err := os.ReadFile(path); err == nil && bytes.Contains(content, []byte(secret)) {
			return path, nil
		}
	}
	return "", fmt.Errorf("not in %d environments", len(environments))
}

// kernel makes calls by which root leaves its namespaces.
func kernel() []attempt {
	return []attempt{
		{"mount", func() (string, error) { return "", syscall.Mount("proc", "/tmp", "proc", 0, "") }},
		{"unshare", func() (string, error) { return "", syscall.Unshare(syscall.CLONE_NEWUSER) }},
		{"reboot", func() (string, error) { return "", syscall.Reboot(syscall.LINUX_REBOOT_CMD_CAD_ON) }},
		{"change the host name", func() (string, error) { return "", syscall.Sethostname([]byte("intruder")) }},
		{"read the kernel's log", func() (string, error) {
			n, err := syscall.Klogctl(3, make([]byte, 64))
			return fmt.Sprint(n), err
		}},
	}
}
