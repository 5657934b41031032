// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** The page over all experiments of a directory: one file that asks the network for nothing. */
final class Page {
    private static final Comparator<ExperimentResult> GRAVEST_FIRST = Comparator.comparingInt(
                    (ExperimentResult result) -> Outcomes.gravity(result.outcome()))
            .thenComparing(ExperimentResult::started)
            .thenComparing(ExperimentResult::id);

    private Page() {}

    static String html(ResultFiles.Found found) {
        List<ExperimentResult> results =
                found.results().stream().sorted(GRAVEST_FIRST).toList();
        Html html = new Html();
        html.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
        head(html, results);
        html.open("body", "id", "top").open("main").line();
        Contents.write(html, results, found.unreadable());
        for (ExperimentResult result : results) {
            ExperimentSection.write(html, result);
        }
        footer(html);
        return html.close().close().close().line().toString();
    }

    private static void head(Html html, List<ExperimentResult> results) {
        String style = resource("report.css");
        String script = resource("report.js");
        Outcome overall = Outcomes.overall(results);
        html.open("head").line().raw("<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
                + hash(style) + "; script-src " + hash(script) + "\">\n");
        html.raw("<link rel=\"icon\" href=\"" + icon(overall) + "\">\n");
        html.leaf("title", Outcomes.sign(overall) + " " + Outcomes.counts(results) + " – chaos-junit")
                .line();
        html.open("style").raw(style).close().line();
        html.open("script").raw(script).close().line();
        html.close().line();
    }

    private static String icon(Outcome overall) {
        String colour = switch (overall) {
            case PASSED -> "%2315803d";
            case FAILED -> "%23c81e1e";
            case INCONCLUSIVE -> "%23b45309";
        };
        return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
                + "%3Ccircle cx='4.5' cy='4.5' r='4' fill='" + colour + "'/%3E%3C/svg%3E";
    }

    private static void footer(Html html) {
        html.open("footer");
        html.leaf(
                "p",
                "An objective is met only if the bad edge of its 95 % interval meets the limit. Latency is measured from"
                        + " the planned send time; a request that times out counts at its time-out. Inconclusive means"
                        + " that neither success nor failure can be claimed, and it never counts as passed.");
        html.leaf("p", "Written by chaos-junit.").close().line();
    }

    /** Only what carries this hash may run or style: a second wall behind the escaping. */
    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the chaos-junit jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name + " from the chaos-junit jar", e);
        }
    }
}
