// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;

/** A helper, and what happens before it does what it is asked. */
public record HookedHelper(FakeHelper helper, String verb, Runnable before) implements Helper {

    /** Before it lifts a fault. */
    public HookedHelper(FakeHelper helper, Runnable beforeOff) {
        this(helper, "off", beforeOff);
    }

    @Override
    public Reply request(Request request) throws HelperException {
        if (request.toLine().startsWith(verb + " ")) {
            before.run();
        }
        return helper.request(request);
    }

    @Override
    public void onDeath(Runnable action) {
        helper.onDeath(action);
    }

    @Override
    public String describe() {
        return helper.describe();
    }

    @Override
    public void close() {
        helper.close();
    }
}
