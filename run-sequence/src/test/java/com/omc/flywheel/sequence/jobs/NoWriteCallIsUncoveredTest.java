package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.sequence.faults.Faults;
import com.omc.flywheel.sequence.faults.InstalledFaults;
import com.omc.flywheel.sequence.faults.SmallLake;
import com.omc.flywheel.sequence.faults.WriteKinds;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults are tried out on a run without Spark: a real one must not write in any way that it does not. */
class NoWriteCallIsUncoveredTest {
    @TempDir
    Path data;

    @TempDir
    Path tinyData;

    @Test
    void aRunOfTheSplitWritesAsTheRunThatIsBrokenEverywhere() throws IOException {
        Set<String> covered;
        try (SmallLake tiny = new SmallLake(tinyData)) {
            covered = WriteKinds.covered(tiny);
        }

        Set<String> kinds = kindsOfTheSecondRun();

        System.out.println("%d kinds of writes, %d covered".formatted(kinds.size(), covered.size()));
        assertThat(kinds).isNotEmpty().isSubsetOf(covered);
    }

    private Set<String> kindsOfTheSecondRun() throws IOException {
        try (Lake lake = new Lake(data)) {
            Path mapping = lake.mapping("IBE_01,ibe1802,x,x,1", "IBE_02,ibe2001,x,x,1");
            lake.generate(GeneratorOptions.defaults().withRows(400).withMapping(mapping));
            Map<String, String> arguments = splitArguments("FORCE", "true");
            lake.run(InfobaseSplitAndBucketJob.DEFINITION, arguments);
            try (InstalledFaults faults = Faults.none().install()) {
                lake.run(InfobaseSplitAndBucketJob.DEFINITION, arguments);
                return WriteKinds.of(faults.writes(), new DataSet(WIDE_TARGET));
            }
        }
    }
}
