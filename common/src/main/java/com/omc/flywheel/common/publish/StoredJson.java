package com.omc.flywheel.common.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.Function;

/** Writes and reads what lies under {@code _flywheel/}: the same value always gives the same bytes. */
public final class StoredJson {
    public static final String CONTENT_TYPE = "application/json";
    private static final String VERSION = "formatVersion";

    public static final String RUN_ITS_VERSION = "run the version that wrote it";

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                    // What cannot be read may be a manifest of megabytes.
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .registerModule(new SimpleModule()
                    .addSerializer(SnapshotDate.class, ToStringSerializer.instance)
                    .addDeserializer(SnapshotDate.class, new FromText<>(SnapshotDate.class, SnapshotDate::parse))
                    .addSerializer(RunId.class, ToStringSerializer.instance)
                    .addDeserializer(RunId.class, new FromText<>(RunId.class, RunId::new))
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse)))
            // A count that is missing is no 0, and what goes on is not ours.
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public byte[] write(Object value) {
        try {
            // The same line ends on every platform.
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            return (mapper.writer(printer).writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /** Throws CONFLICT for content that is not of this form: a later version, or not ours. */
    public <T> T read(byte[] content, Class<T> type, S3Uri location) {
        try {
            T value = mapper.readValue(content, type);
            if (value == null) {
                throw new JsonMappingException(null, "it holds nothing");
            }
            return value;
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s cannot be read by this version (%s); run the version that wrote it, or move the data set away"
                            .formatted(
                                    location, e.getMessage().lines().findFirst().orElse("")),
                    e);
        }
    }

    /**
     * The same for content that says its version: of another one, nothing else is looked at, since its form may be any.
     *
     * @param what the content in messages
     * @param known the version that this program writes
     * @param mend what to do about another one
     * @throws JobFailure CONFLICT as {@link #read}, and for another version
     */
    public <T> T readVersion(byte[] content, Class<T> type, S3Uri location, String what, int known, String mend) {
        OptionalInt found = version(content);
        if (found.isPresent() && found.getAsInt() != known) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s has the format version %d, this program knows %d; %s"
                            .formatted(what, found.getAsInt(), known, mend));
        }
        return read(content, type, location);
    }

    private OptionalInt version(byte[] content) {
        try {
            JsonNode version = mapper.readTree(content).path(VERSION);
            return version.isInt() ? OptionalInt.of(version.intValue()) : OptionalInt.empty();
        } catch (IOException notJson) {
            // Reading it says what is wrong with it.
            return OptionalInt.empty();
        }
    }

    private static final class FromText<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getValueAsString());
        }
    }
}
