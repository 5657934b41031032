// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"testing"
	"time"
)

func TestUpToDate(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("api/shop/v1", 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir("api")
	const proto = "shop/v1/shop.proto"
	code := []string{descriptors, "shop/v1/shop.pb.go", "shop/v1/shop_grpc.pb.go", "shop/v1/shop.pb.gw.go"}
	start := time.Unix(1_000_000_000, 0)
	write(t, goMod, start)
	write(t, proto, start)
	expect(t, proto, false, "there is no code yet")
	for _, file := range code {
		write(t, file, start.Add(time.Second))
	}
	expect(t, proto, true, "all code is newer")
	write(t, proto, start.Add(time.Minute))
	expect(t, proto, false, "the proto has changed")
	write(t, proto, start)
	write(t, goMod, start.Add(time.Minute))
	expect(t, proto, false, "the versions of the plugins have changed")
	write(t, goMod, start)
	if err := os.Remove(code[3]); err != nil {
		t.Fatal(err)
	}
	expect(t, proto, false, "a file is missing")
}

func expect(t *testing.T, proto string, want bool, why string) {
	t.Helper()
	if got, err := upToDate([]string{proto}); err != nil || got != want {
		t.Errorf("got %t, %v; want %t: %s", got, err, want, why)
	}
}

func write(t *testing.T, file string, modified time.Time) {
	t.Helper()
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, modified, modified); err != nil {
		t.Fatal(err)
	}
}
