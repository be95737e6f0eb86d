package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.QueryEngines;
import java.util.Locale;
import java.util.Optional;

/** Which engine builds tables. */
public enum EngineChoice {
    ATHENA,
    SPARK;

    /**
     * The engine.
     *
     * @param athena how Athena is asked; needed for it alone
     */
    public QueryEngine connect(QueryEngines engines, Optional<AthenaSettings> athena) {
        return switch (this) {
            case ATHENA ->
                engines.athena(
                        athena.orElseThrow(() -> new IllegalArgumentException("there are no settings for Athena")));
            case SPARK -> engines.spark();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
