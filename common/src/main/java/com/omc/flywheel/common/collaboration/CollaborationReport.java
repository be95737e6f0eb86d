package com.omc.flywheel.common.collaboration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from what the services said.
 *
 * @param at when it was asked
 * @param scope what was asked for
 * @param state what the services said
 * @param tables in the order of the state
 * @param idMappingTables of the membership
 * @param quotas the limits, those of tables last
 * @param findings what is odd, the worst first
 */
public record CollaborationReport(
        Instant at,
        CollaborationScope scope,
        CollaborationState state,
        List<TableReport> tables,
        List<IdMappingTableReport> idMappingTables,
        List<Quota> quotas,
        List<Finding> findings) {
    public CollaborationReport {
        tables = List.copyOf(tables);
        idMappingTables = List.copyOf(idMappingTables);
        quotas = List.copyOf(quotas);
        findings = List.copyOf(findings);
    }

    public static CollaborationReport of(Instant at, CollaborationScope scope, CollaborationState state) {
        List<TableReport> tables = state.tables().stream()
                .map(table -> TableReport.of(table, scope))
                .toList();
        List<Quota> quotas = new ArrayList<>(Quotas.of(state));
        tables.forEach(table -> table.columns().ifPresent(quotas::add));
        List<IdMappingTableReport> idMappingTables = state.idMappingTables().orElse(List.of()).stream()
                .map(table -> IdMappingTableReport.of(table, state.statuses().orElse(List.of()), scope))
                .toList();
        List<Finding> findings = new Findings(state, scope).of(tables, idMappingTables, quotas);
        return new CollaborationReport(at, scope, state, tables, idMappingTables, quotas, findings);
    }

    /** How many tables have a verdict. */
    public long count(Readiness.Verdict verdict) {
        return tables.stream()
                .filter(table -> table.readiness().verdict() == verdict)
                .count();
    }
}
