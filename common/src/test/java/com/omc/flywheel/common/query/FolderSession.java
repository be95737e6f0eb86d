package com.omc.flywheel.common.query;

import com.omc.flywheel.common.parquet.FolderAsS3;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A session of a test's own in which {@code s3a://} is a folder of the machine, each bucket a folder in it. */
final class FolderSession {
    private final SparkSession session;
    private final Path root;

    FolderSession(SparkSession shared, Path root) {
        this.session = shared.newSession();
        this.root = root;
        session.conf().set("fs.s3a.impl", FolderAsS3.class.getName());
        session.conf().set("fs.s3a.impl.disable.cache", "true");
        session.conf().set("flywheel.test.folder", root.toString());
    }

    SparkSession spark() {
        return session;
    }

    /** Writes what a query gives as one file under the bucket {@code lake}. */
    void write(String folder, String sql) {
        write(folder, session.sql(sql));
    }

    void write(String folder, Dataset<Row> rows) {
        rows.coalesce(1).write().parquet(path(folder).toString());
    }

    Path path(String folder) {
        return root.resolve("lake").resolve(folder);
    }
}
