// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.GoroutineDump;
import dev.chaosjunit.observe.Pprof;
import dev.chaosjunit.observe.PprofException;
import dev.chaosjunit.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** What one look at the goroutines of a service costs. */
final class GoroutineLook {
    private static final String DUMP = "/debug/pprof/goroutine?debug=2";

    private static final int CELLS = 6;

    private GoroutineLook() {}

    static void print(int... counts) throws Exception {
        Table table = new Table(
                "A look at the goroutines of a service",
                "goroutines",
                "counted within",
                "looked at within",
                "goroutines that the look has",
                "bytes of the answer",
                "heap that a look holds",
                "heap at most, while it is read",
                "service's resident set before; after");
        for (int count : counts) {
            try (Session session = new Crowd(1, count).start()) {
                Instance pod = session.cluster().instances().get(0);
                OsProcess service = new OsProcess(pod.pid());
                long before = service.mostResident();
                List<String> figures = ForkedJvm.run(GoroutineLook.class, pod.address());
                table.row(
                        Figures.count(count),
                        figures.get(0),
                        figures.get(1),
                        figures.get(2),
                        figures.get(3),
                        figures.get(4),
                        figures.get(5),
                        Figures.mib(before) + "; " + Figures.mib(service.mostResident()));
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Pprof pprof = new Pprof("scale", new InetSocketAddress(args[0], Crowd.PORT));
        try (LiveHeap heap = new LiveHeap()) {
            long start = System.nanoTime();
            var unused = pprof.count();
            System.out.println(Figures.msSince(start));
            look(pprof, heap, args[0]);
        } catch (PprofException e) {
            String why =
                    String.valueOf(e.getMessage()).replaceFirst("(?s);.*", "").replaceFirst("http://[^/]*", "");
            System.out.println("refused: " + why);
            System.out.println("-\n".repeat(CELLS));
        }
    }

    private static void look(Pprof pprof, LiveHeap heap, String address) throws IOException {
        long start = System.nanoTime();
        GoroutineDump dump = pprof.dump();
        System.out.println(Figures.msSince(start));
        System.out.println(Figures.count(dump.goroutines().size()));
        long held = heap.held();
        System.out.println(Figures.mib(size(address)));
        System.out.println(Figures.mib(held));
        System.out.println(Figures.mib(heap.most()));
    }

    private static long size(String address) throws IOException {
        URI url = URI.create("http://" + address + ":" + Crowd.PORT + DUMP);
        try (InputStream body = url.toURL().openStream()) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }
}
