package com.omc.flywheel.common.collaboration;

import java.util.Optional;
import java.util.function.Function;

/**
 * What came of a question to a service.
 *
 * @param value the answer; empty when there was none
 * @param failure why there was none; empty when there was one
 */
public record Answer<T>(Optional<T> value, Optional<String> failure) {
    public Answer {
        if (value.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("an answer is either known or has a reason why it is not");
        }
    }

    public static <T> Answer<T> known(T value) {
        return new Answer<>(Optional.of(value), Optional.empty());
    }

    public static <T> Answer<T> unknown(String why) {
        return new Answer<>(Optional.empty(), Optional.of(why));
    }

    public boolean isKnown() {
        return value.isPresent();
    }

    /** The same for what follows from the answer. */
    public <R> Answer<R> map(Function<? super T, R> next) {
        return then(known -> known(next.apply(known)));
    }

    /** What a question gives that cannot be asked without this answer. */
    public <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return value.map(next).orElseGet(() -> unknown(failure.orElseThrow()));
    }

    public T orElse(T other) {
        return value.orElse(other);
    }
}
