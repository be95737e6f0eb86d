package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.partitions.PartitionAudit;
import com.omc.flywheel.common.quality.BucketCheck.BucketCount;
import com.omc.flywheel.common.quality.ColumnCheck.ColumnCount;
import com.omc.flywheel.common.quality.ContractCheck.Contract;
import com.omc.flywheel.common.quality.KeyCheck.KeyCount;
import com.omc.flywheel.common.quality.OriginCheck.Origin;
import com.omc.flywheel.common.quality.RowCheck.RowCounts;
import com.omc.flywheel.common.quality.SizeCheck.FileSizes;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.Optional;

/**
 * What was found of one table; a part is empty when its check does not concern the table, or could not be made, which is
 * among the alerts then.
 *
 * @param version what is recorded of the version that it is at
 * @param contents of the files that readers of its newest snapshot find; empty when they are not all there or readable
 */
record TableInspection(
        ObservedTable table,
        Alerts alerts,
        Contract contract,
        ColumnCount columns,
        Optional<Origin> origin,
        Optional<PublishedVersion> version,
        Optional<PartitionAudit> partitions,
        Optional<BucketCount> buckets,
        Optional<FileSizes> sizes,
        Optional<RowCounts> rows,
        Optional<NullRates> nullRates,
        Optional<TableContents> contents,
        Optional<KeyCount> keys) {

    TableInspection withKeys(Optional<KeyCount> counted) {
        return new TableInspection(
                table,
                alerts,
                contract,
                columns,
                origin,
                version,
                partitions,
                buckets,
                sizes,
                rows,
                nullRates,
                contents,
                counted);
    }
}
