// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML and inline SVG. All text and attribute values are escaped; only {@link #raw} is not. */
final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Open an element. Attributes come as name, value, name, value. */
    Html open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Close the element opened last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** An element with nothing but text. */
    Html leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    Html line() {
        out.append('\n');
        return this;
    }

    /** For the style sheet and the script of this package only. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements left open: " + open);
        }
        return out.toString();
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isControl(c) ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
    }
}
