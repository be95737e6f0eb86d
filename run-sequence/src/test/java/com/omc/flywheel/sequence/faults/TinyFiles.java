package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.common.publish.OutputCommit;
import com.omc.flywheel.common.publish.TaskOutput;
import com.omc.flywheel.common.publish.WrittenFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes files of a few bytes as the tasks of a Spark job write theirs, and takes milliseconds. */
final class TinyFiles {
    static final int PER_TABLE = 2;

    private final OutputCommit output;
    private final Configuration hadoop;

    TinyFiles(OutputCommit output, Configuration hadoop) {
        this.output = output;
        this.hadoop = hadoop;
    }

    /** What the file of a task holds. */
    static String content(String table, int partition, String text) {
        return "%s %d %s".formatted(table, partition, text);
    }

    /** Uploads the files of one table, one after the other; nobody sees them. */
    List<WrittenFile> upload(int index, String table, String text) {
        TaskOutput tasks = output.forTable(index, table + "/", hadoop);
        List<WrittenFile> files = new ArrayList<>();
        for (int partition = 0; partition < PER_TABLE; partition++) {
            TaskOutput.Attempt attempt = tasks.begin(partition, (long) index * PER_TABLE + partition);
            files.add(write(attempt, partition, content(table, partition, text)));
        }
        return files;
    }

    /** One task; it aborts itself when it fails, as those of Spark do. */
    private WrittenFile write(TaskOutput.Attempt attempt, int partition, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            Path file = attempt.newFile("", ".snappy.parquet");
            write(file, attempt.configuration(), bytes);
            output.add(List.of(TaskEnvironment.during(attempt::commit)));
            return new WrittenFile(attempt.key("", file), bytes.length, 1, partition, partition);
        } catch (Exception e) {
            // Spark's commit protocol throws Hadoop's checked exceptions without declaring them.
            abort(attempt, e);
            throw e;
        }
    }

    private static void abort(TaskOutput.Attempt attempt, Exception reason) {
        try {
            attempt.abort();
        } catch (Exception alsoFailed) {
            reason.addSuppressed(alsoFailed);
        }
    }

    private static void write(Path file, Configuration configuration, byte[] content) {
        try (OutputStream out = file.getFileSystem(configuration).create(file, false)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
