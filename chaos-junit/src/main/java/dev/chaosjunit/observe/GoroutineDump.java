// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All goroutines of a process at one moment, read from {@code /debug/pprof/goroutine?debug=2} (Go 1.18 and later).
 *
 * @param goroutines in the dump's order
 */
public record GoroutineDump(List<Goroutine> goroutines) {
    /** {@code goroutine 7 gp=0xc0 m=nil [chan send (leaked), 2 minutes, locked to thread labels:{"k": "v"}]:}. */
    private static final Pattern HEADER = Pattern.compile("goroutine (\\d+)[^\\[]*\\[([^\\]]*).*");

    private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");
    private static final Pattern LABELS = Pattern.compile(" (labels:)?\\{.*");
    private static final Pattern MARKS = Pattern.compile(" \\((leaked|scan|durable)\\)");
    private static final Pattern MINUTES = Pattern.compile(", (\\d+) minutes");
    private static final Pattern CREATED_BY = Pattern.compile("created by (.+?)( in goroutine \\d+)?");
    private static final String ANCESTOR = "[originating from goroutine ";

    public GoroutineDump {
        goroutines = List.copyOf(goroutines);
    }

    /**
     * Read a dump, without the goroutines that serve profiles.
     *
     * @throws IllegalArgumentException when there is no goroutine in it
     */
    public static GoroutineDump parse(String debug2) {
        List<Goroutine> goroutines = new ArrayList<>();
        BLANK_LINES.splitAsStream(debug2.strip()).forEach(block -> {
            Matcher header = HEADER.matcher(block.lines().findFirst().orElse(""));
            if (header.matches()) {
                goroutines.add(goroutine(Long.parseLong(header.group(1)), header.group(2), block));
            }
        });
        if (goroutines.isEmpty()) {
            String start = debug2.substring(0, Math.min(80, debug2.length()));
            throw new IllegalArgumentException("no goroutine dump: it starts with \"" + start + "\"");
        }
        goroutines.removeIf(Goroutine::servesProfile);
        return new GoroutineDump(goroutines);
    }

    /** Those that count, by the function that created them; a client's idle connections apart. */
    public Map<String, List<Goroutine>> groups() {
        Map<String, List<Goroutine>> groups = new TreeMap<>();
        goroutines.forEach(goroutine -> goroutine
                .group()
                .ifPresent(group ->
                        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(goroutine)));
        return groups;
    }

    private static Goroutine goroutine(long id, String brackets, String block) {
        List<String> frames = block.lines().skip(1).toList();
        String attributes = LABELS.matcher(brackets).replaceFirst("");
        Matcher minutes = MINUTES.matcher(attributes);
        String state = attributes.split(", ", 2)[0];
        return new Goroutine(
                id,
                MARKS.matcher(state).replaceAll(""),
                minutes.find() ? Integer.parseInt(minutes.group(1)) : 0,
                state.contains("(leaked)"),
                createdBy(frames),
                String.join("\n", frames));
    }

    private static String createdBy(List<String> frames) {
        for (String frame : frames) {
            Matcher creator = CREATED_BY.matcher(frame);
            if (creator.matches()) {
                return creator.group(1);
            }
            if (frame.startsWith(ANCESTOR)) {
                break;
            }
        }
        return Goroutine.MAIN;
    }
}
