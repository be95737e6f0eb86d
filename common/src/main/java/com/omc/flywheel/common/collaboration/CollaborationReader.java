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
import com.omc.flywheel.common.entityresolution.SchemaMappingSummary;
import com.omc.flywheel.common.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
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

    /** Reads everything. What cannot be read is part of the answer. */
    public CollaborationState read() {
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
                        "the configured table %s (%s)".formatted(summary.name(), summary.id()),
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
        SortedSet<String> names = names(glue, configured);
        progress.phase("asking for %d tables".formatted(names.size()), names.size());
        for (String name : names) {
            tables.add(table(name, glue, configured, associations, membership, statuses));
            progress.step(name);
        }
        tables.sort(Comparator.comparing((TableState table) -> !table.isAssociated())
                .thenComparing(TableState::name));
        return tables;
    }

    /** Tables of the catalog, and configured tables of the database that the catalog has no more. */
    private SortedSet<String> names(Answer<List<StoredTable>> glue, Answer<List<ConfiguredTable>> configured) {
        Stream<String> described =
                glue.orElse(List.of()).stream().map(table -> table.id().table().value());
        Stream<String> referred = configured.orElse(List.of()).stream()
                .map(table -> table.glueTable()
                        .filter(reference ->
                                reference.database().equals(scope.database().value()))
                        .map(ConfiguredTable.GlueTable::table)
                        .orElse(table.name()))
                .filter(name -> name.startsWith(scope.prefix().value()));
        return Stream.concat(described, referred)
                .filter(name -> !scope.excluded().contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
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
        Answer<Optional<ConfiguredTable>> chosen = configured.map(all -> candidates.configured());
        Answer<Optional<AnalysisRule>> rule = chosen.then(found -> present(found, this::rule));
        Answer<Optional<Association>> association =
                associations.then(all -> configured.map(tables -> candidates.association()));
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
                        "the analysis rule of the configured table " + table.name(),
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
                "the collaboration's rule on " + association.name(),
                () -> cleanRooms.associationRule(scope.membershipId(), association.id(), type));
    }

    private Answer<Optional<SchemaRule>> schemaRule(String collaborationId, Schema schema) {
        return questions.ask(
                "the rule that the collaboration has for " + schema.name(),
                () -> cleanRooms.schemaRule(
                        collaborationId, new SchemaSummary(schema.name(), schema.type(), schema.creatorAccountId())));
    }

    private static Optional<String> ruleType(List<String> types) {
        return types.contains(AnalysisRule.CUSTOM)
                ? Optional.of(AnalysisRule.CUSTOM)
                : types.stream().findFirst();
    }

    private Answer<List<IdNamespace>> idNamespaces() {
        return questions
                .ask("the id namespaces of the account", entityResolution::idNamespaces)
                .map(
                        names -> names.stream()
                                .flatMap(name -> questions
                                        .ask("the id namespace " + name, () -> entityResolution.idNamespace(name))
                                        .value()
                                        .stream())
                                .toList());
    }

    private Answer<List<SchemaMapping>> schemaMappings() {
        return questions
                .ask("the schema mappings of the account", entityResolution::schemaMappings)
                .map(
                        summaries -> summaries.stream()
                                .map(SchemaMappingSummary::name)
                                .flatMap(name -> questions
                                        .ask("the schema mapping " + name, () -> entityResolution.schemaMapping(name))
                                        .value()
                                        .stream())
                                .toList());
    }
}
