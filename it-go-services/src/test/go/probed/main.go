// SPDX-License-Identifier: Apache-2.0

// Command probed answers for its health by HTTP, gRPC and as a command, until it is told to be sick.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// sickness is a file, as a command that asks is another process.
const sickness = "/tmp/sick"

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 && os.Args[1] == "check" {
		check()
		return
	}
	status := health.NewServer()
	status.SetServingStatus("shop", healthpb.HealthCheckResponse_NOT_SERVING)
	http.HandleFunc("GET /healthz", healthz)
	http.HandleFunc("POST /sick", func(http.ResponseWriter, *http.Request) { fallSick(status) })
	go serve(listen(address("GRPC", ":9090")), status)
	go serve(listen(address("BARE", ":9091")), nil)
	time.Sleep(delay())
	log.Fatal(http.ListenAndServe(address("HTTP", ":8080"), nil))
}

// check is what a probe runs.
func check() {
	if isSick() {
		log.Fatal("sick")
	}
}

func healthz(w http.ResponseWriter, _ *http.Request) {
	if isSick() {
		http.Error(w, "sick", http.StatusServiceUnavailable)
	}
}

func isSick() bool {
	_, err := os.Stat(sickness)
	return err == nil
}

func fallSick(status *health.Server) {
	if err := os.WriteFile(sickness, nil, 0o644); err != nil {
		log.Fatal(err)
	}
	status.SetServingStatus("", healthpb.HealthCheckResponse_NOT_SERVING)
}

// serve serves gRPC, with the service for health or without.
func serve(listener net.Listener, status *health.Server) {
	server := grpc.NewServer()
	if status != nil {
		healthpb.RegisterHealthServer(server, status)
	}
	log.Fatal(server.Serve(listener))
}

func listen(address string) net.Listener {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listens at %s", listener.Addr())
	return listener
}

func address(variable, otherwise string) string {
	if text := os.Getenv(variable); text != "" {
		return text
	}
	return otherwise
}

// delay is how long it takes to start.
func delay() time.Duration {
	d, err := time.ParseDuration(address("STARTS_FOR", "0s"))
	if err != nil {
		log.Fatal(err)
	}
	return d
}
