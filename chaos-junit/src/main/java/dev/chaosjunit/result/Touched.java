// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many of the requests of the load a fault touched, over all of its pods. It is an estimate: a lookup may serve
 * several requests, and one request may need several packets.
 *
 * @param fault the annotation in words
 * @param hits what was faulted, in words: {@code 16 queries}
 * @param connections connections that these were on; null where that is not counted
 * @param touched one a hit, or one a lookup that was hit; where that is more than there were requests, it says nothing
 * @param requests of all loads, sent while the fault was on
 * @param wanted the least share that the test takes, 0 for none
 * @param outcome inconclusive where less was touched than wanted
 */
public record Touched(
        String fault,
        String hits,
        @Nullable Long connections,
        long touched,
        long requests,
        double wanted,
        Outcome outcome) {

    /** The share that was touched, 0 to 1. */
    public double share() {
        return requests == 0 ? 1 : Math.min(1, (double) touched / requests);
    }

    /** {@code about 16 of 400 requests (4.0 %), by 16 queries on 3 connections}. */
    public String describe() {
        String by = hits
                + (connections == null
                        ? ""
                        : " on " + connections + (connections == 1 ? " connection" : " connections"));
        return touched < requests
                ? String.format(
                        Locale.ROOT, "about %,d of %,d requests (%.2g %%), by %s", touched, requests, share() * 100, by)
                : String.format(Locale.ROOT, "any number of the %,d requests, by %s", requests, by);
    }
}
