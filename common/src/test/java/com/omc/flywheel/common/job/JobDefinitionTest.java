package com.omc.flywheel.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes out of a job's {@code main}; that spark-submit understands it is tested with spark-submit itself. */
class JobDefinitionTest {
    record Nothing() {}

    @AfterEach
    void leaveSparkSubmit() {
        System.clearProperty(JobExit.SPARK_SUBMIT);
    }

    @Test
    void tellsSparkSubmitTheExitCodeOfARunThatAnotherOneIsInTheWayOf() {
        System.setProperty(JobExit.SPARK_SUBMIT, "true");
        JobFailure failure = new JobFailure(FailureKind.BUSY, "another run holds s3://lake/out/");

        assertThatThrownBy(() -> launch(failure))
                .isInstanceOfSatisfying(SparkUserAppException.class, exit -> assertThat(exit.exitCode())
                        .isEqualTo(75))
                .hasMessage("BUSY: another run holds s3://lake/out/")
                .cause()
                .isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "BUSY")
    void letsOtherFailuresOutAsTheyAre(FailureKind kind) {
        System.setProperty(JobExit.SPARK_SUBMIT, "true");
        JobFailure failure = new JobFailure(kind, "mend it");

        assertThatThrownBy(() -> launch(failure)).isSameAs(failure).hasMessage(kind + ": mend it");
    }

    /** Glue reports the exception itself. */
    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void letsEveryFailureOutAsItIsWhereThereIsNoSparkSubmit(FailureKind kind) {
        JobFailure failure = new JobFailure(kind, "mend it");

        assertThatThrownBy(() -> launch(failure)).isSameAs(failure).hasMessage(kind + ": mend it");
    }

    private static void launch(JobFailure failure) {
        new JobDefinition<>("fail", "Fails.", Nothing.class, JobDefinitionTest.class, (arguments, context) -> {
                    throw failure;
                })
                .launch(new String[0]);
    }
}
