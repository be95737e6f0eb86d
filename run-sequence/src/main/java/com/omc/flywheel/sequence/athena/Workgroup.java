package com.omc.flywheel.sequence.athena;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A workgroup: Amazon Athena API reference, WorkGroup.
 *
 * @param enabled false for one that takes no queries
 * @param enforced true when its settings silently replace those of a query
 * @param outputLocation where results go, for example {@code s3://lake/results/}
 * @param managedResults true when Athena keeps the results itself; then there is no output location
 */
public record Workgroup(
        String name, boolean enabled, boolean enforced, Optional<String> outputLocation, boolean managedResults) {
    /** The one that every account has. */
    public static final String PRIMARY = "primary";

    public Workgroup {
        if (managedResults && outputLocation.isPresent()) {
            throw new IllegalArgumentException("managed results and an output location exclude each other");
        }
    }

    /** An enabled workgroup that says nothing of results. */
    public static Workgroup named(String name) {
        return new Workgroup(name, true, false, Optional.empty(), false);
    }

    public Workgroup withOutputLocation(String location) {
        return new Workgroup(name, enabled, enforced, Optional.of(location), managedResults);
    }

    public Workgroup enforcing() {
        return new Workgroup(name, enabled, true, outputLocation, managedResults);
    }

    public Workgroup withManagedResults() {
        return new Workgroup(name, enabled, enforced, outputLocation, true);
    }

    public Workgroup disabled() {
        return new Workgroup(name, false, enforced, outputLocation, managedResults);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Name", name).put("State", enabled ? "ENABLED" : "DISABLED");
        ObjectNode configuration = json.putObject("Configuration");
        ObjectNode result = configuration.putObject("ResultConfiguration");
        outputLocation.ifPresent(location -> result.put("OutputLocation", location));
        configuration.put("EnforceWorkGroupConfiguration", enforced);
        configuration.putObject("ManagedQueryResultsConfiguration").put("Enabled", managedResults);
        configuration.putObject("EngineVersion").put("EffectiveEngineVersion", "Athena engine version 3");
        return json;
    }
}
