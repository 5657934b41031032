// SPDX-License-Identifier: Apache-2.0

// Command leaf answers each request by a function without a frame: there is no place in it where a goroutine could be
// made to wait, so that a call of it can only be held together with its thread.
package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, price(len(r.URL.Path)))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}

//go:noinline
func price(pounds int) int {
	return pounds * 3
}
