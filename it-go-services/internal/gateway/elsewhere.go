// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"context"
	"slices"
	"sync/atomic"

	"google.golang.org/grpc/balancer"
	"google.golang.org/grpc/balancer/base"
)

// elsewhere names the balancer: round robin that avoids the replicas which the same call has tried already.
// Plain round robin would send half of all retries to the slow replica again.
const elsewhere = "elsewhere"

func init() {
	balancer.Register(base.NewBalancerBuilder(elsewhere, pickerBuilder{}, base.Config{}))
}

type triedKey struct{}

// withTried returns the context of a call whose attempts are to go to different replicas, one after the other.
func withTried(ctx context.Context) context.Context {
	return context.WithValue(ctx, triedKey{}, &[]balancer.SubConn{})
}

type pickerBuilder struct{}

func (pickerBuilder) Build(info base.PickerBuildInfo) balancer.Picker {
	if len(info.ReadySCs) == 0 {
		return base.NewErrPicker(balancer.ErrNoSubConnAvailable)
	}
	p := &picker{}
	for replica := range info.ReadySCs {
		p.replicas = append(p.replicas, replica)
	}
	return p
}

type picker struct {
	replicas []balancer.SubConn
	turn     atomic.Uint32
}

func (p *picker) Pick(info balancer.PickInfo) (balancer.PickResult, error) {
	tried, ok := info.Ctx.Value(triedKey{}).(*[]balancer.SubConn)
	if !ok {
		tried = &[]balancer.SubConn{}
	}
	turn := p.turn.Add(1)
	chosen := p.at(turn)
	for i := range uint32(len(p.replicas)) {
		if candidate := p.at(turn + i); !slices.Contains(*tried, candidate) {
			chosen = candidate
			break
		}
	}
	*tried = append(*tried, chosen)
	return balancer.PickResult{SubConn: chosen}, nil
}

func (p *picker) at(turn uint32) balancer.SubConn {
	return p.replicas[turn%uint32(len(p.replicas))]
}
