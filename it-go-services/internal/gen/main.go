// SPDX-License-Identifier: Apache-2.0

// Command gen makes Go code from the .proto files below the current directory, if they are newer than the code.
// It needs no protoc: protos are compiled by a library, the plugins are the tools of go.mod, and the imported
// definitions of google/api come from the Go package that was made from them. What protoc --descriptor_set_out writes, it
// writes too.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
)

// descriptors is the file with all of them, for clients that know the services by these alone.
const descriptors = "shop.binpb"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	protos, err := filepath.Glob("*/v*/*.proto")
	if err != nil {
		return err
	}
	if len(protos) == 0 {
		return fmt.Errorf("no */v*/*.proto below the current directory")
	}
	fresh, err := upToDate(protos)
	if err != nil || fresh {
		return err
	}
	request, err := compile(protos)
	if err != nil {
		return err
	}
	for _, name := range []string{"protoc-gen-go", "protoc-gen-go-grpc", "protoc-gen-grpc-gateway"} {
		if err := plugin(name, request); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	set, err := proto.Marshal(&descriptorpb.FileDescriptorSet{File: request.ProtoFile})
	if err != nil {
		return err
	}
	return os.WriteFile(descriptors, set, 0o644)
}
