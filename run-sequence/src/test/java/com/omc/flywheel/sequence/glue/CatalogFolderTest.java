package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

class CatalogFolderTest {
    @TempDir
    private Path parent;

    @Test
    void givesBackEverythingAfterANewStart() {
        Table before = run(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createTable(GlueServer.table("t")
                    .description("first")
                    .parameters(Map.of("a", "b"))
                    .build());
            server.createPartition("t", "d1");
            server.createPartition("t", "d2");
            server.update("t", table -> table.description("second"));
            server.client().batchDeletePartition(request -> request.databaseName(GlueServer.DATABASE)
                    .tableName("t")
                    .partitionsToDelete(GlueServer.values("d1")));
            return server.get("t");
        });

        runOnly(server -> {
            assertThat(server.get("t")).isEqualTo(before);
            assertThat(partitions(server, "t")).extracting(Partition::values).containsExactly(List.of("d2"));
            assertThat(server.client()
                            .getTableVersions(request ->
                                    request.databaseName(GlueServer.DATABASE).tableName("t"))
                            .tableVersions())
                    .extracting(TableVersion::versionId)
                    .containsExactly("1", "0");
            server.update("t", table -> table.description("third"));
            assertThat(server.get("t").versionId()).isEqualTo("2");
        });
    }

    @Test
    void givesBackNothingThatWasDeleted() throws IOException {
        runOnly(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createTable("t");
            server.createPartition("t", "d1");
            server.client().deleteTable(request -> request.databaseName(GlueServer.DATABASE)
                    .name("t"));
        });
        runOnly(server -> {
            assertThat(server.client()
                            .getTables(request -> request.databaseName(GlueServer.DATABASE))
                            .tableList())
                    .isEmpty();
            server.createTable("t");
            assertThat(partitions(server, "t")).isEmpty();
        });
        assertThat(files()).containsExactly("lake/database.json", "lake/t.table.json");
    }

    @Test
    void takesNoPartitionsOverFromATableThatWasHalfDeleted() throws IOException {
        runOnly(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createTable("t");
            server.createPartition("t", "d1");
        });
        Files.delete(folder().resolve("lake/t.table.json"));

        runOnly(server -> server.createTable("t"));
        runOnly(server -> assertThat(partitions(server, "t")).isEmpty());
    }

    @Test
    void leavesNoUnfinishedFile() throws IOException {
        runOnly(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createTable("t");
            server.createPartition("t", "d1");
        });
        assertThat(files()).containsExactly("lake/database.json", "lake/t.partitions.json", "lake/t.table.json");
    }

    @Test
    void changesNothingThatItCannotKeep() throws IOException {
        runOnly(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createTable(GlueServer.table("t").description("first").build());
            // A folder in the file's place: no file can be moved there.
            Path file = folder().resolve("lake/t.table.json");
            delete(file);
            create(file.resolve("in the way"));

            assertThatThrownBy(() -> server.update("t", table -> table.description("second")))
                    .isInstanceOf(GlueException.class)
                    .hasMessageContaining("t.table.json");
            assertThat(server.get("t").description()).isEqualTo("first");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/b", "..", ".", "a b", "a.b*c%d", "\u00fcber"})
    void keepsEveryNameInsideItsFolder(String name) throws IOException {
        runOnly(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createDatabase(name);
            server.createTable(name);
            server.createPartition(name, name);
        });

        runOnly(server -> {
            assertThat(server.client().getDatabases(request -> {}).databaseList())
                    .extracting(Database::name)
                    .containsExactlyInAnyOrder(GlueServer.DATABASE, name);
            assertThat(server.get(name).name()).isEqualTo(name);
            assertThat(partitions(server, name)).extracting(Partition::values).containsExactly(List.of(name));
        });
        assertThat(files()).hasSize(4);
        try (Stream<Path> outside = Files.list(parent)) {
            assertThat(outside).containsExactly(folder());
        }
    }

    @Test
    void keepsNamesThatAreLongerThanThoseOfFiles() {
        String one = "x".repeat(254) + "1";
        String other = "x".repeat(254) + "2";
        runOnly(server -> {
            server.createDatabase(GlueServer.DATABASE);
            server.createTable(one);
            server.createTable(other);
        });

        runOnly(server -> {
            assertThat(server.get(one).name()).isEqualTo(one);
            assertThat(server.get(other).name()).isEqualTo(other);
        });
    }

    @Test
    void saysThatAFolderHoldsSomethingElse() throws IOException {
        Files.createDirectories(folder().resolve("lake"));
        Files.writeString(folder().resolve("lake/database.json"), "{");

        assertThatThrownBy(() -> EmbeddedGlueCatalog.keptIn(folder()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll("ENVIRONMENT", folder().toString(), "choose another folder");
    }

    private static List<Partition> partitions(GlueServer server, String table) {
        return server.client()
                .getPartitions(
                        request -> request.databaseName(GlueServer.DATABASE).tableName(table))
                .partitions();
    }

    private void runOnly(Consumer<GlueServer> calls) {
        run(server -> {
            calls.accept(server);
            return true;
        });
    }

    private <T> T run(Function<GlueServer, T> calls) {
        try (GlueServer server = GlueServer.over(EmbeddedGlueCatalog.keptIn(folder()))) {
            return calls.apply(server);
        }
    }

    private Path folder() {
        return parent.resolve("catalog");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
