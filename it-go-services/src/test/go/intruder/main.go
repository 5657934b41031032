// SPDX-License-Identifier: Apache-2.0

// An intruder tries, when it is asked to, what a pod must not be able to do, and answers with a line for each attempt:
// its name, a tab, and "DONE" with what it got, or why it failed.
package main

import (
	"fmt"
	"log"
	"net/http"
)

type attempt struct {
	name string
	try  func() (string, error)
}

func main() {
	http.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/try", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		all := files(q.Get("mark"))
		all = append(all, processes(q.Get("pid"), q.Get("secret"))...)
		all = append(all, kernel()...)
		all = append(all, network(q.Get("socket"), q["address"], q.Get("port"))...)
		for _, a := range all {
			got, err := a.try()
			if err != nil {
				fmt.Fprintf(w, "%s\t%v\n", a.name, err)
			} else {
				fmt.Fprintf(w, "%s\tDONE %s\n", a.name, got)
			}
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
