package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps the catalog in a folder: one folder a database, in it one file a table and beside it one with its partitions.
 *
 * <p>A file is replaced in one step, so that a program that is killed leaves the one state or the other.
 */
final class CatalogFolder implements CatalogFiles {
    private static final String DATABASE_FILE = "database.json";
    private static final String TABLE = ".table.json";
    private static final String PARTITIONS = ".partitions.json";
    /** Below the 255 bytes that a file system gives a name, with an ending. */
    private static final int LONGEST_FILE_NAME = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    CatalogFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<StoredDatabase> load() {
        try {
            Files.createDirectories(folder);
            List<StoredDatabase> databases = new ArrayList<>();
            for (Path file : list(folder)) {
                if (Files.isRegularFile(file.resolve(DATABASE_FILE))) {
                    databases.add(loadDatabase(file));
                }
            }
            return databases;
        } catch (IOException | RuntimeException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "the catalog kept in %s cannot be read (%s); choose another folder or delete what is in it"
                            .formatted(folder, e),
                    e);
        }
    }

    private static StoredDatabase loadDatabase(Path folder) throws IOException {
        StoredDatabase database = StoredDatabase.created((ObjectNode) read(folder.resolve(DATABASE_FILE)));
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(TABLE)) {
                Path partitions = folder.resolve(name.substring(0, name.length() - TABLE.length()) + PARTITIONS);
                StoredTable table = loadTable(file, partitions);
                database.tables().put(table.name(), table);
            }
        }
        return database;
    }

    private static StoredTable loadTable(Path file, Path partitionsFile) throws IOException {
        JsonNode kept = read(file);
        List<ObjectNode> archived = new ArrayList<>();
        kept.path("Archived").forEach(version -> archived.add((ObjectNode) version));
        NavigableMap<String, ObjectNode> partitions = new TreeMap<>();
        if (Files.exists(partitionsFile)) {
            for (JsonNode partition : read(partitionsFile)) {
                partitions.put(partition.path("Values").toString(), (ObjectNode) partition);
            }
        }
        return new StoredTable((ObjectNode) kept.path("Table"), archived, partitions);
    }

    @Override
    public void keepDatabase(StoredDatabase database) {
        write(file(database.name(), DATABASE_FILE), database.database());
    }

    @Override
    public void keepNewTable(String database, StoredTable table) {
        delete(file(database, fileName(table.name()) + PARTITIONS));
        keepTable(database, table);
    }

    @Override
    public void keepTable(String database, StoredTable table) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.set("Table", table.table());
        ArrayNode archived = kept.putArray("Archived");
        table.archived().forEach(archived::add);
        write(file(database, fileName(table.name()) + TABLE), kept);
    }

    @Override
    public void keepPartitions(String database, StoredTable table) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        table.partitions().values().forEach(kept::add);
        write(file(database, fileName(table.name()) + PARTITIONS), kept);
    }

    @Override
    public void forgetTable(String database, String table) {
        // The table first: partitions without a table are nothing when the catalog is read again.
        delete(file(database, fileName(table) + TABLE));
        delete(file(database, fileName(table) + PARTITIONS));
    }

    private Path file(String database, String file) {
        return folder.resolve(fileName(database)).resolve(file);
    }

    /** A name of a file that stays in its folder whatever the name in the catalog is; nobody reads it back. */
    private static String fileName(String name) {
        String safe = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace(".", "%2E")
                .replace("*", "%2A");
        return safe.length() <= LONGEST_FILE_NAME ? safe : safe.substring(0, 100) + "-" + Sha256.of(name);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static void write(Path file, JsonNode content) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, content.toPrettyString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
