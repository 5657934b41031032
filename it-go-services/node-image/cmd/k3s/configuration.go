// SPDX-License-Identifier: Apache-2.0

package main

import (
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"text/template"
)

//go:embed templates
var templates embed.FS

const (
	podNetwork          = "10.42.0.0/16" // as K3s has them, too
	firstPodNetwork     = "10.42.0.0/24" // that of the first node: the server
	serviceNetwork      = "10.43.0.0/16"
	firstServiceAddress = "10.43.0.1"
	dnsAddress          = "10.43.0.10"
)

var constants = template.FuncMap{
	"podNetwork":       func() string { return podNetwork },
	"dnsAddress":       func() string { return dnsAddress },
	"tls":              func() string { return tlsDir },
	"kubeconfigOf":     kubeconfigOf,
	"containerdDir":    func() string { return containerdDir },
	"containerdState":  func() string { return containerdState },
	"containerdSocket": func() string { return containerdSocket },
}

// writeConfiguration writes what the programs read from files.
func (n *node) writeConfiguration() error {
	return errors.Join(
		render("kubelet.yaml", configDir+"/kubelet.yaml", n),
		render("kube-proxy.yaml", configDir+"/kube-proxy.yaml", n),
		n.writeContainerdConfiguration(),
	)
}

// A test may extend containerd's configuration as it would that of K3s: by a template that includes the one named
// "base".
func (n *node) writeContainerdConfiguration() error {
	const path = configDir + "/containerd.toml"
	extension, err := os.ReadFile(containerdExtra)
	if errors.Is(err, fs.ErrNotExist) {
		return render("containerd.toml", path, n)
	}
	if err != nil {
		return err
	}
	all, err := parseTemplates()
	if err != nil {
		return err
	}
	if _, err := all.AddParseTree("base", all.Lookup("containerd.toml").Tree); err != nil {
		return err
	}
	if _, err := all.New("extended.toml").Parse(string(extension)); err != nil {
		return fmt.Errorf("%s: %w", containerdExtra, err)
	}
	return execute(all.Lookup("extended.toml"), path, n)
}

func kubeconfigOf(client string) string { return credentialsDir + "/" + client + ".kubeconfig" }

func writeKubeconfig(client, path string) error {
	values := map[string]string{"server": ownServer, "token": ""}
	for name, file := range map[string]string{
		"authority": "server-ca.crt", "certificate": client + ".crt", "key": client + ".key",
	} {
		content, err := os.ReadFile(tlsDir + "/" + file)
		if err != nil {
			return err
		}
		values[name] = base64.StdEncoding.EncodeToString(content)
	}
	return render("kubeconfig.yaml", path, values)
}

// writeTokenKubeconfig is for an agent, which has no certificates.
func (n *node) writeTokenKubeconfig(client string) error {
	authority, err := os.ReadFile(authorityFile)
	if err != nil {
		return err
	}
	return render("kubeconfig.yaml", kubeconfigOf(client), map[string]string{
		"server": n.Server, "token": n.Token, "authority": base64.StdEncoding.EncodeToString(authority),
	})
}

func render(name, path string, values any) error {
	all, err := parseTemplates()
	if err != nil {
		return err
	}
	return execute(all.Lookup(name), path, values)
}

func parseTemplates() (*template.Template, error) {
	return template.New("").Funcs(constants).Option("missingkey=error").ParseFS(templates, "templates/*")
}

func execute(t *template.Template, path string, values any) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(t.Execute(file, values), file.Close())
}
