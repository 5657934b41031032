// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What a pod gets for an answer. */
public enum DnsAction {
    /** The name does not exist. */
    NXDOMAIN,
    /** The server failed. */
    SERVFAIL,
    /** The server refuses. */
    REFUSED,
    /** The name exists, but has no record of the type that is asked for. */
    NODATA,
    /** The addresses given by {@code ip}; a family without one gets an empty answer. */
    SPOOF,
    /** An address drawn by the seed. */
    RANDOM,
    /** No answer: the resolver times out. */
    DROP,
    /** An answer that is cut off and empty: the resolver asks again over TCP, and is answered there. */
    TRUNCATE,
    /** The server's own answer, to a query that is sent on {@code latency} later. */
    DELAY
}
