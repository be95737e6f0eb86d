package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.partitions.PartitionAudit;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.StoredJson;
import com.omc.flywheel.common.quality.NullRates.ColumnRates;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The report as JSON; what is not known is null. */
final class MonitorJson {
    private static final int FORMAT_VERSION = 1;

    private final MonitorReport report;

    MonitorJson(MonitorReport report) {
        this.report = report;
    }

    String text() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("formatVersion", FORMAT_VERSION);
        all.put("at", report.at());
        all.put("options", options());
        all.put("tablesLookedAt", report.tables());
        all.put("errors", report.count(Severity.ERROR));
        all.put("warnings", report.count(Severity.WARNING));
        all.put(
                "criteria",
                report.criteria().stream().map(MonitorJson::criterion).toList());
        all.put("alerts", report.alerts().stream().map(MonitorJson::alert).toList());
        all.put("dataSets", report.dataSets().stream().map(this::dataSet).toList());
        all.put("tables", report.inspections().stream().map(this::table).toList());
        all.put("overlaps", report.overlaps().stream().map(MonitorJson::overlap).toList());
        return new String(new StoredJson().write(all), StandardCharsets.UTF_8);
    }

    private Map<String, Object> options() {
        MonitorOptions options = report.options();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("staged", options.staged().toString());
        json.put("bucketed", options.bucketed().toString());
        json.put("partitioned", options.partitioned().toString());
        json.put("roots", options.roots().stream().map(S3Uri::toString).toList());
        json.put("key", options.key().value());
        json.put("buckets", options.buckets());
        json.put("freshnessDays", options.freshnessDays());
        json.put("countTolerancePct", options.rowTolerance().value());
        json.put("nullRateDriftPct", options.nullRateDrift().value());
        json.put("smallFileBytes", options.files().limit().bytes());
        json.put("smallFileSharePct", options.files().share().value());
        json.put("maxColumns", options.maxColumns());
        json.put("keyChecks", options.keys().name());
        return json;
    }

    private static Map<String, Object> criterion(SuccessCriterion criterion) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", criterion.line());
        json.put("outcome", criterion.outcome().toString());
        json.put("why", criterion.why());
        return json;
    }

    private static Map<String, Object> alert(Alert alert) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", alert.severity().toString());
        json.put("check", alert.check().toString());
        json.put("subject", alert.subject());
        json.put("cause", alert.cause());
        json.put("next", alert.next());
        json.put("refusal", alert.refusal().map(Enum::name).orElse(null));
        return json;
    }

    private Map<String, Object> dataSet(ObservedDataSet dataSet) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("root", dataSet.dataSet().root().toString());
        json.put(
                "lease",
                dataSet.status().map(status -> status.lease().state().name()).orElse(null));
        json.put(
                "unfinishedRuns",
                dataSet.unfinished().stream().map(run -> run.run().toString()).toList());
        json.put(
                "holdsVersions",
                dataSet.status().map(DataSetStatus::holdsVersions).orElse(null));
        json.put(
                "published",
                dataSet.published().stream()
                        .map(manifest -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("snapshot", manifest.snapshotDt());
                            one.put("run", manifest.runId());
                            one.put("job", manifest.job());
                            one.put("ageDays", report.freshness().age(manifest.snapshotDt()));
                            one.put("tables", manifest.tables().size());
                            one.put("rows", manifest.rows());
                            return one;
                        })
                        .toList());
        return json;
    }

    private Map<String, Object> table(TableInspection inspection) {
        ObservedTable table = inspection.table();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", table.id().database().value());
        json.put("table", table.id().table().value());
        json.put("family", table.family().toString());
        json.put("location", table.stored().location());
        json.put(
                "dataSet",
                table.origin().map(origin -> origin.dataSet().toString()).orElse(null));
        json.put("snapshot", table.origin().map(TableOrigin::snapshot).orElse(null));
        json.put("run", table.origin().map(TableOrigin::run).orElse(null));
        json.put(
                "ageDays",
                table.origin()
                        .map(origin -> report.freshness().age(origin.snapshot()))
                        .orElse(null));
        json.put("isUpToDate", table.isUpToDate());
        json.put("tableTypeOk", inspection.contract().isExternal());
        json.put("contractOk", inspection.contract().holds());
        json.put(
                "commentOk",
                inspection.origin().map(OriginCheck.Origin::comment).orElse(null));
        json.put(
                "locationOk",
                inspection.origin().map(OriginCheck.Origin::location).orElse(null));
        json.put("columns", inspection.columns());
        json.put(
                "partitions",
                inspection.partitions().map(MonitorJson::partitions).orElse(null));
        json.put("buckets", inspection.buckets().map(MonitorJson::buckets).orElse(null));
        json.put("files", inspection.sizes().orElse(null));
        json.put("rows", inspection.rows().map(MonitorJson::rows).orElse(null));
        json.put("keys", inspection.keys().map(MonitorJson::keys).orElse(null));
        json.put(
                "nullRatesOf",
                inspection.nullRates().flatMap(rates -> table.snapshotRead()).orElse(null));
        json.put(
                "nullRatesSince",
                inspection.nullRates().flatMap(NullRates::since).orElse(null));
        json.put(
                "nullRates",
                inspection
                        .nullRates()
                        .map(rates -> rates.columns().stream()
                                .map(MonitorJson::column)
                                .toList())
                        .orElse(null));
        json.put("errors", report.count(inspection, Severity.ERROR));
        json.put("warnings", report.count(inspection, Severity.WARNING));
        return json;
    }

    private static Map<String, Object> partitions(PartitionAudit audit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inManifests", audit.wanted());
        json.put("onS3", audit.onStore());
        json.put("inCatalog", audit.inCatalog());
        json.put("missing", audit.missing());
        json.put("elsewhere", audit.elsewhere());
        json.put("withoutFiles", audit.empty());
        json.put("unwanted", audit.unwanted());
        return json;
    }

    private static Map<String, Object> buckets(BucketCheck.BucketCount buckets) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "described",
                buckets.described().isPresent() ? buckets.described().getAsInt() : null);
        json.put("withFiles", buckets.withFiles());
        json.put("files", buckets.files());
        json.put("ok", buckets.holds());
        return json;
    }

    private static Map<String, Object> rows(RowCheck.RowCounts rows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inManifest", orNull(rows.inManifest()));
        json.put("inStaged", orNull(rows.inStaged()));
        json.put("inFiles", orNull(rows.inFiles()));
        return json;
    }

    private static Map<String, Object> keys(KeyCheck.KeyCount keys) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nulls", keys.nulls());
        json.put("duplicates", keys.duplicates());
        json.put("distinct", keys.scanned().map(TableKeys::distinctKeys).orElse(null));
        json.put("by", keys.scanned().isPresent() ? "scan" : "manifest");
        return json;
    }

    private static Map<String, Object> column(ColumnRates column) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("column", column.column());
        json.put("change", column.change().name());
        json.put("rowsBefore", column.before().map(NullCount::rows).orElse(null));
        json.put(
                "nullsBefore",
                column.before().map(count -> orNull(count.nulls())).orElse(null));
        json.put("rows", column.now().map(NullCount::rows).orElse(null));
        json.put("nulls", column.now().map(count -> orNull(count.nulls())).orElse(null));
        json.put("nullPctBefore", orNull(column.percentBefore()));
        json.put("nullPct", orNull(column.percentNow()));
        return json;
    }

    private static Map<String, Object> overlap(OverlapCheck.TableOverlap overlap) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("addressable", overlap.addressable());
        json.put("attributes", overlap.attributes());
        json.put("addressableIds", overlap.ids().left());
        json.put("attributeIds", overlap.ids().right());
        json.put("both", overlap.ids().both());
        return json;
    }

    private static Object orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Object orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
