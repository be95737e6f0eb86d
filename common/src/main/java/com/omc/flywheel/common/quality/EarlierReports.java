package com.omc.flywheel.common.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.StoredJson;
import com.omc.flywheel.common.quality.NullRateCheck.Earlier;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * How often columns had no value, as the reports before this one say: of a table whose data set keeps one snapshot nothing
 * else tells. A report says both what it counted and what it compared that with, so reports of one snapshot hand on what
 * they know of the one before it.
 */
final class EarlierReports {
    /** One in which a table could not be read is made up for by those before it. */
    private static final int MOST = 5;

    private final List<Map<String, Known>> newestFirst;

    private EarlierReports(List<Map<String, Known>> newestFirst) {
        this.newestFirst = List.copyOf(newestFirst);
    }

    /**
     * What a report says of one table.
     *
     * @param counted by that report
     * @param before what it compared that with
     */
    private record Known(Earlier counted, Optional<Earlier> before) {}

    /** Reads the newest of them; one that cannot be read is a finding, and the others are read all the same. */
    static EarlierReports read(ObjectStore store, Supplier<List<S3Uri>> newestFirst, List<Alert> alerts) {
        List<S3Uri> all = new ArrayList<>();
        tryTo("earlier reports", () -> all.addAll(newestFirst.get()), alerts);
        List<Map<String, Known>> reports = new ArrayList<>();
        for (S3Uri report : all.subList(0, Math.min(MOST, all.size()))) {
            tryTo(
                    report.toString(),
                    () -> store.read(report)
                            .map(content -> tables(new StoredJson().read(content, JsonNode.class, report), report))
                            .ifPresent(reports::add),
                    alerts);
        }
        return new EarlierReports(reports);
    }

    private static void tryTo(String subject, Runnable read, List<Alert> alerts) {
        try {
            read.run();
        } catch (JobFailure unread) {
            alerts.add(new Alert(
                    Severity.WARNING,
                    MonitorCheck.NULL_RATES,
                    subject,
                    "could not be read to compare with: " + unread.getMessage(),
                    unread.kind() == FailureKind.CONFLICT ? "delete it or move it away" : Alerts.next(unread.kind()),
                    Optional.of(unread.kind())));
        }
    }

    /** The newest that is known of a snapshot before this one of a table. */
    Optional<Earlier> before(TableId table, SnapshotDate snapshot) {
        for (Map<String, Known> report : newestFirst) {
            Known known = report.get(table.toString());
            if (known != null) {
                Optional<Earlier> found = Optional.of(known.counted())
                        .filter(counted -> isBefore(counted, snapshot))
                        .or(() -> known.before().filter(before -> isBefore(before, snapshot)));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBefore(Earlier one, SnapshotDate snapshot) {
        return one.snapshot().compareTo(snapshot) < 0;
    }

    private static Map<String, Known> tables(JsonNode report, S3Uri from) {
        try {
            Map<String, Known> tables = new HashMap<>();
            for (JsonNode table : report.path("tables")) {
                String name = "%s.%s"
                        .formatted(
                                table.path("database").asText(),
                                table.path("table").asText());
                JsonNode rates = table.path("nullRates");
                counts(table.path("nullRatesOf"), rates, "rows", "nulls")
                        .ifPresent(counted -> tables.put(
                                name,
                                new Known(
                                        counted,
                                        counts(table.path("nullRatesSince"), rates, "rowsBefore", "nullsBefore"))));
            }
            return tables;
        } catch (IllegalArgumentException notAsWritten) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is not as this program writes it (%s)".formatted(from, notAsWritten.getMessage()),
                    notAsWritten);
        }
    }

    private static Optional<Earlier> counts(JsonNode snapshot, JsonNode rates, String rows, String nulls) {
        if (!snapshot.isTextual()) {
            return Optional.empty();
        }
        Map<String, TableContents.Column> columns = new LinkedHashMap<>();
        for (JsonNode column : rates) {
            JsonNode counted = column.path(rows);
            if (counted.isIntegralNumber()) {
                JsonNode without = column.path(nulls);
                columns.put(
                        column.path("column").asText(),
                        new TableContents.Column(
                                new TreeSet<>(),
                                0,
                                new NullCount(
                                        counted.asLong(),
                                        without.isIntegralNumber()
                                                ? OptionalLong.of(without.asLong())
                                                : OptionalLong.empty())));
            }
        }
        return Optional.of(
                new Earlier(SnapshotDate.parse(snapshot.asText()), new TableContents(List.of(), List.of(), columns)));
    }
}
