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

/**
 * The task that writes one planned file of a table, whose number is the partition's: as one file, or where buckets have
 * folders of their own, as one for each bucket that has rows.
 */
final class WriteFileTask implements Function2<Integer, Iterator<InternalRow>, Iterator<WriteFileTask.Result>> {
    private static final long serialVersionUID = 1L;
    private static final String SUFFIX = ".snappy.parquet";

    private final TaskOutput output;
    private final KeyReader keys;
    private final Placement placement;
    private final ArrayList<PlannedFile> files;
    private final long rowGroupBytes;
    private final ArrayList<S3Uri> places;

    /**
     * A task.
     *
     * @param places where it reads and writes
     */
    WriteFileTask(
            TaskOutput output,
            KeyReader keys,
            Placement placement,
            FilePlan plan,
            long rowGroupBytes,
            List<S3Uri> places) {
        this.output = output;
        this.keys = keys;
        this.placement = placement;
        this.files = new ArrayList<>(plan.files());
        this.rowGroupBytes = rowGroupBytes;
        this.places = new ArrayList<>(places);
    }

    /**
     * What a task tells the driver.
     *
     * @param files what it wrote
     * @param task the name that it committed them under
     * @param executor the process that it ran in
     * @param requests how many requests that process has sent to the store until now
     */
    record Result(List<WrittenFile> files, String task, String executor, long requests) implements Serializable {
        Result {
            files = List.copyOf(files);
        }
    }

    @Override
    public Iterator<Result> call(Integer index, Iterator<InternalRow> rows) throws IOException {
        TaskOutput.Attempt attempt = output.begin(TaskContext.get());
        try {
            List<WrittenFile> written = write(attempt, files.get(index), rows);
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

    private List<WrittenFile> write(TaskOutput.Attempt attempt, PlannedFile planned, Iterator<InternalRow> rows)
            throws IOException {
        PlacementCheck check = new PlacementCheck(keys, placement.buckets(), planned);
        List<WrittenFile> written = new ArrayList<>();
        PeekedRows peeked = new PeekedRows(rows, check);
        while (peeked.hasNext()) {
            int bucket = peeked.bucket();
            Path path = attempt.newFile(placement.folderOf(bucket), SUFFIX);
            RowFile file = new RowFile(path, attempt.configuration(), rowGroupBytes);
            long rowsInFile = 0;
            try (file) {
                while (peeked.hasNext() && (!placement.hasFolders() || peeked.bucket() == bucket)) {
                    file.write(peeked.take());
                    rowsInFile++;
                }
            }
            written.add(new WrittenFile(
                    attempt.key(placement.folderOf(bucket), path),
                    file.bytes(),
                    rowsInFile,
                    placement.hasFolders() ? bucket : planned.firstBucket(),
                    placement.hasFolders() ? bucket : planned.lastBucket()));
        }
        check.finish();
        return written;
    }

    /** The rows, each checked and looked at before it is taken: Spark gives the same row again and again. */
    private static final class PeekedRows {
        private final Iterator<InternalRow> rows;
        private final PlacementCheck check;
        private InternalRow next;
        private int bucket;

        PeekedRows(Iterator<InternalRow> rows, PlacementCheck check) {
            this.rows = rows;
            this.check = check;
        }

        boolean hasNext() {
            if (next == null && rows.hasNext()) {
                next = rows.next();
                bucket = check.accept(next);
            }
            return next != null;
        }

        int bucket() {
            return bucket;
        }

        InternalRow take() {
            InternalRow row = next;
            next = null;
            return row;
        }
    }
}
