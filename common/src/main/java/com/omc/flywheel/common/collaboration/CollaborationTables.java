package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.report.CsvText;
import com.omc.flywheel.common.report.ReportContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The report for spreadsheets: the files, columns and spellings of the reports before this program, since programs parse
 * them. What is not there is {@code N/A}, what could not be read {@code Not read}.
 */
final class CollaborationTables {
    private static final String ABSENT = "N/A";
    private static final String UNREAD = "Not read";
    private static final String DEFAULT_METHOD = "rule-based";
    private static final List<String> TABLES = List.of(
            "collaboration_name",
            "table_name",
            "glue_exists",
            "glue_column_count",
            "glue_partition_keys",
            "configured_table_exists",
            "configured_table_id",
            "configured_table_name",
            "allowed_columns_count",
            "analysis_method",
            "analysis_rule_exists",
            "Allowed Analyses for Query",
            "association_exists",
            "association_name",
            "collaboration_rule_exists",
            "in_collaboration",
            "ready_for_analysis");
    private static final List<String> IDENTITIES = List.of(
            "collaboration_name",
            "id namespace",
            "Id namespace method",
            "source db",
            "region",
            "table",
            "schema mapping",
            "unique id",
            "input field",
            "matchkey");

    private final CollaborationReport report;
    private final AccountLabels labels;
    private final String collaboration;

    CollaborationTables(CollaborationReport report, AccountLabels labels) {
        this.report = report;
        this.labels = labels;
        this.collaboration = cell(report.state().membership(), Membership::collaborationName);
    }

    List<ReportContent.Table> render() {
        return List.of(
                new ReportContent.Table(
                        "Tables",
                        CsvText.of(
                                TABLES, report.tables().stream().map(this::row).toList())),
                new ReportContent.Table("IdentityResolution", CsvText.of(IDENTITIES, identities())));
    }

    private List<String> row(TableReport table) {
        TableState found = table.state();
        Verdict verdict = table.readiness().verdict();
        return List.of(
                collaboration,
                table.name(),
                exists(found.glue()),
                part(found.glue(), glue -> Integer.toString(glue.columns().size())),
                part(found.glue(), glue -> glue.partitionKeys().stream()
                        .map(CatalogColumn::name)
                        .collect(Collectors.joining(", "))),
                exists(found.configured()),
                part(found.configured(), ConfiguredTable::id),
                part(found.configured(), ConfiguredTable::name),
                part(
                        found.configured(),
                        one -> one.isRead()
                                ? Integer.toString(one.allowedColumns().size())
                                : UNREAD),
                part(found.configured(), one -> one.isRead() ? one.analysisMethod() : UNREAD),
                exists(found.rule()),
                part(found.rule(), this::providers),
                exists(found.association()),
                part(found.association(), Association::name),
                exists(found.associationRule()),
                exists(found.association()),
                verdict == Verdict.UNKNOWN ? UNREAD : yes(verdict == Verdict.READY));
    }

    private String providers(AnalysisRule rule) {
        return rule.allowedProviders().stream().map(labels::describe).collect(Collectors.joining(", "));
    }

    private List<List<String>> identities() {
        Answer<List<IdNamespace>> namespaces = report.state().idNamespaces();
        if (!namespaces.isKnown()) {
            return List.of(unread(collaboration));
        }
        List<List<String>> rows = new ArrayList<>();
        for (IdNamespace namespace : namespaces.orElse(List.of())) {
            if (!namespace.isRead()) {
                rows.add(unread(collaboration, namespace.name()));
                continue;
            }
            List<IdNamespace.Source> sources =
                    namespace.sources().isEmpty() ? List.of(new IdNamespace.Source("", "")) : namespace.sources();
            sources.forEach(source -> rows.addAll(fields(namespace, source)));
        }
        return rows;
    }

    private List<List<String>> fields(IdNamespace namespace, IdNamespace.Source source) {
        Answer<Optional<SchemaMapping>> mapping = report.state()
                .schemaMappings()
                .map(all -> all.stream()
                        .filter(one -> one.name().equals(source.schemaName()))
                        .findFirst())
                .then(found ->
                        found.stream().allMatch(SchemaMapping::isRead) ? Answer.known(found) : Answer.unknown(UNREAD));
        GlueArn table = GlueArn.of(source.arn());
        List<String> common = List.of(
                collaboration,
                orAbsent(namespace.name()),
                method(namespace),
                orAbsent(table.database()),
                orAbsent(table.region()),
                orAbsent(table.table()),
                orAbsent(source.schemaName().toLowerCase(Locale.ROOT)),
                part(mapping, one -> one.uniqueId().orElse(ABSENT)));
        List<SchemaMapping.Field> fields = mapping.orElse(Optional.empty()).stream()
                .flatMap(one -> one.fields().stream())
                .filter(field -> !field.isUniqueId())
                .toList();
        if (fields.isEmpty()) {
            String none = mapping.isKnown() ? ABSENT : UNREAD;
            return List.of(with(common, none, none));
        }
        return fields.stream()
                .map(field -> with(common, orAbsent(field.name()), orAbsent(field.matchKey())))
                .toList();
    }

    private static String method(IdNamespace namespace) {
        return namespace.methods().stream()
                .findFirst()
                .map(method -> method.toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse(DEFAULT_METHOD);
    }

    private static List<String> unread(String... known) {
        List<String> row = new ArrayList<>(List.of(known));
        row.addAll(Collections.nCopies(IDENTITIES.size() - known.length, UNREAD));
        return row;
    }

    private static List<String> with(List<String> cells, String... more) {
        List<String> row = new ArrayList<>(cells);
        row.addAll(List.of(more));
        return row;
    }

    private static <T> String exists(Answer<Optional<T>> answer) {
        return cell(answer, found -> yes(found.isPresent()));
    }

    private static <T> String part(Answer<Optional<T>> answer, Function<T, String> part) {
        return cell(
                answer,
                found -> found.map(part).map(CollaborationTables::orAbsent).orElse(ABSENT));
    }

    private static <T> String cell(Answer<T> answer, Function<T, String> text) {
        return answer.map(text).orElse(UNREAD);
    }

    private static String orAbsent(String text) {
        return text.isBlank() ? ABSENT : text;
    }

    private static String yes(boolean is) {
        return is ? "Yes" : "No";
    }
}
