package com.omc.flywheel.common.collaboration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlueArnTest {
    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-cn", "aws-us-gov"})
    void hasTheRegionTheDatabaseAndTheTable(String partition) {
        assertThat(GlueArn.of("arn:%s:glue:eu-west-1:111122223333:table/lake/part_ids_er".formatted(partition)))
                .isEqualTo(new GlueArn("eu-west-1", "lake", "part_ids_er"));
    }

    @Test
    void hasATableWithoutAnAccount() {
        assertThat(GlueArn.of("arn:aws:glue:::table/lake/part_ids_er"))
                .isEqualTo(new GlueArn("", "lake", "part_ids_er"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "part_ids_er",
                "arn:aws:glue:eu-west-1:111122223333:database/lake",
                "arn:aws:glue:eu-west-1:111122223333:table/lake",
                "arn:aws:glue:eu-west-1:111122223333:table/lake/",
                "arn:aws:entityresolution:eu-west-1:111122223333:matchingworkflow/ids",
                "arn:aws:s3:::lake/table/a/b",
            })
    void isEmptyForAnythingElse(String arn) {
        assertThat(GlueArn.of(arn)).isEqualTo(new GlueArn("", "", ""));
    }
}
