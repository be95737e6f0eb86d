package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code local status}: what data sets hold, who writes them, what killed runs have left, and what to do next.
 *
 * <p>It looks where the caller's other commands would: into the workspace that {@code --work} names; else, with
 * {@code --aws} or an endpoint in the environment, there; else into the default workspace. It writes nothing, so a
 * workspace may be in use.
 */
final class LocalStatusCommand implements Command {
    private static final CommandOption PATH = CommandOption.valueAlone(
            "PATH", "s3://bucket/prefix/ of a data set or of a folder of them; default all in the workspace");
    private static final CommandOption WORK = new CommandOption(
            "--work", "DIR", "the folder of local runs to look into; default run-sequence/target/local");
    private static final CommandOption AWS = CommandOption.flag(
            "--aws",
            "look at AWS, with your credentials; AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, when set, is asked without it");
    /** Where local runs write: the folders of data sets, and those of versions. */
    private static final List<S3Uri> WRITTEN = List.of(
            LocalWorkspace.BUCKET.folder("split_cluster"),
            LocalWorkspace.BUCKET.folder("split_part"),
            LocalWorkspace.BUCKET.folder("bucketed"),
            LocalWorkspace.BUCKET.folder("identity"));

    private final Path home;
    private final Map<String, String> environment;

    LocalStatusCommand(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<String> name() {
        return List.of("local", "status");
    }

    @Override
    public String purpose() {
        return "Says what data sets hold, who writes them, and what to do next.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(PATH, WORK, AWS);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        Optional<S3Uri> path = options.text(PATH).map(LocalStatusCommand::path);
        Optional<Path> work = options.path(WORK);
        if (work.isPresent() && options.isGiven(AWS)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT, "--work and --aws name two places to look; give one of them");
        }
        S3Connection connection = S3Connection.fromEnvironment(environment);
        if (work.isEmpty() && (options.isGiven(AWS) || connection.endpoint().isPresent())) {
            askServer(connection, path, output);
        } else {
            askWorkspace(LocalWorkspace.of(home, work), path, output);
        }
    }

    private static S3Uri path(String text) {
        try {
            return S3Uri.parse(text).asFolder();
        } catch (IllegalArgumentException e) {
            throw new JobFailure(FailureKind.BAD_ARGUMENT, "PATH: " + e.getMessage(), e);
        }
    }

    private static void askServer(S3Connection connection, Optional<S3Uri> path, PrintStream output) {
        S3Uri named = path.orElseThrow(() -> new JobFailure(
                FailureKind.BAD_ARGUMENT,
                "no path is given to look for at %s; name a data set, s3://bucket/prefix/, or --work to look into a local workspace"
                        .formatted(connection.describe())));
        try (S3ObjectStore store = S3ObjectStore.connect(connection)) {
            print(store, List.of(named), output);
        }
    }

    private void askWorkspace(LocalWorkspace workspace, Optional<S3Uri> path, PrintStream output) {
        S3Uri named = path.orElse(LocalWorkspace.BUCKET);
        // Starting a server would make the folder.
        if (!Files.isDirectory(workspace.file(new S3Uri(named.bucket(), "")))) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "the bucket %s is not in the workspace %s; name another one with --work, make this one with run-sequence/run local bucketed, or look at AWS with --aws"
                            .formatted(named.bucket(), workspace));
        }
        try (EmbeddedS3 server = EmbeddedS3.start(
                        home, workspace.s3(), EmbeddedS3Options.open().asReadOnly());
                S3ObjectStore store = S3ObjectStore.connectAnonymously(
                        new S3Connection(Optional.of(server.endpoint()), Optional.of("us-east-1"), Optional.empty()))) {
            print(store, path.map(List::of).orElseGet(() -> written(store)), output);
        }
    }

    /** Those that there are; the first when there is none, so that something is said. */
    private static List<S3Uri> written(ObjectStore store) {
        List<S3Uri> there = WRITTEN.stream()
                .filter(folder -> !store.folders(folder).isEmpty())
                .toList();
        return there.isEmpty() ? WRITTEN.subList(0, 1) : there;
    }

    private static void print(ObjectStore store, List<S3Uri> paths, PrintStream output) {
        String before = "";
        for (DataSet dataSet :
                paths.stream().flatMap(path -> dataSets(store, path).stream()).toList()) {
            output.print(before + DataSetStatus.read(store, dataSet).render());
            before = System.lineSeparator();
        }
    }

    /** The path itself, unless it is none of ours and the folders directly under it are. */
    private static List<DataSet> dataSets(ObjectStore store, S3Uri path) {
        List<DataSet> found = DataSets.under(store, path);
        return found.isEmpty() ? List.of(new DataSet(path)) : found;
    }
}
