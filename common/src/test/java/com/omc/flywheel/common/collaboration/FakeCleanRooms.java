package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.AssociationRule;
import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.IdNamespaceAssociation;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.MembershipSummary;
import com.omc.flywheel.common.cleanrooms.Schema;
import com.omc.flywheel.common.cleanrooms.SchemaRule;
import com.omc.flywheel.common.cleanrooms.SchemaSummary;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A service with one membership that has what a test gives it, and refuses what a test forbids. */
final class FakeCleanRooms implements CleanRooms {
    private final List<ConfiguredTable> configured = new ArrayList<>();
    private final List<Association> associations = new ArrayList<>();
    private final Set<String> forbidden = new HashSet<>();

    FakeCleanRooms with(ConfiguredTable table) {
        configured.add(table);
        return this;
    }

    FakeCleanRooms with(Association association) {
        associations.add(association);
        return this;
    }

    /** Refuses to read the configured table of this id. */
    FakeCleanRooms forbid(String configuredTableId) {
        forbidden.add(configuredTableId);
        return this;
    }

    @Override
    public List<MembershipSummary> memberships() {
        return List.of();
    }

    @Override
    public Membership membership(String membershipId) {
        return new Membership(membershipId, "collaboration-1", "measurement", "ACTIVE", List.of(), Optional.empty());
    }

    @Override
    public List<Member> members(String collaborationId) {
        return List.of();
    }

    @Override
    public List<SchemaSummary> schemas(String collaborationId) {
        return List.of();
    }

    @Override
    public List<Schema> schemas(String collaborationId, Collection<String> names) {
        return List.of();
    }

    @Override
    public Optional<SchemaRule> schemaRule(String collaborationId, SchemaSummary schema) {
        return Optional.empty();
    }

    @Override
    public List<ConfiguredTableSummary> configuredTables() {
        return configured.stream()
                .map(table -> new ConfiguredTableSummary(table.id(), table.name(), table.ruleTypes()))
                .toList();
    }

    @Override
    public ConfiguredTable configuredTable(String configuredTableId) {
        if (forbidden.contains(configuredTableId)) {
            throw new JobFailure(FailureKind.ACCESS_DENIED, "cleanrooms:GetConfiguredTable was refused");
        }
        return configured.stream()
                .filter(table -> table.id().equals(configuredTableId))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<AnalysisRule> analysisRule(String configuredTableId, String ruleType) {
        return Optional.empty();
    }

    @Override
    public List<Association> associations(String membershipId) {
        return List.copyOf(associations);
    }

    @Override
    public Optional<AssociationRule> associationRule(String membershipId, String associationId, String ruleType) {
        return Optional.empty();
    }

    @Override
    public List<IdNamespaceAssociation> idNamespaceAssociations(String membershipId) {
        return List.of();
    }

    @Override
    public List<IdMappingTable> idMappingTables(String membershipId) {
        return List.of();
    }

    @Override
    public List<String> privacyBudgetTemplates(String membershipId) {
        return List.of();
    }
}
