// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.image.ImageFile;
import dev.chaosjunit.cluster.image.MachineFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a pod's own root, besides {@code /proc}, {@code /sys}, {@code /dev} and {@code /tmp}. */
final class PodRoot {

    private PodRoot() {}

    /**
     * All files of a pod; those of {@code /etc} are written below a directory first.
     *
     * @param directory the pod's own: each network has its own, so that two clusters may share what is above it
     */
    static List<RootFile> of(
            ImageContent image,
            Path directory,
            PodName pod,
            String address,
            AddressPlan addresses,
            HostPart.User user) {
        List<RootFile> files = new ArrayList<>();
        MachineFiles.certificates().ifPresent(bundle -> files.add(RootFile.bind(bundle.source(), bundle.target())));
        MachineFiles.zones().ifPresent(zones -> files.add(RootFile.bind(zones, zones.toString())));
        etc(pod, address, addresses.nameServer(), user)
                .forEach(
                        (name, text) -> files.add(RootFile.copy(write(directory.resolve(name), text), "/etc/" + name)));
        image.files().forEach(file -> files.add(ofImage(file)));
        return files;
    }

    /** A program is the very file that was built, which is how faults find its functions. */
    private static RootFile ofImage(ImageFile file) {
        return file.executable()
                ? RootFile.bind(file.source(), file.target())
                : RootFile.copy(file.source(), file.target());
    }

    private static Map<String, String> etc(PodName pod, String address, String nameServer, HostPart.User user) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("hosts", "127.0.0.1 localhost\n::1 localhost\n" + pod.hosts(address));
        files.put("hostname", pod.hostname() + "\n");
        files.put("resolv.conf", "nameserver " + nameServer + "\n" + pod.search() + "options ndots:5\n");
        files.put("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        files.put(
                "passwd",
                "root:x:0:0:root:/:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n"
                        + (user.uid() == 0
                                ? ""
                                : accountName(user.uid()) + ":x:" + user.uid() + ":" + user.gid()
                                        + ":user:/:/sbin/nologin\n"));
        files.put("group", "root:x:0:\nnogroup:x:65534:\n" + (user.gid() == 0 ? "" : "user:x:" + user.gid() + ":\n"));
        return files;
    }

    /** On this machine: programs ask who they are. */
    private static String accountName(int uid) {
        try (Stream<String> accounts = Files.lines(Path.of("/etc/passwd"))) {
            return accounts.map(line -> line.split(":", -1))
                    .filter(words -> words.length > 2 && words[2].equals(String.valueOf(uid)))
                    .map(words -> words[0])
                    .findFirst()
                    .orElse("user");
        } catch (IOException e) {
            return "user";
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + " for a pod", e);
        }
    }
}
