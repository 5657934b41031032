// SPDX-License-Identifier: Apache-2.0

// Package files serves files that it made itself, read through io_uring.
package files

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
	"go.opentelemetry.io/otel"
	"go.uber.org/zap"

	chaosecho "github.com/chaos-junit/chaos-junit/it-go-services/chaosotel/echo"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/httpapi"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/uring"
)

// sizes of the files, by name.
var sizes = map[string]int{"small": 4 << 10, "large": 64 << 10}

type handler struct {
	directory string
	reader    *reader
	log       *zap.Logger
}

// NewHandler answers GET /files/:name with the bytes of a file below directory, which it makes.
func NewHandler(directory string, habits fragile.Habits, log *zap.Logger) (http.Handler, error) {
	if err := makeFiles(directory); err != nil {
		return nil, err
	}
	reader, err := newReader(habits, otel.Meter("files"))
	if err != nil {
		return nil, err
	}
	return newHandler(&handler{directory: directory, reader: reader, log: log}), nil
}

func newHandler(h *handler) http.Handler {
	router := echo.New()
	router.Use(middleware.Recover(), chaosecho.Middleware())
	router.GET("/files/:name", h.get)
	return httpapi.Traced(router)
}

func makeFiles(directory string) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	for name, size := range sizes {
		line := []byte(fmt.Sprintf("%-63s\n", name))
		if err := os.WriteFile(filepath.Join(directory, name), bytes.Repeat(line, size/len(line)), 0o644); err != nil {
			return fmt.Errorf("files: %w", err)
		}
	}
	return nil
}

func (h *handler) get(c *echo.Context) error {
	c.Request().Pattern = "GET /files/:name"
	name := c.Param("name")
	if _, known := sizes[name]; !known {
		return c.JSON(http.StatusNotFound, map[string]string{"error": "no such file"})
	}
	content, err := h.reader.read(c.Request().Context(), filepath.Join(h.directory, name))
	if err != nil {
		h.log.Warn("cannot read", zap.String("file", name), zap.Error(err), logging.Trace(c.Request().Context()))
		return c.JSON(status(err), map[string]string{"error": errnoName(err)})
	}
	return c.Blob(http.StatusOK, "text/plain", content)
}

func status(err error) int {
	switch {
	case errors.Is(err, uring.ErrTimeout):
		return http.StatusGatewayTimeout
	case errors.Is(err, fs.ErrNotExist):
		return http.StatusNotFound
	}
	return http.StatusInternalServerError
}
