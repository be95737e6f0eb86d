package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.AssociationRule;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is known of a table with which everything is in order, until a test changes it; the collaboration says nothing. */
final class KnownTable {
    static final String NAME = "part_a";
    static final String ASKER = "444455556666";
    static final String RECEIVER = "777788889999";
    static final CollaborationScope SCOPE =
            new CollaborationScope("m-1", new CatalogName("lake"), new TablePrefix("part_"), "acx_", Set.of());

    private String name = NAME;
    private Answer<Optional<StoredTable>> glue = found(glueTable(List.of("id", "amount"), List.of("id_bucket")));
    private Answer<Optional<ConfiguredTable>> configured = found(configured("c-1", "id", "amount", "id_bucket"));
    private List<ConfiguredTable> otherConfigured = List.of();
    private Answer<Optional<AnalysisRule>> rule = found(rule("CUSTOM", List.of("ANY_QUERY"), List.of(ASKER)));
    private Answer<Optional<Association>> association = found(association("a-1", "acx_part_a", "c-1"));
    private List<Association> otherAssociations = List.of();
    private Answer<Optional<AssociationRule>> associationRule = found(associationRule("CUSTOM", RECEIVER));
    private Answer<Optional<Schema>> schema = absent();
    private Answer<Optional<SchemaRule>> schemaRule = absent();

    static <T> Answer<Optional<T>> found(T value) {
        return Answer.known(Optional.of(value));
    }

    static <T> Answer<Optional<T>> absent() {
        return Answer.known(Optional.empty());
    }

    static <T> Answer<T> unread() {
        return Answer.unknown("ACCESS_DENIED: refused");
    }

    static StoredTable glueTable(List<String> columns, List<String> partitionKeys) {
        return typedGlueTable(strings(columns), strings(partitionKeys));
    }

    static StoredTable typedGlueTable(List<CatalogColumn> columns, List<CatalogColumn> partitionKeys) {
        return new StoredTable(
                TableId.of("lake", NAME),
                "1",
                StoredTable.EXTERNAL,
                StorageFormat.PARQUET,
                "",
                columns,
                partitionKeys,
                "s3://lake/part_a/",
                Optional.empty(),
                Map.of());
    }

    static ConfiguredTable configured(String id, String... columns) {
        return configured(id, NAME, Optional.of(new GlueTable("lake", NAME)), columns);
    }

    static ConfiguredTable configured(String id, String name, Optional<GlueTable> glue, String... columns) {
        return new ConfiguredTable(id, name, glue, List.of(columns), "DIRECT_QUERY", List.of("CUSTOM"));
    }

    static ConfiguredTable configuredWithColumns(int columns) {
        return configured(
                "c-1",
                IntStream.range(0, columns).mapToObj(column -> "c" + column).toArray(String[]::new));
    }

    static AnalysisRule rule(String type, List<String> analyses, List<String> providers) {
        return new AnalysisRule(type, analyses, providers);
    }

    static Association association(String id, String name, String configuredTableId) {
        return new Association(id, name, configuredTableId, List.of("CUSTOM"));
    }

    static AssociationRule associationRule(String type, String... receivers) {
        return new AssociationRule(type, List.of(receivers), List.of());
    }

    static Schema schema(Schema.Status... statuses) {
        return new Schema("acx_part_a", "TABLE", "111122223333", List.of(), List.of(statuses));
    }

    static Schema.Status ready(String analysisType) {
        return new Schema.Status(analysisType, "CUSTOM", "READY", List.of());
    }

    static Schema.Status notReady(String analysisType, String... codes) {
        return new Schema.Status(
                analysisType,
                "CUSTOM",
                "NOT_READY",
                List.of(codes).stream()
                        .map(code -> new Schema.Reason(code, "because of " + code))
                        .toList());
    }

    private static List<CatalogColumn> strings(List<String> names) {
        return names.stream().map(name -> new CatalogColumn(name, "string", "")).toList();
    }

    KnownTable name(String value) {
        name = value;
        return this;
    }

    KnownTable glue(Answer<Optional<StoredTable>> value) {
        glue = value;
        return this;
    }

    KnownTable configured(Answer<Optional<ConfiguredTable>> value) {
        configured = value;
        return this;
    }

    KnownTable otherConfigured(ConfiguredTable... values) {
        otherConfigured = List.of(values);
        return this;
    }

    KnownTable rule(Answer<Optional<AnalysisRule>> value) {
        rule = value;
        return this;
    }

    KnownTable association(Answer<Optional<Association>> value) {
        association = value;
        return this;
    }

    KnownTable otherAssociations(Association... values) {
        otherAssociations = List.of(values);
        return this;
    }

    KnownTable associationRule(Answer<Optional<AssociationRule>> value) {
        associationRule = value;
        return this;
    }

    KnownTable schema(Answer<Optional<Schema>> value) {
        schema = value;
        return this;
    }

    KnownTable schemaRule(Answer<Optional<SchemaRule>> value) {
        schemaRule = value;
        return this;
    }

    TableState state() {
        return new TableState(
                name,
                glue,
                configured,
                otherConfigured,
                rule,
                association,
                otherAssociations,
                associationRule,
                schema,
                schemaRule);
    }

    TableReport report() {
        return TableReport.of(state(), SCOPE);
    }
}
