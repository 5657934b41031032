// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.kubeconfig.KubeconfigSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The configuration parameters of {@code chaos.runtime=kubeconfig}. */
record KubeconfigParameters(Function<String, Optional<String>> parameters) {

    /** Read them; a list of namespaces has to be among them. */
    KubeconfigSettings read() {
        try {
            return new KubeconfigSettings(
                    parameters.apply(ChaosParameters.KUBECONFIG).map(Path::of),
                    parameters.apply(ChaosParameters.CONTEXT),
                    namespaces(),
                    parameters.apply(ChaosParameters.AGENT_IMAGE).orElse(AgentImage.NAME));
        } catch (IllegalArgumentException e) {
            throw Misuse.of(
                    "the configuration parameter " + ChaosParameters.NAMESPACES + " is refused: " + e.getMessage(), e);
        }
    }

    private List<String> namespaces() {
        List<String> names = parameters.apply(ChaosParameters.NAMESPACES).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw new ExtensionConfigurationException(
                    "chaos.runtime=kubeconfig needs the configuration parameter " + ChaosParameters.NAMESPACES
                            + ": the cluster is not ours, so it has to be said which of its namespaces chaos tests may"
                            + " use, as in chaos.namespaces=shop-chaos; objects that name none go to the first");
        }
        return names;
    }
}
