package com.omc.flywheel.common.parallel;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TablesInParallelTest {
    private static final List<String> TABLES = List.of("IBE_01", "IBE_02", "IBE_03", "IBE_04");

    @Test
    void givesResultsInTheOrderOfTheTablesWhicheverEndsFirst() {
        CountDownLatch lastIsDone = new CountDownLatch(1);

        List<String> results = run(4, table -> {
            if (table.equals("IBE_04")) {
                lastIsDone.countDown();
            } else {
                await(lastIsDone);
            }
            return table + " done";
        });

        assertThat(results).containsExactly("IBE_01 done", "IBE_02 done", "IBE_03 done", "IBE_04 done");
    }

    @Test
    void doesAsManyAtATimeAsItIsTold() {
        CyclicBarrier twoAtATime = new CyclicBarrier(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        run(2, table -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            meet(twoAtATime);
            running.decrementAndGet();
            meet(twoAtATime);
            return table;
        });

        assertThat(most).hasValue(2);
    }

    @Test
    void doesOneAtATimeWhenToldSo() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> many = IntStream.range(0, 100).boxed().toList();

        List<Integer> results = new TablesInParallel(1, "none is published").run(many, String::valueOf, table -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            return table;
        });

        assertThat(results).isEqualTo(many);
        assertThat(most).hasValue(1);
    }

    @Test
    void triesEveryTableAndNamesEveryOneThatFailed() {
        Queue<String> tried = new ConcurrentLinkedQueue<>();

        assertFails(
                        FailureKind.BAD_DATA,
                        () -> run(2, table -> {
                            tried.add(table);
                            return switch (table) {
                                case "IBE_01" -> throw new JobFailure(FailureKind.BAD_DATA, "a column is damaged");
                                case "IBE_03" -> throw new JobFailure(FailureKind.SERVICE, "no answer");
                                default -> table;
                            };
                        }))
                .hasMessage(
                        """
                        BAD_DATA: 2 of 4 tables failed, none is published:
                          - IBE_01: BAD_DATA: a column is damaged
                          - IBE_03: SERVICE: no answer""");
        assertThat(tried).containsExactlyInAnyOrderElementsOf(TABLES);
    }

    @Test
    void namesTablesThatFailedForOneReasonTogether() {
        IllegalArgumentException cause = new IllegalArgumentException("inside");

        assertFails(
                        FailureKind.ACCESS_DENIED,
                        () -> run(4, table -> {
                            if (table.equals("IBE_02")) {
                                throw new JobFailure(FailureKind.BAD_DATA, "a column is damaged");
                            }
                            throw new JobFailure(FailureKind.ACCESS_DENIED, "s3:PutObject was refused", cause);
                        }))
                .hasMessage(
                        """
                        ACCESS_DENIED: 4 of 4 tables failed, none is published:
                          - IBE_01, IBE_03, IBE_04: ACCESS_DENIED: s3:PutObject was refused
                          - IBE_02: BAD_DATA: a column is damaged""")
                .hasCause(cause);
    }

    @Test
    void waitsForEveryTableBeforeADefectGoesOut() {
        CountDownLatch defectIsThrown = new CountDownLatch(1);
        Queue<String> ended = new ConcurrentLinkedQueue<>();
        IllegalArgumentException defect = new IllegalArgumentException("a defect");
        IllegalArgumentException another = new IllegalArgumentException("another defect");

        assertThatThrownBy(() -> run(4, table -> {
                    switch (table) {
                        case "IBE_01" -> {
                            defectIsThrown.countDown();
                            throw defect;
                        }
                        case "IBE_02" -> throw new JobFailure(FailureKind.SERVICE, "no answer");
                        case "IBE_03" -> throw another;
                        default -> {
                            await(defectIsThrown);
                            pause();
                            ended.add(table);
                        }
                    }
                    return table;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("IBE_01, IBE_03 failed by a defect of the program")
                .hasCause(defect)
                .hasSuppressedException(another);
        assertThat(ended).containsExactly("IBE_04");
    }

    @Test
    void isStoppedByAnInterrupt() {
        CountDownLatch never = new CountDownLatch(1);

        assertFails(FailureKind.SERVICE, () -> {
                    Thread.currentThread().interrupt();
                    run(2, table -> {
                        await(never);
                        return table;
                    });
                })
                .hasMessage("SERVICE: the job was interrupted; start it again");
        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
    }

    @Test
    void hasNothingToDoWithoutTables() {
        assertThat(new TablesInParallel(4, "none is published").run(List.<String>of(), table -> table, table -> table))
                .isEmpty();
    }

    @Test
    void keepsTheStackTracesOfEveryFailure() {
        List<JobFailure> failures = TABLES.stream()
                .map(table -> new JobFailure(FailureKind.BAD_DATA, table, new IllegalArgumentException(table)))
                .toList();

        assertFails(
                        FailureKind.BAD_DATA,
                        () -> run(4, table -> {
                            throw failures.get(TABLES.indexOf(table));
                        }))
                .hasMessageContaining("4 of 4 tables failed")
                .hasCause(failures.get(0).getCause())
                .hasSuppressedException(failures.get(3));
    }

    @Test
    void doesNotTakeADefectForAFailureOfTheInputAndStillTriesEveryTable() {
        Queue<String> tried = new ConcurrentLinkedQueue<>();
        IllegalArgumentException defect = new IllegalArgumentException("a defect");

        assertThatThrownBy(() -> run(1, table -> {
                    tried.add(table);
                    if (table.equals("IBE_02")) {
                        throw defect;
                    }
                    return table;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("IBE_02 failed by a defect of the program")
                .hasCause(defect);
        assertThat(tried).containsExactlyElementsOf(TABLES);
    }

    private static List<String> run(int atATime, Function<String, String> work) {
        return new TablesInParallel(atATime, "none is published").run(TABLES, table -> table, work);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other table did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            boolean opened = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
            assertThat(opened).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped before it ended", e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other table did not come", e);
        }
    }
}
