package com.omc.flywheel.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final int SIZE = 50_000;

    private final Population population = new Population(3, LocalDate.of(2025, 10, 1), SIZE);

    @Test
    void spellsAnotherPersonsNumberInAnotherWay() {
        assertThat(IntStream.range(0, SIZE).mapToObj(position -> key(position).substring(0, 11)))
                .doesNotHaveDuplicates()
                .allMatch(letters -> letters.matches("[-_A-Za-z0-9]{11}"));
    }

    @Test
    void givesAPersonTheSameKeyInEverySnapshot() {
        Population later = new Population(3, LocalDate.of(2025, 11, 1), SIZE);
        long person = later.person(0);
        int position = (int) (person - population.person(0));
        assertThat(position).isBetween(SIZE / 100, SIZE / 20);
        assertThat(later.key(person)).isEqualTo(population.key(population.person(position)));
    }

    private String key(int position) {
        return population.key(population.person(position)).toStringUsingUTF8();
    }
}
