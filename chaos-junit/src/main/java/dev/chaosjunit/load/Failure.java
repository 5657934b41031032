// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Why a request has no answer.
 *
 * @param kind short, the same for all of its kind
 * @param sent false when our own side is to blame, so that it says nothing about the service
 */
record Failure(String kind, boolean sent) {
    static final String TIMEOUT = "timeout";

    static Failure of(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof UnknownHostException) {
            return new Failure("unknown host", false);
        }
        if (cause instanceof BindException || message.contains("cannot assign requested address")) {
            return new Failure("out of local ports", false);
        }
        if (message.contains("too many open files")) {
            return new Failure("out of file descriptors", false);
        }
        if (cause instanceof ConnectionRequestTimeoutException) {
            return new Failure("connection pool exhausted", false);
        }
        return onTheWire(cause, message);
    }

    private static Failure onTheWire(Throwable cause, String message) {
        if (cause instanceof SocketTimeoutException || message.contains("connection timed out")) {
            return new Failure(TIMEOUT, true);
        }
        if (cause instanceof NoRouteToHostException || message.contains("unreachable")) {
            return new Failure("no route to host", true);
        }
        if (message.contains("connection reset") || message.contains("broken pipe")) {
            return new Failure("connection reset", true);
        }
        if (cause instanceof ConnectException) {
            return new Failure("connection refused", true);
        }
        if (cause instanceof ConnectionClosedException) {
            return new Failure("connection closed", true);
        }
        boolean network = cause instanceof SocketException;
        return new Failure(network ? message : cause.getClass().getSimpleName(), network);
    }
}
