// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.TraceResult.ServiceCalls;

/** The figures of calls between two services, in words. */
final class CallWords {
    private CallWords() {}

    /** {@code 1.02 calls a request}. */
    static String perRequest(ServiceCalls calls) {
        String number = number(calls.perRequest());
        return calls.calls() == 0 ? "not called" : number + (number.equals("1") ? " call" : " calls") + " a request";
    }

    /** {@code 2.91 to 3.02 at 95 %}. */
    static String interval(ServiceCalls calls) {
        return Double.isFinite(calls.upper())
                ? number(calls.lower()) + " to " + number(calls.upper()) + " at 95 %"
                : "too few requests for an interval";
    }

    static String failed(ServiceCalls calls) {
        return calls.failed() == 0 ? "none failed" : number(100.0 * calls.failed() / calls.calls()) + " % failed";
    }

    static String times(ServiceCalls calls) {
        return "p50 " + Numbers.time(calls.p50Ms()) + ", p99 " + Numbers.time(calls.p99Ms());
    }

    /** All of them. */
    static String all(ServiceCalls calls) {
        return calls.calls() == 0 ? perRequest(calls) : perRequest(calls) + ", " + failed(calls) + ", " + times(calls);
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Numbers.significant(value) : Numbers.UNKNOWN;
    }
}
