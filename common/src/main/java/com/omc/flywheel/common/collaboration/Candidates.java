package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configured table and the association that a table is known by, of all those that may be meant.
 *
 * <p>Nothing keeps anybody from configuring a table twice, under the same name too. The one that counts refers to the
 * table, is in the collaboration, under the right name, in this order of weight. One of the same name that refers elsewhere
 * is another table's, unless it is in the collaboration, where it takes this one's place.
 */
record Candidates(
        Optional<ConfiguredTable> configured,
        List<ConfiguredTable> otherConfigured,
        Optional<Association> association,
        List<Association> otherAssociations) {

    static Candidates of(
            String table, CollaborationScope scope, List<ConfiguredTable> configured, List<Association> associations) {
        Optional<GlueTable> wanted = Optional.of(new GlueTable(scope.database().value(), table));
        Map<String, List<Association>> byTable =
                associations.stream().collect(Collectors.groupingBy(Association::configuredTableId));
        Comparator<Association> rightNameFirst = Comparator.comparing(
                        (Association one) -> !one.name().equals(scope.associationOf(table)))
                .thenComparing(Association::name)
                .thenComparing(Association::id);
        List<ConfiguredTable> candidates = configured.stream()
                .filter(one -> one.glueTable().equals(wanted)
                        || (one.name().equals(table) && (!one.isRead() || byTable.containsKey(one.id()))))
                .sorted(Comparator.comparing(
                                (ConfiguredTable one) -> !one.glueTable().equals(wanted))
                        .thenComparing(one -> !byTable.containsKey(one.id()))
                        .thenComparing(one -> !one.name().equals(table))
                        .thenComparing(ConfiguredTable::id))
                .toList();
        List<Association> associated = candidates.stream()
                .limit(1)
                .flatMap(one -> byTable.getOrDefault(one.id(), List.of()).stream())
                .sorted(rightNameFirst)
                .toList();
        List<Association> ofOthers = candidates.stream()
                .skip(1)
                .flatMap(one -> byTable.getOrDefault(one.id(), List.of()).stream())
                .sorted(rightNameFirst)
                .toList();
        return new Candidates(
                candidates.stream().findFirst(),
                candidates.stream().skip(1).toList(),
                associated.stream().findFirst(),
                Stream.concat(associated.stream().skip(1), ofOthers.stream()).toList());
    }
}
