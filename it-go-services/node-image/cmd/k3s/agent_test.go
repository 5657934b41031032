// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAnAgentReadsWhereItsServerIsAndWhatLetsItIn(t *testing.T) {
	t.Setenv("K3S_URL", "https://10.0.0.1:6443")
	t.Setenv("K3S_TOKEN", "known")
	for options, server := range map[string]string{
		"":                            "https://10.0.0.1:6443",
		"--server https://other:6443": "https://other:6443",
	} {
		n, err := newNode(strings.Fields(options))
		if err != nil {
			t.Fatal(err)
		}
		if n.Server != server || n.Token != "known" || n.mayJoin() != nil {
			t.Errorf("%q: read %+v, refused as %v", options, n, n.mayJoin())
		}
	}
}

func TestAnAgentIsRefusedThatCannotJoin(t *testing.T) {
	for _, n := range []node{
		{Server: "", Token: "known"},
		{Server: "http://10.0.0.1:6443", Token: "known"},
		{Server: "https://10.0.0.1", Token: "known"},
		{Server: "https://10.0.0.1:6443", Token: ""},
		{Server: "https://10.0.0.1:6443", Token: "two,fields"},
		{Server: "https://10.0.0.1:6443", Token: "K10ab::server:known"},
	} {
		if n.mayJoin() == nil {
			t.Errorf("not refused: %+v", n)
		}
	}
}

func TestOfANodeItsInternalAddressLeadsToItsPods(t *testing.T) {
	var n clusterNode
	text := `{"metadata": {"name": "two"}, "spec": {"podCIDR": "10.42.1.0/24"}, "status": {"addresses":
		[{"type": "Hostname", "address": "two"}, {"type": "InternalIP", "address": "172.17.0.3"}]}}`
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	if n.Metadata.Name != "two" || n.Spec.PodCIDR != "10.42.1.0/24" || n.address() != "172.17.0.3" {
		t.Errorf("read %+v", n)
	}
}
