// SPDX-License-Identifier: Apache-2.0

// Command ledger-service keeps transfers between accounts in PostgreSQL.
package main

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/ledger"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
)

const (
	migrateWithin = 20 * time.Second // the database may start beside this
	betweenTries  = 500 * time.Millisecond
)

func main() {
	service.Main("ledger-service", build)
}

func build(kit service.Kit) ([]service.Server, error) {
	lifetime, err := env.Duration("DATABASE_LIFETIME", "5m")
	if err != nil {
		return nil, err
	}
	timeout, err := env.Duration("DATABASE_TIMEOUT", "1s")
	if err != nil {
		return nil, err
	}
	url := env.String("DATABASE_URL", "postgres://postgres@ledger-db/shop?sslmode=disable")
	store, err := ledger.Open(ledger.Pool{URL: url, MaxOpen: 50, MaxIdle: 20, Lifetime: lifetime}, kit.Habits)
	if err != nil {
		return nil, err
	}
	store.Measure()
	if err := migrate(store, kit.Log); err != nil {
		return nil, err
	}
	http, err := service.NewHTTPServer(env.String("HTTP_ADDR", ":8080"),
		ledger.NewHandler(store, timeout, kit.Habits, kit.Log))
	if err != nil {
		return nil, err
	}
	return []service.Server{http}, nil
}

func migrate(store *ledger.Store, log *zap.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), migrateWithin)
	defer cancel()
	for {
		err := store.Migrate(ctx)
		if err == nil {
			return nil
		}
		if ledger.IsRefused(err) {
			return fmt.Errorf("the database refuses: %w", err)
		}
		log.Warn("the tables cannot be made yet", zap.Error(err))
		select {
		case <-ctx.Done():
			return fmt.Errorf("make the tables: %w", err)
		case <-time.After(betweenTries):
		}
	}
}
