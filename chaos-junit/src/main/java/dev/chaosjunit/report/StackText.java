// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.GoStack.Frame;
import dev.chaosjunit.result.ProfileResult.SeenStack;
import java.util.List;

/** What was seen in profiles, in words. */
final class StackText {
    private StackText() {}

    /** How much, of a kind: {@code 120 ms in 12 samples}. */
    static String amount(String kind, long samples, double amount) {
        return switch (kind) {
            case "cpu" -> Numbers.time(amount) + " in " + Numbers.count(samples, "sample");
            case "goroutine" -> "seen " + Numbers.count(samples) + "×";
            default -> amount(kind, amount, 1) + ", " + Numbers.count(samples) + "×";
        };
    }

    /** The same of a sum over so many profiles. */
    static String amount(String kind, double amount, int profiles) {
        return switch (kind) {
            case "goroutine" -> Numbers.significant(amount / profiles) + " a look";
            case "heap" -> Numbers.bytes(Math.round(amount));
            default -> Numbers.time(amount);
        };
    }

    /** The kind as a heading: what goroutines did, or what they waited for. */
    static String heading(String kind) {
        return switch (kind) {
            case "cpu" -> "On a processor";
            case "goroutine" -> "Goroutines";
            case "heap" -> "Allocated";
            case "block" -> "Waited for others";
            case "mutex" -> "Made others wait for a lock";
            default -> kind;
        };
    }

    /** Preformatted: a line a frame, below how much it is. */
    static void write(Html html, String kind, List<SeenStack> stacks) {
        for (SeenStack stack : stacks) {
            html.leaf("b", amount(kind, stack.samples(), stack.amount())).line();
            for (Frame frame : stack.frames()) {
                html.text("    " + frame.function() + "  ")
                        .leaf("i", place(frame))
                        .line();
            }
        }
    }

    /** File and line without the directories above the file's own. */
    private static String place(Frame frame) {
        String[] parts = frame.location().split("/");
        int from = Math.max(0, parts.length - 2);
        return String.join("/", List.of(parts).subList(from, parts.length));
    }
}
