// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.ProfileResult.PodProfile;

/** What pods did in the fault window, by profiles: how much of it for requests under the fault, and where. */
final class ProfileSection {
    private ProfileSection() {}

    static void write(Html html, ProfileResult profiles) {
        html.leaf("h3", "Profiles of the fault window");
        if (profiles.pods().isEmpty()) {
            html.leaf("p", "None was taken; the notes say why.").line();
            return;
        }
        Table table = Table.open(
                html,
                "Profiles of the fault window",
                Column.text("Pod"),
                Column.text("Kind"),
                Column.number("Taken"),
                Column.number("In all"),
                Column.number("Under the fault"));
        for (PodProfile pod : profiles.pods()) {
            table.row().cell(pod.pod()).cell(pod.kind()).cell(Numbers.count(pod.taken()));
            table.cell(StackText.amount(pod.kind(), pod.amount(), pod.taken()))
                    .cell(faulted(pod))
                    .endRow();
            if (!pod.stacks().isEmpty()) {
                table.unfold("Stacks", false, into -> StackText.write(into, pod.kind(), pod.stacks()));
            }
        }
        table.close();
    }

    /** Go labels the samples of these two kinds only. */
    private static String faulted(PodProfile pod) {
        boolean knows = pod.kind().equals("cpu") || pod.kind().equals("goroutine");
        return knows ? StackText.amount(pod.kind(), pod.faulted(), pod.taken()) : "–";
    }
}
