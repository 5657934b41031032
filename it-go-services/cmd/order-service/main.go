// SPDX-License-Identifier: Apache-2.0

// Command order-service serves orders over HTTP and gRPC.
package main

import (
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/orders"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

func main() {
	service.Main("order-service", build)
}

func build(kit service.Kit) ([]service.Server, error) {
	api := orders.NewService(env.String("USER_API_URL", "http://user-api"), token.SecretFromEnv(), kit.Habits, kit.Log)
	http, err := orders.NewHTTPServer(env.String("HTTP_ADDR", ":8080"), api)
	if err != nil {
		return nil, err
	}
	grpc, err := orders.NewGRPCServer(env.String("GRPC_ADDR", ":9090"), api)
	if err != nil {
		return nil, err
	}
	return []service.Server{http, grpc}, nil
}
