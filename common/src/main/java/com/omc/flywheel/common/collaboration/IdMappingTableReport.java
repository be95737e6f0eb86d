package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.IdMappingTable;
import com.omc.flywheel.common.cleanrooms.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What a report says of an id mapping table.
 *
 * @param isReady whether members can ask it; empty when the collaboration does not say so
 * @param missing what keeps it from being ready
 */
public record IdMappingTableReport(IdMappingTable table, Optional<Boolean> isReady, List<Missing> missing) {
    public IdMappingTableReport {
        missing = List.copyOf(missing);
    }

    static IdMappingTableReport of(IdMappingTable table, List<Schema> schemas, CollaborationScope scope) {
        List<Schema.Status> statuses = schemas.stream()
                .filter(schema -> schema.name().equals(table.name()))
                .flatMap(schema -> schema.statuses().stream())
                .toList();
        if (statuses.isEmpty()) {
            return new IdMappingTableReport(table, Optional.empty(), List.of());
        }
        boolean ready = statuses.stream().anyMatch(Schema.Status::isReady);
        List<Missing> missing = statuses.stream()
                .filter(status -> !status.isReady())
                .flatMap(status -> status.reasons().stream())
                .map(reason -> Remedies.ofIdMappingTable(reason, table, scope))
                .distinct()
                .toList();
        return new IdMappingTableReport(
                table, Optional.of(ready), ready || !missing.isEmpty() ? missing : List.of(Remedies.noReason()));
    }
}
