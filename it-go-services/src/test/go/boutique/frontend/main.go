// SPDX-License-Identifier: Apache-2.0

// Command frontend stands in for a shop's front: it is well when those behind it are, and when it has no more rights
// than its manifest gives it.
package main

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"regexp"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func main() {
	var behind []grpc_health_v1.HealthClient
	for _, name := range []string{"PRODUCT_CATALOG", "SHIPPING", "CHECKOUT"} {
		connection, err := grpc.NewClient(os.Getenv(name+"_SERVICE_ADDR"),
			grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			log.Fatal(err)
		}
		behind = append(behind, grpc_health_v1.NewHealthClient(connection))
	}
	http.HandleFunc("/_healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := errors.Join(rights(), well(r, behind)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}

func well(r *http.Request, behind []grpc_health_v1.HealthClient) error {
	for _, service := range behind {
		if _, err := service.Check(r.Context(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
			return err
		}
	}
	return nil
}

// As the manifest says: user and group 1000, no capabilities, a root that is read-only.
func rights() error {
	if os.Getuid() != 1000 || os.Getgid() != 1000 {
		return fmt.Errorf("runs as %d:%d", os.Getuid(), os.Getgid())
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	if !regexp.MustCompile(`CapBnd:\s+0+\n`).Match(status) {
		return errors.New("has capabilities")
	}
	if file, err := os.Create("/written"); err == nil {
		return errors.New("could write " + file.Name())
	}
	return nil
}
