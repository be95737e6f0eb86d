package com.omc.flywheel.sequence.athena;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which statement follows which script. Its caller lets one thread in at a time. */
final class QueryScripts {
    private final List<Rule> once = new ArrayList<>();
    private final List<Rule> always = new ArrayList<>();

    private record Rule(Predicate<String> statements, QueryScript script) {}

    void addOnce(Predicate<String> statements, QueryScript script) {
        once.add(new Rule(statements, script));
    }

    /** The newest counts first. */
    void addAlways(Predicate<String> statements, QueryScript script) {
        always.add(0, new Rule(statements, script));
    }

    Optional<QueryScript> take(String sql) {
        for (Iterator<Rule> rules = once.iterator(); rules.hasNext(); ) {
            Rule rule = rules.next();
            if (rule.statements().test(sql)) {
                rules.remove();
                return Optional.of(rule.script());
            }
        }
        return always.stream()
                .filter(rule -> rule.statements().test(sql))
                .map(Rule::script)
                .findFirst();
    }
}
