// SPDX-License-Identifier: Apache-2.0
package main

import (
	"net"
	"time"
)

const patience = 300 * time.Millisecond

// network tries sockets of the machine's: one in a file, and a port of TCP and of UDP on each address.
func network(socket string, addresses []string, port string) []attempt {
	all := []attempt{dial("unix", socket)}
	for _, address := range addresses {
		all = append(all, dial("tcp", net.JoinHostPort(address, port)), ask(net.JoinHostPort(address, port)))
	}
	return all
}

func dial(network, address string) attempt {
	return attempt{"connect to " + network + " " + address, func() (string, error) {
		connection, err := net.DialTimeout(network, address, patience)
		if err == nil {
			_ = connection.Close()
		}
		return "", err
	}}
}

// ask sends a datagram to who echoes it.
func ask(address string) attempt {
	return attempt{"ask udp " + address, func() (string, error) {
		connection, err := net.Dial("udp", address)
		if err != nil {
			return "", err
		}
		defer connection.Close()
		_ = connection.SetDeadline(time.Now().Add(patience))
		if _, err := connection.Write([]byte("hello")); err != nil {
			return "", err
		}
		n, err := connection.Read(make([]byte, 16))
		return string(rune('0' + n)), err
	}}
}
