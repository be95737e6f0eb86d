package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where everything of one data set lies: a folder for each table, and what is ours in a folder that every reader skips.
 *
 * @param root for example {@code s3://lake/split_cluster/infobase_attributes/}
 */
public record DataSet(S3Uri root) {
    /** Hadoop names these folders so for the magic committer: {@code MagicCommitPaths}. */
    static final String ATTEMPT_FOLDER = "__magic_job-";

    /** The embedded server lists a file under such a name until all of it is there; S3 lists no such thing. */
    private static final Pattern BEING_WRITTEN =
            Pattern.compile(".+\\.json-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String MANIFEST = "manifest.json";
    private static final Pattern MANIFEST_OF_SNAPSHOT =
            Pattern.compile(SnapshotDate.COLUMN + "=(\\d{4}-\\d{2}-\\d{2})/" + Pattern.quote(MANIFEST));

    public DataSet {
        root = root.asFolder();
    }

    public S3Uri tableFolder(String folder) {
        return root.folder(folder);
    }

    /** The manifest of one snapshot. */
    public S3Uri manifest(SnapshotDate snapshot) {
        return manifests().folder(snapshot.folderName()).file(MANIFEST);
    }

    /** The snapshot that an object is the manifest of; empty for any other object. */
    Optional<SnapshotDate> snapshotOfManifest(S3Uri object) {
        if (!manifests().contains(object)) {
            return Optional.empty();
        }
        Matcher matcher = MANIFEST_OF_SNAPSHOT.matcher(manifests().relativize(object));
        return matcher.matches() ? Optional.of(SnapshotDate.parse(matcher.group(1))) : Optional.empty();
    }

    private S3Uri manifests() {
        return ours().folder("manifests");
    }

    /** The pointer to the manifest that describes what the folders hold now. */
    public S3Uri current() {
        return ours().file("current.json");
    }

    /**
     * The date of the newest snapshot and nothing else, for readers that know no manifest. In a partitioned data set, whose
     * folders are partitions, it is hidden.
     */
    public S3Uri snapshotDateFile(Layout layout) {
        S3Uri folder = layout.isPartitioned() ? ours() : root.folder("metadata");
        return folder.file("snapshot_dt.txt");
    }

    /** What runs say of themselves while they publish: a folder for each run that is not forgotten. */
    S3Uri journal() {
        return ours().folder("journal");
    }

    /** The mark that a run leaves when it reaches a state. */
    S3Uri mark(RunId run, RunState state) {
        return journal().folder(run.value()).file(state.fileName());
    }

    /** The numbered files of which the highest says who may write. */
    S3Uri lease() {
        return ours().folder("lease");
    }

    /** Where S3A's committer keeps what it must remember of one run's uploads. */
    S3Uri attemptFolder(RunId run) {
        return root.folder(ATTEMPT_FOLDER + run);
    }

    /** True for what no run of this program wrote as a mark or a lease, although it is listed among them. */
    static boolean isOfTheStore(StoredObject object) {
        return object.isFolderMarker()
                || BEING_WRITTEN.matcher(object.uri().name()).matches();
    }

    /** What is this program's; a folder that has it is a data set. */
    public S3Uri ours() {
        return root.folder("_flywheel");
    }
}
