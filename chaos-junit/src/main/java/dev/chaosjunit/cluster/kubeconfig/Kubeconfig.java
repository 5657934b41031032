// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file that says where a cluster is and who we are there. */
final class Kubeconfig {
    private static final int CONNECT_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int TRIES_AGAIN = 2;

    private Kubeconfig() {}

    /**
     * Read it.
     *
     * @throws RuntimeUnavailableException when there is none, or it is none
     */
    static Config read(KubeconfigSettings settings) {
        List<Path> files = files(settings);
        Config config = read(files, settings.context().orElse(null));
        requireContext(settings.context(), config, files);
        return impatient(config);
    }

    private static Config read(List<Path> files, @Nullable String context) {
        try {
            return files.size() == 1
                    ? Config.fromKubeconfig(context, files.get(0).toFile())
                    : Config.autoConfigure(context);
        } catch (RuntimeException e) { // its YAML parser's are of no public type
            throw new RuntimeUnavailableException("the kubeconfig " + files + " cannot be read: " + e.getMessage());
        }
    }

    /** The client would silently take the current one instead, which may be production, or guess where a cluster is. */
    private static void requireContext(Optional<String> context, Config config, List<Path> files) {
        List<String> names =
                config.getContexts().stream().map(NamedContext::getName).toList();
        if (context.isEmpty() && config.getCurrentContext() == null) {
            throw new RuntimeUnavailableException("the kubeconfig " + files
                    + " has no current-context; name one of its contexts " + names + " by chaos.context");
        }
        context.filter(name -> !names.contains(name)).ifPresent(name -> {
            throw new RuntimeUnavailableException(
                    "the kubeconfig " + files + " has no context \"" + name + "\" but " + names);
        });
    }

    private static List<Path> files(KubeconfigSettings settings) {
        List<Path> looked = settings.file()
                .map(List::of)
                .orElseGet(() -> Config.getKubeconfigFilenames().stream()
                        .map(File::new)
                        .map(File::toPath)
                        .toList());
        List<Path> files = looked.stream().filter(Files::isRegularFile).toList();
        if (files.isEmpty()) {
            throw new RuntimeUnavailableException("the kubeconfig runtime needs a kubeconfig, and there is no file "
                    + looked + "; name one by chaos.kubeconfig or the environment variable KUBECONFIG");
        }
        return files;
    }

    /** The client's own patience is minutes. */
    private static Config impatient(Config config) {
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(ANSWER_MILLIS);
        config.setRequestRetryBackoffLimit(TRIES_AGAIN);
        return config;
    }
}
