// SPDX-License-Identifier: Apache-2.0

// several is each of a pod's containers, by its arguments.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
)

func main() {
	fmt.Println(os.Args[1:])
	switch os.Args[1] {
	case "end":
		code, err := strconv.Atoi(os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		os.Exit(code)
	case "serve":
		serve(os.Args[2])
	}
}

func serve(address string) {
	http.HandleFunc("/end", func(http.ResponseWriter, *http.Request) { os.Exit(4) })
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "this is "+address) })
	http.HandleFunc("/ask", ask)
	log.Fatal(http.ListenAndServe(address, nil))
}

// Another container's answer, by the network that they share.
func ask(w http.ResponseWriter, r *http.Request) {
	response, err := http.Get("http://127.0.0.1" + r.FormValue("port"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	io.Copy(w, response.Body)
}
