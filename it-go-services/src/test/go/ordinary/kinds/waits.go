// SPDX-License-Identifier: Apache-2.0

package kinds

import "sync"

// What these wait for is held by the package, so that no garbage collection can prove that it never comes.
var (
	mutex   sync.Mutex
	answers []chan error
	groups  []*sync.WaitGroup

	audit sync.Mutex

	ready     bool
	condition = sync.NewCond(new(sync.Mutex))
)

func remember(channels ...chan error) {
	mutex.Lock()
	defer mutex.Unlock()
	answers = append(answers, channels...)
}

func leakReceive(host string) Call {
	return failing(host, func() {
		answer := make(chan error)
		remember(answer)
		go func() { <-answer }()
	})
}

func leakSelect(host string) Call {
	return failing(host, func() {
		answer, stop := make(chan error), make(chan error)
		remember(answer, stop)
		go func() {
			select {
			case <-answer:
			case <-stop:
			}
		}()
	})
}

// leakLock keeps a lock on the way out of the first failure.
func leakLock(host string) Call {
	return failing(host, func() { go record() })
}

func record() {
	audit.Lock()
}

func leakWaitGroup(host string) Call {
	return failing(host, func() {
		group := new(sync.WaitGroup)
		group.Add(1)
		mutex.Lock()
		groups = append(groups, group)
		mutex.Unlock()
		go group.Wait()
	})
}

func leakCond(host string) Call {
	return failing(host, func() {
		go func() {
			condition.L.Lock()
			defer condition.L.Unlock()
			for !ready {
				condition.Wait()
			}
		}()
	})
}
