// SPDX-License-Identifier: Apache-2.0

// hello says which pod it is, what names mean there, and what other pods say.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

var started = time.Now()

func main() {
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	if len(os.Args) > 2 && os.Args[1] == "check" {
		check(os.Args[2])
		return
	}
	log.Printf("hello from %s, arguments %q", os.Getenv("POD"), os.Args[1:])
	if os.Getenv("MODE") == "crash" {
		fmt.Fprintln(os.Stderr, "cannot go on: the configuration is bad")
		os.Exit(3)
	}
	if os.Getenv("MODE") == "panic" {
		sink(40)
	}
	if peer := os.Getenv("PEER"); peer != "" {
		addresses, err := net.LookupHost(peer)
		log.Printf("at start %s is %v %v", peer, addresses, err)
	}
	http.HandleFunc("/", name)
	http.HandleFunc("/readyz", readyz)
	http.HandleFunc("/env", env)
	http.HandleFunc("/resolve", resolve)
	http.HandleFunc("/srv", srv)
	http.HandleFunc("/fetch", fetch)
	http.HandleFunc("/ask", ask)
	go serve(":8080")
	go serve(":80")
	go echo(":80")
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM)
	<-end
	log.Print("asked to end")
	if os.Getenv("MODE") == "deaf" {
		time.Sleep(time.Minute)
	}
}

// sink panics below a stack of many lines.
func sink(depth int) {
	if depth == 0 {
		panic("the configuration is bad")
	}
	sink(depth - 1)
}

// check fails where a file is, and says where it runs itself.
func check(file string) {
	if _, err := os.Stat(file); err == nil {
		groups, _ := os.ReadFile("/proc/self/cgroup")
		for _, line := range strings.Split(string(groups), "\n") {
			if strings.Contains(line, os.Getenv("POD")) {
				log.Print(line)
			}
		}
		log.Fatalf("%s is there, for %s as well", file, os.Getenv("POD"))
	}
}

func serve(address string) {
	log.Fatal(http.ListenAndServe(address, nil))
}

// echo sends back what comes by UDP, after its own name.
func echo(address string) {
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		log.Fatal(err)
	}
	buffer := make([]byte, 1500)
	for {
		n, from, err := socket.ReadFrom(buffer)
		if err != nil {
			log.Fatal(err)
		}
		socket.WriteTo(append([]byte(os.Getenv("POD")+" "), buffer[:n]...), from)
	}
}

func name(w http.ResponseWriter, r *http.Request) {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	hostname, _ := os.Hostname()
	fmt.Fprintf(w, "%s %s from %s", os.Getenv("POD"), hostname, host)
}

func readyz(w http.ResponseWriter, _ *http.Request) {
	_, err := os.Stat(os.Getenv("UNREADY_FILE"))
	late, _ := time.ParseDuration(os.Getenv("READY_AFTER"))
	if os.Getenv("MODE") == "unready" || err == nil || time.Since(started) < late {
		http.Error(w, "not yet", http.StatusServiceUnavailable)
	}
}

func env(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, strings.Join(os.Environ(), "\n"))
}

func resolve(w http.ResponseWriter, r *http.Request) {
	addresses, err := net.LookupHost(r.FormValue("name"))
	fmt.Fprint(w, strings.Join(addresses, " "))
	if err != nil {
		fmt.Fprint(w, err)
	}
}

func srv(w http.ResponseWriter, r *http.Request) {
	_, targets, err := net.LookupSRV(r.FormValue("port"), r.FormValue("protocol"), r.FormValue("name"))
	for _, target := range targets {
		fmt.Fprintf(w, "%s:%d ", target.Target, target.Port)
	}
	if err != nil {
		fmt.Fprint(w, err)
	}
}

// ask sends a text by UDP and says what came back.
func ask(w http.ResponseWriter, r *http.Request) {
	socket, err := net.Dial("udp", r.FormValue("address"))
	if err != nil {
		fmt.Fprint(w, err)
		return
	}
	defer socket.Close()
	socket.SetDeadline(time.Now().Add(2 * time.Second))
	fmt.Fprint(socket, r.FormValue("text"))
	buffer := make([]byte, 1500)
	n, err := socket.Read(buffer)
	if err != nil {
		fmt.Fprint(w, err)
		return
	}
	w.Write(buffer[:n])
}

func fetch(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.FormValue("url"), nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	response, err := client.Do(request)
	if err != nil {
		fmt.Fprint(w, err)
		return
	}
	defer response.Body.Close()
	io.Copy(w, response.Body)
}
