package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/**
 * What is looked at, and what is found to be in order.
 *
 * @param staged where the external tables over clustered data sets are described
 * @param bucketed where their bucketed copies are
 * @param partitioned where the tables over snapshots are
 * @param roots data sets, or folders of data sets, to look at beyond those that tables name
 * @param key the column that tables are joined by
 * @param buckets how many buckets a bucketed table has
 * @param freshnessDays how old a snapshot may be
 * @param rowTolerance by how much two counts of the same rows may differ
 * @param nullRateDrift by how many points of a hundred the share of nulls of a column may move
 * @param files what counts as a small file, and how many of them are too many
 * @param maxColumns how many columns of a table Clean Rooms lets a query see
 * @param keys by what keys are counted
 * @param parallelism how many requests at a time
 */
public record MonitorOptions(
        Tables staged,
        Tables bucketed,
        Tables partitioned,
        List<S3Uri> roots,
        ColumnName key,
        int buckets,
        int freshnessDays,
        Percent rowTolerance,
        Percent nullRateDrift,
        SmallFiles files,
        int maxColumns,
        KeyChecks keys,
        int parallelism) {
    public MonitorOptions {
        roots = List.copyOf(roots);
    }

    /**
     * Where the tables of a family are described.
     *
     * @param prefix what their names begin with
     */
    public record Tables(CatalogName database, TablePrefix prefix) {
        @Override
        public String toString() {
            return "%s.%s*".formatted(database, prefix);
        }
    }

    /**
     * When files are too small.
     *
     * @param limit what is smaller is small
     * @param share how many of a hundred files may be
     */
    public record SmallFiles(DataSize limit, Percent share) {}

    Tables of(Family family) {
        return switch (family) {
            case STAGED -> staged;
            case BUCKETED -> bucketed;
            case PARTITIONED, ID_TABLE -> partitioned;
        };
    }
}
