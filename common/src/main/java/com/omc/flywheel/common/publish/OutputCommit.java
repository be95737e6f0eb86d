package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/**
 * All files of one run, of all its tables, as one job of Hadoop's S3A magic committer: tasks upload, nobody sees
 * anything, and one call completes every upload.
 *
 * <p>The committer's root is the data set and the tables are folders under it, so the whole run has one commit, and its
 * working folder lies beside the tables and never in one. There is no {@code _SUCCESS}: the manifest says that a run
 * ended well, and the committer is checked before the first write and not by a marker after the last. Closing it without
 * {@link #commit} aborts every upload of this run and of no other: file names carry the run's id.
 */
public final class OutputCommit implements AutoCloseable {
    /** Names the committer's working folder, and so keeps runs apart. */
    private static final String COMMITTER_UUID = "fs.s3a.committer.uuid";
    /** Off: the committer would abort every upload under the root, another run's too; close() aborts ours by name. */
    private static final String ABORT_EVERY_UPLOAD = "fs.s3a.committer.abort.pending.uploads";

    /** Off: a run that begins would delete the marker of the run before it, and then perhaps fail. */
    private static final String SUCCESS_MARKER = "mapreduce.fileoutputcommitter.marksuccessfuljobs";

    private static final List<String> COMMIT_SETTINGS = List.of(COMMITTER_UUID, ABORT_EVERY_UPLOAD, SUCCESS_MARKER);
    private static final String MAGIC_COMMITTER = "org.apache.hadoop.fs.s3a.commit.magic.MagicS3GuardCommitter";

    private static final Logger LOG = LoggerFactory.getLogger(OutputCommit.class);

    private final ObjectStore store;
    private final S3Uri root;
    private final RunId run;
    private final PathOutputCommitProtocol protocol;
    private final JobContextImpl job;
    private final List<TaskCommitMessage> committedTasks = new ArrayList<>();
    private boolean committed;

    private OutputCommit(ObjectStore store, S3Uri root, RunId run, Configuration configuration) {
        this.store = store;
        this.root = root;
        this.run = run;
        this.protocol = new PathOutputCommitProtocol(run.value(), root.toHadoop(), false);
        this.job = new JobContextImpl(configuration, new JobID(run.value(), 0));
    }

    /** Begins the commit: the first thing that is written to the target, and so the first that may be refused. */
    public static OutputCommit begin(ObjectStore store, DataSet dataSet, RunId run, Configuration hadoop) {
        Configuration configuration = new Configuration(hadoop);
        configuration.set(COMMITTER_UUID, run.value());
        configuration.setBoolean(ABORT_EVERY_UPLOAD, false);
        configuration.setBoolean(SUCCESS_MARKER, false);
        OutputCommit commit = new OutputCommit(store, dataSet.root(), run, configuration);
        commit.calling("preparing", () -> {
            commit.requireMagicCommitter();
            requirePermissions(store, dataSet.permissionProbe(run));
            commit.protocol.setupJob(commit.job);
        });
        return commit;
    }

    /**
     * What the tasks that write one table need.
     *
     * @param index the table's number in the run, no other's
     * @param folder the table's folder under the data set
     * @param writing the settings of the table's writer; those of the commit are added
     */
    public TaskOutput forTable(int index, String folder, Configuration writing) {
        Configuration configuration = new Configuration(writing);
        for (String setting : COMMIT_SETTINGS) {
            configuration.set(setting, job.getConfiguration().get(setting));
        }
        return new TaskOutput(protocol, configuration, run, index, folder);
    }

    /** Adds tasks that ended well. */
    public synchronized void add(List<TaskCommitMessage> tasks) {
        committedTasks.addAll(tasks);
    }

    /** Completes every upload. Each file becomes visible by itself, within seconds of the others. */
    public void commit() {
        calling(
                "completing the uploads of",
                () -> protocol.commitJob(
                        job, JavaConverters.asScalaBuffer(committedTasks).toSeq()));
        committed = true;
    }

    /**
     * Aborts what is left of this run's uploads: all of them when it was not committed, and after a commit those that
     * lost executors had begun.
     */
    @Override
    public void close() {
        if (committed) {
            try {
                abortUploads();
            } catch (JobFailure e) {
                LOG.warn("uploads of run {} that were begun and not needed may be left: {}", run, e.getMessage());
            }
            return;
        }
        try {
            calling("cleaning up", () -> protocol.abortJob(job));
        } finally {
            abortUploads();
        }
    }

    private void abortUploads() {
        for (PendingUpload upload : store.pendingUploads(root)) {
            if (upload.uri().name().contains(run.value())) {
                store.abort(upload);
            }
        }
    }

    /** A role that may write and not delete would find out when old files lie beside new ones. */
    private static void requirePermissions(ObjectStore store, S3Uri probe) {
        store.write(probe, new byte[] {'\n'}, "text/plain; charset=utf-8");
        store.delete(List.of(probe));
    }

    /** A silent fall-back to a committer that renames would break every promise of this package. */
    private void requireMagicCommitter() throws IOException {
        TaskAttemptID attempt = new TaskAttemptID(new TaskID(job.getJobID(), TaskType.MAP, 0), 0);
        String committer = PathOutputCommitterFactory.createCommitter(
                        new Path(root.toHadoop()), new TaskAttemptContextImpl(job.getConfiguration(), attempt))
                .getClass()
                .getName();
        if (!committer.equals(MAGIC_COMMITTER)) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s would be written with the committer %s, whose files are seen before they are committed; remove spark.hadoop.fs.s3a.committer.* and mapreduce.outputcommitter.* from the job's --conf"
                            .formatted(root, committer));
        }
    }

    /** Spark's commit protocol throws Hadoop's checked exceptions without declaring them. */
    private void calling(String doing, CommitCall call) {
        try {
            call.run();
        } catch (JobFailure failure) {
            throw failure;
        } catch (Exception e) {
            throw HadoopFailures.ofStorage("%s %s".formatted(doing, root), e)
                    .orElseGet(() -> new JobFailure(
                            FailureKind.SERVICE,
                            "%s %s failed: %s; start the job again".formatted(doing, root, HadoopFailures.firstLine(e)),
                            e));
        }
    }

    @FunctionalInterface
    private interface CommitCall {
        void run() throws Exception;
    }
}
