package com.omc.flywheel.jobs;

import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.addressablesplitandpart.AddressableSplitAndPartJob;
import com.omc.flywheel.jobs.createathenabucketedtables.CreateAthenaBucketedTablesJob;
import com.omc.flywheel.jobs.createpartaddressableidsertable.CreatePartAddressableIdsErTableJob;
import com.omc.flywheel.jobs.generatecleanroomsreport.GenerateCleanroomsReportJob;
import com.omc.flywheel.jobs.generatedatamonitorreport.GenerateDataMonitorReportJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import com.omc.flywheel.jobs.resolvesnapshot.ResolveSnapshotJob;
import java.util.List;

/** Every job there is; documents, Terraform and sequences are checked against it. */
public final class JobCatalog {
    private JobCatalog() {}

    /** In the order in which the pipelines run them. */
    public static List<JobDefinition<?>> all() {
        return List.of(
                ResolveSnapshotJob.DEFINITION,
                InfobaseSplitAndBucketJob.DEFINITION,
                AddressableBucketJob.DEFINITION,
                RegisterStagedTablesJob.DEFINITION,
                CreateAthenaBucketedTablesJob.DEFINITION,
                InfobaseSplitAndPartJob.DEFINITION,
                AddressableSplitAndPartJob.DEFINITION,
                RegisterPartTablesJob.DEFINITION,
                PreparePartTablesJob.DEFINITION,
                CreatePartAddressableIdsErTableJob.DEFINITION,
                GenerateCleanroomsReportJob.DEFINITION,
                GenerateDataMonitorReportJob.DEFINITION);
    }
}
