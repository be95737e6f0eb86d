package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks one question after the other, and remembers those that got no answer.
 *
 * <p>Of a kind that the service has not answered three times in a row no more are asked: each is repeated for a minute
 * before it is given up, and a report asks hundreds.
 */
final class Questions {
    private static final int IN_A_ROW = 3;

    private final List<Unread> unread = new ArrayList<>();
    private final Map<String, Integer> unanswered = new HashMap<>();

    <T> Answer<T> ask(String what, Supplier<T> question) {
        return ask(what, "", question);
    }

    /**
     * Asks one of many questions of a kind.
     *
     * @param of what this one is about
     */
    <T> Answer<T> ask(String kind, String of, Supplier<T> question) {
        String what = of.isEmpty() ? kind : kind + " " + of;
        try {
            if (unanswered.getOrDefault(kind, 0) >= IN_A_ROW) {
                throw new JobFailure(
                        FailureKind.SERVICE,
                        "not asked, since the service gave no answer to %d such questions in a row"
                                .formatted(IN_A_ROW));
            }
            T answer = question.get();
            unanswered.remove(kind);
            return Answer.known(answer);
        } catch (JobFailure e) {
            if (e.kind() == FailureKind.SERVICE) {
                unanswered.merge(kind, 1, Integer::sum);
            }
            unread.add(new Unread(what, e));
            return Answer.unknown(e.getMessage());
        }
    }

    List<Unread> unread() {
        return List.copyOf(unread);
    }
}
