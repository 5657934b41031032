// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.bpf.AgentProgram;
import dev.chaosjunit.bpf.HelperException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/** The image of the native helper, for clusters whose nodes are not ours to copy files into. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class AgentImage {
    /** What it is called unless another name is given: {@code chaos-junit/agent:VERSION}. */
    public static final String NAME = name();

    /** What containers of it run. */
    public static final String EXECUTABLE = "/chaos-agent";

    private AgentImage() {}

    /**
     * Write it to a file; docs/kubernetes.md says how Maven runs this.
     *
     * @param args the file, and an architecture unless it is that of this machine
     */
    public static void main(String[] args) throws HelperException, IOException {
        if (args.length < 1 || args.length > 2) {
            throw new IllegalArgumentException("usage: AgentImage FILE [amd64|arm64], but given " + List.of(args));
        }
        Path file = Path.of(args[0]);
        Path directory =
                Files.createDirectories(file.toAbsolutePath().getParent()).resolve("agent-image");
        Path tar = tar(args.length > 1 ? args[1] : Architecture.ofThisMachine(), directory);
        Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
        System.out.println(file + " holds " + NAME);
    }

    /**
     * Write it as a tar that {@code docker load} and {@code ctr images import} take.
     *
     * @param arch as Kubernetes names it
     * @param directory for tars and layers
     */
    public static Path tar(String arch, Path directory) throws HelperException, IOException {
        Path executable = Files.createDirectories(directory.resolve(arch)).resolve(EXECUTABLE.substring(1));
        try (InputStream program = AgentProgram.open(arch)) {
            Files.copy(program, executable, StandardCopyOption.REPLACE_EXISTING);
        }
        ImageFile file = new ImageFile(executable, EXECUTABLE, true);
        return new ContainerImage(NAME, new ImageContent(List.of(file), List.of(EXECUTABLE), "/"), arch, false)
                .tar(directory);
    }

    private static String name() {
        try (InputStream in = Objects.requireNonNull(AgentImage.class.getResourceAsStream("agent-image"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
