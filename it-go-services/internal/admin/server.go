// SPDX-License-Identifier: Apache-2.0

// Package admin is the port for those who run a service: health, metrics, profiles. Users never see it.
package admin

import (
	"expvar"
	"net/http"
	"net/http/pprof"
	"runtime"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func init() {
	expvar.Publish("goroutines", expvar.Func(func() any { return runtime.NumGoroutine() }))
}

// Handler answers the admin port.
type Handler struct {
	mux   *http.ServeMux
	ready atomic.Bool
}

// NewHandler returns a handler that is alive, but not ready yet.
func NewHandler() *Handler {
	h := &Handler{mux: http.NewServeMux()}
	h.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, true) })
	h.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { answer(w, h.ready.Load()) })
	h.mux.Handle("GET /metrics", metrics())
	h.mux.Handle("GET /debug/vars", expvar.Handler())
	h.mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	h.mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	h.mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	h.mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	h.mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return h
}

// SetReady says whether this instance wants traffic. It never depends on other services: if it did, one that is
// down would take every caller down with it.
func (h *Handler) SetReady(ready bool) {
	h.ready.Store(ready)
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mux.ServeHTTP(w, r)
}

// metrics has exemplars for those who accept OpenMetrics, as Prometheus does: its older format has no room for them.
func metrics() http.Handler {
	return promhttp.InstrumentMetricHandler(prometheus.DefaultRegisterer,
		promhttp.HandlerFor(prometheus.DefaultGatherer, promhttp.HandlerOpts{EnableOpenMetrics: true}))
}

func answer(w http.ResponseWriter, ok bool) {
	if !ok {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
