// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CopyOnWriteArrayList;

/** A helper that remembers when it switched each fault on, by the kernel's clock. */
final class TimedHelper implements Helper {
    private final Helper helper;
    private final List<Long> on = new CopyOnWriteArrayList<>();

    TimedHelper(Helper helper) {
        this.helper = helper;
    }

    /** From the first pod's to the last one's, milliseconds. */
    double spreadMs() {
        LongSummaryStatistics times = on.stream().mapToLong(Long::longValue).summaryStatistics();
        return (times.getMax() - times.getMin()) / 1e6;
    }

    @Override
    public Reply request(Request request) throws HelperException {
        Reply reply = helper.request(request);
        if (request.toLine().startsWith("on ")) {
            on.add(reply.number("t_on_ns"));
        }
        return reply;
    }

    @Override
    public void onDeath(Runnable action) {
        helper.onDeath(action);
    }

    @Override
    public void close() {
        helper.close();
    }

    @Override
    public String describe() {
        return helper.describe();
    }
}
