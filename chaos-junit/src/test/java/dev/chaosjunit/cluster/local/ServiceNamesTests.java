// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static final Map<String, List<String>> SERVICES =
            Map.of("auth", List.of("198.18.0.128"), "pods", List.of("198.18.0.2", "198.18.0.3"), "none", List.of());

    private final ServiceNames names = new ServiceNames(name -> Optional.ofNullable(SERVICES.get(name)));

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
                "pod.auth.default.svc.cluster.local.",
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
