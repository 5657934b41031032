// SPDX-License-Identifier: Apache-2.0

// Command auth-service issues tokens and tells whether a session is active.
package main

import (
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/auth"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

func main() {
	service.Main("auth-service", build)
}

func build(service.Kit) ([]service.Server, error) {
	http, err := service.NewHTTPServer(env.String("HTTP_ADDR", ":8080"), auth.NewHandler(token.SecretFromEnv()))
	if err != nil {
		return nil, err
	}
	return []service.Server{http}, nil
}
