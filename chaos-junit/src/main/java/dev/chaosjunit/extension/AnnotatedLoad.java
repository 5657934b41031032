// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.chaosjunit.Load;
import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.Following;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Rate;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link Load} says. */
final class AnnotatedLoad {
    private static final String GRPC = "grpc";
    private static final Set<String> SCHEMES = Set.of("http", GRPC);

    private AnnotatedLoad() {}

    static LoadSpec read(Load annotation, AnnotationSource source) {
        URI url = source.read("url", annotation.url(), AnnotatedLoad::url);
        Rate rate = source.read("rate", annotation.rate(), Rate::parse);
        Duration timeout = source.read("timeout", annotation.timeout(), Durations::parse);
        List<Expected.Statuses> statuses = source.read("expectStatus", annotation.expectStatus(), Expected::parse);
        Expected expected = new Expected(statuses, annotation.expectBody());
        Optional<FileDescriptorSet> descriptors = annotation.descriptors().isEmpty()
                ? Optional.empty()
                : Optional.of(source.read("descriptors", annotation.descriptors(), AnnotatedLoad::descriptors));
        if (url.getScheme().equals(GRPC)) {
            source.read("method", annotation.method(), AnnotatedLoad::ofHttp);
            source.read("expectStatus", annotation.expectStatus(), AnnotatedLoad::ofHttp);
        }
        return source.build(() -> new LoadSpec(
                url,
                rate,
                url.getScheme().equals(GRPC) ? "gRPC" : annotation.method(),
                headers(annotation, source),
                annotation.body(),
                timeout,
                expected,
                annotation.chaosId() ? Following.MARKED : Following.NOT,
                descriptors));
    }

    private static Map<String, String> headers(Load annotation, AnnotationSource source) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : annotation.headers()) {
            String[] parts = source.read("headers", header, AnnotatedLoad::header);
            headers.put(parts[0], parts[1]);
        }
        return headers;
    }

    private static String[] header(String text) {
        String[] parts = text.split(":\\s*", 2);
        if (parts.length < 2 || parts[0].isBlank()) {
            throw new IllegalArgumentException("\"" + text + "\" is no header: expected \"Name: value\"");
        }
        return parts;
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no URL to send to: expected http://SERVICE[:PORT]/PATH"
                            + " or grpc://SERVICE:PORT/PACKAGE.SERVICE/METHOD");
        }
        return url;
    }

    private static String ofHttp(String text) {
        if (!text.equals("GET") && !text.equals("200-399")) {
            throw new IllegalArgumentException("\"" + text + "\" is HTTP's: the URL of a gRPC load names the method,"
                    + " and an answer is good when its status is OK");
        }
        return text;
    }

    private static FileDescriptorSet descriptors(String name) {
        try {
            return FileDescriptorSet.parseFrom(NamedFile.read(name));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    name + " is no set of descriptors, as protoc --descriptor_set_out writes it: " + e.getMessage(), e);
        }
    }
}
