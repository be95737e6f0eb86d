package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.ViewDefinition;
import software.amazon.awssdk.services.glue.model.ViewDefinitionInput;
import software.amazon.awssdk.services.glue.model.ViewRepresentation;
import software.amazon.awssdk.services.glue.model.ViewRepresentationInput;

/** Tables and partitions in the words of Glue, and back. */
final class GlueTables {
    // What Athena and Hive write for a table without buckets; Glue itself has no rule.
    private static final int NO_BUCKETS = -1;
    // AWS Glue API reference, Order: SortOrder.
    private static final int ASCENDING = 1;
    private static final String OF_SPARK = "spark.sql.sources.";
    private static final String SERIALIZATION_FORMAT = "serialization.format";
    // "Bucketing", Amazon Athena user guide: Hive's first hash, and that it is Hive's and not Spark's.
    private static final Map<String, String> BUCKETING = Map.of("bucketing_version", "1", "bucketing_format", "hive");

    private GlueTables() {}

    /** A table as Glue tells of it: whatever may be missing there is empty here. */
    static StoredTable stored(TableId id, Table table) {
        StorageDescriptor storage = storageOf(table);
        return new StoredTable(
                id,
                text(table.versionId()),
                text(table.tableType()),
                format(storage),
                text(table.description()),
                columns(storage.columns()),
                columns(table.partitionKeys()),
                text(storage.location()),
                buckets(storage),
                table.parameters());
    }

    static StoredPartition stored(Partition partition) {
        StorageDescriptor storage = orEmpty(partition.storageDescriptor());
        return new StoredPartition(partition.values(), text(storage.location()), format(storage));
    }

    /** A new table. */
    static TableInput created(CatalogName name, TableDefinition definition) {
        return TableInput.builder()
                .name(name.value())
                .description(definition.description())
                .tableType(StoredTable.EXTERNAL)
                .partitionKeys(columns(definition.partitionKeys(), Map.of()))
                .storageDescriptor(
                        storage(StorageDescriptor.builder().build(), definition, columnsOf(definition, Map.of())))
                .parameters(parameters(definition))
                .build();
    }

    /**
     * A table with another definition and everything else as it is. UpdateTable replaces the whole table, so what is not
     * copied here is lost; what Glue alone writes (its creation, its version and so on) is no part of the input.
     */
    static TableInput changed(Table table, TableDefinition definition) {
        Map<String, Column> present = presentColumns(table);
        return TableInput.builder()
                .name(table.name())
                .description(definition.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(storage(storageOf(table), definition, columnsOf(definition, present)))
                .partitionKeys(columns(definition.partitionKeys(), present))
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(StoredTable.EXTERNAL)
                .parameters(changedParameters(table, definition))
                .targetTable(table.targetTable())
                .viewDefinition(table.viewDefinition() == null ? null : input(table.viewDefinition()))
                .build();
    }

    static PartitionInput partition(PartitionDefinition definition) {
        return PartitionInput.builder()
                .values(definition.values())
                .storageDescriptor(parquet(StorageDescriptor.builder().build(), definition.location())
                        .columns(columns(definition.columns(), Map.of()))
                        .numberOfBuckets(NO_BUCKETS)
                        .build())
                .build();
    }

    /** The parameters of a table of ours: those that every one has, and those of its definition. */
    static Map<String, String> parameters(TableDefinition definition) {
        Map<String, String> parameters = new TreeMap<>(Map.of("EXTERNAL", "TRUE", "classification", "parquet"));
        if (definition.buckets().isPresent()) {
            parameters.putAll(BUCKETING);
        }
        parameters.putAll(definition.parameters());
        return parameters;
    }

    /**
     * The parameters of a table that gets this definition: those of others stay, but for words on buckets that are gone, and
     * for the schema and place that Spark's saveAsTable wrote, which Spark would go by instead of the table's own (Spark 3.5,
     * {@code HiveExternalCatalog}).
     */
    static Map<String, String> parameters(StoredTable table, TableDefinition definition) {
        Map<String, String> parameters = new TreeMap<>(table.parameters());
        if (table.buckets().isPresent() && definition.buckets().isEmpty()) {
            parameters.keySet().removeAll(BUCKETING.keySet());
        }
        parameters.keySet().removeIf(name -> name.startsWith(OF_SPARK));
        parameters.putAll(parameters(definition));
        return parameters;
    }

    /** True when readers take buckets for Hive's first ones; where a table says nothing, they do. */
    static boolean saysHiveBuckets(Map<String, String> parameters) {
        return BUCKETING.entrySet().stream()
                .allMatch(word ->
                        parameters.getOrDefault(word.getKey(), word.getValue()).equals(word.getValue()));
    }

    private static Map<String, String> changedParameters(Table table, TableDefinition definition) {
        // The name is of no account here, and need not be one that our type takes.
        return parameters(stored(TableId.of("any", "any"), table), definition);
    }

    private static StorageDescriptor storage(
            StorageDescriptor present, TableDefinition definition, List<Column> columns) {
        StorageDescriptor.Builder storage =
                parquet(present, definition.location()).columns(columns);
        Optional<Buckets> buckets = definition.buckets();
        return storage.numberOfBuckets(buckets.map(Buckets::count).orElse(NO_BUCKETS))
                .bucketColumns(buckets.stream().map(Buckets::column).toList())
                .sortColumns(buckets.stream()
                        .map(placed -> Order.builder()
                                .column(placed.column())
                                .sortOrder(ASCENDING)
                                .build())
                        .toList())
                .build();
    }

    private static StorageDescriptor.Builder parquet(StorageDescriptor present, S3Uri location) {
        SerDeInfo serde = present.serdeInfo() == null ? SerDeInfo.builder().build() : present.serdeInfo();
        Map<String, String> parameters = new HashMap<>(serde.parameters());
        parameters.putIfAbsent(SERIALIZATION_FORMAT, "1");
        return present.toBuilder()
                .location(location.toString())
                .inputFormat(StorageFormat.PARQUET.inputFormat())
                .outputFormat(StorageFormat.PARQUET.outputFormat())
                .serdeInfo(serde.toBuilder()
                        .serializationLibrary(StorageFormat.PARQUET.serde())
                        .parameters(parameters)
                        .build());
    }

    private static ViewDefinitionInput input(ViewDefinition view) {
        return ViewDefinitionInput.builder()
                .isProtected(view.isProtected())
                .definer(view.definer())
                .subObjects(view.subObjects())
                .representations(
                        view.representations().stream().map(GlueTables::input).toList())
                .build();
    }

    private static ViewRepresentationInput input(ViewRepresentation representation) {
        return ViewRepresentationInput.builder()
                .dialect(representation.dialectAsString())
                .dialectVersion(representation.dialectVersion())
                .viewOriginalText(representation.viewOriginalText())
                .viewExpandedText(representation.viewExpandedText())
                .validationConnection(representation.validationConnection())
                .build();
    }

    private static Map<String, Column> presentColumns(Table table) {
        Map<String, Column> present = new HashMap<>();
        storageOf(table).columns().forEach(column -> present.put(column.name(), column));
        table.partitionKeys().forEach(column -> present.put(column.name(), column));
        return present;
    }

    private static List<Column> columnsOf(TableDefinition definition, Map<String, Column> present) {
        return columns(definition.columns(), present);
    }

    private static List<Column> columns(List<CatalogColumn> columns, Map<String, Column> present) {
        return columns.stream()
                .map(column -> (present.containsKey(column.name())
                                ? present.get(column.name()).toBuilder()
                                : Column.builder().name(column.name()))
                        .type(column.type())
                        .comment(column.comment().isEmpty() ? null : column.comment())
                        .build())
                .toList();
    }

    private static List<CatalogColumn> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> new CatalogColumn(column.name(), text(column.type()), text(column.comment())))
                .toList();
    }

    private static Optional<Buckets> buckets(StorageDescriptor storage) {
        // Several columns are nothing that a definition of ours can have; one text of all of them differs from each.
        return Optional.ofNullable(storage.numberOfBuckets())
                .filter(count -> count > 0)
                .map(count -> new Buckets(String.join(",", storage.bucketColumns()), count));
    }

    private static StorageFormat format(StorageDescriptor storage) {
        return new StorageFormat(
                text(storage.inputFormat()),
                text(storage.outputFormat()),
                storage.serdeInfo() == null ? "" : text(storage.serdeInfo().serializationLibrary()));
    }

    private static StorageDescriptor storageOf(Table table) {
        return orEmpty(table.storageDescriptor());
    }

    private static StorageDescriptor orEmpty(StorageDescriptor storage) {
        return storage == null ? StorageDescriptor.builder().build() : storage;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
