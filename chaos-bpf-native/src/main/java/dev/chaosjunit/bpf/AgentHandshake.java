// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first words with an agent: that it speaks version 1 of the protocol, and its process id. */
final class AgentHandshake {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile("ready version=1 pid=(\\d{1,10})\\b.*");
    private static final Pattern PID = Pattern.compile("\\d{1,10}");

    private AgentHandshake() {}

    /** With a child of ours, whose every word we hear. */
    static long ready(AgentProcess process) throws HelperException {
        String line = process.nextLine("start", START);
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            throw stranger(process, "its first line should match " + READY + " but is \"" + line + "\"");
        }
        return Long.parseLong(ready.group(1));
    }

    /** With one that may have been ready before we listened: attaching to a container replays nothing. */
    static long hello(AgentProcess process) throws HelperException {
        process.send(Request.of("hello").toLine());
        String line = process.nextLine("hello", START);
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            return introduced(process, line);
        }
        Reply.parse(process.nextLine("hello", START));
        return Long.parseLong(ready.group(1));
    }

    private static long introduced(AgentProcess process, String line) throws HelperException {
        String pid =
                line.startsWith("ok version=1 ") ? Reply.parse(line).values().getOrDefault("pid", "") : "";
        if (!PID.matcher(pid).matches()) {
            throw stranger(
                    process,
                    "its first line should match " + READY + ", or be the reply to \"hello\" with version=1 and pid="
                            + ", but is \"" + line + "\"");
        }
        return Long.parseLong(pid);
    }

    private static HelperException stranger(AgentProcess process, String what) {
        process.closeInput();
        return HelperException.of(HelperException.NOT_STARTED, what + ".", null);
    }
}
