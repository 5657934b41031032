// SPDX-License-Identifier: Apache-2.0

// Command user-api serves users to those whose session auth-service calls active.
package main

import (
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/users"
)

func main() {
	service.Main("user-api", build)
}

func build(kit service.Kit) ([]service.Server, error) {
	auth, err := env.OneOf("AUTH", "required", "optional")
	if err != nil {
		return nil, err
	}
	tokens, err := token.ChecksFromEnv(kit.Habits)
	if err != nil {
		return nil, err
	}
	handler := users.NewHandler(users.Config{
		AuthURL:     env.String("AUTH_URL", "http://auth-service"),
		Tokens:      tokens,
		AllowGuests: auth == "optional",
	}, kit.Habits, kit.Log)
	http, err := service.NewHTTPServer(env.String("HTTP_ADDR", ":8080"), handler)
	if err != nil {
		return nil, err
	}
	return []service.Server{http}, nil
}
