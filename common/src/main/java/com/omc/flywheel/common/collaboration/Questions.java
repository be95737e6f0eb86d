package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Asks one question after the other, and remembers those that got no answer. */
final class Questions {
    private final List<Unread> unread = new ArrayList<>();

    <T> Answer<T> ask(String what, Supplier<T> question) {
        try {
            return Answer.known(question.get());
        } catch (JobFailure e) {
            unread.add(new Unread(what, e));
            return Answer.unknown(e.getMessage());
        }
    }

    List<Unread> unread() {
        return List.copyOf(unread);
    }
}
