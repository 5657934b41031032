// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.GoroutineResult.Origin;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.Waterfall;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of an experiment are shown span by span.
 *
 * @param experiment its anchor on the page
 * @param traces null where none were collected
 */
record TraceLinks(String experiment, @Nullable TraceResult traces) {

    String anchor(Stage window, Waterfall request) {
        return experiment + "-" + window + "-" + FileNames.of(request.why());
    }

    /** A trace by its id, as a link where it is shown. */
    void write(Html html, Origin origin) {
        Stream.ofNullable(traces)
                .flatMap(all -> all.windows().stream())
                .flatMap(window -> window.picked().stream()
                        .filter(request -> request.trace().equals(origin.trace()))
                        .map(request -> anchor(window.window(), request)))
                .findFirst()
                .ifPresentOrElse(
                        anchor -> html.leaf("a", origin.describe(), "href", "#" + anchor),
                        () -> html.text(origin.describe()));
    }
}
