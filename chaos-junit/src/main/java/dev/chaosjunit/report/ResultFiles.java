// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Results as JSON files: the records as they are, and the version of their form. */
final class ResultFiles {
    private static final int VERSION = 10;
    private static final JsonMapper JSON = mapper();

    private ResultFiles() {}

    /** What a directory holds: results, and the JSON files that are none. */
    record Found(List<ExperimentResult> results, List<Unreadable> unreadable) {}

    /** A JSON file that is no result of ours, and why not. */
    record Unreadable(String file, String reason) {}

    static String write(ExperimentResult result) throws JsonProcessingException {
        ObjectNode versioned = JSON.createObjectNode().put("version", VERSION);
        versioned.setAll((ObjectNode) JSON.valueToTree(result));
        return JSON.writeValueAsString(versioned) + "\n";
    }

    static Found readAll(Path directory) throws IOException {
        List<ExperimentResult> results = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Path file : jsonFiles(directory)) {
            try {
                results.add(read(file));
            } catch (IOException e) {
                unreadable.add(new Unreadable(file.getFileName().toString(), reason(e)));
            }
        }
        return new Found(results, unreadable);
    }

    private static List<Path> jsonFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static ExperimentResult read(Path file) throws IOException {
        if (!(JSON.readTree(Files.readString(file)) instanceof ObjectNode object)) {
            throw new IOException("not a JSON object");
        }
        JsonNode version = object.remove("version");
        if (version == null || version.asInt() != VERSION) {
            throw new IOException("version is " + version + ", this page reads " + VERSION);
        }
        return JSON.treeToValue(object, ExperimentResult.class);
    }

    /** A limit is written as an annotation has it; a text that is none is refused by its name. */
    private static final class LimitReader extends FromStringDeserializer<Limit> {
        private static final long serialVersionUID = 1;

        LimitReader() {
            super(Limit.class);
        }

        @Override
        protected Limit _deserialize(String text, DeserializationContext context) {
            return Limit.parse(text);
        }
    }

    /** A window has the name of its stage. */
    private interface NamedWindow {
        @JsonProperty("name")
        Stage stage();
    }

    private static String reason(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    /** Refuses what is missing or null: a page half made of nulls would fail later, far from the file at fault. */
    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addSerializer(Limit.class, ToStringSerializer.instance)
                        .addDeserializer(Limit.class, new LimitReader()))
                .addMixIn(Window.class, NamedWindow.class)
                .addMixIn(ServiceCalls.class, BoundJson.OfCalls.class)
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        for (Class<?> type :
                List.of(String.class, List.class, Map.class, Instant.class, Outcome.class, Limit.class, Stage.class)) {
            mapper.configOverride(type).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL));
        }
        return mapper;
    }
}
