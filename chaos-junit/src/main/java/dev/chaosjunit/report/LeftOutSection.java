// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.LeftOut;
import java.util.List;

/** What the manifests say and the services did not have, folded away: it is the same in every test of a class. */
final class LeftOutSection {
    private LeftOutSection() {}

    static void write(Html html, LeftOut leftOut) {
        list(html, "Left out of the manifests by the test", leftOut.ignored());
        list(html, "In the manifests, without effect here", leftOut.withoutEffect());
    }

    private static void list(Html html, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        html.open("details").leaf("summary", title + " (" + lines.size() + ")").open("ul", "class", "notes");
        lines.forEach(line -> html.leaf("li", line));
        html.close().close().line();
    }
}
