package com.omc.flywheel.jobs.createpartaddressableidsertable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreatePartAddressableIdsErTableArgumentsTest {
    @Test
    void namesTheTablesAndTheKeyThatTheOldJobHad() {
        CreatePartAddressableIdsErTableArguments arguments = read();

        assertThat(arguments.sourceTable()).hasToString("part_addressable_ids");
        assertThat(arguments.targetTable()).hasToString("part_addressable_ids_er");
        assertThat(arguments.key()).hasToString("customer_user_id");
        assertThat(arguments.snapshotDt()).isEmpty();
        assertThat(arguments.versions().keepVersions()).isEqualTo(2);
    }

    @Test
    void namesEverythingThatContradictsItself() {
        assertThatThrownBy(
                        () -> read("--TARGET_TABLE", "part_addressable_ids", "--KEY", "row_id", "--ENGINE", "athena"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("--ATHENA_WORKGROUP: is needed when --ENGINE is athena")
                .hasMessageContaining("--ATHENA_RESULTS_S3: is needed when --ENGINE is athena")
                .hasMessageContaining("--SOURCE_TABLE and --TARGET_TABLE are both part_addressable_ids")
                .hasMessageContaining("--KEY: row_id is what the column of unique ids is called");
    }

    private static CreatePartAddressableIdsErTableArguments read(String... more) {
        List<String> tokens = new ArrayList<>(
                List.of("--DATABASE", "staging", "--LOCATION", "s3://lake/identity/", "--ENGINE", "spark"));
        tokens.addAll(List.of(more));
        return new ArgumentRecord<>(CreatePartAddressableIdsErTableArguments.class)
                .read("create-part-addressable-ids-er-table", tokens)
                .arguments();
    }
}
