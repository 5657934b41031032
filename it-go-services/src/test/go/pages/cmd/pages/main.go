// SPDX-License-Identifier: Apache-2.0

// Command pages answers by a template that is beside it, and with what another program of its image says.
package main

import (
	"html/template"
	"log"
	"net/http"
	"os/exec"
)

var edition = "unknown"

func main() {
	page, err := template.ParseFiles("templates/page.html")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		stamp, err := exec.Command("stamp", "-").Output()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if err := page.Execute(w, map[string]string{"Edition": edition, "Stamp": string(stamp)}); err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
