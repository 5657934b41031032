// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.chaosjunit.cluster.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A container image made of some files, an empty {@code /tmp} and nothing else: no base image, no Docker build, no registry.
 *
 * @param name in the manifests, with or without a tag
 * @param content what it holds and runs
 * @param arch as Kubernetes names it
 * @param nonRoot whether its user is {@link ImageContent#NON_ROOT}, and not root
 */
public record ContainerImage(String name, ImageContent content, String arch, boolean nonRoot) {
    private static final Object JIB = new Object();
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");
    private static final FilePermissions WRITABLE = FilePermissions.fromOctalString("777");
    private static final AbsoluteUnixPath TMP = AbsoluteUnixPath.get("/tmp");
    private static final String USER = String.valueOf(ImageContent.NON_ROOT);
    private static final int FINGERPRINT_BYTES = 8;

    /**
     * Write the image as a tar that {@code ctr images import} takes; nothing to do where one of this content is there.
     *
     * @param directory for tars and layers, which all images may share
     */
    public Path tar(Path directory) {
        String file = arch + "-" + name.replaceAll("[^-._a-zA-Z0-9]", "_") + "-" + fingerprint() + ".tar";
        Path tar = directory.resolve(file);
        try {
            if (!Files.exists(tar)) {
                Files.createDirectories(directory);
                write(tar);
            }
            return tar;
        } catch (IOException
                | InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException e) {
            throw new ClusterException("image " + name + " cannot be written to " + tar + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while image " + name + " was written", e);
        }
    }

    /** The same for the same content, wherever that comes from. */
    private String fingerprint() {
        try {
            MessageDigest digest = ImageFile.digest();
            digest.update((content.entrypoint() + content.workingDir() + (nonRoot ? USER : "")).getBytes(UTF_8));
            if (content.machineFiles()) {
                digest.update(MachineFiles.hash());
            }
            for (ImageFile file : content.files()) {
                file.addTo(digest);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what image " + name + " is made of", e);
        }
    }

    /** One at a time: several of Jib on one cache of layers, as of classes that run side by side, wait for one another for ever. */
    private void write(Path tar)
            throws IOException, InvalidImageReferenceException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException, InterruptedException {
        synchronized (JIB) {
            containerize(tar);
        }
    }

    private void containerize(Path tar)
            throws IOException, InvalidImageReferenceException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException, InterruptedException {
        Path cache = tar.resolveSibling("layers");
        Path half = Files.createTempFile(tar.getParent(), "image", ".part");
        Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(arch, "linux")))
                .setFileEntriesLayers(layers(tar))
                .setEntrypoint(content.entrypoint())
                .setWorkingDirectory(AbsoluteUnixPath.get(content.workingDir()))
                .setUser(nonRoot ? USER : null)
                .addEnvironmentVariable("PATH", ImageContent.PATH)
                .containerize(Containerizer.to(TarImage.at(half).named(name))
                        .setApplicationLayersCache(cache)
                        .setBaseImageLayersCache(cache)
                        .setToolName("chaos-junit")
                        .setOfflineMode(true));
        Files.move(half, tar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Images share the one below: nodes keep it once. */
    private List<FileEntriesLayer> layers(Path tar) {
        FileEntriesLayer own = layer(content.files()).toBuilder()
                .addEntry(new FileEntry(tar.getParent(), TMP, WRITABLE, FileEntriesLayer.DEFAULT_MODIFICATION_TIME))
                .build();
        return content.machineFiles() && !MachineFiles.all().isEmpty()
                ? List.of(layer(MachineFiles.all()), own)
                : List.of(own);
    }

    private static FileEntriesLayer layer(List<ImageFile> files) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder();
        files.forEach(file -> layer.addEntry(
                file.source(), AbsoluteUnixPath.get(file.target()), file.executable() ? EXECUTABLE : READABLE));
        return layer.build();
    }
}
