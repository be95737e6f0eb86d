package com.omc.flywheel.common.split;

import com.omc.flywheel.common.publish.TaskOutput;
import com.omc.flywheel.common.publish.WrittenFile;
import com.omc.flywheel.common.sizing.FilePlan;
import com.omc.flywheel.common.sizing.FilePlan.PlannedFile;
import com.omc.flywheel.common.storage.HadoopRequests;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
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
    private final ArrayList<S3Uri> places;

    /**
     * A task.
     *
     * @param places where it reads and writes
     */
    WriteFileTask(
            TaskOutput output, KeyReader keys, int buckets, FilePlan plan, long rowGroupBytes, List<S3Uri> places) {
        this.output = output;
        this.keys = keys;
        this.buckets = buckets;
        this.files = new ArrayList<>(plan.files());
        this.rowGroupBytes = rowGroupBytes;
        this.places = new ArrayList<>(places);
    }

    /**
     * What a task tells the driver.
     *
     * @param file its file
     * @param task the name that it committed it under
     * @param executor the process that it ran in
     * @param requests how many requests that process has sent to the store until now
     */
    record Result(WrittenFile file, String task, String executor, long requests) implements Serializable {}

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
            String task = attempt.commit();
            long requests = HadoopRequests.sentTo(attempt.configuration(), places);
            return List.of(new Result(written, task, SparkEnv.get().executorId(), requests))
                    .iterator();
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
