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
	made := []string{descriptors}
	for _, proto := range protos {
		base := strings.TrimSuffix(proto, ".proto")
		made = append(made, base+".pb.go", base+"_grpc.pb.go", base+".pb.gw.go")
	}
	for _, file := range made {
		info, err := os.Stat(file)
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
	return true, nil
}
