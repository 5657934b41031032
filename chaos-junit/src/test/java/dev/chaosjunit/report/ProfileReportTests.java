// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.GoroutineResult.Origin;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ProfileResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Profiles in a report")
class ProfileReportTests {

    @Test
    @DisplayName("are below the span that samples name, to unfold, with how much it was")
    void span() {
        assertThat(traces(Optional.of(SampleProfiles.result())))
                .containsSubsequence(
                        "aria-expanded=\"false\"",
                        "<tr class=\"work\"><td colspan=\"3\"><details><summary>goroutine: seen 3×</summary>",
                        "example.com/shop/order.(*Client).Pay  <i>order/client.go:33</i>",
                        "<tr class=\"work\"><td colspan=\"3\"><details><summary>cpu: 120 ms in 12 samples</summary>",
                        "<b>120 ms in 12 samples</b>",
                        "crypto/sha256.block  <i>sha256/block.go:17</i>");
    }

    @Test
    @DisplayName("say of a span that no sample names that there is none, how samples are taken, and where to look")
    void none() {
        assertThat(traces(Optional.of(SampleProfiles.result())))
                .contains("<tr class=\"work none\">")
                .contains("No sample of this span: CPU is sampled 100 times a second, goroutines were looked at"
                        + " 10 times.</p>")
                .contains("10 times. Go&#39;s labels name the span in which a service takes the request");
    }

    @Test
    @DisplayName("are no part of waterfalls of other windows, or where none were taken")
    void elsewhere() {
        String other = traces(Optional.of(SampleProfiles.result())).split("<details class=\"requests\">", 2)[1];
        assertThat(other).contains("<tr class=\"span\"").doesNotContain("class=\"work", "aria-expanded");
        assertThat(traces(Optional.empty())).doesNotContain("class=\"work", "aria-expanded", "Click");
    }

    @Test
    @DisplayName("have a row a pod and kind, in the unit of the kind")
    void pods() {
        assertThat(section(SampleProfiles.result()))
                .containsSubsequence(
                        ">payment-service-0<",
                        ">cpu<",
                        ">1.48 s<",
                        ">1.32 s<",
                        ">order-service-0<",
                        ">24 a look<",
                        ">3.1 a look<",
                        ">heap<",
                        ">3.5 MB<",
                        ">–<");
        assertThat(section(new ProfileResult(List.of(), List.of())))
                .contains("None was taken; the notes say why.")
                .doesNotContain("<table");
    }

    @Test
    @DisplayName("name the traces of leaked goroutines, with a link where one is shown")
    void origins() {
        Group leak = new Group("main.f", 0, 3, "chan send", "main.f()\n\t/main.go:7")
                .from(List.of(
                        new Origin(SampleProfiles.TRACE, "0000000000000001", "NetworkDelay", 2),
                        new Origin("00000000000000000000000000000099", "0000000000000001", "", 1)));
        ExperimentResult result = SampleResult.of("t")
                .goroutines(List.of(new GoroutineResult("p-0", 1, List.of(), List.of(leak), Outcome.FAILED, "leak")))
                .traces(SampleTraces.storm())
                .build();
        Html html = new Html();
        ExperimentSection.write(html, result);

        assertThat(html.toString())
                .contains("3 goroutines created by main.f at this stack, by traces: <a href=\"#t-fault-slowest\">"
                        + SampleProfiles.TRACE + " (NetworkDelay)</a>, 00000000000000000000000000000099</p>")
                .containsOnlyOnce("id=\"t-fault-slowest\"");
    }

    @Test
    @DisplayName("are a line of the summary, a pod that worked for requests under the fault")
    void summary() {
        ExperimentResult result =
                SampleResult.of("t").profiles(SampleProfiles.result()).build();
        assertThat(Summary.text(result))
                .contains("  profiles    payment-service-0: 1.32 s of processor time under the fault, the most in"
                        + " example.com/shop/payment.(*Service).hash\n");
    }

    @Test
    @DisplayName("are in JSON")
    void json(@TempDir Path directory) throws IOException {
        ExperimentResult result = SampleResult.of("t")
                .traces(SampleTraces.storm())
                .profiles(SampleProfiles.result())
                .build();
        Files.writeString(directory.resolve("t.json"), ResultFiles.write(result));

        assertThat(ResultFiles.readAll(directory).unreadable()).isEmpty();
        assertThat(ResultFiles.readAll(directory).results()).containsExactly(result);
    }

    private static String traces(Optional<ProfileResult> profiles) {
        Html html = new Html();
        TraceSection.write(html, SampleTraces.storm(), new TraceLinks("t", SampleTraces.storm()), profiles);
        return html.toString();
    }

    private static String section(ProfileResult profiles) {
        Html html = new Html();
        ProfileSection.write(html, profiles);
        return html.toString();
    }
}
