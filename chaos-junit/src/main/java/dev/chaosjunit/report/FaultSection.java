// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The faults, each with the proof that it hit. */
final class FaultSection {
    private FaultSection() {}

    static void write(Html html, List<FaultResult> faults) {
        html.leaf("h3", "Faults").line();
        if (faults.isEmpty()) {
            html.leaf("p", "Nothing was injected.").line();
            return;
        }
        Table table = Table.open(
                html, "Faults and their witnesses", "Witness", "Fault", "Seen", "Matched", "Hit", "Bytes",
                "Request to first hit", "Revert to first clean", "Drained");
        for (FaultResult fault : faults) {
            row(table, fault);
        }
        table.close();
        faults.forEach(fault -> DelayChart.write(html, fault));
    }

    private static void row(Table table, FaultResult fault) {
        String cssClass = Verdict.word(fault.witness());
        table.row(cssClass).badge(fault.witness());
        table.stacked(fault.fault(), fault.instance() + " · " + fault.mechanism());
        table.number(Numbers.count(fault.seen())).number(Numbers.count(fault.matched()));
        table.number(Numbers.count(fault.hit())).number(Numbers.bytes(fault.bytes()));
        table.number(Numbers.time(fault.onToFirstHitMs())).number(Numbers.time(fault.offToFirstCleanMs()));
        table.number(Numbers.count(fault.drained())).endRow();
        String remark = fault.witness() == Outcome.PASSED ? "" : cssClass;
        if (!fault.detail().isBlank()) {
            table.remark(remark, fault.detail());
        }
        if (!fault.sawInstead().isEmpty()) {
            table.remark(remark, "Saw instead: " + sawInstead(fault.sawInstead()));
        }
    }

    static String sawInstead(Map<String, Long> seen) {
        return seen.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + " (" + Numbers.count(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
