package com.omc.flywheel.common.query;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.stream.Collectors;

/** Statements as a person reads them before anything runs them. */
public final class StatementText {
    private StatementText() {}

    /**
     * Exactly what Athena is sent.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure ENVIRONMENT when the text is longer than Athena takes
     */
    public static String forAthena(Statement statement) {
        return AthenaSql.render(statement);
    }

    /** What Spark does, in its own words: it is handed rows and a folder, and no text. */
    public static String forSpark(CreateTableAs create) {
        String columns = create.columns().stream()
                .map(column -> column.source().equals(column.name())
                        ? "`%s`".formatted(column.name())
                        : "`%s` AS `%s`".formatted(column.source(), column.name()))
                .collect(Collectors.joining(", "));
        String only = create.snapshot()
                .map(snapshot -> " WHERE `%s` = DATE '%s'".formatted(SnapshotDate.COLUMN, snapshot))
                .orElse("");
        String placed = create.buckets()
                .map(buckets -> " CLUSTERED BY (`%s`) INTO %d BUCKETS".formatted(buckets.column(), buckets.count()))
                .orElse("");
        return "CREATE TABLE `%s`.`%s` USING PARQUET%s LOCATION '%s' AS SELECT %s FROM `%s`.`%s`%s"
                .formatted(
                        create.table().database(),
                        create.table().table(),
                        placed,
                        create.location(),
                        columns,
                        create.source().database(),
                        create.source().table(),
                        only);
    }
}
