package com.omc.flywheel.sequence.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.cleanrooms.model.AnalysisMethod;
import software.amazon.awssdk.services.cleanrooms.model.AnalysisRule;
import software.amazon.awssdk.services.cleanrooms.model.AnalysisRuleCustom;
import software.amazon.awssdk.services.cleanrooms.model.AnalysisRuleType;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTable;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableAnalysisRuleType;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableAssociationAnalysisRuleType;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableAssociationSummary;
import software.amazon.awssdk.services.cleanrooms.model.ConfiguredTableSummary;
import software.amazon.awssdk.services.cleanrooms.model.IdMappingTable;
import software.amazon.awssdk.services.cleanrooms.model.IdMappingTableInputSource;
import software.amazon.awssdk.services.cleanrooms.model.IdNamespaceAssociationSummary;
import software.amazon.awssdk.services.cleanrooms.model.MembershipStatus;
import software.amazon.awssdk.services.cleanrooms.model.MembershipSummary;
import software.amazon.awssdk.services.cleanrooms.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cleanrooms.model.Schema;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatus;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatusDetail;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatusReason;
import software.amazon.awssdk.services.cleanrooms.model.SchemaStatusReasonCode;
import software.amazon.awssdk.services.cleanrooms.model.SchemaSummary;
import software.amazon.awssdk.services.cleanrooms.model.SchemaType;
import software.amazon.awssdk.services.entityresolution.model.GetIdNamespaceResponse;
import software.amazon.awssdk.services.entityresolution.model.SchemaAttributeType;

/** The committed recordings tell one story, and it has the cases that their README names. */
@Timeout(120)
class RecordedWorldTest {
    private static final String DATABASE = "flywheel_local";
    private static final String PREFIX = "part_";
    private static final String ACCOUNT = "111122223333";

    private static RecordedServer server;
    private static List<ConfiguredTableSummary> tables;
    private static List<ConfiguredTableAssociationSummary> associations;
    private static List<Schema> schemas;

    @BeforeAll
    static void read() {
        server = RecordedServer.start();
        tables = server.cleanRooms().listConfiguredTablesPaginator(request -> {}).configuredTableSummaries().stream()
                .toList();
        associations = server
                .cleanRooms()
                .listConfiguredTableAssociationsPaginator(
                        request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP))
                .configuredTableAssociationSummaries()
                .stream()
                .toList();
        schemas = server
                .cleanRooms()
                .listSchemasPaginator(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION))
                .schemaSummaries()
                .stream()
                .map(RecordedWorldTest::schema)
                .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hasATableForEveryReasonNotToBeReady() {
        Map<SchemaStatusReasonCode, Set<String>> byReason = new TreeMap<>();
        for (Schema schema : schemas) {
            for (SchemaStatusDetail detail : schema.schemaStatusDetails()) {
                for (SchemaStatusReason reason : detail.reasons()) {
                    assertThat(reason.message()).isNotBlank();
                    byReason.computeIfAbsent(reason.code(), code -> new TreeSet<>())
                            .add(schema.name());
                }
                assertThat(detail.hasReasons()).as(schema.name()).isEqualTo(detail.status() == SchemaStatus.NOT_READY);
            }
        }
        assertThat(byReason.keySet()).isEqualTo(SchemaStatusReasonCode.knownValues());
    }

    @Test
    void hasTablesThatAreReady() {
        assertThat(schemas.stream()
                        .filter(schema -> schema.type() == SchemaType.TABLE)
                        .filter(schema -> schema.schemaStatusDetails().stream()
                                .allMatch(detail -> detail.status() == SchemaStatus.READY))
                        .map(Schema::name))
                .contains("acx_part_ibe_01", "acx_part_miacs_02_a", "part_miacs_02", "acx_part_n_a", "amc_events");
    }

    @Test
    void hasMembershipsInEachStateOfInterest() {
        assertThat(server.cleanRooms().listMembershipsPaginator(request -> {}).membershipSummaries().stream()
                        .collect(Collectors.toMap(MembershipSummary::id, MembershipSummary::status)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        RecordedServer.MEMBERSHIP, MembershipStatus.ACTIVE,
                        RecordedServer.EMPTY_MEMBERSHIP, MembershipStatus.ACTIVE,
                        RecordedServer.REMOVED_MEMBERSHIP, MembershipStatus.REMOVED));
        assertThat(server.cleanRooms()
                        .listConfiguredTableAssociations(
                                request -> request.membershipIdentifier(RecordedServer.EMPTY_MEMBERSHIP))
                        .configuredTableAssociationSummaries())
                .isEmpty();
    }

    @Test
    void configuresTablesWithColumnsOfTheMapping() throws IOException {
        Map<String, Set<String>> mapping = mapping();
        Map<String, Set<String>> missing = new TreeMap<>();
        Map<String, Set<String>> unknown = new TreeMap<>();
        for (ConfiguredTableSummary summary : tables) {
            ConfiguredTable table = table(summary);
            assertThat(table.name()).isEqualTo(summary.name());
            assertThat(table.analysisRuleTypes()).isEqualTo(summary.analysisRuleTypes());
            assertThat(table.tableReference().glue().databaseName()).isEqualTo(DATABASE);
            assertThat(table.tableReference().glue().tableName())
                    .isEqualTo(table.name())
                    .startsWith(PREFIX);
            Set<String> columns = mapping.get(table.name().substring(PREFIX.length()));
            assertThat(columns).as(table.name()).isNotNull();
            put(missing, table.name(), difference(columns, table.allowedColumns()));
            put(unknown, table.name(), difference(table.allowedColumns(), columns));
            assertThat(table.allowedColumns()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(100);
        }
        assertThat(missing).containsOnlyKeys("part_ibe_02_a");
        assertThat(missing.get("part_ibe_02_a")).hasSize(5);
        assertThat(unknown).isEqualTo(Map.of("part_ibe_03", Set.of("ibe0000_retired")));
        assertThat(table(named("part_miacs_02_a")).allowedColumns()).hasSize(100);
        assertThat(table(named("part_ibe_02")).analysisMethod()).isEqualTo(AnalysisMethod.MULTIPLE);
    }

    @Test
    void hasOneTableConfiguredTwiceAndOneAssociatedTwice() {
        assertThat(repeated(tables, ConfiguredTableSummary::name)).containsExactly("part_miacs_03");
        assertThat(tables).extracting(ConfiguredTableSummary::id).doesNotHaveDuplicates();
        assertThat(repeated(associations, ConfiguredTableAssociationSummary::configuredTableId))
                .containsExactly(named("part_miacs_02_b").id());
        assertThat(associations)
                .extracting(ConfiguredTableAssociationSummary::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void associatesEveryTableButTwoUnderItsNameButOne() {
        Map<String, String> names = new HashMap<>();
        tables.forEach(table -> names.put(table.id(), table.name()));
        Set<String> wrong = new TreeSet<>();
        for (ConfiguredTableAssociationSummary association : associations) {
            String table = names.remove(association.configuredTableId());
            if (table != null && !association.name().equals("acx_" + table)) {
                wrong.add(association.name());
            }
        }
        assertThat(wrong).containsExactly("part_miacs_02");
        // The second configuration of a table that has two, and one that nobody associated.
        assertThat(names.values()).containsExactlyInAnyOrder("part_miacs_03", "part_miacs_01_a");
    }

    @Test
    void hasAnalysisRulesThatAllowTooLittle() {
        Set<String> withoutRule = new TreeSet<>();
        Set<String> withoutProviders = new TreeSet<>();
        Set<String> withoutAnalyses = new TreeSet<>();
        for (ConfiguredTableSummary table : tables) {
            if (table.analysisRuleTypes().isEmpty()) {
                withoutRule.add(table.name());
                continue;
            }
            AnalysisRuleCustom rule = server.cleanRooms()
                    .getConfiguredTableAnalysisRule(request -> request.configuredTableIdentifier(table.id())
                            .analysisRuleType(ConfiguredTableAnalysisRuleType.CUSTOM))
                    .analysisRule()
                    .policy()
                    .v1()
                    .custom();
            if (rule.hasAllowedAnalysisProviders()
                    && rule.allowedAnalysisProviders().isEmpty()) {
                withoutProviders.add(table.name());
            }
            if (rule.allowedAnalyses().isEmpty()) {
                withoutAnalyses.add(table.name());
            }
        }
        assertThat(withoutRule).containsExactly("part_ibe_03_a");
        assertThat(withoutProviders).containsExactly("part_ibe_04_a", "part_new_borrowers");
        assertThat(withoutAnalyses).containsExactly("part_ibe_04");
    }

    @Test
    void hasAssociationRulesThatAllowTooLittle() {
        Set<String> withoutRule = new TreeSet<>();
        Set<String> ofAnotherType = new TreeSet<>();
        Set<String> withoutReceivers = new TreeSet<>();
        for (ConfiguredTableAssociationSummary association : associations) {
            if (association.analysisRuleTypes().isEmpty()) {
                withoutRule.add(association.name());
            } else if (!association.analysisRuleTypesAsStrings().equals(List.of("CUSTOM"))) {
                ofAnotherType.add(association.name());
            } else if (receivers(association).isEmpty()) {
                withoutReceivers.add(association.name());
            }
        }
        assertThat(withoutRule).containsExactly("acx_part_ibe_03_a", "acx_part_ibe_05_a");
        assertThat(ofAnotherType).containsExactly("acx_part_miacs_01");
        assertThat(withoutReceivers).containsExactly("acx_part_ibe_06_a", "acx_part_new_borrowers");
    }

    @Test
    void hasASchemaForEveryAssociationAndThoseOfOthers() {
        Set<String> ours = schemas.stream()
                .filter(schema -> schema.type() == SchemaType.TABLE)
                .filter(schema -> schema.creatorAccountId().equals(ACCOUNT))
                .map(Schema::name)
                .collect(Collectors.toSet());
        assertThat(ours)
                .isEqualTo(associations.stream()
                        .map(ConfiguredTableAssociationSummary::name)
                        .collect(Collectors.toSet()));
        assertThat(schemas).extracting(Schema::name).contains("amc_events", "adv_id_mapping");
        assertThat(schemas).extracting(Schema::type).contains(SchemaType.TABLE, SchemaType.ID_MAPPING_TABLE);
    }

    @Test
    void consolidatesThePoliciesOfTableAndAssociation() {
        Set<String> notConsolidated = new TreeSet<>();
        for (ConfiguredTableAssociationSummary association : associations) {
            Optional<AnalysisRule> rule = schemaRule(association.name());
            if (rule.isEmpty()) {
                continue;
            }
            if (rule.get().consolidatedPolicy() == null) {
                notConsolidated.add(association.name());
                continue;
            }
            assertThat(rule.get().consolidatedPolicy().v1().custom().allowedResultReceivers())
                    .as(association.name())
                    .isEqualTo(receivers(association))
                    .isEqualTo(rule.get().collaborationPolicy().v1().custom().allowedResultReceivers());
        }
        assertThat(notConsolidated).containsExactly("acx_part_ibe_01_a", "acx_part_ibe_05_a", "acx_part_miacs_01");
    }

    @Test
    void mapsIdentifiersBetweenTwoNamespaces() {
        List<IdNamespaceAssociationSummary> namespaces = server.cleanRooms()
                .listIdNamespaceAssociations(request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP))
                .idNamespaceAssociationSummaries();
        assertThat(namespaces)
                .extracting(namespace -> namespace.inputReferenceProperties().idNamespaceTypeAsString())
                .containsExactly("SOURCE", "TARGET");
        String mapping = server.cleanRooms()
                .listIdMappingTables(request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP))
                .idMappingTableSummaries()
                .get(0)
                .id();
        IdMappingTable table = server.cleanRooms()
                .getIdMappingTable(request ->
                        request.membershipIdentifier(RecordedServer.MEMBERSHIP).idMappingTableIdentifier(mapping))
                .idMappingTable();
        assertThat(table.inputReferenceProperties().idMappingTableInputSource())
                .extracting(IdMappingTableInputSource::idNamespaceAssociationId)
                .isEqualTo(namespaces.stream()
                        .map(IdNamespaceAssociationSummary::id)
                        .toList());
        for (IdNamespaceAssociationSummary namespace : namespaces) {
            String arn = namespace.inputReferenceConfig().inputReferenceArn();
            GetIdNamespaceResponse found = server.entityResolution()
                    .getIdNamespace(request -> request.idNamespaceName(arn.substring(arn.lastIndexOf('/') + 1)));
            assertThat(found.idNamespaceArn()).isEqualTo(arn);
            assertThat(found.typeAsString())
                    .isEqualTo(namespace.inputReferenceProperties().idNamespaceTypeAsString());
            assertThat(server.entityResolution()
                            .getSchemaMapping(request -> request.schemaName(
                                    found.inputSourceConfig().get(0).schemaName()))
                            .mappedInputFields())
                    .anySatisfy(field -> assertThat(field.type()).isEqualTo(SchemaAttributeType.UNIQUE_ID));
        }
    }

    @Test
    void namesNoAccountButPlaceholders() throws IOException {
        Set<String> accounts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(RecordedServer.RECORDED)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher account =
                        Pattern.compile("(?<![0-9a-f-])\\d{12}(?!\\d)").matcher(Files.readString(file));
                while (account.find()) {
                    accounts.add(account.group());
                }
            }
        }
        // All of them appear in the examples of AWS's own documentation.
        assertThat(accounts)
                .containsExactly("111122223333", "123456789012", "210987654321", "444455556666", "777788889999");
    }

    private static Schema schema(SchemaSummary summary) {
        Schema schema = server.cleanRooms()
                .getSchema(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION)
                        .name(summary.name()))
                .schema();
        assertThat(schema.typeAsString()).isEqualTo(summary.typeAsString());
        assertThat(schema.creatorAccountId()).isEqualTo(summary.creatorAccountId());
        return schema;
    }

    private static ConfiguredTable table(ConfiguredTableSummary summary) {
        return server.cleanRooms()
                .getConfiguredTable(request -> request.configuredTableIdentifier(summary.id()))
                .configuredTable();
    }

    private static ConfiguredTableSummary named(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> receivers(ConfiguredTableAssociationSummary association) {
        return server.cleanRooms()
                .getConfiguredTableAssociationAnalysisRule(
                        request -> request.membershipIdentifier(RecordedServer.MEMBERSHIP)
                                .configuredTableAssociationIdentifier(association.id())
                                .analysisRuleType(ConfiguredTableAssociationAnalysisRuleType.CUSTOM))
                .analysisRule()
                .policy()
                .v1()
                .custom()
                .allowedResultReceivers();
    }

    private static Optional<AnalysisRule> schemaRule(String name) {
        try {
            return Optional.of(server.cleanRooms()
                    .getSchemaAnalysisRule(request -> request.collaborationIdentifier(RecordedServer.COLLABORATION)
                            .name(name)
                            .type(AnalysisRuleType.CUSTOM))
                    .analysisRule());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The columns of each table, by its name in lower case. */
    private static Map<String, Set<String>> mapping() throws IOException {
        Path file = RecordedServer.RECORDED.resolveSibling("mapping/omc_flywheel_infobase_table_split_lowercase.csv");
        Map<String, Set<String>> columns = new TreeMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            // Only later fields are ever quoted.
            String[] fields = line.split(",", 3);
            columns.computeIfAbsent(fields[0].toLowerCase(Locale.ROOT), table -> new LinkedHashSet<>())
                    .add(fields[1]);
        }
        return columns;
    }

    private static void put(Map<String, Set<String>> found, String table, Set<String> columns) {
        if (!columns.isEmpty()) {
            found.put(table, columns);
        }
    }

    private static Set<String> difference(Iterable<String> all, Collection<String> without) {
        Set<String> rest = new TreeSet<>();
        all.forEach(rest::add);
        rest.removeAll(without);
        return rest;
    }

    private static <T> Set<String> repeated(List<T> list, Function<T, String> key) {
        Set<String> seen = new TreeSet<>();
        return list.stream().map(key).filter(value -> !seen.add(value)).collect(Collectors.toCollection(TreeSet::new));
    }
}
