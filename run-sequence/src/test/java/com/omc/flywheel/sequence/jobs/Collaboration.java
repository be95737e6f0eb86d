package com.omc.flywheel.sequence.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.jobs.generatecleanroomsreport.GenerateCleanroomsReportJob;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.recorded.RecordedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A recorded collaboration on an endpoint of its own, over a lake whose catalog has the tables of the committed mapping. */
final class Collaboration implements AutoCloseable {
    static final String MEMBERSHIP = "000000a1-0000-4000-8000-000000000001";
    static final Path RECORDED = Lake.HOME.resolve("test-data/recorded");
    static final S3Uri REPORTS = Lake.ROOT.folder("cleanrooms-reports");
    private static final String DATABASE = "flywheel_local";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lake lake;
    private final AwsJsonEndpoint endpoint;

    Collaboration(Path data) {
        this(data, RECORDED);
    }

    Collaboration(Path data, Path recorded) {
        this.lake = new Lake(data);
        this.endpoint = AwsJsonEndpoint.start(
                RecordedService.cleanRooms(recorded.resolve("cleanrooms")),
                RecordedService.entityResolution(recorded.resolve("entityresolution")));
        lake.catalog().createDatabase(new CatalogName(DATABASE));
    }

    Lake lake() {
        return lake;
    }

    /** What the services were asked, and what they are to answer instead. */
    AwsJsonEndpoint endpoint() {
        return endpoint;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(lake.environment());
        environment.put("AWS_ENDPOINT_URL_CLEANROOMS", endpoint.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_ENTITYRESOLUTION", endpoint.endpoint().toString());
        return environment;
    }

    /** Describes the tables of the mapping with the recorded types and partition keys, as the registration does. */
    void registerMappedTables() throws IOException {
        Map<String, String> types = recordedTypes();
        Map<String, List<CatalogColumn>> tables = new LinkedHashMap<>();
        String text = Files.readString(Lake.PRODUCTION_MAPPING).replace("\uFEFF", "");
        // Descriptions with a lone quotation mark keep CSV readers from the rows after them; names hold no comma.
        text.lines().skip(1).map(line -> line.split(",", -1)).forEach(row -> {
            List<CatalogColumn> columns =
                    tables.computeIfAbsent(row[0].strip().toLowerCase(Locale.ROOT), any -> new ArrayList<>());
            String column = row[1].strip().toLowerCase(Locale.ROOT);
            if (columns.stream().noneMatch(known -> known.name().equals(column))) {
                columns.add(new CatalogColumn(column, types.getOrDefault(column, "string"), ""));
            }
        });
        tables.forEach((table, columns) -> register("part_" + table, columns));
    }

    /** The type of each column by the tables of the collaboration; of two types the one that is no string. */
    private static Map<String, String> recordedTypes() throws IOException {
        Map<String, String> types = new HashMap<>();
        Path schemas = RECORDED.resolve("cleanrooms/collaborations/000000c1-0000-4000-8000-000000000001/schemas");
        try (Stream<Path> files = Files.list(schemas)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JSON.readTree(file.toFile())
                        .at("/schema/columns")
                        .forEach(column -> types.merge(
                                column.path("name").asText(),
                                column.path("type").asText(),
                                (one, other) -> one.equals("string") ? other : one));
            }
        }
        types.put("ibe4265", "bigint");
        return types;
    }

    void register(String table, List<CatalogColumn> columns) {
        lake.catalog()
                .create(
                        TableId.of(DATABASE, table),
                        new TableDefinition(
                                "a table of a test",
                                columns,
                                List.of(
                                        new CatalogColumn("snapshot_dt", "date", ""),
                                        new CatalogColumn("id_bucket", "int", "")),
                                Lake.ROOT.folder("split_part").folder(table),
                                Optional.empty(),
                                Map.of()));
    }

    JobSummary report(String... namesAndValues) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("REPORT_BUCKET", Lake.ROOT.bucket());
        arguments.put("DATABASE", DATABASE);
        arguments.put("MEMBERSHIP_ID", MEMBERSHIP);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Lake.run(environment(), GenerateCleanroomsReportJob.DEFINITION, arguments);
    }

    /** The names of all files that reports have left. */
    List<String> files() {
        return lake.store().list(REPORTS).stream()
                .map(StoredObject::uri)
                .map(REPORTS::relativize)
                .toList();
    }

    /** The newest report for programs. */
    JsonNode json() {
        return read(text(".json"));
    }

    /** The newest file with this ending. */
    String text(String ending) {
        String newest = files().stream()
                .filter(name -> name.endsWith(ending))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new AssertionError("no file ends with " + ending));
        byte[] content = lake.store().read(REPORTS.file(newest)).orElseThrow();
        return new String(content, StandardCharsets.UTF_8);
    }

    /** What a report says of one table. */
    static JsonNode table(JsonNode report, String name) {
        for (JsonNode table : report.path("tables")) {
            if (table.path("table_name").asText().equals(name)) {
                return table;
            }
        }
        throw new AssertionError("the report has no table " + name);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        endpoint.close();
        lake.close();
    }
}
