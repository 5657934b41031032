// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP answer. What comes after it is not waited for.
 *
 * @param location where it redirects to; empty for nowhere
 */
record HttpHead(int status, String location) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern LOCATION = Pattern.compile("(?i)location:\\s*(.*?)\\s*");
    private static final int MOST = 64 * 1024;
    private static final int SHOWN = 40;

    /** Read the answer; one of 100 to 199 is followed by another. */
    static HttpHead read(InputStream input) throws IOException {
        HttpHead head = readOne(input);
        while (head.status() < 200) {
            head = readOne(input);
        }
        return head;
    }

    private static HttpHead readOne(InputStream input) throws IOException {
        String line = line(input);
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new IOException(
                    line.isEmpty()
                            ? "closed without an answer"
                            : "no HTTP/1 answer: \"" + line.substring(0, Math.min(line.length(), SHOWN)) + "\"");
        }
        String location = "";
        for (String header = line(input); !header.isEmpty(); header = line(input)) {
            Matcher matcher = LOCATION.matcher(header);
            location = matcher.matches() ? matcher.group(1) : location;
        }
        return new HttpHead(Integer.parseInt(status.group(1)), location);
    }

    /** Empty at the end as well. */
    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (line.size() == MOST) {
                throw new IOException("its answer has a line of more than " + MOST + " bytes");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
