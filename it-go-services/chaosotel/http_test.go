// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	oteltrace "go.opentelemetry.io/otel/trace"
)

var (
	span = oteltrace.NewSpanContext(
		oteltrace.SpanContextConfig{TraceID: oteltrace.TraceID{15: 1}, SpanID: oteltrace.SpanID{7: 2}})

	traceLabels = []string{`"trace_id":"00000000000000000000000000000001"`, `"span_id":"0000000000000002"`}
	chaosLabels = []string{`"chaos_id":"ShopTest.slow/fault"`, `"chaos_type":"NetworkDelay+DnsChaos"`}
)

func TestProfilesNameTheRequest(t *testing.T) {
	for name, test := range map[string]struct {
		id          string
		traced      bool
		want, never []string
	}{
		"with an id":             {shop.ID, true, append(traceLabels[:2:2], chaosLabels...), nil},
		"without":                {"", true, traceLabels, []string{"chaos_"}},
		"with an id, not traced": {shop.ID, false, chaosLabels, []string{"trace_id"}},
		"neither":                {"", false, nil, []string{"trace_id", "chaos_"}},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			if test.traced {
				request = request.WithContext(oteltrace.ContextWithSpanContext(request.Context(), span))
			}
			if test.id != "" {
				request.Header.Set("X-Chaos-ID", test.id)
				request.Header.Set("X-Chaos-Type", shop.Type)
			}
			var inHandler, inItsGoroutine string
			Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				inHandler = profiled(t, "profiled")
				done := make(chan struct{})
				go func() {
					inItsGoroutine = profiled(t, "TestProfilesNameTheRequest.func1.1.1")
					close(done)
				}()
				<-done
			})).ServeHTTP(httptest.NewRecorder(), request)
			for where, labels := range map[string]string{"handler": inHandler, "goroutine": inItsGoroutine} {
				for _, label := range test.want {
					if !strings.Contains(labels, label) {
						t.Errorf("%s: no %s in %s", where, label, labels)
					}
				}
				for _, label := range test.never {
					if strings.Contains(labels, label) {
						t.Errorf("%s: %s in %s", where, label, labels)
					}
				}
			}
			if labels := profiled(t, "profiled"); strings.Contains(labels, "chaos_id") {
				t.Errorf("the labels stay: %s", labels)
			}
		})
	}
}

// profiled returns what the profile of goroutines says of the one with a function on its stack.
func profiled(t *testing.T, function string) string {
	var profile strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		t.Error(err)
	}
	for record := range strings.SplitSeq(profile.String(), "\n\n") {
		if strings.Contains(record, "chaosotel."+function+"+") {
			return record
		}
	}
	t.Errorf("no goroutine in %s:\n%s", function, &profile)
	return ""
}

func TestSpanThatBeganBeforeIsTold(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	ctx, begun := trace.NewTracerProvider(trace.WithSpanProcessor(spans)).Tracer("test").Start(t.Context(), "request")
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	request.Header.Set("X-Chaos-ID", shop.ID)
	request.Header.Set("X-Chaos-Type", shop.Type)
	Handler(http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), request)
	begun.End()
	if got := chaosOf(spans.Ended()[0].Attributes()); got != shop {
		t.Errorf("got %+v", got)
	}
}

func TestRouteIsKnownOutside(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{id}", func(http.ResponseWriter, *http.Request) {})
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/users/1", nil)
	Handler(mux).ServeHTTP(httptest.NewRecorder(), request)
	if request.Pattern != "GET /users/{id}" {
		t.Errorf("got pattern %q", request.Pattern)
	}
}

func TestCallsCarryTheID(t *testing.T) {
	last := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("X-Chaos-ID")+" "+r.Header.Get("X-Chaos-Type"))
	}))
	defer last.Close()
	client := &http.Client{Transport: Transport(http.DefaultTransport)}
	defer client.CloseIdleConnections()
	first := httptest.NewServer(Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call, _ := http.NewRequestWithContext(r.Context(), http.MethodGet, last.URL, nil)
		_, _ = io.WriteString(w, get(t, client, call))
		if len(call.Header) != 0 {
			t.Errorf("the caller's own request was changed: %v", call.Header)
		}
	})))
	defer first.Close()
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, first.URL, nil)
	if got := get(t, client, request); got != " " {
		t.Errorf("without an id: got %q", got)
	}
	request.Header.Set("X-Chaos-ID", shop.ID)
	request.Header.Set("X-Chaos-Type", shop.Type)
	if got := get(t, client, request); got != shop.ID+" "+shop.Type {
		t.Errorf("got %q", got)
	}
}

func TestTenMegabytesOfIDAreRefusedAndNothingBreaks(t *testing.T) {
	server := httptest.NewServer(Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
	defer server.Close()
	defer http.DefaultClient.CloseIdleConnections()
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	request.Header.Set("X-Chaos-ID", strings.Repeat("x", 10<<20))
	// The server answers before it has read all, so that the client may see its connection go first.
	if response, err := http.DefaultClient.Do(request); err == nil {
		response.Body.Close()
		if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("got %s, want 431", response.Status)
		}
	}
	request.Header.Set("X-Chaos-ID", shop.ID)
	get(t, http.DefaultClient, request)
}

func get(t *testing.T, client *http.Client, request *http.Request) string {
	t.Helper()
	response, err := client.Do(request)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK {
		t.Errorf("got %s", response.Status)
	}
	return string(body)
}
