// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A helper that faults nothing: it keeps what it was asked, and replies what a test wants. */
public final class FakeHelper implements Helper {
    private static final Map<String, String> USUAL = Map.of(
            "attach", "ok mechanism=tcx older=yes nonexistent= unanswered=",
            "on", "ok",
            "off", "ok drained=3",
            "detach", "ok",
            "stats",
                    "ok seen=10 matched=8 hit=5 bytes=500 t_on_ns=1000000 t_first_hit_ns=2500000 t_off_ns=9000000"
                            + " t_first_clean_ns=0 captured=5 sent=5 full=1 skipped=2 expired=3 send_errors=0 rt=yes"
                            + " delay_hist=500000:4,500100:1 err_hist=0:4,100:1 peers=198.18.0.9:10"
                            + " drawn=5 answered=5 dropped=0 reset=0 hit_tcp=0 passed_tcp=0 names=a.b/A:7,c.d/A:3"
                            + " hit_a=3 hit_aaaa=2 addresses=1 older=0 kept= kept_connections= closed="
                            + " unclosed=0 older_errno=0 asked_before=");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Runnable> onDeath = new CopyOnWriteArrayList<>();
    private final Map<String, String> replies = new ConcurrentHashMap<>();

    /** Reply so to a verb, or to a verb and an id: {@code "off"}, {@code "attach f2"}. */
    public FakeHelper reply(String question, String line) {
        replies.put(question, line);
        return this;
    }

    /** What was asked so far: {@code "attach f1"}, {@code "on f1"}, … */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** The lines of the requests so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public Reply request(Request request) throws HelperException {
        String question = request.verb() + " " + request.value("id");
        asked.add(question);
        lines.add(request.toLine());
        String usual = replies.getOrDefault(request.verb(), USUAL.getOrDefault(request.verb(), "ok"));
        return Reply.parse(replies.getOrDefault(question, usual));
    }

    @Override
    public void onDeath(Runnable action) {
        onDeath.add(action);
    }

    /** End without having been closed. */
    public void die() {
        onDeath.forEach(Runnable::run);
    }

    @Override
    public void close() {
        asked.add("close");
    }

    @Override
    public String describe() {
        return "fake";
    }
}
