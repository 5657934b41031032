// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"syscall"
	"time"
)

const (
	mebibyte = 1 << 20
	page     = 4096
	spinning = 500 * time.Millisecond
)

var eaten [][]byte

// Memory that is used, and never given back.
func eat(r *http.Request) (string, error) {
	var mebibytes int
	if _, err := fmt.Sscan(r.FormValue("mebibytes"), &mebibytes); err != nil {
		return "", err
	}
	for i := 0; i < mebibytes; i++ {
		block := make([]byte, mebibyte)
		for at := 0; at < mebibyte; at += page {
			block[at] = 1
		}
		eaten = append(eaten, block)
	}
	return "eaten", nil
}

// Milliseconds of processor time that this process gets in half a second when it takes all that it can.
func spin(*http.Request) (string, error) {
	before := used()
	end := time.Now().Add(spinning)
	done := make(chan bool)
	for i := 0; i < runtime.NumCPU(); i++ {
		go func() {
			for time.Now().Before(end) {
			}
			done <- true
		}()
	}
	for i := 0; i < runtime.NumCPU(); i++ {
		<-done
	}
	return fmt.Sprint((used() - before).Milliseconds()), nil
}

func used() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// So many threads; the Go runtime ends the program where it cannot have one.
func threads(r *http.Request) (string, error) {
	var number int
	if _, err := fmt.Sscan(r.FormValue("number"), &number); err != nil {
		return "", err
	}
	var started sync.WaitGroup
	started.Add(number)
	for i := 0; i < number; i++ {
		go func() {
			runtime.LockOSThread()
			started.Done()
			select {}
		}()
	}
	started.Wait()
	return "started", nil
}
