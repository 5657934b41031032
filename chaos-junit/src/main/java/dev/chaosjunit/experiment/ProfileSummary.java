// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.ProfileResult.SpanProfile;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was seen in profiles, for the report: of requests, only what is done for those that it shows span by span. */
final class ProfileSummary {
    private ProfileSummary() {}

    static ProfileResult of(Profiles profiles, @Nullable TraceResult traces, String chaosId) {
        List<SpanProfile> spans = Stream.ofNullable(traces)
                .flatMap(all -> all.windows().stream())
                .filter(window -> window.window() == Stage.FAULT)
                .flatMap(window -> window.picked().stream())
                .flatMap(request ->
                        request.spans().stream().flatMap(span -> profiles.span(request.trace(), span.id()).stream()))
                .distinct() // a request may be shown twice: as the slowest, and as a failed one
                .toList();
        return new ProfileResult(profiles.pods(chaosId), spans);
    }
}
