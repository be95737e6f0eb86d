package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Whether the files of a version are those that its run has recorded, each of a bucket that the catalog knows of. */
final class BucketCheck {
    private static final String BUCKETING_VERSION = "bucketing_version";
    private static final String HIVE_V1 = "1";

    private final Buckets wanted;
    private final NextCommands next;

    BucketCheck(Buckets wanted, NextCommands next) {
        this.wanted = wanted;
        this.next = next;
    }

    /**
     * What was found.
     *
     * @param described how many buckets the catalog says; empty when it says none
     * @param withFiles how many buckets have a file
     * @param files how many files readers see
     * @param holds whether readers may rely on the buckets
     */
    record BucketCount(OptionalInt described, int withFiles, int files, boolean holds) {}

    /**
     * Checks a version.
     *
     * @param objects what the store has in its folder
     */
    BucketCount check(ObservedTable table, PublishedVersion version, List<StoredObject> objects, Alerts alerts) {
        Map<String, Long> stored = new HashMap<>();
        objects.forEach(object -> stored.put(version.location().relativize(object.uri()), object.bytes()));
        List<String> data = stored.keySet().stream()
                .filter(name -> Visibility.seenByReaders(name, stored.get(name)))
                .sorted()
                .toList();
        List<String> problems = new ArrayList<>(differences(version, stored, data));
        Set<Integer> seen = new HashSet<>();
        if (table.family() == Family.BUCKETED) {
            problems.addAll(problemsOfDescription(table));
            problems.addAll(problemsOfNames(data, seen));
        }
        if (!problems.isEmpty()) {
            alerts.error(MonitorCheck.BUCKETS, String.join("; ", problems), next.copyAgain(table));
        }
        Optional<Buckets> described = table.stored().buckets();
        return new BucketCount(
                described.isPresent() ? OptionalInt.of(described.get().count()) : OptionalInt.empty(),
                seen.size(),
                data.size(),
                problems.isEmpty());
    }

    private static List<String> differences(PublishedVersion version, Map<String, Long> stored, List<String> data) {
        Map<String, Long> recorded = new TreeMap<>(version.files());
        recorded.keySet().removeIf(name -> !Visibility.seenByReaders(name, recorded.get(name)));
        List<String> missing = recorded.keySet().stream()
                .filter(name -> !stored.containsKey(name))
                .toList();
        List<String> changed = recorded.keySet().stream()
                .filter(name -> stored.containsKey(name) && !recorded.get(name).equals(stored.get(name)))
                .toList();
        List<String> foreign =
                data.stream().filter(name -> !recorded.containsKey(name)).toList();
        List<String> problems = new ArrayList<>();
        if (!missing.isEmpty()) {
            problems.add("%d of its %d files are not there: %s"
                    .formatted(missing.size(), recorded.size(), Names.list(missing)));
        }
        if (!changed.isEmpty()) {
            problems.add("%d of its %d files are of another size: %s"
                    .formatted(changed.size(), recorded.size(), Names.list(changed)));
        }
        if (!foreign.isEmpty()) {
            problems.add("readers see %d files that its run has not recorded: %s"
                    .formatted(foreign.size(), Names.list(foreign)));
        }
        return problems;
    }

    private List<String> problemsOfDescription(ObservedTable table) {
        Optional<Buckets> described = table.stored().buckets();
        List<String> problems = new ArrayList<>();
        if (!described.equals(Optional.of(wanted))) {
            problems.add("the catalog has it with %s, wanted are %s"
                    .formatted(described.map(BucketCheck::text).orElse("no buckets"), text(wanted)));
        }
        String version = table.stored().parameters().getOrDefault(BUCKETING_VERSION, HIVE_V1);
        if (!version.equals(HIVE_V1)) {
            problems.add("the catalog has its buckets by Hive's version %s, they are of version %s: readers miss rows"
                    .formatted(version, HIVE_V1));
        }
        return problems;
    }

    private List<String> problemsOfNames(List<String> data, Set<Integer> seen) {
        List<String> unknown = new ArrayList<>();
        for (String name : data) {
            OptionalInt bucket = PublishedVersion.bucketOf(name);
            if (bucket.isPresent() && bucket.getAsInt() < wanted.count()) {
                seen.add(bucket.getAsInt());
            } else {
                unknown.add(name);
            }
        }
        return unknown.isEmpty()
                ? List.of()
                : List.of(
                        "files whose names tell no bucket below %d: %s".formatted(wanted.count(), Names.list(unknown)));
    }

    private static String text(Buckets buckets) {
        return "%d buckets by %s".formatted(buckets.count(), buckets.column());
    }
}
