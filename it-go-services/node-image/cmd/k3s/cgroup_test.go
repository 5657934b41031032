// SPDX-License-Identifier: Apache-2.0

package main

import "testing"

func TestFindsCgroupByController(t *testing.T) {
	const hybrid = "12:cpuset:/docker/1f\n4:cpu,memory:/docker/2e\n1:name=systemd:/docker/3d\n0::/docker/4c\n"
	const unified = "0::/system.slice/docker-1f.scope\n"
	for _, c := range []struct{ membership, controller, path string }{
		{hybrid, "memory", "/docker/2e"},
		{hybrid, "", "/docker/4c"},
		{unified, "memory", ""},
		{unified, "", "/system.slice/docker-1f.scope"},
		{"", "memory", ""},
		{"nonsense\n", "", ""},
	} {
		path, found := cgroupOf(c.membership, c.controller)
		if path != c.path || found != (c.path != "") {
			t.Errorf("cgroup of %q in %q is %q, found %t; wanted %q", c.controller, c.membership, path, found, c.path)
		}
	}
}
