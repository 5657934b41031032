// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first words with an agent: that it speaks our version of the protocol, and its process id. */
final class AgentHandshake {

    private static final Duration START = Duration.ofSeconds(30);
    private static final int VERSION = 3;
    private static final Pattern READY = Pattern.compile("ready version=" + VERSION + " pid=(\\d{1,10})\\b.*");
    private static final Pattern ANY_VERSION = Pattern.compile("(?:ready|ok) version=(\\d{1,10})\\b.*");
    private static final Pattern PID = Pattern.compile("\\d{1,10}");

    private AgentHandshake() {}

    /** With a child of ours, whose every word we hear. */
    static long ready(AgentProcess process) throws HelperException {
        String line = process.nextLine("start", START);
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            throw stranger(process, line, "its first line should match " + READY + " but is \"" + line + "\"");
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
        String pid = line.startsWith("ok version=" + VERSION + " ")
                ? Reply.parse(line).values().getOrDefault("pid", "")
                : "";
        if (!PID.matcher(pid).matches()) {
            throw stranger(
                    process,
                    line,
                    "its first line should match " + READY + ", or be the reply to \"hello\" with version=" + VERSION
                            + " and pid=, but is \"" + line + "\"");
        }
        return Long.parseLong(pid);
    }

    /** @param what is wrong with its first line, if that is no agent's of another version */
    private static HelperException stranger(AgentProcess process, String line, String what) {
        process.closeInput();
        Matcher other = ANY_VERSION.matcher(line);
        boolean agent = other.matches() && !other.group(1).equals(String.valueOf(VERSION));
        String why = agent ? another(other.group(1)) : what + ".";
        return HelperException.of(HelperException.NOT_STARTED, why, null);
    }

    private static String another(String version) {
        return "it speaks version " + version + " of the protocol, and this chaos-junit version " + VERSION
                + ". Is it an agent of another release, in an image that -Dchaos.agent.image names or a program that"
                + " -Dchaos.agent does? ./dev agent-image writes the image that goes with this one.";
    }
}
