// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

func TestReadsOptionsInBothForms(t *testing.T) {
	n := &node{}
	n.readOptions(strings.Fields(
		"--tls-san=localhost --disable traefik --tls-san 10.0.0.1 --unheard-of --node-name=one"))
	if n.Name != "one" || !slices.Equal(n.SANs, []string{"localhost", "10.0.0.1"}) {
		t.Errorf("read %+v", n)
	}
}
