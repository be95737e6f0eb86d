package com.omc.flywheel.common.collaboration;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final String RULE = "the analysis rule of";

    private final Questions questions = new Questions();
    private final List<String> asked = new ArrayList<>();

    @Test
    void areNotAskedAnyMoreWhenTheServiceIsSilentThreeTimesInARow() {
        IntStream.range(0, 10).forEach(table -> ask(FailureKind.SERVICE, "part_" + table));

        assertThat(asked).containsExactly("part_0", "part_1", "part_2");
        assertThat(questions.unread()).hasSize(10);
        assertThat(questions.unread().get(9))
                .hasToString(
                        "the analysis rule of part_9: SERVICE: not asked, since the service gave no answer to 3 such questions in a row");
    }

    @Test
    void goOnWhenAnAnswerComesInBetween() {
        for (int round = 0; round < 3; round++) {
            ask(FailureKind.SERVICE, "part_1");
            ask(FailureKind.SERVICE, "part_2");
            questions.ask(RULE, "part_3", () -> asked.add("part_3"));
        }

        assertThat(asked).hasSize(9);
    }

    @Test
    void goOnWhenTheServiceAnswersThatItRefuses() {
        IntStream.range(0, 10).forEach(table -> ask(FailureKind.ACCESS_DENIED, "part_" + table));

        assertThat(asked).hasSize(10);
    }

    private void ask(FailureKind kind, String table) {
        questions.ask(RULE, table, () -> {
            asked.add(table);
            throw new JobFailure(kind, "no");
        });
    }
}
