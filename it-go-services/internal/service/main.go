// SPDX-License-Identifier: Apache-2.0

// Package service is what the main function of every service does: logs, telemetry, admin port, signals.
package service

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/exp/zapslog"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/admin"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/telemetry"
)

// Kit is what every part of a service needs.
type Kit struct {
	Log    *zap.Logger
	Habits fragile.Habits
}

// Main runs a service until SIGTERM or SIGINT. Build makes its servers, listening already.
func Main(name string, build func(Kit) ([]Server, error)) {
	log, err := logging.New(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, name+": no logger:", err)
		os.Exit(1)
	}
	// Kratos and OpenTelemetry log by slog.
	slog.SetDefault(slog.New(zapslog.NewHandler(log.Core())))
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer cancel()
	if err := serve(ctx, name, log, build); err != nil {
		log.Fatal("failed", zap.Error(err))
	}
	log.Info("stopped")
}

func serve(ctx context.Context, name string, log *zap.Logger, build func(Kit) ([]Server, error)) error {
	habits, err := fragile.FromEnv()
	if err != nil {
		return err
	}
	flush, err := telemetry.Start(ctx, name)
	if err != nil {
		return err
	}
	defer stopTelemetry(log, flush)
	servers, err := build(Kit{Log: log, Habits: habits})
	if err != nil {
		return err
	}
	health := admin.NewHandler()
	adminServer, err := NewHTTPServer(env.String("ADMIN_ADDR", ":6060"), health)
	if err != nil {
		return err
	}
	log.Info("started", zap.Any("fragile", habits), zap.Stringer("admin", adminServer.Addr()))
	// The admin port closes last: whoever watches can see the others drain.
	return run(ctx, health, append(servers, adminServer))
}

// stopTelemetry may cost a little time, never the exit code: the work of the service is done.
func stopTelemetry(log *zap.Logger, flush func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := flush(ctx); err != nil {
		log.Warn("telemetry not flushed", zap.Error(err))
	}
}
