// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.k3s.K3sRuntime;
import dev.chaosjunit.cluster.k3s.K3sSettings;
import dev.chaosjunit.cluster.kubeconfig.KubeconfigSettings;
import dev.chaosjunit.quantity.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Configuration parameters: how one machine or build runs what a plan says. {@code ChaosParameters} tells users what each
 * means. Every method throws a {@link SettingException} for a value that is not legal.
 *
 * @param parameters finds one by its name, wherever they come from
 */
public record Settings(Function<String, Optional<String>> parameters) {
    public static final String REQUIRE = "chaos.require";
    public static final String RUNTIME = "chaos.runtime";
    public static final String K3S_IMAGE = "chaos.k3s.image";
    public static final String K3S_NODES = "chaos.k3s.nodes";
    public static final String NODE_TIMEOUT = "chaos.node.timeout";
    public static final String KUBECONFIG = "chaos.kubeconfig";
    public static final String CONTEXT = "chaos.context";
    public static final String NAMESPACES = "chaos.namespaces";
    public static final String AGENT_IMAGE = "chaos.agent.image";
    public static final String SEED = "chaos.seed";
    public static final String REPORT = "chaos.report";
    public static final String ENGINE = "chaos.engine";
    public static final String OTLP_ENDPOINT = "chaos.otlp.endpoint";

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

    /** Where to run a plan. */
    public ClusterRuntime runtime(Plan plan) {
        return parameters.apply(RUNTIME).map(Settings::runtime).orElse(plan.runtime());
    }

    private static ClusterRuntime runtime(String text) {
        try {
            return ClusterRuntime.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            List<String> legal = Arrays.stream(ClusterRuntime.values())
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw illegal(RUNTIME, "one of " + legal, text);
        }
    }

    /** Whether a machine that cannot run a plan makes its tests fail; by default where {@code CI} is set. */
    public boolean required() {
        String value = parameters.apply(REQUIRE).orElseGet(() -> Boolean.toString(System.getenv("CI") != null));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw illegal(REQUIRE, "true or false", value); // taken for false, it would turn failures into skips
        };
    }

    /** What all randomness shall come from; empty: draw it. */
    public Optional<Long> seed() {
        return parameters.apply(SEED).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw illegal(SEED, "a whole number", text);
            }
        });
    }

    /** The directory of the report. */
    public Path report() {
        return Path.of(parameters.apply(REPORT).orElse("target/chaos-report"));
    }

    /** Where telemetry goes, of pods and of this JVM; empty where nobody else takes it. */
    Optional<URI> otlpEndpoint() {
        return parameters.apply(OTLP_ENDPOINT).map(text -> {
            try {
                URI endpoint = new URI(text.strip());
                if (endpoint.getHost() != null && List.of("http", "https").contains(endpoint.getScheme())) {
                    return endpoint;
                }
            } catch (URISyntaxException e) {
                // said below, with the name and an example
            }
            throw illegal(OTLP_ENDPOINT, "a URL such as http://collector.observability:4318", text);
        });
    }

    Engine engine() {
        String text = parameters.apply(ENGINE).orElse(Engine.HELPER.toString());
        return Arrays.stream(Engine.values())
                .filter(engine -> engine.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> illegal(ENGINE, Engine.HELPER + " or " + Engine.CHAOS_MESH, text));
    }

    /** Those of {@code chaos.runtime=k3s}. */
    K3sSettings k3s() {
        String nodes = parameters.apply(K3S_NODES).orElse("1");
        Duration timeout = nodeTimeout();
        try {
            return new K3sSettings(
                    parameters.apply(K3S_IMAGE).orElse(K3sRuntime.DEFAULT_IMAGE), Integer.parseInt(nodes), timeout);
        } catch (IllegalArgumentException e) {
            throw illegal(K3S_NODES, "a whole number from 1 to " + K3sSettings.MOST_NODES, nodes);
        }
    }

    /** After so much silence of its agent a node counts as lost. */
    private Duration nodeTimeout() {
        String text = parameters.apply(NODE_TIMEOUT).orElse("10s");
        try {
            Duration timeout = Durations.parse(text);
            if (timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                return timeout;
            }
        } catch (IllegalArgumentException e) {
            // said below, with the name and the range
        }
        throw illegal(NODE_TIMEOUT, "a duration from 2s to 60s", text);
    }

    /** Those of {@code chaos.runtime=kubeconfig}; a list of namespaces has to be among them. */
    KubeconfigSettings kubeconfig() {
        try {
            return new KubeconfigSettings(
                    parameters.apply(KUBECONFIG).map(Path::of),
                    parameters.apply(CONTEXT),
                    namespaces(),
                    parameters.apply(AGENT_IMAGE).orElse(AgentImage.NAME),
                    nodeTimeout());
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "the configuration parameter " + NAMESPACES + " is refused: " + e.getMessage(), e);
        }
    }

    private List<String> namespaces() {
        List<String> names = parameters.apply(NAMESPACES).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw new SettingException("chaos.runtime=kubeconfig needs the configuration parameter " + NAMESPACES
                    + ": the cluster is not ours, so it has to be said which of its namespaces chaos tests may"
                    + " use, as in chaos.namespaces=shop-chaos; objects that name none go to the first");
        }
        return names;
    }

    private static SettingException illegal(String name, String legal, String text) {
        return new SettingException(
                "the configuration parameter " + name + " must be " + legal + ", but is \"" + text + "\"");
    }
}
