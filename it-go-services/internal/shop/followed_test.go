// SPDX-License-Identifier: Apache-2.0

// Package shop tests services together.
package shop

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/go-kratos/kratos/v3/transport"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/admin"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/auth"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/gateway"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/orders"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/telemetry"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/users"
)

const (
	id      = "ShopTest.slow/fault"
	traceID = "0123456789abcdef0123456789abcdef"
)

func TestFollowed(t *testing.T) {
	stop, err := telemetry.Start(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		habits   fragile.Habits
		header   http.Header
		id, kind string // that auth-service is to see
		traced   bool   // auth-service is to see the trace
	}{
		"by header": {fragile.Habits{}, http.Header{"X-Chaos-Id": {id}, "X-Chaos-Type": {"DnsChaos"}},
			id, "DnsChaos", true},
		"by baggage":         {fragile.Habits{}, http.Header{"Baggage": {"user=7,chaos.id=" + id}}, id, "", true},
		"no id":              {fragile.Habits{}, http.Header{}, "", "", true},
		"malformed":          {fragile.Habits{}, http.Header{"X-Chaos-Id": {"a b"}}, "", "", true},
		"forgets-chaos":      {fragile.Habits{ForgetsChaos: true}, http.Header{"X-Chaos-Id": {id}}, "", "", true},
		"... of the baggage": {fragile.Habits{ForgetsChaos: true}, http.Header{"Baggage": {"chaos.id=" + id}}, "", "", true},
		"loses-context":      {fragile.Habits{LosesContext: true}, http.Header{"X-Chaos-Id": {id}}, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			shop := open(t, test.habits, zap.NewNop())
			if got := shop.order(t, test.header); got["customerName"] != "Ada Lovelace" || got["degraded"] != false {
				t.Fatalf("got %v", got)
			}
			last := <-shop.verified
			if last.Get("X-Chaos-ID") != test.id || last.Get("X-Chaos-Type") != test.kind {
				t.Errorf("auth-service saw %v", last)
			}
			if traced := strings.HasPrefix(last.Get("Traceparent"), "00-"+traceID); traced != test.traced {
				t.Errorf("auth-service saw %v", last)
			}
		})
	}
	t.Run("exemplars", exemplars)
	if err := stop(context.Background()); err != nil {
		t.Error(err)
	}
}

// exemplars of what the requests above have left.
func exemplars(t *testing.T) {
	for accept, want := range map[string]bool{"application/openmetrics-text;version=1.0.0": true, "": false} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		request.Header.Set("Accept", accept)
		answer := httptest.NewRecorder()
		admin.NewHandler().ServeHTTP(answer, request)
		for _, metric := range []string{"http_server_request_duration_seconds", "http_client_request_duration_seconds",
			"rpc_server_call_duration_seconds", "rpc_client_call_duration_seconds"} {
			exemplar := regexp.MustCompile(metric + `_bucket\{[^}]*\} \d+ # \{[^}]*chaos_id="` + id + `"[^}]*\}`)
			line := exemplar.FindString(answer.Body.String())
			if (line != "") != want || want && !strings.Contains(line, `trace_id="`+traceID) {
				t.Errorf("Accept: %s: exemplar of %s: %s", accept, metric, line)
			}
		}
		if !regexp.MustCompile(`\nchaos_ids_ignored_total 1(\.0)?\n`).MatchString(answer.Body.String()) {
			t.Errorf("Accept: %s: the malformed id, of one request, was not counted once", accept)
		}
		if !want && strings.Contains(answer.Body.String(), "chaos_id=") {
			t.Error("the id is the label of a series")
		}
	}
}

func TestLogLinesOfARequestAreJoinedWithIt(t *testing.T) {
	core, lines := observer.New(zap.InfoLevel)
	shop := open(t, fragile.Habits{}, zap.New(core))
	shop.auth.Close()
	if got := shop.order(t, http.Header{"X-Chaos-Id": {id}, "X-Chaos-Type": {"DnsChaos"}}); got["item"] == "" {
		t.Fatalf("got %v", got)
	}
	if lines.Len() == 0 {
		t.Fatal("nothing was logged: nothing was tested")
	}
	for _, line := range lines.All() {
		fields := line.ContextMap()
		if fields["trace_id"] != traceID || fields["chaos_id"] != id || fields["chaos_type"] != "DnsChaos" {
			t.Errorf("%s: %v", line.Message, fields)
		}
	}
}

// shop is gateway, order-service, user-api and auth-service.
type shop struct {
	gateway  http.Handler
	auth     *httptest.Server
	verified chan http.Header // what auth-service is asked with
}

func open(t *testing.T, habits fragile.Habits, log *zap.Logger) *shop {
	t.Helper()
	secret := token.Secret("a secret of some length for this test")
	s := &shop{verified: make(chan http.Header, 16)}
	answer := auth.NewHandler(secret)
	s.auth = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.verified <- r.Header.Clone()
		answer.ServeHTTP(w, r)
	}))
	t.Cleanup(s.auth.Close)
	userAPI := httptest.NewServer(users.NewHandler(
		users.Config{AuthURL: s.auth.URL, Tokens: token.Checks{Secret: secret}}, habits, log))
	t.Cleanup(userAPI.Close)
	orderService, err := orders.NewGRPCServer("127.0.0.1:0", orders.NewService(userAPI.URL, secret, habits, log))
	if err != nil {
		t.Fatal(err)
	}
	endpoint, _ := orderService.Endpoint()
	start(t, orderService)
	conn, err := gateway.DialOrders(endpoint.Host, habits, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s.gateway, err = gateway.NewHandler(t.Context(), conn, conn)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// order asks for one, as a part of the trace.
func (s *shop) order(t *testing.T, header http.Header) (order map[string]any) {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/orders/1", nil)
	request.Header = header.Clone()
	request.Header.Set("Traceparent", "00-"+traceID+"-0123456789abcdef-01")
	recorder := httptest.NewRecorder()
	s.gateway.ServeHTTP(recorder, request)
	body, _ := io.ReadAll(recorder.Body)
	if err := json.Unmarshal(body, &order); err != nil {
		t.Errorf("got %d %s", recorder.Code, body)
	}
	return order
}

func start(t *testing.T, server transport.Server) {
	done := make(chan error, 1)
	go func() { done <- server.Start(context.Background()) }()
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		<-done
	})
}
