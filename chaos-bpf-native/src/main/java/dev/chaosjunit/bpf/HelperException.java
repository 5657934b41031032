// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request that the helper refused or could not serve. The message is meant for the person who runs the test. */
public final class HelperException extends Exception {

    /** The helper could not be started or loaded. */
    public static final String NOT_STARTED = "not_started";

    /** The helper ended, or was closed, before it replied. */
    public static final String GONE = "gone";

    /** The helper did not reply in time. */
    public static final String TIMEOUT = "timeout";

    /** The helper replied with something that is not a reply. */
    public static final String BAD_REPLY = "bad_reply";

    /** Value of {@link #errno()} when no system call failed. */
    public static final String NO_ERRNO = "0";

    @Serial
    private static final long serialVersionUID = 1;

    private final String code;
    private final String errno;

    private HelperException(String code, String errno, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.errno = errno;
    }

    /** What the helper itself said. */
    static HelperException refused(String code, String errno, String message) {
        return new HelperException(code, errno, message, null);
    }

    /** What this side found out about the helper. */
    static HelperException of(String code, String message, @Nullable Throwable cause) {
        return new HelperException(code, NO_ERRNO, message, cause);
    }

    /**
     * One of the helper's own codes ({@code bad_request}, {@code unknown_id}, {@code duplicate_id}, {@code no_target}, {@code no_container},
     * {@code unsupported}, {@code denied}, {@code failed}) or one of the constants of this class.
     */
    public String code() {
        return code;
    }

    /** Name of the error of the system call that failed ({@code EPERM}, …), or {@link #NO_ERRNO}. */
    public String errno() {
        return errno;
    }
}
