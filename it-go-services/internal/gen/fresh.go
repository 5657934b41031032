// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"
)

// goMod counts as a source: it says which versions of the plugins to use.
const goMod = "../go.mod"

// upToDate tells whether all code is there and newer than all that it is made from.
func upToDate(protos []string) (bool, error) {
	var newestSource time.Time
	for _, source := range append([]string{goMod}, protos...) {
		info, err := os.Stat(source)
		if err != nil {
			return false, err
		}
		if info.ModTime().After(newestSource) {
			newestSource = info.ModTime()
		}
	}
	for _, proto := range protos {
		base := strings.TrimSuffix(proto, ".proto")
		for _, suffix := range []string{".pb.go", "_grpc.pb.go", ".pb.gw.go"} {
			info, err := os.Stat(base + suffix)
			if errors.Is(err, fs.ErrNotExist) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
			if info.ModTime().Before(newestSource) {
				return false, nil
			}
		}
	}
	return true, nil
}
