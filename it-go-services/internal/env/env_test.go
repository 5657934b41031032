// SPDX-License-Identifier: Apache-2.0

package env

import (
	"strings"
	"testing"
	"time"
)

func TestStringFallsBackIfUnsetOrEmpty(t *testing.T) {
	if got := String("SHOP_TEST_UNSET", "x"); got != "x" {
		t.Errorf("unset: got %q, want x", got)
	}
	t.Setenv("SHOP_TEST", "")
	if got := String("SHOP_TEST", "x"); got != "x" {
		t.Errorf("empty: got %q, want x", got)
	}
	t.Setenv("SHOP_TEST", "y")
	if got := String("SHOP_TEST", "x"); got != "y" {
		t.Errorf("set: got %q, want y", got)
	}
}

func TestOneOfRefusesAnythingElse(t *testing.T) {
	if got, err := OneOf("SHOP_TEST_UNSET", "required", "optional"); err != nil || got != "required" {
		t.Errorf("unset: got %q, %v; want required", got, err)
	}
	t.Setenv("SHOP_TEST", "maybe")
	_, err := OneOf("SHOP_TEST", "required", "optional")
	if err == nil || !strings.Contains(err.Error(), "required, optional") {
		t.Errorf("got error %v, want one that lists what is allowed", err)
	}
}

func TestDurationRefusesAnythingElse(t *testing.T) {
	if got, err := Duration("SHOP_TEST_UNSET", "1s"); err != nil || got != time.Second {
		t.Errorf("unset: got %v, %v; want 1s", got, err)
	}
	t.Setenv("SHOP_TEST", "soon")
	if _, err := Duration("SHOP_TEST", "1s"); err == nil || !strings.Contains(err.Error(), "SHOP_TEST: ") {
		t.Errorf("got error %v, want one that names the variable", err)
	}
}
