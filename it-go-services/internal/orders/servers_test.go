// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-kratos/kratos/v3/transport"
	"go.uber.org/goleak"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	orderv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/order/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/token"
)

var secret = token.Secret("a secret of some length for this test")

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestOrderOverHTTP(t *testing.T) {
	server, err := NewHTTPServer("127.0.0.1:0", newService(t, newUserAPI(t)))
	if err != nil {
		t.Fatal(err)
	}
	serve(t, server)
	endpoint, _ := server.Endpoint()
	status, body := get(t, endpoint.String()+"/orders/1")
	if status != http.StatusOK || body["customerName"] != "Ada Lovelace" || body["degraded"] != false {
		t.Errorf("got %d %v, want the order of Ada Lovelace", status, body)
	}
	if status, _ := get(t, endpoint.String()+"/orders/99"); status != http.StatusNotFound {
		t.Errorf("unknown order: got %d, want 404", status)
	}
}

func TestProfilesAreNotServedToUsers(t *testing.T) {
	server, err := NewHTTPServer("127.0.0.1:0", newService(t, newUserAPI(t)))
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/debug/pprof/", nil))
	if recorder.Code != http.StatusNotFound {
		t.Errorf("got %d, want 404", recorder.Code)
	}
}

func TestOrderOverGRPC(t *testing.T) {
	server, err := NewGRPCServer("127.0.0.1:0", newService(t, newUserAPI(t)))
	if err != nil {
		t.Fatal(err)
	}
	serve(t, server)
	endpoint, _ := server.Endpoint()
	conn, err := grpc.NewClient(endpoint.Host, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	client := orderv1.NewOrdersClient(conn)
	order, err := client.GetOrder(t.Context(), &orderv1.GetOrderRequest{Id: "2"})
	if err != nil || order.GetItem() != "Compiler" {
		t.Errorf("got %v, %v; want a Compiler", order, err)
	}
	_, err = client.GetOrder(t.Context(), &orderv1.GetOrderRequest{Id: "99"})
	if status.Code(err) != codes.NotFound {
		t.Errorf("unknown order: got %v, want NotFound", err)
	}
}

func newService(t *testing.T, userURL string) *Service {
	t.Helper()
	s := NewService(userURL, secret, fragile.Habits{}, zap.NewNop())
	t.Cleanup(s.customers.http.CloseIdleConnections)
	return s
}

// newUserAPI stands in for user-api: everybody is Ada Lovelace.
func newUserAPI(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"name":"Ada Lovelace"}`))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func serve(t *testing.T, server transport.Server) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- server.Start(context.Background()) }()
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		<-done
	})
}

func get(t *testing.T, url string) (status int, body map[string]any) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, body
}
