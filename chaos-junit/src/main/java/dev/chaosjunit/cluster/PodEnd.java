// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.time.Duration;
import java.util.List;

/**
 * A process of a pod that ended, though nobody had asked it to.
 *
 * @param pod the pod's {@link Instance#title() title}
 * @param uid the pod's, as {@link Instance#uid()}
 * @param container the name of the container whose it was
 * @param life the process, as {@link PodContainer#life()} had it
 * @param how in words: {@code "exit code 2"}
 * @param atNanos when, on {@link System#nanoTime()}'s clock
 * @param within how far that moment may be off
 * @param printed what it printed last, of this life only; empty if nothing
 * @param orphaned whether a tool of ours that was around it had been killed before: whoever prints then dies of it
 */
public record PodEnd(
        String pod,
        String uid,
        String container,
        Handle life,
        String how,
        long atNanos,
        Duration within,
        List<String> printed,
        boolean orphaned) {
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;

    public PodEnd {
        printed = List.copyOf(printed);
    }

    /** An exit code in words; shells, the kubelet and Java all write 128 + n for signal n. */
    public static String how(int exitCode) {
        int signal = exitCode - SIGNALLED;
        return "exit code " + exitCode + (signal < 1 || signal > LAST_SIGNAL ? "" : " (signal " + name(signal) + ")");
    }

    private static String name(int signal) {
        return signal
                + switch (signal) {
                    case 1 -> ", SIGHUP";
                    case 2 -> ", SIGINT";
                    case 3 -> ", SIGQUIT";
                    case 4 -> ", SIGILL";
                    case 5 -> ", SIGTRAP";
                    case 6 -> ", SIGABRT";
                    case 7 -> ", SIGBUS";
                    case 8 -> ", SIGFPE";
                    case 9 -> ", SIGKILL";
                    case 11 -> ", SIGSEGV";
                    case 13 -> ", SIGPIPE";
                    case 15 -> ", SIGTERM";
                    case 31 -> ", SIGSYS";
                    default -> "";
                };
    }
}
