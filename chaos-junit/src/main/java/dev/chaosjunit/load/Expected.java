// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which answers are good ones; any other counts as a failed request, at its own latency.
 *
 * @param statuses of one of these ranges
 * @param body what it must contain, may be empty
 */
public record Expected(List<Statuses> statuses, String body) {
    /** Any answer that is no error. */
    public static final Expected NO_ERROR = new Expected(List.of(new Statuses(200, 399)), "");

    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private static final int SHOWN = 40;

    /**
     * A range of HTTP statuses.
     *
     * @param first from 100 to 599
     * @param last likewise, and no lower
     */
    public record Statuses(int first, int last) {
        public Statuses {
            if (first > last) {
                throw new IllegalArgumentException("the statuses " + first + "-" + last + " are none");
            }
        }

        @Override
        public String toString() {
            return first == last ? String.valueOf(first) : first + "-" + last;
        }
    }

    public Expected {
        statuses = List.copyOf(statuses);
    }

    /**
     * Parse statuses.
     *
     * @param text {@code "200"}, {@code "200-299"}, or several with commas between
     * @throws IllegalArgumentException with the legal form
     */
    public static List<Statuses> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(part -> range(part, text))
                .toList();
    }

    private static Statuses range(String part, String text) {
        Matcher range = RANGE.matcher(part);
        if (!range.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no list of HTTP statuses: expected for example"
                    + " \"200\", \"200-299\" or \"200, 404\", each from 100 to 599");
        }
        int first = Integer.parseInt(range.group(1));
        return new Statuses(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
    }

    /** What is wrong with an answer: null where nothing is. */
    @Nullable String fault(int status, @Nullable String answered) {
        if (statuses.stream().noneMatch(range -> range.first() <= status && status <= range.last())) {
            return "HTTP " + status;
        }
        return body.isEmpty() || (answered != null && answered.contains(body)) ? null : missing("HTTP " + status);
    }

    /** That an answer, otherwise good, does not contain what it should. */
    String missing(String answer) {
        return answer + " without \"" + shownBody() + "\"";
    }

    private String shownBody() {
        return body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body;
    }

    /** As a report says it; empty where only errors are failures. */
    public String describe() {
        String wanted = statuses.stream().map(Statuses::toString).collect(Collectors.joining(", "));
        return equals(NO_ERROR) ? "" : "HTTP " + wanted + (body.isEmpty() ? "" : " with \"" + shownBody() + "\"");
    }
}
