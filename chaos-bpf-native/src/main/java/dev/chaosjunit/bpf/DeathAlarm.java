// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.util.ArrayList;
import java.util.List;

/** Actions for the unexpected end of a process: each runs once, at once if that has come already. Rings once. */
final class DeathAlarm {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean armed = true;
    private boolean rung;

    void add(Runnable action) {
        synchronized (actions) {
            if (!rung) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** From now on an end is an expected one. */
    void disarm() {
        synchronized (actions) {
            armed = false;
        }
    }

    void ring() {
        List<Runnable> due;
        synchronized (actions) {
            if (!armed || rung) {
                return;
            }
            rung = true;
            due = List.copyOf(actions);
        }
        due.forEach(Runnable::run);
    }
}
