// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/x509"
	"errors"
	"fmt"
)

// The group that no authorisation stops. The node's own programs are in it: their proper roles are made only while
// the API server starts, and the kubelet hears of a new pod before its authoriser does. Whoever is refused waits
// before he retries.
const administrators = "system:masters"

// identity is a certificate by the authority's file name, and what its holder may do by name and group.
type identity struct {
	file, name  string
	groups      []string
	serverNames []string
}

func (n *node) identities() []identity {
	apiServer := []string{
		"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
		"localhost", "127.0.0.1", firstServiceAddress, n.Name, n.Address,
	}
	return []identity{
		{file: "kube-apiserver", name: "kube-apiserver", serverNames: append(apiServer, n.SANs...)},
		{file: "kubelet", name: "system:node:" + n.Name, groups: []string{"system:nodes", administrators},
			serverNames: []string{n.Name, n.Address}},
		{file: "kubelet-client", name: "kube-apiserver", groups: []string{administrators}},
		{file: "kube-controller-manager", name: "system:kube-controller-manager", groups: []string{administrators}},
		{file: "kube-scheduler", name: "system:kube-scheduler", groups: []string{administrators}},
		{file: "kube-proxy", name: "system:kube-proxy", groups: []string{administrators}},
		{file: "admin", name: "system:admin", groups: []string{administrators}},
	}
}

// makeCertificates writes everything below tlsDir, and a kubeconfig for every client.
func (n *node) makeCertificates() error {
	cluster, err := newAuthority("k3s-server-ca")
	if err != nil {
		return err
	}
	front, err := newAuthority("k3s-request-header-ca")
	if err != nil {
		return err
	}
	made := []error{
		writePair(tlsDir+"/server-ca", cluster.certificate.Raw, cluster.key),
		writePair(tlsDir+"/request-header-ca", front.certificate.Raw, front.key),
		front.issueTo(identity{file: "auth-proxy", name: "system:auth-proxy"}),
		makeServiceAccountKey(),
	}
	for _, identity := range n.identities() {
		made = append(made, cluster.issueTo(identity), writeKubeconfig(identity.file, kubeconfigOf(identity.file)))
	}
	made = append(made, appendPEM(tlsDir+"/kube-apiserver.crt", cluster.certificate.Raw)) // which agents come to trust
	return errors.Join(append(made, writeKubeconfig("admin", adminKubeconfig))...)
}

func (a *authority) issueTo(to identity) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	certificate, err := a.issue(key, to.name, to.groups, to.serverNames)
	if err != nil {
		return fmt.Errorf("cannot make the certificate of %s: %w", to.name, err)
	}
	return writePair(tlsDir+"/"+to.file, certificate, key)
}

func makeServiceAccountKey() error {
	key, err := newKey()
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	return errors.Join(writeKey(tlsDir+"/service.key", key), writePEM(tlsDir+"/service.pub", "PUBLIC KEY", public))
}
