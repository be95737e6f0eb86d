package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.AssociationRule;
import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import com.omc.flywheel.common.cleanrooms.SchemaSummary;
import com.omc.flywheel.common.entityresolution.EntityResolution;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the catalog and the services for everything that a report says; nothing that it asks changes anything. */
public final class CollaborationReader {
    private final TableCatalog catalog;
    private final CleanRooms cleanRooms;
    private final EntityResolution entityResolution;
    private final Progress progress;
    private final CollaborationScope scope;
    private final Questions questions = new Questions();

    public CollaborationReader(
            TableCatalog catalog,
            CleanRooms cleanRooms,
            EntityResolution entityResolution,
            Progress progress,
            CollaborationScope scope) {
        this.catalog = catalog;
        this.cleanRooms = cleanRooms;
        this.entityResolution = entityResolution;
        this.progress = progress;
        this.scope = scope;
    }

    /**
     * Reads everything. What cannot be read is part of the answer.
     *
     * @param earlier gives the report to compare with
     */
    public CollaborationState read(Supplier<Optional<EarlierReport>> earlier) {
        String id = scope.membershipId();
        Answer<Membership> membership = questions.ask("the membership " + id, () -> cleanRooms.membership(id));
        Answer<List<SchemaSummary>> schemas = membership.then(known ->
                questions.ask("the tables of the collaboration", () -> cleanRooms.schemas(known.collaborationId())));
        Answer<List<Schema>> statuses = membership.then(known -> schemas.then(all -> statuses(known, all)));
        Answer<List<ConfiguredTable>> configured = configured();
        Answer<List<Association>> associations =
                questions.ask("the associations of the membership", () -> cleanRooms.associations(id));
        Answer<List<StoredTable>> glue = questions.ask(
                "the tables %s* of the database %s".formatted(scope.prefix(), scope.database()),
                () -> catalog.list(scope.database(), scope.prefix()));
        List<TableState> tables = tables(glue, configured, associations, membership, statuses);
        return new CollaborationState(
                membership,
                membership.then(known -> questions.ask(
                        "the members of the collaboration", () -> cleanRooms.members(known.collaborationId()))),
                schemas,
                statuses,
                glue,
                configured,
                associations,
                questions.ask(
                        "the id namespace associations of the membership",
                        () -> cleanRooms.idNamespaceAssociations(id)),
                questions.ask("the id mapping tables of the membership", () -> cleanRooms.idMappingTables(id)),
                questions.ask(
                        "the privacy budget templates of the membership", () -> cleanRooms.privacyBudgetTemplates(id)),
                idNamespaces(),
                schemaMappings(),
                questions.ask("the report to compare with", earlier),
                tables,
                questions.unread());
    }

    private Answer<List<Schema>> statuses(Membership membership, List<SchemaSummary> schemas) {
        return questions.ask(
                "how ready the tables of the collaboration are",
                () -> cleanRooms.schemas(
                        membership.collaborationId(),
                        schemas.stream().map(SchemaSummary::name).toList()));
    }

    /** One that cannot be read hides its columns alone: its name and what refers to it are known from the list. */
    private Answer<List<ConfiguredTable>> configured() {
        return questions
                .ask("the configured tables of the account", cleanRooms::configuredTables)
                .map(summaries -> summaries.stream().map(this::configured).toList());
    }

    private ConfiguredTable configured(ConfiguredTableSummary summary) {
        return questions
                .ask(
                        "the configured table",
                        "%s (%s)".formatted(summary.name(), summary.id()),
                        () -> cleanRooms.configuredTable(summary.id()))
                .orElse(ConfiguredTable.unread(summary));
    }

    private List<TableState> tables(
            Answer<List<StoredTable>> glue,
            Answer<List<ConfiguredTable>> configured,
            Answer<List<Association>> associations,
            Answer<Membership> membership,
            Answer<List<Schema>> statuses) {
        List<TableState> tables = new ArrayList<>();
        SortedSet<String> names = names(glue, configured, associations);
        progress.phase("asking for %d tables".formatted(names.size()), names.size());
        for (String name : names) {
            tables.add(table(name, glue, configured, associations, membership, statuses));
            progress.step(name);
        }
        tables.sort(Comparator.comparing((TableState table) -> !table.isAssociated())
                .thenComparing(TableState::name));
        return tables;
    }

    /** Tables of the catalog, and tables that are configured and that the catalog has no more. */
    private SortedSet<String> names(
            Answer<List<StoredTable>> glue,
            Answer<List<ConfiguredTable>> configured,
            Answer<List<Association>> associations) {
        Stream<String> described =
                glue.orElse(List.of()).stream().map(table -> table.id().table().value());
        Set<String> associated = associations.orElse(List.of()).stream()
                .map(Association::configuredTableId)
                .collect(Collectors.toSet());
        Stream<String> referred = configured.orElse(List.of()).stream()
                .flatMap(table -> tableOf(table, associated).stream())
                .filter(name -> name.startsWith(scope.prefix().value()));
        return Stream.concat(described, referred)
                .filter(name -> !scope.excluded().contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The table that a configured table is for; empty when it is none of the scope. One that refers elsewhere is no matter of
     * this report, such as that of another stage in the same account, unless it is in this collaboration.
     */
    private Optional<String> tableOf(ConfiguredTable table, Set<String> associated) {
        return table.glueTable()
                .filter(reference ->
                        reference.database().equals(scope.database().value()))
                .map(ConfiguredTable.GlueTable::table)
                .or(() -> Optional.of(table.name()).filter(name -> !table.isRead() || associated.contains(table.id())));
    }

    /** Without any, one that is unread under a name that tells nothing may be it: that is not known then, and not absent. */
    private Answer<Optional<ConfiguredTable>> chosen(Candidates candidates, List<ConfiguredTable> configured) {
        List<String> unread = configured.stream()
                .filter(one ->
                        !one.isRead() && !one.name().startsWith(scope.prefix().value()))
                .map(one -> "%s (%s)".formatted(one.name(), one.id()))
                .toList();
        return candidates.configured().isPresent() || unread.isEmpty()
                ? Answer.known(candidates.configured())
                : Answer.unknown("these configured tables could not be read, and one of them may be the table's: "
                        + Names.list(unread));
    }

    private TableState table(
            String name,
            Answer<List<StoredTable>> glue,
            Answer<List<ConfiguredTable>> configured,
            Answer<List<Association>> associations,
            Answer<Membership> membership,
            Answer<List<Schema>> statuses) {
        Candidates candidates =
                Candidates.of(name, scope, configured.orElse(List.of()), associations.orElse(List.of()));
        Answer<Optional<ConfiguredTable>> chosen = configured.then(all -> chosen(candidates, all));
        Answer<Optional<AnalysisRule>> rule = chosen.then(found -> present(found, this::rule));
        Answer<Optional<Association>> association =
                associations.then(all -> chosen.map(any -> candidates.association()));
        Answer<Optional<AssociationRule>> associationRule =
                association.then(found -> present(found, one -> associationRule(one, candidates.configured(), rule)));
        Answer<Optional<Schema>> schema =
                statuses.map(all -> candidates.association().flatMap(found -> all.stream()
                        .filter(one -> one.name().equals(found.name()))
                        .findFirst()));
        Answer<Optional<SchemaRule>> schemaRule = membership.then(
                known -> schema.then(found -> present(found, one -> schemaRule(known.collaborationId(), one))));
        return new TableState(
                name,
                glue.map(all -> all.stream()
                        .filter(table -> table.id().table().value().equals(name))
                        .findFirst()),
                chosen,
                candidates.otherConfigured(),
                rule,
                association,
                candidates.otherAssociations(),
                associationRule,
                schema,
                schemaRule);
    }

    private static <T, R> Answer<Optional<R>> present(Optional<T> found, Function<T, Answer<Optional<R>>> question) {
        return found.map(question).orElseGet(() -> Answer.known(Optional.empty()));
    }

    private Answer<Optional<AnalysisRule>> rule(ConfiguredTable table) {
        return ruleType(table.ruleTypes())
                .map(type -> questions.ask(
                        "the analysis rule of the configured table",
                        table.name(),
                        () -> cleanRooms.analysisRule(table.id(), type)))
                .orElseGet(() -> Answer.known(Optional.empty()));
    }

    /** An association that names no type of a rule may be one of an answer that leaves the types out. */
    private Answer<Optional<AssociationRule>> associationRule(
            Association association, Optional<ConfiguredTable> configured, Answer<Optional<AnalysisRule>> rule) {
        String type = ruleType(association.ruleTypes())
                .or(() -> rule.orElse(Optional.empty()).map(AnalysisRule::type))
                .or(() -> configured.flatMap(table -> ruleType(table.ruleTypes())))
                .orElse(AnalysisRule.CUSTOM);
        return questions.ask(
                "the collaboration's rule on",
                association.name(),
                () -> cleanRooms.associationRule(scope.membershipId(), association.id(), type));
    }

    private Answer<Optional<SchemaRule>> schemaRule(String collaborationId, Schema schema) {
        return questions.ask(
                "the rule that the collaboration has for",
                schema.name(),
                () -> cleanRooms.schemaRule(
                        collaborationId, new SchemaSummary(schema.name(), schema.type(), schema.creatorAccountId())));
    }

    private static Optional<String> ruleType(List<String> types) {
        return types.contains(AnalysisRule.CUSTOM)
                ? Optional.of(AnalysisRule.CUSTOM)
                : types.stream().findFirst();
    }

    /** One that cannot be read is in the list by its name, like those below. */
    private Answer<List<IdNamespace>> idNamespaces() {
        return questions
                .ask("the id namespaces of the account", entityResolution::idNamespaces)
                .map(names -> names.stream()
                        .map(name -> questions
                                .ask("the id namespace", name, () -> entityResolution.idNamespace(name))
                                .orElse(IdNamespace.unread(name)))
                        .toList());
    }

    private Answer<List<SchemaMapping>> schemaMappings() {
        return questions
                .ask("the schema mappings of the account", entityResolution::schemaMappings)
                .map(summaries -> summaries.stream()
                        .map(summary -> questions
                                .ask(
                                        "the schema mapping",
                                        summary.name(),
                                        () -> entityResolution.schemaMapping(summary.name()))
                                .orElse(SchemaMapping.unread(summary)))
                        .toList());
    }
}
