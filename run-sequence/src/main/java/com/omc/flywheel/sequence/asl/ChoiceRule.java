package com.omc.flywheel.sequence.asl;

import java.util.List;

/** The condition of an alternative of a Choice state. */
interface ChoiceRule {
    /** Whether it holds; throws States.Runtime when a variable that it reads is not there. */
    boolean holds(Scope scope);

    /** Holds when every rule does; looks at none after the first that does not. */
    record And(List<ChoiceRule> rules) implements ChoiceRule {
        public And {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean holds(Scope scope) {
            return rules.stream().allMatch(rule -> rule.holds(scope));
        }
    }

    /** Holds when one rule does; looks at none after the first that does. */
    record Or(List<ChoiceRule> rules) implements ChoiceRule {
        public Or {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean holds(Scope scope) {
            return rules.stream().anyMatch(rule -> rule.holds(scope));
        }
    }

    /** Holds when the rule does not. */
    record Not(ChoiceRule rule) implements ChoiceRule {
        @Override
        public boolean holds(Scope scope) {
            return !rule.holds(scope);
        }
    }

    /** Holds when the variable's being there is as the definition wants it. */
    record IsPresent(ReferencePath variable, boolean wanted) implements ChoiceRule {
        @Override
        public boolean holds(Scope scope) {
            return variable.find(scope).isPresent() == wanted;
        }
    }

    /** Holds when the variable's being text is as the definition wants it. */
    record IsString(ReferencePath variable, boolean wanted) implements ChoiceRule {
        @Override
        public boolean holds(Scope scope) {
            return variable.evaluate(scope).isTextual() == wanted;
        }
    }

    /** Holds when the variable has a value of the kind that the test is for, and passes it. */
    record Comparison(ReferencePath variable, ValueTest test) implements ChoiceRule {
        @Override
        public boolean holds(Scope scope) {
            return test.passes(variable.evaluate(scope));
        }
    }
}
