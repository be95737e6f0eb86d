package com.omc.flywheel.common.split;

import com.omc.flywheel.common.bucketing.Numbering;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows of a snapshot go.
 *
 * @param layout where its folders lie
 * @param numbering what a row's bucket is
 * @param buckets how many buckets there are
 */
public record Placement(Layout layout, Numbering numbering, int buckets) implements Serializable {
    /** The partition column that buckets are folders of. */
    public static final String ID_BUCKET = "id_bucket";

    /** One snapshot at a time, a file holding whole Hive buckets. */
    public static Placement clustered(int buckets) {
        return new Placement(Layout.CLUSTERED, Numbering.HIVE_BUCKET, buckets);
    }

    /**
     * Snapshots beside each other.
     *
     * @param layout a partitioned one
     * @param buckets how many Hive buckets rows are clustered by where there are no id buckets
     * @param idBuckets how many folders of its own each snapshot has; 0 for none
     */
    public static Placement partitioned(Layout layout, int buckets, int idBuckets) {
        return idBuckets == 0
                ? new Placement(layout, Numbering.HIVE_BUCKET, buckets)
                : new Placement(layout, Numbering.ID_BUCKET, idBuckets);
    }

    /** Whether each bucket is a folder, with files of its own. */
    public boolean hasFolders() {
        return numbering == Numbering.ID_BUCKET;
    }

    /** The folder of a bucket under its snapshot's, with a slash at its end; empty where buckets have none. */
    public String folderOf(int bucket) {
        return hasFolders() ? "%s=%d/".formatted(ID_BUCKET, bucket) : "";
    }

    /** What folders below a table's are named by, in their order. */
    public List<ColumnEntry> partitionKeys() {
        List<ColumnEntry> keys = new ArrayList<>();
        if (layout.isPartitioned()) {
            keys.add(new ColumnEntry(SnapshotDate.COLUMN, "date", ""));
        }
        if (hasFolders()) {
            keys.add(new ColumnEntry(ID_BUCKET, "int", ""));
        }
        return keys;
    }

    /** The same for a manifest. */
    Bucketing bucketing(String key) {
        return new Bucketing(key, buckets, hasFolders() ? Bucketing.XXHASH64 : Bucketing.HIVE_V1);
    }
}
