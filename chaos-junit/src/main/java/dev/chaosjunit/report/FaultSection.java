// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Touched;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The faults, each with the proof that it hit. */
final class FaultSection {
    private FaultSection() {}

    static void write(Html html, List<FaultResult> faults, List<Touched> touched) {
        html.leaf("h3", "Faults").line();
        if (faults.isEmpty()) {
            html.leaf("p", "Nothing was injected.").line();
            return;
        }
        Table table = Table.open(
                html,
                "Faults and their witnesses",
                Column.text("Witness"),
                Column.text("Fault"),
                Column.number("Seen"),
                Column.number("Matched"),
                Column.number("Hit"),
                Column.number("Bytes"),
                Column.number("Request to first hit"),
                Column.number("Revert to first clean"),
                Column.number("Drained"));
        for (FaultResult fault : faults) {
            row(table, fault);
        }
        table.close();
        for (Touched fault : touched) {
            html.leaf("p", "Touched " + fault.describe() + ": " + fault.fault()).line();
        }
        for (FaultResult fault : faults) {
            DelayChart.write(html, fault);
            MeanwhileTable.write(html, fault);
        }
    }

    private static void row(Table table, FaultResult fault) {
        table.row(fault.witness()).badge(fault.witness());
        table.cell(fault.fault(), fault.place() + " · " + fault.mechanism());
        Counters counters = fault.counters();
        table.cell(count(counters, Counters::seen)).cell(count(counters, Counters::matched));
        table.cell(count(counters, Counters::hit));
        table.cell(counters == null ? Numbers.UNKNOWN : Numbers.bytes(counters.bytes()));
        table.cell(Numbers.time(fault.onToFirstHitMs())).cell(Numbers.time(fault.offToFirstCleanMs()));
        table.cell(count(counters, Counters::drained)).endRow();
        String remark = remark(fault);
        if (!remark.isEmpty()) {
            table.remark(fault.witness(), remark);
        }
    }

    private static String count(@Nullable Counters counters, ToLongFunction<Counters> which) {
        return counters == null ? Numbers.UNKNOWN : Numbers.count(which.applyAsLong(counters));
    }

    private static String remark(FaultResult fault) {
        String seen = fault.witness() == Outcome.PASSED ? "also seen: " : "saw instead: ";
        return Stream.of(
                        fault.share() == null ? "" : fault.share().describe(),
                        fault.probes(),
                        OlderWords.of(fault.older()),
                        fault.hint(),
                        fault.detail(),
                        fault.sawInstead().isEmpty() ? "" : seen + sawInstead(fault.sawInstead()))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("; "));
    }

    static String sawInstead(Map<String, Long> seen) {
        return seen.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + " (" + Numbers.count(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
