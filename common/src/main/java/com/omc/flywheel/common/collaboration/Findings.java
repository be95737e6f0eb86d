package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.AssociationRule;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.collaboration.Readiness.SaidBy;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.page.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is odd in a collaboration, beyond what is missing. */
final class Findings {
    private final CollaborationState state;
    private final CollaborationScope scope;
    private final List<Finding> findings = new ArrayList<>();

    Findings(CollaborationState state, CollaborationScope scope) {
        this.state = state;
        this.scope = scope;
    }

    /** All of them, the worst first, else in the order of the tables. */
    List<Finding> of(List<TableReport> tables, List<IdMappingTableReport> idMappingTables, List<Quota> quotas) {
        state.membership()
                .value()
                .filter(one -> !one.isActive())
                .ifPresent(
                        one -> bad(
                                "membership",
                                "it is not active any more: " + one.status(),
                                "nothing in it can be asked; name an active one with --MEMBERSHIP_ID, or join the collaboration again"));
        tables.forEach(this::look);
        idMappingTables.forEach(
                table -> table.missing().forEach(missing -> bad(table.table().name(), missing.what(), missing.call())));
        quotas.stream()
                .filter(Quota::isExceeded)
                .forEach(quota -> bad(
                        quota.subject().isEmpty() ? quota.what() : quota.subject(),
                        "%s: %,d of %,d".formatted(quota.what(), quota.used(), quota.limit()),
                        quota.advice().orElseThrow()));
        int templates = state.privacyBudgetTemplates().orElse(List.of()).size();
        if (templates > 0) {
            warn(
                    "privacy budget",
                    "the membership has %d privacy budget templates".formatted(templates),
                    "delete them first when an association under differential privacy is to be deleted: until then that is refused");
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::tone).reversed())
                .toList();
    }

    private void look(TableReport table) {
        TableState found = table.state();
        found.configured().orElse(Optional.empty()).ifPresent(configured -> lookAt(found, configured));
        found.association()
                .orElse(Optional.empty())
                .ifPresentOrElse(association -> lookAt(found, association), () -> lookAtOthers(found));
        lookAtAccounts(found);
        table.drift().ifPresent(drift -> lookAt(found, drift));
        found.glue()
                .orElse(Optional.empty())
                .filter(glue -> glue.columns().size() + glue.partitionKeys().size() > Quotas.COLUMNS_PER_TABLE)
                .ifPresent(glue -> warn(
                        found.name(),
                        "it has %d columns and %d partition keys, and %d can be allowed"
                                .formatted(
                                        glue.columns().size(),
                                        glue.partitionKeys().size(),
                                        Quotas.COLUMNS_PER_TABLE),
                        "leave out what nobody asks for, partition keys last: queries narrow their scans by them"));
        Readiness readiness = table.readiness();
        readiness.further().stream()
                .flatMap(further -> further.missing().stream())
                .forEach(missing -> warn(
                        found.name(),
                        "no additional analysis can be made of its results: " + missing.what(),
                        missing.call()));
        if (readiness.saidBy() == SaidBy.COLLABORATION
                && readiness.verdictOfRules() != Verdict.UNKNOWN
                && readiness.verdictOfRules() != readiness.verdict()) {
            warn(
                    found.name(),
                    "the collaboration calls it %s, the rules one by one give %s"
                            .formatted(text(readiness.verdict()), text(readiness.verdictOfRules())),
                    "look at it in the console; the collaboration's word counts");
        }
    }

    private void lookAt(TableState table, ConfiguredTable configured) {
        Optional<GlueTable> wanted = Optional.of(new GlueTable(scope.database().value(), table.name()));
        if (configured.isRead() && !configured.glueTable().equals(wanted)) {
            bad(
                    table.name(),
                    "its configured table %s refers to %s"
                            .formatted(
                                    configured.id(),
                                    configured
                                            .glueTable()
                                            .map(glue -> glue.database() + "." + glue.table())
                                            .orElse("no table of the Glue catalog")),
                    "check --DATABASE and the account; a reference cannot be changed: configure the table anew");
        }
        if (!table.otherConfigured().isEmpty()) {
            warn(
                    table.name(),
                    "it is configured %d times"
                            .formatted(table.otherConfigured().size() + 1),
                    "keep %s and delete, where nothing is associated with them: %s"
                            .formatted(
                                    configured.id(),
                                    Names.list(table.otherConfigured().stream()
                                            .map(ConfiguredTable::id)
                                            .toList())));
        }
    }

    private void lookAt(TableState table, Association association) {
        String expected = scope.associationOf(table.name());
        if (!association.name().equals(expected)) {
            warn(
                    table.name(),
                    "its association is called %s and not %s".formatted(association.name(), expected),
                    "associate it anew under that name, with its rule: queries name tables so, and a deleted association takes its rule with it");
        }
        if (!table.otherAssociations().isEmpty()) {
            warn(
                    table.name(),
                    "it is in the collaboration %d times"
                            .formatted(table.otherAssociations().size() + 1),
                    "keep %s and delete the others, each with its rule: %s"
                            .formatted(association.name(), names(table.otherAssociations())));
        }
    }

    private void lookAtOthers(TableState table) {
        if (!table.otherAssociations().isEmpty()) {
            bad(
                    table.name(),
                    "another configured table takes its place in the collaboration: "
                            + names(table.otherAssociations()),
                    "delete that association with its rule, then associate the one that refers to the table");
        }
    }

    private static String names(List<Association> associations) {
        return Names.list(associations.stream()
                .map(one -> "%s (%s)".formatted(one.name(), one.id()))
                .toList());
    }

    private void lookAtAccounts(TableState table) {
        List<String> providers = table.rule()
                .orElse(Optional.empty())
                .map(AnalysisRule::allowedProviders)
                .orElse(List.of());
        List<String> receivers = table.associationRule()
                .orElse(Optional.empty())
                .map(AssociationRule::allowedResultReceivers)
                .orElse(List.of());
        lookAtAccounts(table, "allowed analysis providers", providers);
        lookAtAccounts(table, "allowed result receivers", receivers);
    }

    private void lookAtAccounts(TableState table, String role, List<String> accounts) {
        List<String> malformed =
                accounts.stream().filter(one -> !AccountLabels.isAccount(one)).toList();
        if (!malformed.isEmpty()) {
            bad(table.name(), "%s are no accounts: %s".formatted(role, Names.list(malformed)), "name 12 digits each");
        }
        Optional<Set<String>> members = state.members().value().map(all -> all.stream()
                .filter(member -> !member.hasLeft())
                .map(Member::accountId)
                .collect(Collectors.toSet()));
        List<String> strangers = accounts.stream()
                .filter(AccountLabels::isAccount)
                .filter(one -> members.isPresent() && !members.get().contains(one))
                .toList();
        if (!strangers.isEmpty()) {
            warn(
                    table.name(),
                    "%s are not members of the collaboration: %s".formatted(role, Names.list(strangers)),
                    "check the accounts, or take them out of the rule");
        }
    }

    private void lookAt(TableState table, ColumnDrift drift) {
        if (!drift.gone().isEmpty()) {
            bad(
                    table.name(),
                    "%d allowed columns are not in the catalog any more: %s"
                            .formatted(drift.gone().size(), Names.list(drift.gone())),
                    "queries that name them fail; take them off with aws cleanrooms update-configured-table --allowed-columns, or bring them back");
        }
        if (!drift.otherTypes().isEmpty()) {
            bad(
                    table.name(),
                    "%d columns changed their type: %s"
                            .formatted(drift.otherTypes().size(), Names.list(drift.otherTypes())),
                    "tell who queries them, or mend the mapping and publish the snapshot again");
        }
        if (!drift.notAllowed().isEmpty()) {
            warn(
                    table.name(),
                    "%d columns of the catalog are not allowed: %s"
                            .formatted(drift.notAllowed().size(), Names.list(drift.notAllowed())),
                    "nobody can ask for them; allow them with aws cleanrooms update-configured-table --allowed-columns, unless they are left out on purpose");
        }
    }

    private static String text(Verdict verdict) {
        return verdict == Verdict.READY ? "ready" : "not ready";
    }

    private void bad(String subject, String what, String next) {
        findings.add(new Finding(Tone.BAD, subject, what, next));
    }

    private void warn(String subject, String what, String next) {
        findings.add(new Finding(Tone.WARNING, subject, what, next));
    }
}
