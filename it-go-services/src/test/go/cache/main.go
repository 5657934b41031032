// SPDX-License-Identifier: Apache-2.0

// Command cache keeps what it has answered, up to a bound; with FRAGILE=no-bound, for ever.
package main

import (
	"bytes"
	"errors"
	"log"
	"net/http"
	"os"
	"sync"
)

const (
	bound = 32 // answers
	size  = 64 << 10
)

type cache struct {
	mutex   sync.Mutex
	bounded bool
	answers [][]byte
}

// keep forgets the oldest answer where there are too many.
func (c *cache) keep(answer []byte) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.answers = append(c.answers, answer)
	if c.bounded && len(c.answers) > bound {
		c.answers[0] = nil
		c.answers = c.answers[1:]
	}
}

func (c *cache) ServeHTTP(response http.ResponseWriter, _ *http.Request) {
	answer := bytes.Repeat([]byte("answer "), size/len("answer "))
	c.keep(answer)
	if _, err := response.Write(answer[:len("answer ")]); err != nil {
		log.Print(err)
	}
}

func main() {
	http.HandleFunc("/ready", func(http.ResponseWriter, *http.Request) {})
	http.Handle("/", &cache{bounded: os.Getenv("FRAGILE") != "no-bound"})
	if err := http.ListenAndServe(":8080", nil); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
