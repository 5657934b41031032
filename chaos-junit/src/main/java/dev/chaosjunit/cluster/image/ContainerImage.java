// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.chaosjunit.cluster.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A container image made of one static executable and nothing else: no base image, no Docker build, no registry.
 *
 * @param name in the manifests, with or without a tag
 * @param executable what it runs
 * @param arch as Kubernetes names it
 */
public record ContainerImage(String name, Path executable, String arch) {
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    /**
     * Write the image as a tar that {@code ctr images import} takes; nothing to do where it is newer than the executable.
     *
     * @param directory for tars and layers, which all images may share
     */
    public Path tar(Path directory) {
        String where = Integer.toHexString(executable.toString().hashCode());
        Path tar = directory.resolve(arch + "-" + where + "-" + name.replaceAll("[^-._a-zA-Z0-9]", "_") + ".tar");
        try {
            if (!isNewer(tar)) {
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

    private boolean isNewer(Path tar) throws IOException {
        return Files.exists(tar) && Files.getLastModifiedTime(tar).compareTo(Files.getLastModifiedTime(executable)) > 0;
    }

    private void write(Path tar)
            throws IOException, InvalidImageReferenceException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException, InterruptedException {
        AbsoluteUnixPath path = AbsoluteUnixPath.get("/" + executable.getFileName());
        FileEntriesLayer layer = FileEntriesLayer.builder()
                .addEntry(executable, path, EXECUTABLE)
                .build();
        Path cache = tar.resolveSibling("layers");
        Path half = Files.createTempFile(tar.getParent(), "image", ".part");
        Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(arch, "linux")))
                .addFileEntriesLayer(layer)
                .setEntrypoint(path.toString())
                .containerize(Containerizer.to(TarImage.at(half).named(name))
                        .setApplicationLayersCache(cache)
                        .setBaseImageLayersCache(cache)
                        .setToolName("chaos-junit")
                        .setOfflineMode(true));
        Files.move(half, tar, StandardCopyOption.REPLACE_EXISTING);
    }
}
