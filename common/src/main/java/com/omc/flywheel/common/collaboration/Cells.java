package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.page.Grid.Cell;
import com.omc.flywheel.common.page.Tone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What cells of the page have in common: how a verdict looks, and what stands where something could not be read. */
final class Cells {
    static final String UNREAD = "not read";

    private Cells() {}

    static Cell verdict(Verdict verdict) {
        return switch (verdict) {
            case READY -> Cell.of("ready", Tone.GOOD);
            case NOT_READY -> Cell.of("not ready", Tone.BAD);
            case UNKNOWN -> Cell.of("not known", Tone.UNKNOWN);
        };
    }

    static Cell met(Optional<Boolean> met) {
        return met.map(is -> is ? Cell.of("yes", Tone.GOOD) : Cell.of("no", Tone.BAD))
                .orElseGet(() -> Cell.of(UNREAD, Tone.UNKNOWN));
    }

    static <T> Cell there(Answer<Optional<T>> answer) {
        return met(answer.value().map(Optional::isPresent));
    }

    static <T> Cell part(Answer<Optional<T>> answer, Function<T, String> part) {
        return answer.value()
                .map(found -> Cell.of(found.map(part).orElse("")))
                .orElseGet(() -> Cell.of(UNREAD, Tone.UNKNOWN));
    }

    static <T> String text(Answer<T> answer, Function<T, String> part) {
        return answer.map(part).orElse(UNREAD);
    }

    static <T> String lines(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining("\n"));
    }

    /** A row of which nothing is known but its name. */
    static List<Cell> unreadRow(String name, int others) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
        row.addAll(Collections.nCopies(others, Cell.of(UNREAD, Tone.UNKNOWN)));
        return row;
    }
}
