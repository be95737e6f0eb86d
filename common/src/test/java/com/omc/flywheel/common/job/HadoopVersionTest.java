package com.omc.flywheel.common.job;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.omc.flywheel.common.failure.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"3.4.1", "3.4.0", "3.4.1-amzn-2"})
    void isTheOneThatGlueHas(String version) {
        assertThatCode(() -> HadoopVersion.require(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.3.4", "3.3.6-amzn-4", "2.10.2", "3.40.1", "4.0.0", ""})
    void isRefusedWithTheFixWhenItIsAnother(String version) {
        assertFails(FailureKind.ENVIRONMENT, () -> HadoopVersion.require(version))
                .hasMessage(
                        "ENVIRONMENT: this runs under Hadoop %s and needs 3.4.1, as AWS Glue 5.1 has it (stock Spark 3.5 ships 3.3.4); start it with run-sequence/spark-submit, or as a Glue job with GlueVersion 5.1",
                        version);
    }
}
