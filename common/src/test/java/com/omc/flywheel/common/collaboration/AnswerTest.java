package com.omc.flywheel.common.collaboration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void ofWhatCouldNotBeAskedHasTheReasonOfTheFirstQuestion() {
        AtomicInteger asked = new AtomicInteger();

        Answer<Integer> following = Answer.<String>unknown("refused").then(known -> {
            asked.incrementAndGet();
            return Answer.known(known.length());
        });

        assertThat(following).isEqualTo(Answer.unknown("refused"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void tellsUnreadFromAbsent() {
        assertThat(Answer.known(Optional.empty()).isKnown()).isTrue();
        assertThat(Answer.unknown("refused").isKnown()).isFalse();
    }

    @Test
    void isNeverBothAndNeverNeither() {
        assertThatThrownBy(() -> new Answer<>(Optional.of(1), Optional.of("refused")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an answer is either known or has a reason why it is not");
        assertThatThrownBy(() -> new Answer<>(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an answer is either known or has a reason why it is not");
    }
}
