package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Whether the members of a collaboration can ask a table.
 *
 * @param verdict what is to be told
 * @param saidBy where the verdict comes from
 * @param missing what keeps it from being ready; empty when it is ready, and when nothing is known
 * @param rules the rules one by one, beside what the collaboration says itself
 * @param further whether results can be worked on further; empty when nobody says so
 */
public record Readiness(
        Verdict verdict, SaidBy saidBy, List<Missing> missing, List<Rule> rules, Optional<Further> further) {
    private static final String DIRECT = "DIRECT_ANALYSIS";

    public Readiness {
        missing = List.copyOf(missing);
        rules = List.copyOf(rules);
    }

    /** Whether it is ready. */
    public enum Verdict {
        READY,
        NOT_READY,
        /** Something that decides it could not be read. */
        UNKNOWN
    }

    /**
     * Whether additional analyses can be made of results: it is no part of the verdict.
     *
     * @param missing what keeps them from being made
     */
    public record Further(boolean isReady, List<Missing> missing) {
        public Further {
            missing = List.copyOf(missing);
        }
    }

    /** Who says so. */
    public enum SaidBy {
        /** The collaboration, in the status of the table's schema. */
        COLLABORATION,
        /** Our rules, since the collaboration says nothing of the table, or nothing of it could be read. */
        RULES
    }

    /**
     * One thing that a table needs.
     *
     * @param name what
     * @param met whether it is there; empty when that could not be read
     * @param missing what to do about it; empty when it is there, and when something before it is missing
     */
    public record Rule(String name, Optional<Boolean> met, Optional<Missing> missing) {}

    /** Judges a table. */
    static Readiness of(TableState table, CollaborationScope scope) {
        List<Rule> rules = new ReadinessRules(table, scope).all();
        if (!table.schema().isKnown()) {
            return ofRules(rules, Verdict.UNKNOWN);
        }
        Optional<Schema> schema = table.schema().orElse(Optional.empty());
        List<Schema.Status> direct = schema.stream()
                .flatMap(known -> known.statuses().stream())
                .filter(status -> status.analysisType().equals(DIRECT))
                .toList();
        if (direct.isEmpty()) {
            return ofRules(rules, Verdict.READY);
        }
        Remedies remedies = new Remedies(table, scope);
        boolean ready = direct.stream().anyMatch(Schema.Status::isReady);
        List<Missing> missing = missing(ready, direct, remedies);
        return new Readiness(
                ready ? Verdict.READY : Verdict.NOT_READY,
                SaidBy.COLLABORATION,
                ready || !missing.isEmpty() ? missing : withoutReason(rules),
                rules,
                further(schema.orElseThrow(), remedies));
    }

    private static Optional<Further> further(Schema schema, Remedies remedies) {
        List<Schema.Status> others = schema.statuses().stream()
                .filter(status -> !status.analysisType().equals(DIRECT))
                .toList();
        boolean ready = others.stream().anyMatch(Schema.Status::isReady);
        return others.isEmpty() ? Optional.empty() : Optional.of(new Further(ready, missing(ready, others, remedies)));
    }

    private static List<Missing> missing(boolean ready, List<Schema.Status> statuses, Remedies remedies) {
        return ready
                ? List.of()
                : statuses.stream()
                        .flatMap(status -> status.reasons().stream())
                        .map(remedies::of)
                        .distinct()
                        .toList();
    }

    /** The service may leave the reasons out: then what the rules miss is the best that can be told. */
    private static List<Missing> withoutReason(List<Rule> rules) {
        List<Missing> missing = missing(rules);
        return missing.isEmpty() ? List.of(Remedies.noReason()) : missing;
    }

    private static List<Missing> missing(List<Rule> rules) {
        return rules.stream().flatMap(rule -> rule.missing().stream()).toList();
    }

    /**
     * The verdict of our rules.
     *
     * @param whenMet what it is when they are all met: a table is not called ready against a word of the collaboration that
     *     could not be read
     */
    private static Readiness ofRules(List<Rule> rules, Verdict whenMet) {
        boolean lacking = rules.stream().anyMatch(rule -> !rule.met().orElse(true));
        boolean known = rules.stream().allMatch(rule -> rule.met().isPresent());
        Verdict verdict = lacking ? Verdict.NOT_READY : known ? whenMet : Verdict.UNKNOWN;
        return new Readiness(verdict, SaidBy.RULES, missing(rules), rules, Optional.empty());
    }

    public boolean isReady() {
        return verdict == Verdict.READY;
    }

    /** What our rules alone give: another verdict than the collaboration's is worth a look. */
    public Verdict verdictOfRules() {
        return ofRules(rules, Verdict.READY).verdict();
    }
}
