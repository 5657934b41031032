// SPDX-License-Identifier: Apache-2.0

package main

// program is a name in the image's PATH and its options.
type program struct {
	name    string
	options []string
}

const etcdAddress = "127.0.0.1:2379"

// No fsync: nobody reads this database after the node is gone.
func etcd() program {
	return program{"etcd", []string{
		"--name=default", "--data-dir=" + databaseDir, "--unsafe-no-fsync", "--log-level=warn",
		"--listen-client-urls=http://" + etcdAddress, "--advertise-client-urls=http://" + etcdAddress,
		"--listen-peer-urls=http://127.0.0.1:2380",
	}}
}

func containerd() program {
	return program{"containerd", []string{"--config=" + configDir + "/containerd.toml"}}
}

func (n *node) apiServer() program {
	return program{"kube-apiserver", []string{
		"--advertise-address=" + n.Address, "--bind-address=0.0.0.0", "--secure-port=6443",
		"--etcd-servers=http://" + etcdAddress, "--service-cluster-ip-range=" + serviceNetwork,
		"--allow-privileged=true", "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
		"--profiling=false",
		"--client-ca-file=" + authorityFile, "--token-auth-file=" + usersFile,
		"--tls-cert-file=" + tlsDir + "/kube-apiserver.crt", "--tls-private-key-file=" + tlsDir + "/kube-apiserver.key",
		"--kubelet-client-certificate=" + tlsDir + "/kubelet-client.crt",
		"--kubelet-client-key=" + tlsDir + "/kubelet-client.key",
		"--kubelet-preferred-address-types=InternalIP,Hostname",
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file=" + tlsDir + "/service.pub",
		"--service-account-signing-key-file=" + tlsDir + "/service.key",
		"--requestheader-client-ca-file=" + tlsDir + "/request-header-ca.crt",
		"--requestheader-allowed-names=system:auth-proxy", "--requestheader-username-headers=X-Remote-User",
		"--requestheader-group-headers=X-Remote-Group", "--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file=" + tlsDir + "/auth-proxy.crt",
		"--proxy-client-key-file=" + tlsDir + "/auth-proxy.key",
	}}
}

func controllerManager() program {
	return program{"kube-controller-manager", append(client("kube-controller-manager"),
		"--allocate-node-cidrs=true", "--cluster-cidr="+podNetwork, "--service-cluster-ip-range="+serviceNetwork,
		"--cluster-signing-cert-file="+tlsDir+"/server-ca.crt", "--cluster-signing-key-file="+tlsDir+"/server-ca.key",
		"--root-ca-file="+tlsDir+"/server-ca.crt", "--service-account-private-key-file="+tlsDir+"/service.key",
		"--use-service-account-credentials=true",
	)}
}

func scheduler() program { return program{"kube-scheduler", client("kube-scheduler")} }

// What the two that decide have in common. With the default rate, 20 requests a second, the node would be ready 5 s
// later.
func client(name string) []string {
	return []string{
		"--kubeconfig=" + kubeconfigOf(name), "--authentication-kubeconfig=" + kubeconfigOf(name),
		"--authorization-kubeconfig=" + kubeconfigOf(name), "--kube-api-qps=300", "--kube-api-burst=400",
		"--leader-elect=false", "--bind-address=127.0.0.1", "--profiling=false",
	}
}

func (n *node) kubelet() program {
	return program{"kubelet", []string{
		"--config=" + configDir + "/kubelet.yaml", "--kubeconfig=" + kubeconfigOf("kubelet"),
		"--hostname-override=" + n.Name, "--node-ip=" + n.Address,
	}}
}

func proxy() program {
	return program{"kube-proxy", []string{"--config=" + configDir + "/kube-proxy.yaml"}}
}
