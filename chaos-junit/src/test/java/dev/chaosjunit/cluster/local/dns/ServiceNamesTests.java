// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.local.dns.NamedService.Backend;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

@DisplayName("Names of Services")
class ServiceNamesTests {

    private static final String SERVICES = """
            {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [
              {name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: auth}, spec: {selector: {app: web}, ports: [
              {name: http, port: 80}, {name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: pods}, spec: {selector: {app: web}, clusterIP: None,
              ports: [{name: http, port: 80, targetPort: http}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: none}, spec: {selector: {app: web}, clusterIP: None}}
            """;

    private final Manifests manifests =
            ManifestReader.read(List.of(new ManifestSource("services.yaml", SERVICES)), List.of());
    private final ServiceNames names = new ServiceNames(new ServiceRecords(this::find));

    private Optional<NamedService> find(String namespace, String name) {
        Workload pod = manifests.workloads().get(0);
        List<Backend> pods =
                List.of(new Backend("pod-0", "198.18.0.2", pod), new Backend("198-18-0-3", "198.18.0.3", pod));
        return manifests.services().stream()
                .filter(service ->
                        service.namespace().equals(namespace) && service.name().equals(name))
                .findFirst()
                .map(service -> new NamedService(
                        service,
                        service.headless() ? Optional.empty() : Optional.of("198.18.0.128"),
                        name.equals("none") ? List.of() : pods));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.default.svc.cluster.local.", "AUTH.Default.svc.CLUSTER.local."})
    @DisplayName("resolve in any case")
    void forms(String name) throws IOException {
        Message answer = names.answer(query(name, Type.A));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(answer.getSection(Section.ANSWER))
                .containsExactly(Record.fromString(record(name), Type.A, DClass.IN, 5, "198.18.0.128", Name.root));
    }

    @Test
    @DisplayName("resolve to all pods of a headless Service")
    void headless() {
        assertThat(names.answer(query("pods.default.svc.cluster.local.", Type.A))
                        .getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("198.18.0.2", "198.18.0.3");
    }

    @ParameterizedTest
    @CsvSource({
        "POD-0.pods.default.svc.cluster.local., 198.18.0.2",
        "198-18-0-3.pods.default.svc.cluster.local., 198.18.0.3"
    })
    @DisplayName("lead to one pod of a headless Service by its host name, or by its address where it has none")
    void pod(String name, String address) {
        assertThat(names.answer(query(name, Type.A)).getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly(address);
    }

    @ParameterizedTest
    @CsvSource({
        "_http._tcp.pods, '0 50 8080 pod-0.pods, 0 50 8080 198-18-0-3.pods', '198.18.0.2, 198.18.0.3'",
        "_http._tcp.auth, 0 100 80 auth, 198.18.0.128",
        "_dns._udp.auth, 0 100 53 auth, 198.18.0.128"
    })
    @DisplayName("of ports lead to pods, or to the Service where it has an address, which are added")
    void ports(String name, String targets, String addresses) {
        String below = ".default.svc.cluster.local.";
        Message answer = names.answer(query(name + below, Type.SRV));

        assertThat(answer.getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly(targets.replaceAll("(,|$)", below + "$1").split(", "));
        assertThat(answer.getSection(Section.ADDITIONAL))
                .extracting(Record::rdataToString)
                .containsExactly(addresses.split(", "));
        assertThat(names.answer(query(name + below, Type.A)).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    @DisplayName("have no IPv6 address, and say so without denying the name")
    void noIpv6() {
        Message answer = names.answer(query("auth.default.svc.cluster.local.", Type.AAAA));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY))
                .extracting(Record::getType)
                .containsExactly(Type.SOA);
    }

    @Test
    @DisplayName("exist without an address while no pod of a headless Service is ready")
    void nothingReady() {
        assertThat(names.answer(query("none.default.svc.cluster.local.", Type.A))
                        .getRcode())
                .isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.",
                "auth.default.",
                "auth.default.svc.",
                "nosuch.default.svc.cluster.local.",
                "auth.other.svc.cluster.local.",
                "auth.default.svc.cluster.local.default.svc.cluster.local.",
                "pod-0.auth.default.svc.cluster.local.",
                "pod-1.pods.default.svc.cluster.local.",
                "_dns._tcp.auth.default.svc.cluster.local.",
                "_http._tcp.none.default.svc.cluster.local.",
                "x._http._tcp.auth.default.svc.cluster.local.",
                "default.svc.cluster.local.",
                "example.org."
            })
    @DisplayName("of others do not exist, nor do short ones that the pod's search list did not complete")
    void unknown(String name) {
        assertThat(names.answer(query(name, Type.A)).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    @DisplayName("are answered with EDNS when asked with it")
    void edns() {
        Message query = query("auth.", Type.A);
        assertThat(names.answer(query).getOPT()).isNull();

        query.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        assertThat(names.answer(query).getOPT()).isNotNull();
    }

    @Test
    @DisplayName("are not there to be updated")
    void otherOpcodes() {
        Message query = query("auth.", Type.A);
        query.getHeader().setOpcode(Opcode.UPDATE);

        assertThat(names.answer(query).getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(names.answer(new Message(7)).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(record(name), type, DClass.IN));
    }

    private static Name record(String name) {
        try {
            return Name.fromString(name);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
