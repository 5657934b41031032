// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files of this machine that Go programs expect to find, as most base images have them. */
public final class MachineFiles {

    /** Where distributions keep the certificates of authorities, all in one file; Go looks at the first as well. */
    private static final List<String> CERTIFICATES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private static final Path ZONES = Path.of("/usr/share/zoneinfo");

    private static @Nullable List<ImageFile> all;
    private static byte @Nullable [] hash;

    private MachineFiles() {}

    /** The certificates of authorities, where there are any. */
    public static Optional<ImageFile> certificates() {
        return CERTIFICATES.stream()
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(bundle -> new ImageFile(bundle, CERTIFICATES.get(0), false));
    }

    /** The directory of time zones, where there is one. */
    public static Optional<Path> zones() {
        return Optional.of(ZONES).filter(Files::isDirectory);
    }

    /** All of them, one by one, in a fixed order; they are many, so that they are looked at once a JVM. */
    static synchronized List<ImageFile> all() {
        List<ImageFile> known = all;
        if (known == null) {
            List<ImageFile> files = new ArrayList<>(certificates().stream().toList());
            zones().ifPresent(zones -> files.addAll(below(zones)));
            known = List.copyOf(files);
            all = known;
        }
        return known;
    }

    /** What all of them hold, which is read once a JVM as well. */
    static synchronized byte[] hash() throws IOException {
        byte[] known = hash;
        if (known == null) {
            MessageDigest digest = ImageFile.digest();
            for (ImageFile file : all()) {
                file.addTo(digest);
            }
            known = digest.digest();
            hash = known;
        }
        return known.clone();
    }

    /** Links to files are files; links to directories, which may be loops, are none. */
    private static List<ImageFile> below(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .sorted()
                    .map(path -> new ImageFile(path, path.toString(), false))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
