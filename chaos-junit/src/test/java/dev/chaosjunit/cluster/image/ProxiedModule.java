// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Go module in a directory that {@code GOPROXY=file://} may name. */
final class ProxiedModule {
    private ProxiedModule() {}

    /** Write one version of a module. */
    static void write(Path proxy, String module, String version, Map<String, String> files) throws IOException {
        Path versions = Files.createDirectories(proxy.resolve(module).resolve("@v"));
        Files.writeString(versions.resolve("list"), version + "\n");
        Files.writeString(
                versions.resolve(version + ".info"),
                "{\"Version\": \"" + version + "\", \"Time\": \"2026-01-01T00:00:00Z\"}");
        Files.writeString(versions.resolve(version + ".mod"), files.get("go.mod"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(versions.resolve(version + ".zip")))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(module + "@" + version + "/" + file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        }
    }
}
