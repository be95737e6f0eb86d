package com.omc.flywheel.common.publish;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;

/**
 * Travels to the tasks that write one table and gives each attempt files of its own, so that a repeated or speculative
 * attempt never meets another's.
 */
public final class TaskOutput implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FileCommitProtocol protocol;
    private final SerializableConfiguration configuration;
    private final String run;
    private final int tableIndex;
    private final String location;

    TaskOutput(FileCommitProtocol protocol, Configuration configuration, RunId run, int tableIndex, String location) {
        this.protocol = protocol;
        this.configuration = new SerializableConfiguration(configuration);
        this.run = run.value();
        this.tableIndex = tableIndex;
        this.location = location;
    }

    /** Begins this attempt of a task. */
    public Attempt begin(TaskContext task) {
        return begin(task.partitionId(), task.taskAttemptId());
    }

    /**
     * The same without Spark.
     *
     * @param partition the number of the task
     * @param attemptNumber another one for each attempt of any task
     */
    public Attempt begin(int partition, long attemptNumber) {
        Configuration hadoop = new Configuration(configuration.value());
        // Task ids must differ between the tables of a run: the committer names its records of pending files by them.
        TaskID id = new TaskID(new JobID(run, tableIndex), TaskType.MAP, partition);
        TaskAttemptID attempt = new TaskAttemptID(id, (int) (attemptNumber & Integer.MAX_VALUE));
        hadoop.set("mapreduce.job.id", id.getJobID().toString());
        hadoop.set("mapreduce.task.id", id.toString());
        hadoop.set("mapreduce.task.attempt.id", attempt.toString());
        hadoop.setBoolean("mapreduce.task.ismap", true);
        hadoop.setInt("mapreduce.task.partition", partition);
        TaskAttemptContext context = new TaskAttemptContextImpl(hadoop, attempt);
        protocol.setupTask(context);
        return new Attempt(context);
    }

    /** One attempt of a task: its files, at most one in a folder, then either {@link #commit} or {@link #abort}. */
    public final class Attempt {
        private final TaskAttemptContext context;

        private Attempt(TaskAttemptContext context) {
            this.context = context;
        }

        public Configuration configuration() {
            return context.getConfiguration();
        }

        /**
         * Where to write a file; its name holds the number of the task and the id of the run.
         *
         * @param folder below the table's location, empty or with a slash at its end
         */
        public Path newFile(String folder, String suffix) {
            return new Path(protocol.newTaskTempFile(
                    context, Option.apply(withoutSlash(location + folder)), new FileNameSpec("", suffix)));
        }

        /** Where the file will lie once committed, from the root of the data set. */
        public String key(String folder, Path file) {
            return location + folder + file.getName();
        }

        private static String withoutSlash(String path) {
            return path.substring(0, path.length() - 1);
        }

        /** Ends the attempt well: its files are kept, still out of sight. Gives the name of the task. */
        public String commit() {
            protocol.commitTask(context);
            return context.getTaskAttemptID().getTaskID().toString();
        }

        /** Ends the attempt badly: its uploads are aborted. */
        public void abort() {
            protocol.abortTask(context);
        }
    }
}
