package com.omc.flywheel.common.split;

import com.omc.flywheel.common.publish.TaskOutput;
import com.omc.flywheel.common.publish.WrittenFile;
import com.omc.flywheel.common.sizing.FilePlan;
import com.omc.flywheel.common.sizing.FilePlan.PlannedFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.sql.catalyst.InternalRow;

/** The task that writes one file of a table: the partition's number is the file's. */
final class WriteFileTask implements Function2<Integer, Iterator<InternalRow>, Iterator<WriteFileTask.Result>> {
    private static final long serialVersionUID = 1L;
    private static final String SUFFIX = ".snappy.parquet";

    private final TaskOutput output;
    private final KeyReader keys;
    private final int buckets;
    private final ArrayList<PlannedFile> files;
    private final long rowGroupBytes;

    WriteFileTask(TaskOutput output, KeyReader keys, int buckets, FilePlan plan, long rowGroupBytes) {
        this.output = output;
        this.keys = keys;
        this.buckets = buckets;
        this.files = new ArrayList<>(plan.files());
        this.rowGroupBytes = rowGroupBytes;
    }

    /** What a task tells the driver. */
    record Result(WrittenFile file, TaskCommitMessage commit) implements Serializable {}

    @Override
    public Iterator<Result> call(Integer index, Iterator<InternalRow> rows) throws IOException {
        TaskOutput.Attempt attempt = output.begin(TaskContext.get());
        try {
            PlannedFile planned = files.get(index);
            PlacementCheck check = new PlacementCheck(keys, buckets, planned);
            Path path = attempt.newFile(SUFFIX);
            RowFile file = new RowFile(path, attempt.configuration(), rowGroupBytes);
            try (file) {
                while (rows.hasNext()) {
                    InternalRow row = rows.next();
                    check.accept(row);
                    file.write(row);
                }
            }
            WrittenFile written = new WrittenFile(
                    attempt.key(path), file.bytes(), check.finish(), planned.firstBucket(), planned.lastBucket());
            return List.of(new Result(written, attempt.commit())).iterator();
        } catch (IOException | RuntimeException e) {
            try {
                attempt.abort();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }
}
