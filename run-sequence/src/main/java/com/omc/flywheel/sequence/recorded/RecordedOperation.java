package com.omc.flywheel.sequence.recorded;

import com.omc.flywheel.sequence.awsjson.RestRoute;
import java.util.Map;

/**
 * An operation that reads, and how it is answered from files.
 *
 * @param list what the entries of its list are called in the answer; blank when it gets or batches
 * @param filters parameters of the query that choose entries, by name, with the field of an entry that each compares
 */
record RecordedOperation(RestRoute route, Kind kind, String list, Map<String, String> filters) {
    /** Where its answer comes from. */
    enum Kind {
        /** From the file at its path. */
        GET,
        /** From the file at its path, cut into pages. */
        LIST,
        /** From the files of another operation. */
        BATCH
    }

    RecordedOperation {
        filters = Map.copyOf(filters);
    }

    static RecordedOperation get(String name, String path) {
        return new RecordedOperation(new RestRoute("GET", path, name), Kind.GET, "", Map.of());
    }

    static RecordedOperation list(String name, String path, String entries) {
        return new RecordedOperation(new RestRoute("GET", path, name), Kind.LIST, entries, Map.of());
    }

    static RecordedOperation batch(String name, String path) {
        return new RecordedOperation(new RestRoute("POST", path, name), Kind.BATCH, "", Map.of());
    }

    /** The same, with a parameter that chooses the entries of which a field has its value. */
    RecordedOperation filteredBy(String parameter, String field) {
        return new RecordedOperation(route, kind, list, Map.of(parameter, field));
    }

    String name() {
        return route.operation();
    }

    boolean readsFiles() {
        return kind != Kind.BATCH;
    }
}
