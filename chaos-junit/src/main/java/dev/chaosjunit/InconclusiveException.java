// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import org.apiguardian.api.API;

/**
 * An experiment that proves nothing either way: the steady state was not steady, the fault hit nothing, or there were
 * too few requests. It fails the test, because a green would be a claim.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class InconclusiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @API(status = API.Status.INTERNAL, since = "0.1")
    public InconclusiveException(String message) {
        super(message);
    }
}
