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
 * Travels to the tasks that write one table and gives each attempt a file of its own, so that a repeated or speculative
 * attempt never meets another's.
 */
public final class TaskOutput implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FileCommitProtocol protocol;
    private final SerializableConfiguration configuration;
    private final String run;
    private final int tableIndex;
    private final String folder;

    TaskOutput(FileCommitProtocol protocol, Configuration configuration, RunId run, int tableIndex, String folder) {
        this.protocol = protocol;
        this.configuration = new SerializableConfiguration(configuration);
        this.run = run.value();
        this.tableIndex = tableIndex;
        this.folder = folder;
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

    /** One attempt of a task: one file, then either {@link #commit} or {@link #abort}. */
    public final class Attempt {
        private final TaskAttemptContext context;

        private Attempt(TaskAttemptContext context) {
            this.context = context;
        }

        public Configuration configuration() {
            return context.getConfiguration();
        }

        /** Where to write the file; its name holds the number of the task and the id of the run. */
        public Path newFile(String suffix) {
            return new Path(protocol.newTaskTempFile(context, Option.apply(folder), new FileNameSpec("", suffix)));
        }

        /** Where the file will lie once committed, from the root of the data set. */
        public String key(Path file) {
            return folder + "/" + file.getName();
        }

        /** Ends the attempt well: its file is kept, still out of sight. Gives the name of the task. */
        public String commit() {
            protocol.commitTask(context);
            return context.getTaskAttemptID().getTaskID().toString();
        }

        /** Ends the attempt badly: its upload is aborted. */
        public void abort() {
            protocol.abortTask(context);
        }
    }
}
