// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import java.util.Locale;

/** What a profile counts. Go labels the samples of the first two only: the others tell of a pod, and not of a request. */
public enum ProfileKind {
    /** Where processor time went, sampled 100 times a second of it; milliseconds. */
    CPU("profile", "cpu", 1e-6),
    /** What goroutines do or wait for, at a few moments; how many. */
    GOROUTINE("goroutine", "goroutine", 1),
    /** What was allocated, sampled once in 512 KiB unless the program says otherwise; bytes. */
    HEAP("heap", "alloc_space", 1),
    /** Where goroutines waited for others; nothing unless the program calls runtime.SetBlockProfileRate; milliseconds. */
    BLOCK("block", "delay", 1e-6),
    /** Who made others wait for a lock; nothing unless the program calls runtime.SetMutexProfileFraction; milliseconds. */
    MUTEX("mutex", "delay", 1e-6);

    private final String path;
    private final String amount;
    private final double scale;

    ProfileKind(String path, String amount, double scale) {
        this.path = path;
        this.amount = amount;
        this.scale = scale;
    }

    /** Whether its samples have the labels of requests. */
    boolean knowsRequests() {
        return this == CPU || this == GOROUTINE;
    }

    /** Whether it is of one moment, and not of a stretch of time. */
    public boolean isOfMoment() {
        return this == GOROUTINE;
    }

    /** Where net/http/pprof serves it, for a stretch of so many seconds if it is of one. */
    public String path(long seconds) {
        return "/debug/pprof/" + path + (isOfMoment() ? "?debug=0" : "?seconds=" + seconds);
    }

    /** Whether a profile counts that. */
    public boolean isOf(Profile profile) {
        return profile.types().contains(amount);
    }

    /** The name of those values of its samples that are told. */
    String amount() {
        return amount;
    }

    /** A value in the unit that is told. */
    double told(long value) {
        return value * scale;
    }

    /** As it is written: {@code cpu}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
