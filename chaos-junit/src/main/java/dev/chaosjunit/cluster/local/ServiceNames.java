// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers questions for the names of Services as the DNS server of a Kubernetes cluster does. */
final class ServiceNames {

    private static final int TTL_SECONDS = 5;
    private static final int UDP_PAYLOAD = 1232;
    /** Shorter names are completed by the pod's own search list, as in Kubernetes; here they do not exist. */
    private static final String SUFFIX = ".default.svc.cluster.local.";

    private static final Name ZONE = Name.fromConstantString("cluster.local.");
    private static final Name SERVER = Name.fromConstantString("ns.dns.cluster.local.");
    private static final Name ADMIN = Name.fromConstantString("hostmaster.cluster.local.");
    private static final Record SOA =
            new SOARecord(ZONE, DClass.IN, TTL_SECONDS, SERVER, ADMIN, 1, 7200, 1800, 86400, TTL_SECONDS);

    private final Function<String, Optional<List<String>>> services;

    /**
     * Answer from a directory.
     *
     * @param services the addresses of a Service, empty when there is none of that name
     */
    ServiceNames(Function<String, Optional<List<String>>> services) {
        this.services = services;
    }

    Message answer(Message query) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getOpcode() != Opcode.QUERY) {
            answer.getHeader().setRcode(question == null ? Rcode.FORMERR : Rcode.NOTIMP);
            return answer;
        }
        answer.addRecord(question, Section.QUESTION);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        addAnswers(question, answer);
        return answer;
    }

    private void addAnswers(Record question, Message answer) {
        Optional<List<String>> addresses = serviceOf(question.getName()).flatMap(services);
        if (addresses.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else if (question.getType() == Type.A || question.getType() == Type.ANY) {
            addresses.get().forEach(address -> answer.addRecord(a(question.getName(), address), Section.ANSWER));
        }
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            answer.addRecord(SOA, Section.AUTHORITY);
        }
    }

    private static Optional<String> serviceOf(Name question) {
        String text = question.toString().toLowerCase(Locale.ROOT);
        return Optional.of(text)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .filter(service -> !service.contains("."));
    }

    private static Record a(Name name, String address) {
        try {
            return new ARecord(name, DClass.IN, TTL_SECONDS, InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no IP address", e);
        }
    }
}
