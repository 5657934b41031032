// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@DisplayName("A local cluster")
@TestInstance(Lifecycle.PER_CLASS)
class LocalClusterIT {

    private LocalCluster cluster;

    @BeforeAll
    void start() {
        cluster = HelloCluster.start();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    @DisplayName("names its pods and where they are")
    void instances() {
        assertThat(cluster.describe()).matches("local: 2 pods in 198\\.18\\.\\d+\\.0/24, doors to this machine: DNS");
        assertThat(cluster.instances()).extracting(Instance::name).containsExactly("hello-0", "hello-1");
        Instance pod = pod(0);
        assertThat(pod.workload()).isEqualTo("hello");
        assertThat(pod.labels()).isEqualTo(Map.of("app", "hello", "tier", "front"));
        assertThat(pod.ports()).isEqualTo(Map.of("http", 8080, "80", 80));
        assertThat(pod.device()).isEqualTo("eth0");
    }

    @Test
    @DisplayName("tells the pid of the program itself, in its own namespaces and cgroup")
    void pid() throws IOException {
        Path process = Path.of("/proc/" + pod(1).pid());

        assertThat(Files.readSymbolicLink(process.resolve("exe"))).hasFileName("hello");
        assertThat(Files.readString(process.resolve("cgroup")))
                .containsPattern("0::.*/chaos-junit-\\d+/hello-1/hello\n");
        for (String namespace : List.of("net", "mnt", "pid", "uts", "ipc")) {
            assertThat(Files.readSymbolicLink(process.resolve("ns/" + namespace)))
                    .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/" + namespace)));
        }
    }

    @Test
    @DisplayName("gives the program the manifest's environment, the Services and nothing else")
    void environment() throws IOException {
        String service = service("hello").addresses().get(0);
        assertThat(HelloCluster.get("http://" + pod(0).address() + "/env").split("\n"))
                .containsExactlyInAnyOrder(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=/",
                        "HOSTNAME=hello-0",
                        "HELLO_SERVICE_HOST=" + service,
                        "HELLO_SERVICE_PORT=8000",
                        "HELLO_SERVICE_PORT_HTTP=8000",
                        "HELLO_PORT=tcp://" + service + ":8000",
                        "HELLO_PORT_8000_TCP=tcp://" + service + ":8000",
                        "HELLO_PORT_8000_TCP_PROTO=tcp",
                        "HELLO_PORT_8000_TCP_PORT=8000",
                        "HELLO_PORT_8000_TCP_ADDR=" + service,
                        "POD=hello-0",
                        "IP=" + pod(0).address(),
                        "SELF=http://" + pod(0).address() + ":8080");
    }

    @Test
    @DisplayName("answers the test on pod addresses and on Services, whose pods take turns")
    void reachable() throws IOException {
        ServiceEndpoint service = service("hello");
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(HelloCluster.get(url(service)));
        }

        assertThat(HelloCluster.get("http://" + pod(1).address())).startsWith("hello-1 hello-1 from ");
        assertThat(service.addresses()).hasSize(1).doesNotContain(pod(0).address(), pod(1).address());
        assertThat(answers).filteredOn(answer -> answer.startsWith("hello-0 ")).hasSize(5);
        assertThat(answers).filteredOn(answer -> answer.startsWith("hello-1 ")).hasSize(5);
    }

    @Test
    @DisplayName("keeps the caller's address between pods, and lets a pod reach itself through its Service")
    void betweenPods() throws IOException {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(fromPod("fetch?url=http://hello:8000"));
        }

        assertThat(answers).contains("hello-1 hello-1 from " + pod(0).address());
        assertThat(answers).anyMatch(answer -> answer.startsWith("hello-0 "));
    }

    @Test
    @DisplayName("refuses connections to a port that a Service does not have")
    void otherPort() throws IOException {
        Assertions.assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(service("hello").addresses().get(0), 8001).close())
                .withMessageContaining("refused");
        assertThat(fromPod("fetch?url=http://hello:8001")).contains("connection refused");
    }

    @Test
    @DisplayName("resolves Services inside pods, headless ones to their pods")
    void names() throws IOException {
        String clusterIp = service("hello").addresses().get(0);

        assertThat(fromPod("resolve?name=hello")).isEqualTo(clusterIp);
        assertThat(fromPod("resolve?name=hello.default")).isEqualTo(clusterIp);
        assertThat(fromPod("resolve?name=hello.default.svc.cluster.local.")).isEqualTo(clusterIp);
        assertThat(fromPod("resolve?name=hello-pods").split(" "))
                .containsExactlyInAnyOrder(pod(0).address(), pod(1).address());
        assertThat(fromPod("resolve?name=nosuch")).contains("no such host");
        assertThat(fromPod("resolve?name=hello-0")).isEqualTo(pod(0).address());
        assertThat(service("hello-pods").ports()).isEqualTo(Map.of("8000", 8080));
    }

    @Test
    @DisplayName("answers dig in a pod's namespaces by UDP and TCP")
    void dig() throws IOException, InterruptedException {
        String clusterIp = service("hello").addresses().get(0);

        assertThat(digInPod("+short", "hello.default.svc.cluster.local")).isEqualTo(clusterIp);
        assertThat(digInPod("+short", "+tcp", "HELLO.default.svc.cluster.local"))
                .isEqualTo(clusterIp);
        assertThat(digInPod("AAAA", "hello.default.svc.cluster.local")).contains("status: NOERROR", "ANSWER: 0");
        assertThat(digInPod("hello.example.org")).contains("status: NXDOMAIN");
    }

    @Test
    @DisplayName("has no way out")
    void noWayOut() throws IOException {
        assertThat(fromPod("fetch?url=http://192.0.2.1/")).contains("network is unreachable");
    }

    @Test
    @DisplayName("keeps what pods printed, with their arguments")
    void logs() {
        assertThat(cluster.log("hello-0", 10))
                .containsExactly("hello from hello-0, arguments [\"--name=hello-0\" \"$(UNKNOWN)\" \"$(POD)\"]");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.log("hello-7", 1))
                .withMessage("there is no pod hello-7 but [hello-0, hello-1]");
    }

    private Instance pod(int index) {
        return cluster.instances().get(index);
    }

    private ServiceEndpoint service(String name) {
        return cluster.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String url(ServiceEndpoint service) {
        return "http://" + service.addresses().get(0) + ":" + service.ports().get("http");
    }

    private String fromPod(String request) throws IOException {
        return HelloCluster.get("http://" + pod(0).address() + "/" + request);
    }

    private String digInPod(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Privilege.find());
        String nameServer = pod(0).address().replaceFirst("[0-9]+$", "253"); // its resolv.conf dig does not see
        command.addAll(List.of("nsenter", "--net", "--target", String.valueOf(pod(0).pid()), "dig", "@" + nameServer));
        command.addAll(List.of(arguments));
        Process dig = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(dig.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(dig.waitFor()).as(output).isZero();
        return output;
    }
}
