// SPDX-License-Identifier: Apache-2.0

package main

import (
	"sync"
	"time"
)

// rate calls a function at planned times, from which its latency counts, whether the calls before have returned or not.
func rate(function func(int) int, perSecond int, long time.Duration) string {
	outcomes := make([]outcome, int(long.Seconds()*float64(perSecond)))
	begin := time.Now()
	var group sync.WaitGroup
	for i := range outcomes {
		planned := begin.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
		time.Sleep(time.Until(planned))
		group.Add(1)
		go func() {
			defer group.Done()
			outcomes[i].call(function, i)
			outcomes[i].times = append(outcomes[i].times, time.Since(planned))
		}()
	}
	group.Wait()
	return summary(outcomes)
}
