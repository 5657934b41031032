// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"google.golang.org/grpc"

	orderv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/order/v1"
	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
)

// downstream counts calls and, while it is hanging, keeps them until answer or the end of the test.
type downstream struct {
	calls   atomic.Int32
	hanging atomic.Bool
	release chan struct{}
	answer  func()
}

func newDownstream(t *testing.T) *downstream {
	d := &downstream{release: make(chan struct{})}
	d.answer = sync.OnceFunc(func() { close(d.release) })
	t.Cleanup(d.answer)
	return d
}

func (d *downstream) called(ctx context.Context) error {
	d.calls.Add(1)
	if !d.hanging.Load() {
		return nil
	}
	select {
	case <-d.release:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// orderServer stands in for a replica of order-service.
type orderServer struct {
	orderv1.UnimplementedOrdersServer
	*downstream
}

func newOrderServer(t *testing.T) *orderServer {
	return &orderServer{downstream: newDownstream(t)}
}

func (s *orderServer) GetOrder(ctx context.Context, in *orderv1.GetOrderRequest) (*orderv1.Order, error) {
	return &orderv1.Order{Id: in.GetId(), Item: "Compiler"}, s.called(ctx)
}

// paymentServer stands in for payment-service.
type paymentServer struct {
	paymentv1.UnimplementedPaymentsServer
	*downstream
}

func newPaymentServer(t *testing.T) *paymentServer {
	return &paymentServer{downstream: newDownstream(t)}
}

func (s *paymentServer) CreatePayment(ctx context.Context, in *paymentv1.CreatePaymentRequest) (
	*paymentv1.Payment, error) {
	return &paymentv1.Payment{Id: "p1", OrderId: in.GetOrderId(), AmountCents: in.GetAmountCents()}, s.called(ctx)
}

func (s *paymentServer) GetPayment(ctx context.Context, in *paymentv1.GetPaymentRequest) (*paymentv1.Payment, error) {
	return &paymentv1.Payment{Id: in.GetId()}, s.called(ctx)
}

// listen serves until the test ends and returns the address.
func listen(t *testing.T, register func(grpc.ServiceRegistrar)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, listener, register)
}

func serve(t *testing.T, listener net.Listener, register func(grpc.ServiceRegistrar)) string {
	server := grpc.NewServer()
	register(server)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		<-done
	})
	return listener.Addr().String()
}

func listenOrders(t *testing.T, s *orderServer) string {
	return listen(t, func(r grpc.ServiceRegistrar) { orderv1.RegisterOrdersServer(r, s) })
}

func listenPayments(t *testing.T, s *paymentServer) string {
	return listen(t, func(r grpc.ServiceRegistrar) { paymentv1.RegisterPaymentsServer(r, s) })
}
