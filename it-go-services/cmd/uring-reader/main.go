// SPDX-License-Identifier: Apache-2.0

// Command uring-reader serves files that it reads through io_uring.
package main

import (
	"os"
	"path/filepath"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/files"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
)

func main() {
	service.Main("uring-reader", build)
}

func build(kit service.Kit) ([]service.Server, error) {
	directory := env.String("FILES_DIR", filepath.Join(os.TempDir(), "uring-reader"))
	handler, err := files.NewHandler(directory, kit.Habits, kit.Log)
	if err != nil {
		return nil, err
	}
	http, err := service.NewHTTPServer(env.String("HTTP_ADDR", ":8080"), handler)
	if err != nil {
		return nil, err
	}
	return []service.Server{http}, nil
}
