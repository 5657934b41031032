// Greets whoever asks.
package main

import (
	"io"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) { io.WriteString(answer, "hello") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
