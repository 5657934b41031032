// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.experiment.JudgedLoad;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Rate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the JVM keeps of a load, each in a JVM of its own: its requests are fed to it, and judged as an experiment does. */
final class LoadMemory {
    private LoadMemory() {}

    static void print(List<String> rates, List<String> lengths) throws IOException, InterruptedException {
        Table table = new Table(
                "A load in the JVM's memory, fed at full speed and judged",
                "requests/s",
                "for",
                "requests",
                "heap that it holds",
                "heap at most, while it is judged",
                "fed within",
                "judged within",
                "JVM's resident set at most, left to itself");
        for (String rate : rates) {
            for (String length : lengths) {
                List<String> figures = ForkedJvm.run(LoadMemory.class, rate, length);
                table.row(
                        rate,
                        length,
                        figures.get(0),
                        figures.get(1),
                        figures.get(2),
                        figures.get(3),
                        figures.get(4),
                        figures.get(5));
            }
        }
    }

    /** First left to itself, then with one full collection after the other. */
    public static void main(String[] args) throws Exception {
        LoadSpec spec = new LoadSpec(
                URI.create("http://fed/"),
                new Rate(Double.parseDouble(args[0].replace(",", ""))),
                "GET",
                Map.of(),
                "",
                Duration.ofSeconds(5));
        Duration length = Durations.parse(args[1]);
        long start = System.nanoTime();
        JudgedLoad load = new JudgedLoad(spec, length);
        String fed = Figures.msSince(start);
        start = System.nanoTime();
        JudgedLoad.Judged judged = load.judge();
        String judgedWithin = Figures.msSince(start);
        long resident = OsProcess.thisJvm().mostResident();
        load = null;
        try (LiveHeap heap = new LiveHeap()) {
            JudgedLoad again = new JudgedLoad(spec, length);
            long held = heap.held();
            if (!again.judge().equals(judged)) {
                throw new IllegalStateException("the same requests have been judged otherwise");
            }
            System.out.println(Figures.count(judged.sent()));
            System.out.println(Figures.mib(held));
            System.out.println(Figures.mib(heap.most()));
        }
        System.out.println(fed);
        System.out.println(judgedWithin);
        System.out.println(Figures.mib(resident));
    }
}
