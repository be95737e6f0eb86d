package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.AnalysisRule;
import com.omc.flywheel.common.collaboration.Readiness.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a table needs before members can ask it: AWS Clean Rooms user guide, "Adding an analysis rule to a configured table"
 * and "Adding a collaboration analysis rule to a configured table".
 */
final class ReadinessRules {
    private final TableState table;
    private final Remedies remedies;

    ReadinessRules(TableState table, CollaborationScope scope) {
        this.table = table;
        this.remedies = new Remedies(table, scope);
    }

    /** All of them, in the order in which they are put right. */
    List<Rule> all() {
        Answer<Boolean> configured = present(table.configured());
        Answer<Boolean> ruled = present(table.rule());
        Answer<Boolean> associated = present(table.association());
        Answer<Boolean> ruledThere = present(table.associationRule());
        return List.of(
                rule("table in the catalog", present(table.glue()), remedies.noTable()),
                rule("configured table", configured, remedies.notConfigured()),
                rule("analysis rule", ruled, remedies.noRule(), configured),
                rule("analyses allowed", custom(one -> !one.allowedAnalyses().isEmpty()), remedies.noAnalyses(), ruled),
                rule(
                        "analysis provider",
                        custom(one -> !one.allowedProviders().isEmpty() || !one.needsProviders()),
                        remedies.noProviders(),
                        ruled),
                rule("association", associated, remedies.notAssociated(), configured),
                rule("collaboration rule", ruledThere, remedies.noCollaborationRule(), associated),
                rule("result receiver", receivers(), remedies.noReceivers(), ruledThere));
    }

    private static Rule rule(String name, Answer<Boolean> met, Missing remedy) {
        return rule(name, met, remedy, Answer.known(true));
    }

    /** What cannot be put there before something else is put there is not called missing: the other is. */
    private static Rule rule(String name, Answer<Boolean> met, Missing remedy, Answer<Boolean> needed) {
        boolean isNext = !met.orElse(true) && needed.orElse(true);
        return new Rule(name, met.value(), isNext ? Optional.of(remedy) : Optional.empty());
    }

    private static <T> Answer<Boolean> present(Answer<Optional<T>> answer) {
        return answer.map(Optional::isPresent);
    }

    /** Rules of other types say in the rule itself who may ask what. */
    private Answer<Boolean> custom(Predicate<AnalysisRule> condition) {
        return table.rule()
                .map(found -> found.map(one -> !one.type().equals(AnalysisRule.CUSTOM) || condition.test(one))
                        .orElse(false));
    }

    private Answer<Boolean> receivers() {
        return table.associationRule().map(found -> found.map(one -> !one.type().equals(AnalysisRule.CUSTOM)
                        || !one.allowedResultReceivers().isEmpty())
                .orElse(false));
    }
}
