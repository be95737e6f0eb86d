package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;

/**
 * All files of one run, of all its tables, as one job of Hadoop's S3A magic committer up to the point where tasks have
 * uploaded and nobody sees anything.
 *
 * <p>The committer's root is the data set and the tables are folders under it, so its working folder lies beside the
 * tables and never in one. Its last step, the commit of the job, is not used: it deletes what it has completed when one
 * answer is lost, and knows neither journal nor lease. {@link #preparedFiles} reads what that step would read, and
 * {@link Publication} decides.
 */
public final class OutputCommit implements UnseenFiles {
    /** Names the committer's working folder, and so keeps runs apart. */
    private static final String COMMITTER_UUID = "fs.s3a.committer.uuid";
    /** Off: the committer would abort every upload under the root, another run's too. */
    private static final String ABORT_EVERY_UPLOAD = "fs.s3a.committer.abort.pending.uploads";

    private static final List<String> COMMIT_SETTINGS = List.of(COMMITTER_UUID, ABORT_EVERY_UPLOAD);
    private static final String MAGIC_COMMITTER = "org.apache.hadoop.fs.s3a.commit.magic.MagicS3GuardCommitter";

    private final S3Uri root;
    private final DataSet dataSet;
    private final RunId run;
    private final PathOutputCommitProtocol protocol;
    private final JobContextImpl job;
    private final Set<String> committedTasks = new HashSet<>();

    private OutputCommit(DataSet dataSet, RunId run, Configuration configuration) {
        this.root = dataSet.root();
        this.dataSet = dataSet;
        this.run = run;
        this.protocol = new PathOutputCommitProtocol(run.value(), root.toHadoop(), false);
        this.job = new JobContextImpl(configuration, new JobID(run.value(), 0));
    }

    /** The commit of a run; nothing is written yet. */
    static OutputCommit of(DataSet dataSet, RunId run, Configuration hadoop) {
        Configuration configuration = new Configuration(hadoop);
        configuration.set(COMMITTER_UUID, run.value());
        configuration.setBoolean(ABORT_EVERY_UPLOAD, false);
        OutputCommit commit = new OutputCommit(dataSet, run, configuration);
        commit.calling("preparing", commit::requireMagicCommitter);
        return commit;
    }

    /** Makes the committer's working folder. */
    @Override
    public void begin() {
        calling("preparing", () -> protocol.setupJob(job));
    }

    /**
     * What the tasks that write one table need.
     *
     * @param index the table's number in the run, no other's
     * @param location where the table's files will lie, from the root of the data set, with a slash at its end
     * @param writing the settings of the table's writer; those of the commit are added
     */
    public TaskOutput forTable(int index, String location, Configuration writing) {
        Configuration configuration = new Configuration(writing);
        for (String setting : COMMIT_SETTINGS) {
            configuration.set(setting, job.getConfiguration().get(setting));
        }
        return new TaskOutput(protocol, configuration, run, index, location);
    }

    /** Adds tasks that ended well, by the names that {@link TaskOutput.Attempt#commit} gave. */
    public synchronized void add(List<String> tasks) {
        committedTasks.addAll(tasks);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Each task that commits leaves one {@code <task>.pendingset} in the working folder, JSON that names its uploads
     * ("Committing work to S3 with the S3A Committers", Hadoop 3.4.1). Those of tasks that were repeated and lost are not
     * among them.
     */
    @Override
    public synchronized List<PreparedFile> preparedFiles(ObjectStore store, Map<String, Long> sizes) {
        PendingSets pendingSets = new PendingSets(store);
        Map<String, PreparedFile> found = new HashMap<>();
        Set<String> missing = new HashSet<>(committedTasks);
        for (StoredObject object : store.list(dataSet.attemptFolder(run))) {
            String name = object.uri().name();
            if (name.endsWith(PendingSets.SUFFIX)
                    && missing.remove(name.substring(0, name.length() - PendingSets.SUFFIX.length()))) {
                pendingSets
                        .read(object.uri())
                        .forEach(file -> found.put(root.relativize(file.upload().uri()), file));
            }
        }
        List<String> wrong = new ArrayList<>(missing);
        sizes.forEach((key, bytes) -> {
            PreparedFile file = found.get(key);
            if (file == null || file.bytes() != bytes) {
                wrong.add("%s (%s instead of %d bytes)".formatted(key, file == null ? "absent" : file.bytes(), bytes));
            }
        });
        found.keySet().stream().filter(key -> !sizes.containsKey(key)).forEach(wrong::add);
        if (!wrong.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s does not name the uploads that the tasks of this run made: %s; something else writes or deletes there: find out what, then start the job again"
                            .formatted(dataSet.attemptFolder(run), Names.list(wrong)));
        }
        return sizes.keySet().stream().sorted().map(found::get).toList();
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
