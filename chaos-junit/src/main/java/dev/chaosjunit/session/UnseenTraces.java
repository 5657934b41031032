// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.TraceRules;
import java.util.ArrayList;
import java.util.List;

/** Rules on traces that nobody could hold: none are received here. */
record UnseenTraces(Plan plan, ClusterRuntime runtime) {

    /** A line each, with the annotation and what to do. */
    List<String> mistakes(Experiment experiment) {
        if (plan.traces().isEmpty()) {
            return each(experiment, "no traces are received: put @Traces on the class, or leave it out");
        }
        if (runtime == ClusterRuntime.KUBECONFIG) {
            return each(
                    experiment,
                    "on " + Settings.RUNTIME + "=kubeconfig pods export to " + Settings.OTLP_ENDPOINT
                            + ", and nothing of it is seen here. Leave it out, or set " + Settings.RUNTIME
                            + "=local or k3s");
        }
        return List.of();
    }

    private static List<String> each(Experiment experiment, String why) {
        TraceRules rules = experiment.traces();
        List<String> annotations = new ArrayList<>();
        if (rules.chaosIdCarried()) {
            annotations.add("@ChaosIdCarried");
        }
        rules.calls().forEach(limit -> annotations.add("@CallsPerRequest(to = \"" + limit.to() + "\")"));
        return annotations.stream()
                .map(annotation -> annotation + " on " + experiment.id() + ": " + why)
                .toList();
    }
}
