// SPDX-License-Identifier: Apache-2.0

// inspector tells, when it is asked, what its container lets it do; what fails it tells in the kernel's words.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"syscall"
)

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	http.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	answer("/read", func(r *http.Request) (string, error) {
		content, err := os.ReadFile(r.FormValue("path"))
		return string(content), err
	})
	answer("/write", func(r *http.Request) (string, error) {
		return "written", os.WriteFile(r.FormValue("path"), []byte(r.FormValue("text")), 0o644)
	})
	answer("/link", func(r *http.Request) (string, error) {
		return "linked", os.Symlink(r.FormValue("to"), r.FormValue("path"))
	})
	answer("/move", func(r *http.Request) (string, error) {
		return "moved", os.Rename(r.FormValue("path"), r.FormValue("to"))
	})
	answer("/stat", stat)
	answer("/status", status)
	answer("/eat", eat)
	answer("/spin", spin)
	answer("/threads", threads)
	answer("/end", func(*http.Request) (string, error) {
		os.Exit(4)
		return "", nil
	})
	log.Fatal(http.ListenAndServe(":"+port, nil))
}

func answer(path string, action func(*http.Request) (string, error)) {
	http.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		text, err := action(r)
		if err != nil {
			text = err.Error()
		}
		fmt.Fprint(w, text)
	})
}

// Permissions, owner and group.
func stat(r *http.Request) (string, error) {
	file, err := os.Stat(r.FormValue("path"))
	if err != nil {
		return "", err
	}
	owner := file.Sys().(*syscall.Stat_t)
	return fmt.Sprintf("%o %d:%d", owner.Mode&0o7777, owner.Uid, owner.Gid), nil
}

// What the kernel says of this process, and where it is.
func status(*http.Request) (string, error) {
	directory, err := os.Getwd()
	if err != nil {
		return "", err
	}
	lines, err := os.ReadFile("/proc/self/status")
	return "Cwd:\t" + directory + "\n" + string(lines), err
}
