// SPDX-License-Identifier: Apache-2.0

package main

// Where K3s keeps these as well, for tests that reach into the node.
const (
	adminKubeconfig  = "/etc/rancher/k3s/k3s.yaml"
	dataDir          = "/var/lib/rancher/k3s"
	imagesDir        = dataDir + "/agent/images"
	containerdDir    = dataDir + "/agent/containerd"
	containerdExtra  = dataDir + "/agent/etc/containerd/config.toml.tmpl"
	tlsDir           = dataDir + "/server/tls"
	authorityFile    = tlsDir + "/server-ca.crt"
	tokenFile        = dataDir + "/server/node-token"
	credentialsDir   = dataDir + "/server/cred"
	manifestsDir     = dataDir + "/server/manifests"
	databaseDir      = dataDir + "/server/db/etcd"
	containerdState  = "/run/k3s/containerd"
	containerdSocket = containerdState + "/containerd.sock"
)

// Where only this image keeps them. Outside the volumes: Docker would copy what is in there whenever a node starts.
const (
	ownFiles  = "/usr/local/share/k3s"
	configDir = "/run/k3s/config"
	usersFile = configDir + "/users.csv"
	logDir    = "/var/log/k3s"
)
