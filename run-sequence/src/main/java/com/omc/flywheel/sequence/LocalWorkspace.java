package com.omc.flywheel.sequence;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that keeps everything of local runs, so that runs build on each other: the bucket's objects as files under
 * {@code s3/}, the tables' descriptions under {@code catalog/}, and the log of each step under {@code logs/}.
 */
final class LocalWorkspace {
    static final S3Uri BUCKET = S3Uri.parse("s3://flywheel-local/");
    /** Where a run keeps the snapshot that it decided, as on AWS. */
    static final S3Uri RUNS = BUCKET.folder("runs");

    private static final LocalDate SNAPSHOT = LocalDate.of(2025, 11, 1);

    private final Path work;

    private LocalWorkspace(Path work) {
        this.work = work.toAbsolutePath().normalize();
    }

    /** The workspace in that folder, or in the one that is every run's without {@code --work}. */
    static LocalWorkspace of(Path home, Optional<Path> work) {
        return new LocalWorkspace(work.orElse(home.resolve("run-sequence/target/local")));
    }

    /** The folder, as messages name it. */
    @Override
    public String toString() {
        return work.toString();
    }

    /** The folder that keeps the embedded catalog. */
    Path catalog() {
        return work.resolve("catalog");
    }

    /** What Spark takes for its warehouse, in which nothing is kept. */
    Path warehouse() {
        return work.resolve("spark-warehouse");
    }

    /** Throws MISSING_INPUT for a workspace that no run has described a table in. */
    void requireCatalog() {
        if (!Files.isDirectory(catalog())) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "%s holds no catalog; run run-sequence/run local bucketed or local partitioned first, with the same --work"
                            .formatted(work));
        }
    }

    /** The folder that the embedded S3 serves. */
    Path s3() {
        return work.resolve("s3");
    }

    /** The folder of the records of a sequence's runs. */
    Path runs(String sequence) {
        return work.resolve("runs").resolve(sequence);
    }

    /** A name for the next run of a snapshot, or of the newest: {@code <snapshot>-<n>} with a number that no run before had. */
    String nextRun(String sequence, Optional<SnapshotDate> snapshot) {
        String first = snapshot.map(SnapshotDate::toString).orElse("newest");
        int number = 1;
        while (Files.exists(runs(sequence).resolve("%s-%d.json".formatted(first, number)))
                || Files.exists(file(RUNS).resolve(sequence).resolve("%s-%d".formatted(first, number)))) {
            number++;
        }
        return "%s-%d".formatted(first, number);
    }

    /** The snapshot that a run has decided; empty when it came to no decision. */
    Optional<String> decidedSnapshot(String sequence, String run) {
        Path decision = file(RUNS).resolve(sequence).resolve(run).resolve("snapshot.json");
        if (!Files.exists(decision)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper()
                    .readTree(decision.toFile())
                    .path("snapshot_dt")
                    .asText());
        } catch (IOException e) {
            throw unusable(decision, e);
        }
    }

    Path log(String step) {
        return work.resolve("logs").resolve(step + ".log");
    }

    /** Where an object or folder of the bucket lies as a file. */
    Path file(S3Uri uri) {
        return s3().resolve(uri.bucket()).resolve(uri.key());
    }

    /**
     * The folder with both tables of generated snapshots of so many rows; a snapshot is kept and found again.
     *
     * @param days the snapshots, separated by commas; one of 2025-11-01 when empty
     */
    S3Uri generate(int rows, Optional<String> days) {
        S3Uri folder = BUCKET.folder("generated").folder("rows=" + rows);
        Path target = file(folder);
        try {
            for (LocalDate day : days.map(LocalWorkspace::days).orElse(List.of(SNAPSHOT))) {
                generate(rows, day, target);
            }
        } catch (IOException e) {
            throw unusable(target, e);
        } catch (IllegalArgumentException e) {
            throw new JobFailure(FailureKind.BAD_ARGUMENT, "--rows: " + e.getMessage(), e);
        }
        return folder;
    }

    private static List<LocalDate> days(String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(day -> SnapshotDate.parse(day.strip()).day())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new JobFailure(FailureKind.BAD_ARGUMENT, "--snapshots: " + e.getMessage(), e);
        }
    }

    private void generate(int rows, LocalDate day, Path target) throws IOException {
        Path unfinished = work.resolve("generating");
        List<Path> folders = Stream.of("infobase_attributes", "addressable_ids")
                .map(table -> Path.of(table, "raw_input", new SnapshotDate(day).folderName()))
                .toList();
        if (folders.stream().allMatch(folder -> Files.isDirectory(target.resolve(folder)))) {
            return;
        }
        deleteFolder(unfinished);
        new SnapshotGenerator(GeneratorOptions.defaults().withRows(rows).withSnapshots(day)).writeTo(unfinished);
        for (Path folder : folders) {
            deleteFolder(target.resolve(folder));
            Files.createDirectories(target.resolve(folder).getParent());
            Files.move(unfinished.resolve(folder), target.resolve(folder));
        }
        deleteFolder(unfinished);
    }

    /** Copies a user's own snapshots into the bucket; files that are there with the same size and time are kept. */
    S3Uri bring(Path source) {
        S3Uri folder = BUCKET.folder("source");
        if (!Files.isDirectory(source.resolve("infobase_attributes").resolve("raw_input"))) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "--source %s has no folder infobase_attributes/raw_input with snapshot_dt=YYYY-MM-DD folders in it"
                            .formatted(source));
        }
        try {
            mirror(source, file(folder));
        } catch (IOException e) {
            throw unusable(file(folder), e);
        }
        return folder;
    }

    /** Whether there is anything to read in a folder of the bucket; folders stay when their last file is deleted. */
    boolean holdsFiles(S3Uri folder) {
        try {
            return !filesUnder(file(folder)).isEmpty();
        } catch (IOException e) {
            throw unusable(file(folder), e);
        }
    }

    /**
     * Copies a mapping into the bucket.
     *
     * @param option the option that named it: its folder, since two mappings may have one name
     */
    S3Uri bringMapping(CommandOption option, Path mapping) {
        S3Uri object = BUCKET.folder("mapping")
                .folder(option.name().replace("--", ""))
                .file(mapping.getFileName().toString());
        try {
            Files.createDirectories(file(object).getParent());
            Files.copy(mapping, file(object), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT, "%s %s cannot be read (%s)".formatted(option.name(), mapping, e), e);
        }
        return object;
    }

    /** Makes the target hold the files of the source and no others. */
    private static void mirror(Path source, Path target) throws IOException {
        List<Path> files = filesUnder(source);
        for (Path stale : filesUnder(target)) {
            if (!files.contains(stale)) {
                Files.delete(target.resolve(stale));
            }
        }
        for (Path file : files) {
            Path from = source.resolve(file);
            Path to = target.resolve(file);
            if (!isCopy(from, to)) {
                Files.createDirectories(to.getParent());
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static boolean isCopy(Path from, Path to) throws IOException {
        return Files.exists(to)
                && Files.size(from) == Files.size(to)
                && Files.getLastModifiedTime(from).equals(Files.getLastModifiedTime(to));
    }

    private static List<Path> filesUnder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        // A folder of snapshots is often a link to another disk.
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(Files::isRegularFile).map(folder::relativize).toList();
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static JobFailure unusable(Path folder, IOException e) {
        return new JobFailure(
                FailureKind.ENVIRONMENT,
                "%s cannot be written (%s); choose another --work folder, or free some space".formatted(folder, e),
                e);
    }
}
