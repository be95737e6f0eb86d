package com.omc.flywheel.common.collaboration;

import com.fasterxml.jackson.databind.JsonNode;
import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a report with an earlier one, both as JSON; the earlier one may be of the program before this one.
 *
 * <p>What one of the two could not read is no change.
 */
final class Changes {
    private static final Map<String, String> FLAGS = flags();
    private static final Map<String, String> SETS = sets();

    private final List<Change> changes = new ArrayList<>();

    private Changes() {}

    /** What changed, table by table, then in the collaboration. */
    static List<Change> between(JsonNode earlier, JsonNode now) {
        Changes found = new Changes();
        found.compareTables(earlier, now);
        found.compareMembers(earlier, now);
        return List.copyOf(found.changes);
    }

    private static Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("/status/ready_for_analysis", "ready to be asked");
        flags.put("/glue_table/exists", "in the catalog");
        flags.put("/configured_table/exists", "configured");
        flags.put("/analysis_rule/exists", "with an analysis rule");
        flags.put("/association/exists", "in the collaboration");
        flags.put("/collaboration_analysis_rule/exists", "with a collaboration rule");
        return flags;
    }

    private static Map<String, String> sets() {
        Map<String, String> sets = new LinkedHashMap<>();
        sets.put("/configured_table/allowed_columns", "allowed columns");
        sets.put("/analysis_rule/allowed_analysis_providers", "analysis providers");
        sets.put("/collaboration_analysis_rule/allowed_result_receivers", "result receivers");
        return sets;
    }

    private void compareTables(JsonNode earlier, JsonNode now) {
        Map<String, JsonNode> before = byName(earlier.path("tables"));
        Map<String, JsonNode> after = byName(now.path("tables"));
        boolean hadAll = hasAllTables(earlier);
        boolean hasAll = hasAllTables(now);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (before.containsKey(name) && after.containsKey(name)) {
                compareTable(name, before.get(name), after.get(name));
            } else if (after.containsKey(name) && hadAll) {
                add(name, "is new in the report");
            } else if (before.containsKey(name) && hasAll) {
                add(name, "is not in the report any more");
            }
        }
    }

    /** A report knows its tables from the catalog and from what is configured and associated; a count of what it could not read is null. */
    private static boolean hasAllTables(JsonNode report) {
        return !report.at("/summary/glue_tables_count").isNull()
                && !report.at("/summary/configured_tables_count").isNull()
                && !report.at("/summary/associations_count").isNull();
    }

    private void compareTable(String name, JsonNode before, JsonNode after) {
        FLAGS.forEach((path, text) -> {
            JsonNode was = before.at(path);
            JsonNode is = after.at(path);
            if (was.isBoolean() && is.isBoolean() && was.booleanValue() != is.booleanValue()) {
                add(name, (is.booleanValue() ? "is now %s" : "is not %s any more").formatted(text));
            }
        });
        SETS.forEach((path, text) -> {
            if (before.at(path).isArray() && after.at(path).isArray()) {
                compareSets(name, text, texts(before.at(path)), texts(after.at(path)));
            }
        });
        String was = before.at("/association/name").asText("");
        String is = after.at("/association/name").asText("");
        if (!was.isEmpty() && !is.isEmpty() && !was.equals(is)) {
            add(name, "was called %s in the collaboration, and is called %s".formatted(was, is));
        }
    }

    private void compareMembers(JsonNode earlier, JsonNode now) {
        if (earlier.path("members").isArray() && now.path("members").isArray()) {
            compareSets("collaboration", "members", accounts(earlier), accounts(now));
        }
    }

    private static Set<String> accounts(JsonNode report) {
        Set<String> accounts = new LinkedHashSet<>();
        report.path("members")
                .forEach(member -> accounts.add(member.path("account_id").asText()));
        return accounts;
    }

    private void compareSets(String subject, String what, Set<String> before, Set<String> after) {
        Set<String> added = new LinkedHashSet<>(after);
        added.removeAll(before);
        Set<String> removed = new LinkedHashSet<>(before);
        removed.removeAll(after);
        if (!added.isEmpty()) {
            add(subject, "%d more %s: %s".formatted(added.size(), what, Names.list(added)));
        }
        if (!removed.isEmpty()) {
            add(subject, "%d %s are gone: %s".formatted(removed.size(), what, Names.list(removed)));
        }
    }

    private static Map<String, JsonNode> byName(JsonNode tables) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        tables.forEach(table -> byName.put(table.path("table_name").asText(), table));
        return byName;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void add(String subject, String what) {
        changes.add(new Change(subject, what));
    }
}
