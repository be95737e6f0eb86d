package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.parquet.FileContents;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import com.omc.flywheel.common.versions.VersionRecord.VersionFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Compares what a statement has made with what was wanted, by the catalog, the names of the files and their footers. */
final class VersionCheck {
    private static final String BUCKETING_VERSION = "bucketing_version";
    private static final String HIVE_V1 = "1";
    /** Parquet has one type of 32 bits; an engine may leave the narrower one to the catalog. */
    private static final Set<String> NARROW = Set.of("tinyint", "smallint");

    private final ObjectStore store;
    private final FooterReader footers;
    private final S3Uri base;

    VersionCheck(ObjectStore store, FooterReader footers, S3Uri base) {
        this.store = store;
        this.footers = footers;
        this.base = base;
    }

    /**
     * The files of a version, each with its rows.
     *
     * @param made the table that the engine has described; empty when there is none
     * @throws JobFailure BAD_DATA with every difference
     */
    List<VersionFile> require(WantedTable wanted, Optional<StoredTable> made, S3Uri location) {
        List<String> problems = new ArrayList<>(made.map(table -> differences(wanted, table, location))
                .orElseGet(() -> List.of("the engine has described no table in the catalog")));
        List<StoredObject> objects = store.list(location);
        List<StoredObject> data = objects.stream()
                .filter(object -> Visibility.seenByReaders(location.relativize(object.uri()), object.bytes()))
                .toList();
        problems.addAll(problemsOfNames(wanted, location, data));
        List<FileContents> contents = footers.contents(data);
        problems.addAll(problemsOfContents(wanted, location, contents));
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "%s stays as it is, since what was built at %s is not what is wanted:"
                            .formatted(wanted.table(), location),
                    problems);
        }
        Map<S3Uri, Long> rows = new HashMap<>();
        contents.forEach(file -> rows.put(file.file(), file.rows()));
        return objects.stream()
                .map(object -> new VersionFile(
                        base.relativize(object.uri()), object.bytes(), rows.getOrDefault(object.uri(), 0L)))
                .toList();
    }

    /** True when the catalog sends readers of the table to this folder. */
    static boolean isAt(StoredTable table, S3Uri location) {
        try {
            return S3Uri.parse(table.location()).asFolder().equals(location.asFolder());
        } catch (IllegalArgumentException elsewhere) {
            return false;
        }
    }

    private static List<String> differences(WantedTable wanted, StoredTable made, S3Uri location) {
        List<String> problems = new ArrayList<>();
        if (!isAt(made, location)) {
            problems.add("the catalog has it at %s; a workgroup that enforces its own location writes elsewhere"
                    .formatted(made.location()));
        }
        if (!made.buckets().equals(wanted.buckets())) {
            problems.add("the catalog has it with %s, wanted were %s"
                    .formatted(describe(made.buckets()), describe(wanted.buckets())));
        }
        String version = made.parameters().getOrDefault(BUCKETING_VERSION, HIVE_V1);
        if (!version.equals(HIVE_V1)) {
            problems.add("its buckets are of Hive's version %s, wanted was %s: readers would miss rows"
                    .formatted(version, HIVE_V1));
        }
        List<String> found = WantedTable.namesAndTypes(made.columns());
        List<String> expected = WantedTable.namesAndTypes(wanted.described());
        if (!found.equals(expected)) {
            List<String> lacking =
                    expected.stream().filter(column -> !found.contains(column)).toList();
            List<String> more =
                    found.stream().filter(column -> !expected.contains(column)).toList();
            problems.add("the catalog has other columns: it lacks %s, it has %s"
                    .formatted(orNone(lacking), more.isEmpty() ? "no others, or another order" : Names.list(more)));
        }
        return problems;
    }

    private static List<String> problemsOfNames(WantedTable wanted, S3Uri location, List<StoredObject> data) {
        List<String> deeper = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> beyond = new ArrayList<>();
        for (StoredObject object : data) {
            String name = location.relativize(object.uri());
            if (name.contains("/")) {
                deeper.add(name);
            } else if (wanted.buckets().isPresent()) {
                OptionalInt bucket = BucketFileName.bucketOf(name);
                if (bucket.isEmpty()) {
                    unknown.add(name);
                } else if (bucket.getAsInt() >= wanted.buckets().get().count()) {
                    beyond.add(name);
                }
            }
        }
        List<String> problems = new ArrayList<>();
        if (!deeper.isEmpty()) {
            problems.add("files in folders below it, which not every reader looks into: " + Names.list(deeper));
        }
        if (!unknown.isEmpty()) {
            problems.add(
                    "files whose names tell no bucket, so readers would take them for any: " + Names.list(unknown));
        }
        if (!beyond.isEmpty()) {
            problems.add("files of buckets that are not below %d: %s"
                    .formatted(wanted.buckets().orElseThrow().count(), Names.list(beyond)));
        }
        return problems;
    }

    private static List<String> problemsOfContents(WantedTable wanted, S3Uri location, List<FileContents> contents) {
        List<String> problems = new ArrayList<>();
        long rows = contents.stream().mapToLong(FileContents::rows).sum();
        if (rows != wanted.rows()) {
            problems.add("its %,d files hold %,d rows, the source has %,d by its manifest"
                    .formatted(contents.size(), rows, wanted.rows()));
        }
        Map<String, List<String>> filesByProblem = new LinkedHashMap<>();
        Map<String, String> expected = wanted.types();
        for (FileContents file : contents) {
            for (String problem : problemsOfTypes(expected, file.types())) {
                filesByProblem
                        .computeIfAbsent(problem, any -> new ArrayList<>())
                        .add(location.relativize(file.file()));
            }
        }
        filesByProblem.forEach((problem, files) -> problems.add(problem + ": " + Names.list(files)));
        return problems;
    }

    private static List<String> problemsOfTypes(Map<String, String> expected, Map<String, String> found) {
        List<String> problems = new ArrayList<>();
        expected.forEach((name, type) -> {
            String other = found.get(name);
            if (other == null) {
                problems.add("the column %s is not in these files".formatted(name));
            } else if (!other.equals(type) && !(NARROW.contains(type) && other.equals("int"))) {
                problems.add("the column %s is %s and not %s in these files".formatted(name, other, type));
            }
        });
        found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> problems.add("a column %s, which nobody wanted, is in these files".formatted(name)));
        return problems;
    }

    private static String describe(Optional<Buckets> buckets) {
        return buckets.map(placed -> "%d buckets by %s".formatted(placed.count(), placed.column()))
                .orElse("no buckets");
    }

    private static String orNone(List<String> names) {
        return names.isEmpty() ? "none" : Names.list(names);
    }
}
