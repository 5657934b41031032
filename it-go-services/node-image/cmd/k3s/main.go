// SPDX-License-Identifier: Apache-2.0

// Command k3s stands in for K3s: `k3s server` brings up a Kubernetes node from the programs beside it, under the
// paths and with the log line that Testcontainers' K3sContainer waits for; `k3s agent` joins it with another node. See
// the README of the node image.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"syscall"
)

const usage = "usage: k3s server [--tls-san=NAME] [--node-name=NAME] [--token=TOKEN]" +
	" | k3s agent --server=URL --token=TOKEN [--node-name=NAME] | k3s kubectl ARG... | k3s ctr ARG..."

func main() {
	log.SetFlags(log.Ldate | log.Lmicroseconds)
	if len(os.Args) < 2 {
		fail(usage)
	}
	var err error
	switch arguments := os.Args[2:]; os.Args[1] {
	case "server":
		err = server(arguments)
	case "agent":
		err = agent(arguments)
	case "kubectl":
		err = become("kubectl", arguments)
	case "ctr":
		err = become("ctr", arguments)
	default:
		fail(usage)
	}
	if err != nil {
		log.Fatalf("k3s: %v", err)
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(2)
}

// become replaces this process by another program. Where the cluster and containerd are, the image's environment
// says.
func become(program string, arguments []string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return err
	}
	return syscall.Exec(path, append([]string{program}, arguments...), os.Environ())
}
