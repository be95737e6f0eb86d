package com.omc.flywheel.sequence.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleLinksTest {
    @ParameterizedTest
    @CsvSource({
        "aws, eu-west-1, https://eu-west-1.console.aws.amazon.com",
        "aws-cn, cn-north-1, https://cn-north-1.console.amazonaws.cn",
        "aws-us-gov, us-gov-west-1, https://console.amazonaws-us-gov.com"
    })
    void leadToTheConsoleOfThePartition(String partition, String region, String console) {
        ExecutionArn arn = new ExecutionArn(partition, region, "111122223333", "machine", "2025-11-01-1");

        assertThat(ConsoleLinks.execution(arn))
                .hasValue(
                        "%s/states/home?region=%s#/v2/executions/details/arn:%s:states:%s:111122223333:execution:machine:2025-11-01-1"
                                .formatted(console, region, partition, region));
        assertThat(ConsoleLinks.log(arn, "etl-dev-split", "jr_1"))
                .hasValue(
                        "%s/cloudwatch/home?region=%s#logsV2:log-groups/log-group/$252Faws-glue$252Fetl-dev-split$252Ferror$3FlogStreamNameFilter$3Djr_1"
                                .formatted(console, region));
    }

    /** What the link above says, with a name of a job for the one that Terraform makes. */
    @Test
    void leadToTheLogGroupThatTerraformGivesAJob() throws IOException {
        String module = Files.readString(
                Path.of(System.getProperty("flywheel.home")).resolve("terraform/modules/glue-jobs/main.tf"));

        assertThat(module)
                .contains(
                        "log_group_prefixes = { for name, job in var.jobs : name => \"/aws-glue/${job.glue_name}\" }",
                        "\"--custom-logGroup-prefix\" = local.log_group_prefixes[each.key]");
    }

    @Test
    void areLeftOutWhereTheConsoleIsNotKnown() {
        ExecutionArn arn = new ExecutionArn("aws-iso", "us-iso-east-1", "111122223333", "machine", "x");

        assertThat(ConsoleLinks.execution(arn)).isEmpty();
        assertThat(ConsoleLinks.log(arn, "etl-dev-split", "jr_1")).isEmpty();
    }

    @Test
    void nameAnExecutionByTheArnOfItsStateMachine() {
        ExecutionArn arn = ExecutionArn.of("arn:aws-cn:states:cn-north-1:111122223333:stateMachine:machine", "a-1");

        assertThat(arn).hasToString("arn:aws-cn:states:cn-north-1:111122223333:execution:machine:a-1");
        assertThat(ExecutionArn.read(arn.toString())).hasValue(arn);
        assertThatThrownBy(() -> ExecutionArn.of("arn:aws:states:x", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no execution a of the state machine arn:aws:states:x can be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-11-01-1",
                "arn:aws:states:eu-west-1:111122223333:stateMachine:machine",
                "arn:aws:states:eu-west-1:1:execution:machine:a",
                "arn:aws:states:eu-west-1:111122223333:execution:machine:a:b"
            })
    void takeNothingElseForTheArnOfAnExecution(String text) {
        assertThat(ExecutionArn.read(text)).isEmpty();
    }
}
