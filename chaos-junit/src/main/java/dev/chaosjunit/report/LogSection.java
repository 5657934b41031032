// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.LogLine;
import java.util.List;

/** What pods printed of a failed request. */
final class LogSection {
    private LogSection() {}

    static void write(Html html, List<LogLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        html.leaf("h3", "What pods printed of a failed request")
                .leaf("p", heading(lines))
                .open("ul", "class", "notes");
        lines.forEach(line -> html.leaf("li", (line.time() + " " + line.describe()).strip()));
        html.close().line();
    }

    static String heading(List<LogLine> lines) {
        return "What pods printed of a failed request (" + lines.get(0).of() + "):";
    }
}
