// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

// repeatOnce is how calls are repeated: UNAVAILABLE is what a call fails with whose connection breaks, done or not.
const repeatOnce = `"retryPolicy": {"maxAttempts": 2, "initialBackoff": "0.02s", "maxBackoff": "0.02s",
	"backoffMultiplier": 1, "retryableStatusCodes": ["UNAVAILABLE"]}`

// repeating is a service config: calls of payment-service are repeated where its description says that they change nothing.
func repeating(habits fragile.Habits) string {
	service := paymentv1.File_payment_v1_payment_proto.Services().ByName("Payments")
	var names []string
	for i := range service.Methods().Len() {
		if method := service.Methods().Get(i); habits.RetryPayments || changesNothing(method) {
			names = append(names, fmt.Sprintf(`{"service": %q, "method": %q}`, service.FullName(), method.Name()))
		}
	}
	return fmt.Sprintf(`{"methodConfig": [{"name": [%s], %s}]}`, strings.Join(names, ", "), repeatOnce)
}

func changesNothing(method protoreflect.MethodDescriptor) bool {
	options, ok := method.Options().(*descriptorpb.MethodOptions)
	return ok && options.GetIdempotencyLevel() == descriptorpb.MethodOptions_NO_SIDE_EFFECTS
}
