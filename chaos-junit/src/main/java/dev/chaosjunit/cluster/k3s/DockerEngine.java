// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.ComparableVersion;

/** The Docker Engine that Testcontainers finds. */
final class DockerEngine {
    /** Engine 20.10, the first that takes the cgroup namespace mode that a node needs. */
    private static final String OLDEST = "1.41";

    private static @Nullable DockerClient ofThisJvm;

    private final DockerClient client;

    private DockerEngine(DockerClient client) {
        this.client = client;
    }

    /**
     * Find it.
     *
     * @throws RuntimeUnavailableException when none answers, or it is too old
     */
    static DockerEngine find() {
        DockerClient client = client();
        try {
            String version = String.valueOf(client.versionCmd().exec().getApiVersion());
            if (new ComparableVersion(version).isLessThan(OLDEST)) {
                throw new RuntimeUnavailableException("the k3s runtime needs Docker Engine 20.10 or newer (API version "
                        + OLDEST + "); this one has " + version
                        + ". Update it, or run with chaos.runtime=local");
            }
            return new DockerEngine(client);
        } catch (DockerException e) {
            throw new RuntimeUnavailableException("the Docker Engine does not say its version: " + e.getMessage());
        }
    }

    /** Of our own: Testcontainers' would first start its clean-up container, only to answer whether an image is there. */
    private static synchronized DockerClient client() {
        try {
            if (ofThisJvm == null) {
                ofThisJvm = DockerClientProviderStrategy.getClientForConfig(
                        DockerClientFactory.instance().getTransportConfig());
            }
            return ofThisJvm;
        } catch (IllegalStateException e) {
            throw new RuntimeUnavailableException("the k3s runtime needs a Docker Engine, and none answers ("
                    + e.getMessage()
                    + "); looked for as Testcontainers does: DOCKER_HOST, ~/.testcontainers.properties,"
                    + " unix:///var/run/docker.sock. Start one, or run with chaos.runtime=local");
        }
    }

    DockerClient api() {
        return client;
    }

    /** Where published ports are reached. */
    static String hostAddress() {
        return HostAddress.of(client());
    }

    /**
     * Have Testcontainers make its own connection, for which it may start containers: one that cleans up, and inside of a
     * container one that tells where it is.
     *
     * @throws RuntimeUnavailableException when it cannot pull their images
     */
    static void connectTestcontainers() {
        try {
            var unused = K3sRuntime.WAITING.during(
                    () -> NodeFailure.OWN_IMAGES,
                    () -> DockerClientFactory.instance().client());
        } catch (RuntimeException e) {
            throw NodeFailure.ownImages(e);
        }
    }

    /** The architecture of an image, as Kubernetes names it; empty when the engine does not have the image. */
    Optional<String> architecture(String image) {
        return inspect(image).map(InspectImageResponse::getArch);
    }

    /** An image that it has for nodes of an architecture; one that is named by its digest has no name to be saved by. */
    Optional<EngineImage> image(String name, String architecture) {
        return name.contains("@")
                ? Optional.empty()
                : inspect(name)
                        .filter(found -> architecture.equals(found.getArch()))
                        .map(found -> new EngineImage(
                                name,
                                String.valueOf(found.getId()),
                                Optional.ofNullable(found.getRepoTags()).orElse(List.of())));
    }

    private Optional<InspectImageResponse> inspect(String image) {
        try {
            return Optional.of(client.inspectImageCmd(image).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Whether addresses of containers are reached from this process: not where the engine has a machine of its own. */
    boolean routesToContainers() {
        Info info = client.infoCmd().exec();
        boolean hereAsRoot = "linux".equals(info.getOsType())
                && !String.valueOf(info.getOperatingSystem()).contains("Docker Desktop")
                && securityOptions(info).stream().noneMatch(option -> option.contains("rootless"));
        return System.getProperty("os.name").equals("Linux")
                && DockerClientFactory.instance()
                        .getTransportConfig()
                        .getDockerHost()
                        .getScheme()
                        .equals("unix")
                && hereAsRoot;
    }

    /** The node ports that must be published, as containers are not reached directly. */
    List<Integer> portsToPublish() {
        return routesToContainers() ? List.of() : NodeContainer.publishedNodePorts();
    }

    private static List<String> securityOptions(Info info) {
        return info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions();
    }
}
