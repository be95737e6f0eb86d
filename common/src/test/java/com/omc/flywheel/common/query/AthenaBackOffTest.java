package com.omc.flywheel.common.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AthenaBackOffTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void doublesToItsLimit() {
        AthenaBackOff waits = new AthenaBackOff(Duration.ofMillis(500), LIMIT, always(0));

        assertThat(millis(waits, 6)).containsExactly(500L, 1000L, 2000L, 4000L, 4000L, 4000L);
    }

    @Test
    void addsAQuarterAtMostByChance() {
        AthenaBackOff waits = new AthenaBackOff(Duration.ofMillis(400), LIMIT, always(0.5));

        assertThat(millis(waits, 6)).containsExactly(450L, 900L, 1800L, 3600L, 4500L, 4500L);
    }

    @Test
    void neverWaitsLongerThanItsLimit() {
        AthenaBackOff waits = new AthenaBackOff(Duration.ofMillis(1), LIMIT, new Random(1));

        assertThat(millis(waits, 1000)).allSatisfy(wait -> assertThat(wait).isBetween(1L, 5000L));
    }

    @Test
    void keepsAFirstWaitThatIsLongerThanTheLimit() {
        AthenaBackOff waits = new AthenaBackOff(Duration.ofSeconds(60), LIMIT, always(0.5));

        assertThat(millis(waits, 2)).containsExactly(60_000L, 60_000L);
    }

    @Test
    void neverTurnsInCircles() {
        AthenaBackOff waits = new AthenaBackOff(Duration.ZERO, LIMIT, always(0));

        assertThat(millis(waits, 3)).containsExactly(1L, 2L, 4L);
    }

    private static List<Long> millis(AthenaBackOff waits, int count) {
        return Stream.generate(waits::next).limit(count).map(Duration::toMillis).toList();
    }

    private static RandomGenerator always(double chance) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        };
    }
}
