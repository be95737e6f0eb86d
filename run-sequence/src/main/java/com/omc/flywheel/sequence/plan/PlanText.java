package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What is said of one step. */
final class PlanText {
    private final StringBuilder text = new StringBuilder();
    private final List<JobFailure> problems = new ArrayList<>();

    PlanText line(String sentence) {
        text.append(sentence.stripTrailing()).append('\n');
        return this;
    }

    PlanText table(TextTable table) {
        text.append(table);
        return this;
    }

    /** A statement, told from the sentences by its place. */
    PlanText statement(String sql) {
        text.append(sql.indent(2));
        return this;
    }

    /** What cannot be told since something is not there, and why. */
    PlanText unknown(String sentence) {
        return problem(new JobFailure(FailureKind.MISSING_INPUT, sentence));
    }

    /** What the step would fail with. */
    PlanText problem(JobFailure failure) {
        problems.add(failure);
        return line("not planned: " + failure.getMessage());
    }

    List<JobFailure> problems() {
        return List.copyOf(problems);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
