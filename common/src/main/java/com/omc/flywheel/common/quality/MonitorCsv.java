package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.partitions.PartitionAudit;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.quality.RowCheck.RowCounts;
import com.omc.flywheel.common.quality.SizeCheck.FileSizes;
import com.omc.flywheel.common.report.CsvText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row for each table. The first columns are those of the data monitor before this one, by their names and in their
 * order, for what reads them; the others follow.
 */
final class MonitorCsv {
    private static final String ABSENT = "N/A";
    private static final List<String> HEADER = List.of(
            "input_source",
            "raw_input_snapshot_dt",
            "table",
            "location",
            "s3_partitions",
            "glue_partitions",
            "missing_glue_count",
            "table_type_ok",
            "contract_ok",
            "count_src",
            "count_part",
            "count_diff_pct",
            "pk_nulls",
            "pk_dupes",
            "file_issues_sample",
            "checked_at",
            "database",
            "family",
            "data_set",
            "run_id",
            "age_days",
            "up_to_date",
            "comment_ok",
            "location_ok",
            "stale_partitions",
            "buckets",
            "bucket_files",
            "buckets_ok",
            "columns",
            "partition_columns",
            "column_budget_ok",
            "files",
            "bytes",
            "median_file_bytes",
            "small_file_share_pct",
            "file_count_ok",
            "null_rate_findings",
            "errors",
            "warnings");

    private final MonitorReport report;

    MonitorCsv(MonitorReport report) {
        this.report = report;
    }

    String text() {
        List<Map<String, String>> rows =
                report.inspections().stream().map(this::row).toList();
        return CsvText.of(
                HEADER,
                rows.stream().map(row -> HEADER.stream().map(row::get).toList()).toList());
    }

    private Map<String, String> row(TableInspection inspection) {
        ObservedTable table = inspection.table();
        Optional<TableOrigin> origin = table.origin();
        Optional<PartitionAudit> partitions = inspection.partitions();
        Optional<RowCounts> counts = inspection.rows();
        Optional<FileSizes> sizes = inspection.sizes();
        Map<String, String> row = new LinkedHashMap<>();
        row.put("input_source", text(table.entry().map(TableEntry::source).map(source -> source.path())));
        row.put("raw_input_snapshot_dt", text(origin.map(TableOrigin::snapshot)));
        row.put("table", table.id().table().value());
        row.put("location", table.stored().location());
        row.put("s3_partitions", text(partitions.map(PartitionAudit::onStore)));
        row.put("glue_partitions", text(partitions.map(PartitionAudit::inCatalog)));
        row.put("missing_glue_count", text(partitions.map(audit -> audit.missing()
                .size())));
        row.put("table_type_ok", yes(inspection.contract().isExternal()));
        row.put("contract_ok", yes(inspection.contract().holds()));
        row.put("count_src", counts.map(found -> text(found.expected())).orElse(ABSENT));
        row.put("count_part", counts.map(found -> text(found.inFiles())).orElse(ABSENT));
        row.put(
                "count_diff_pct",
                counts.flatMap(RowCounts::differencePercent)
                        .map(MonitorCsv::decimal)
                        .orElse(ABSENT));
        row.put("pk_nulls", text(inspection.keys().map(KeyCheck.KeyCount::nulls)));
        row.put("pk_dupes", text(inspection.keys().map(KeyCheck.KeyCount::duplicates)));
        row.put("file_issues_sample", fileIssues(table));
        row.put("checked_at", report.at().toString());
        row.put("database", table.id().database().value());
        row.put("family", table.family().toString());
        row.put("data_set", text(origin.map(TableOrigin::dataSet)));
        row.put("run_id", text(origin.map(TableOrigin::run)));
        row.put("age_days", text(origin.map(said -> report.freshness().age(said.snapshot()))));
        row.put("up_to_date", yes(table.isUpToDate()));
        row.put("comment_ok", yes(inspection.origin().map(OriginCheck.Origin::comment)));
        row.put("location_ok", yes(inspection.origin().map(OriginCheck.Origin::location)));
        row.put(
                "stale_partitions",
                text(partitions.map(
                        audit -> audit.empty().size() + audit.unwanted().size())));
        row.put(
                "buckets",
                inspection
                        .buckets()
                        .map(BucketCheck.BucketCount::described)
                        .filter(count -> count.isPresent())
                        .map(count -> Integer.toString(count.getAsInt()))
                        .orElse(ABSENT));
        row.put("bucket_files", text(inspection.buckets().map(BucketCheck.BucketCount::files)));
        row.put("buckets_ok", yes(inspection.buckets().map(BucketCheck.BucketCount::holds)));
        row.put("columns", Integer.toString(inspection.columns().data()));
        row.put("partition_columns", Integer.toString(inspection.columns().partition()));
        row.put("column_budget_ok", yes(inspection.columns().fit()));
        row.put("files", text(sizes.map(FileSizes::files)));
        row.put("bytes", text(sizes.map(FileSizes::bytes)));
        row.put("median_file_bytes", text(sizes.map(FileSizes::median)));
        row.put(
                "small_file_share_pct",
                sizes.map(FileSizes::smallPercent).map(MonitorCsv::decimal).orElse(ABSENT));
        row.put("file_count_ok", yes(sizes.map(FileSizes::fit)));
        row.put("null_rate_findings", text(inspection.nullRates().map(rates -> rates.findings()
                .size())));
        row.put("errors", Long.toString(report.count(inspection, Severity.ERROR)));
        row.put("warnings", Long.toString(report.count(inspection, Severity.WARNING)));
        return row;
    }

    private String fileIssues(ObservedTable table) {
        List<String> issues = new ArrayList<>();
        for (Alert alert : report.alerts()) {
            boolean ofFiles = alert.check() == MonitorCheck.FILES
                    || alert.check() == MonitorCheck.BUCKETS
                    || alert.check() == MonitorCheck.SIZES;
            if (ofFiles && alert.subject().equals(table.id().toString())) {
                issues.add(alert.cause());
            }
        }
        return String.join("; ", issues);
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(ABSENT);
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : ABSENT;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String yes(boolean value) {
        return value ? "Yes" : "No";
    }

    private static String yes(Optional<Boolean> value) {
        return value.map(MonitorCsv::yes).orElse(ABSENT);
    }
}
