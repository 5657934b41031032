// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"strings"
)

// node is what the configuration of its programs depends on. Templates read its fields.
type node struct {
	Name    string
	Address string   // of this container, where the Docker host and the pods reach it
	Cgroup  string   // of this container, below which the pods' go
	SANs    []string // further names and addresses in the API server's certificate
	Server  string   // the URL at which this node's programs find the API server
	Token   string   // what an agent shows the server to be let in
	Joins   bool     // the cluster of another node, as its agent
}

// SystemdCgroup is for containerd's templates, those of tests too, where K3s has it under this name: no systemd is here.
func (n *node) SystemdCgroup() bool { return false }

func newNode(arguments []string) (*node, error) {
	hostname, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	n := &node{Name: hostname, Server: os.Getenv("K3S_URL"), Token: os.Getenv("K3S_TOKEN")}
	n.readOptions(arguments)
	n.Address, err = ownAddress()
	return n, err
}

// readOptions reads those of K3s that matter here, and says which ones do nothing.
func (n *node) readOptions(arguments []string) {
	for len(arguments) > 0 {
		option, value, joined := strings.Cut(arguments[0], "=")
		arguments = arguments[1:]
		if !joined && len(arguments) > 0 && !strings.HasPrefix(arguments[0], "-") {
			value, arguments = arguments[0], arguments[1:]
		}
		switch option {
		case "--tls-san":
			n.SANs = append(n.SANs, value)
		case "--node-name":
			n.Name = value
		case "--server", "-s":
			n.Server = value
		case "--token", "-t":
			n.Token = value
		case "--disable": // nothing that K3s could disable is here
		default:
			log.Printf("option %s is not supported by this image and does nothing", option)
		}
	}
}

func ownAddress() (string, error) {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return "", err
	}
	for _, address := range addresses {
		if ip, ok := address.(*net.IPNet); ok && ip.IP.To4() != nil && ip.IP.IsGlobalUnicast() {
			return ip.IP.String(), nil
		}
	}
	return "", fmt.Errorf("this container has no IPv4 address: a node needs one, so run it in a Docker network")
}
