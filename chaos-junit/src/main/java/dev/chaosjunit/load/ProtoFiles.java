// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Descriptions of protobuf files that import each other. Imports that are not among them are left open: mostly they are
 * of options, such as those of {@code google/api}, that no message needs.
 */
final class ProtoFiles {
    private final Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> built = new HashMap<>();

    /**
     * All of a set.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    static ProtoFiles of(FileDescriptorSet set) {
        return new ProtoFiles(set.getFileList());
    }

    ProtoFiles(List<FileDescriptorProto> described) {
        described.forEach(file -> files.put(file.getName(), file));
        files.keySet().forEach(this::build);
    }

    private FileDescriptor build(String name) {
        FileDescriptor known = built.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = Objects.requireNonNull(files.get(name));
        FileDescriptor[] imports = file.getDependencyList().stream()
                .filter(files::containsKey)
                .map(this::build)
                .toArray(FileDescriptor[]::new);
        try {
            FileDescriptor descriptor = FileDescriptor.buildFrom(file, imports, true);
            built.put(name, descriptor);
            return descriptor;
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException("the description of " + name + " is broken: " + e.getMessage(), e);
        }
    }

    Optional<ServiceDescriptor> service(String fullName) {
        return services().stream()
                .filter(service -> service.getFullName().equals(fullName))
                .findFirst();
    }

    List<String> serviceNames() {
        return services().stream().map(ServiceDescriptor::getFullName).toList();
    }

    private List<ServiceDescriptor> services() {
        return built.values().stream()
                .flatMap(file -> file.getServices().stream())
                .toList();
    }
}
