package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is known of one version of a table: names, counts and sizes, never a cell or a key.
 *
 * @param formatVersion {@link #FORMAT_VERSION}; a reader refuses any other
 * @param state how far it has come
 * @param job the job that builds it
 * @param runId the run that does
 * @param engine what runs its statement
 * @param database where the table that readers query is described
 * @param table its name
 * @param location the folder of the version, from the base on, with a slash at its end
 * @param queryIds by what the engine knows the statement; empty before it has told
 * @param rows once it is built
 * @param files everything in its folder, once it is built
 */
record VersionRecord(
        int formatVersion,
        VersionState state,
        String job,
        RunId runId,
        EngineChoice engine,
        String database,
        String table,
        String location,
        List<String> queryIds,
        long rows,
        List<VersionFile> files) {
    static final int FORMAT_VERSION = 1;

    private static final String TEMPORARY = "tmp_";
    // Glue API reference, Table: Name.
    private static final int LONGEST_NAME = 255;
    private static final int DIGITS = 8;

    VersionRecord {
        queryIds = List.copyOf(queryIds);
        files = List.copyOf(files);
    }

    /**
     * A file of a version.
     *
     * @param key where it lies, from the base on
     * @param rows none for what is no data
     */
    record VersionFile(String key, long bytes, long rows) {}

    static VersionRecord building(String job, RunId run, EngineChoice engine, TableId table) {
        String name = table.table().value();
        return new VersionRecord(
                FORMAT_VERSION,
                VersionState.BUILDING,
                job,
                run,
                engine,
                table.database().value(),
                name,
                folder(name, run),
                List.of(),
                0,
                List.of());
    }

    VersionRecord withQuery(String queryId) {
        return with(state, Stream.concat(queryIds.stream(), Stream.of(queryId)).toList(), rows, files);
    }

    VersionRecord built(long builtRows, List<VersionFile> builtFiles) {
        return with(VersionState.BUILT, queryIds, builtRows, builtFiles);
    }

    VersionRecord published() {
        return with(VersionState.PUBLISHED, queryIds, rows, files);
    }

    private VersionRecord with(VersionState next, List<String> queries, long counted, List<VersionFile> named) {
        return new VersionRecord(
                formatVersion, next, job, runId, engine, database, table, location, queries, counted, named);
    }

    TableId id() {
        return TableId.of(database, table);
    }

    /** The name of the table while the statement makes it; no two runs have the same. */
    TableId temporary() {
        String run = runId.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        int room = LONGEST_NAME - TEMPORARY.length() - 1 - run.length();
        String name = table.length() <= room
                ? table
                : table.substring(0, room - DIGITS - 1) + "_" + Sha256.of(table).substring(0, DIGITS);
        return TableId.of(database, TEMPORARY + name + "_" + run);
    }

    long bytes() {
        return files.stream().mapToLong(VersionFile::bytes).sum();
    }

    /** True when it names nothing outside of the one folder that is its own. */
    boolean keepsToItsFolder() {
        return location.equals(folder(table, runId))
                && files.stream().allMatch(file -> file.key().startsWith(location));
    }

    private static String folder(String table, RunId run) {
        return "%s/run=%s/".formatted(table, run);
    }
}
