// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.dns;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers questions as the DNS server of a Kubernetes cluster does. */
final class ServiceNames {

    private static final int TTL_SECONDS = ServiceRecords.TTL_SECONDS;
    private static final int UDP_PAYLOAD = 1232;

    private static final Name ZONE = Name.fromConstantString("cluster.local.");
    private static final Name SERVER = Name.fromConstantString("ns.dns.cluster.local.");
    private static final Name ADMIN = Name.fromConstantString("hostmaster.cluster.local.");
    private static final Record SOA =
            new SOARecord(ZONE, DClass.IN, TTL_SECONDS, SERVER, ADMIN, 1, 7200, 1800, 86400, TTL_SECONDS);

    private final Function<Name, Optional<List<Record>>> records;

    /**
     * Answer from these.
     *
     * @param records all at a name; empty when there is no such name
     */
    ServiceNames(Function<Name, Optional<List<Record>>> records) {
        this.records = records;
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
        Optional<List<Record>> found = records.apply(question.getName());
        if (found.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        found.stream()
                .flatMap(List::stream)
                .filter(record -> question.getType() == record.getType() || question.getType() == Type.ANY)
                .forEach(record -> add(record, answer));
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            answer.addRecord(SOA, Section.AUTHORITY);
        }
    }

    /** With the addresses of what it leads to, so that nobody has to ask again. */
    private void add(Record record, Message answer) {
        answer.addRecord(record, Section.ANSWER);
        if (record instanceof SRVRecord target) {
            records.apply(target.getTarget()).stream()
                    .flatMap(List::stream)
                    .forEach(address -> answer.addRecord(address, Section.ADDITIONAL));
        }
    }
}
