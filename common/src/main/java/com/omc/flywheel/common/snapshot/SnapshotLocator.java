package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the snapshot that a run reads: the newest one under a folder, or the one that was asked for.
 *
 * <p>Only folders named exactly {@code snapshot_dt=YYYY-MM-DD} for a real day not later than tomorrow (UTC: a producer
 * east of Greenwich may be a day ahead) are snapshots. Nothing falls back silently to an older one: when the newest
 * folder that means to be a snapshot is refused, that is the failure.
 */
public final class SnapshotLocator {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotLocator.class);
    private static final String SUCCESS = "_SUCCESS";
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("\\d{4}-\\d{2}");

    private final ObjectStore store;
    private final Clock clock;
    private final String argument;

    public SnapshotLocator(ObjectStore store, Clock clock) {
        this(store, clock, "--SOURCE_PATH");
    }

    /**
     * A locator in messages of which sources have another name.
     *
     * @param argument what names sources, for example {@code --SOURCE_PATHS}
     */
    public SnapshotLocator(ObjectStore store, Clock clock, String argument) {
        this.store = store;
        this.clock = clock;
        this.argument = argument;
    }

    /**
     * The dates that can be located under a folder, the newest first and at least one; what lies in them is not looked at.
     *
     * @throws JobFailure as {@link #locate} for the one that was asked for or else the newest, when there is none or it is
     *     misnamed or too late
     */
    public List<SnapshotDate> dates(S3Uri source, Optional<SnapshotDate> asked) {
        Candidates candidates = candidates(source);
        chosen(source, candidates, asked);
        return candidates.dates.stream()
                .filter(date -> !date.day().isAfter(latestDay()))
                .toList();
    }

    /**
     * The snapshot of the date that was asked for, or else the newest.
     *
     * @throws JobFailure MISSING_INPUT when there is none; BAD_DATA when the newest is misnamed, unfinished, empty, or
     *     holds something that is not a Parquet file directly in its folder
     */
    public SnapshotFolder locate(S3Uri source, Optional<SnapshotDate> asked, RequireSuccess requireSuccess) {
        Candidates candidates = candidates(source);
        SnapshotDate date = chosen(source, candidates, asked);
        S3Uri folder = source.folder(date.folderName());
        List<StoredObject> objects = store.list(folder);
        boolean finished = objects.stream().anyMatch(object -> object.uri().equals(folder.file(SUCCESS)));
        if (!finished && successIsRequired(source, candidates, requireSuccess)) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "snapshot %s is unfinished: it has no %s, which its producer writes last; wait for the producer, or pass --REQUIRE_SUCCESS false if it writes none"
                            .formatted(folder, SUCCESS));
        }
        return new SnapshotFolder(date, folder, dataFiles(folder, objects));
    }

    /**
     * Checks, when a run has read a snapshot, that it is still what was found.
     *
     * @throws JobFailure CONFLICT when a file was added, removed or written again
     */
    public void requireUnchanged(SnapshotFolder found) {
        List<StoredObject> now = store.list(found.uri()).stream()
                .filter(object -> Visibility.seenByReaders(found.uri().relativize(object.uri()), object.bytes()))
                .toList();
        if (!now.equals(found.dataFiles())) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "the files of %s changed while the job read them, so its tables may hold a mixture; nothing is published: start it again when the producer has finished"
                            .formatted(found.uri()));
        }
    }

    /** Folders that mean to be snapshots: the good ones, and the names of those that are not. */
    private record Candidates(List<SnapshotDate> dates, List<String> refused) {}

    private Candidates candidates(S3Uri source) {
        List<SnapshotDate> dates = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        String prefix = SnapshotDate.COLUMN + "=";
        for (S3Uri folder : store.folders(source)) {
            String name = folder.name();
            if (!name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                continue;
            }
            try {
                SnapshotDate date = SnapshotDate.parse(name.substring(prefix.length()));
                if (name.equals(date.folderName())) {
                    dates.add(date);
                } else {
                    refused.add(name);
                }
            } catch (IllegalArgumentException notADate) {
                refused.add(name);
            }
        }
        dates.sort(Comparator.reverseOrder());
        return new Candidates(dates, refused);
    }

    private SnapshotDate chosen(S3Uri source, Candidates candidates, Optional<SnapshotDate> asked) {
        SnapshotDate date =
                asked.map(day -> existing(source, candidates, day)).orElseGet(() -> newest(source, candidates));
        if (date.day().isAfter(latestDay())) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "snapshot %s is later than tomorrow (%s, UTC); check the producer's date or name another --SNAPSHOT_DT"
                            .formatted(source.folder(date.folderName()), latestDay()));
        }
        return date;
    }

    private SnapshotDate existing(S3Uri source, Candidates candidates, SnapshotDate asked) {
        if (candidates.dates.contains(asked)) {
            return asked;
        }
        throw new JobFailure(
                FailureKind.MISSING_INPUT,
                "there is no folder %s under %s; --SNAPSHOT_DT names one of: %s"
                        .formatted(
                                asked.folderName(),
                                source,
                                Names.list(candidates.dates.stream()
                                        .map(SnapshotDate::toString)
                                        .toList())));
    }

    private SnapshotDate newest(S3Uri source, Candidates candidates) {
        List<String> newerButRefused = candidates.refused.stream()
                .filter(name -> candidates.dates.isEmpty() || !isOlder(name, candidates.dates.get(0)))
                .toList();

        if (!newerButRefused.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "the newest snapshot folder under %s is not named %s=YYYY-MM-DD for a real date: %s; rename or remove it, or name the snapshot with --SNAPSHOT_DT"
                            .formatted(source, SnapshotDate.COLUMN, Names.list(newerButRefused)));
        }
        if (candidates.dates.isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "there is no folder %s=YYYY-MM-DD under %s; check %s, or whether the producer has run"
                            .formatted(SnapshotDate.COLUMN, source, argument));
        }
        if (!candidates.refused.isEmpty()) {
            LOG.warn(
                    "older folders under {} are not named snapshot_dt=YYYY-MM-DD for a real date and are passed over: {}",
                    source,
                    Names.list(candidates.refused));
        }
        return candidates.dates.get(0);
    }

    /** True when a refused name begins with a year and month, and the text says that it is before the newest date. */
    private static boolean isOlder(String refused, SnapshotDate newest) {
        String text = refused.substring(SnapshotDate.COLUMN.length() + 1);
        return YEAR_AND_MONTH.matcher(text).lookingAt() && text.compareTo(newest.toString()) < 0;
    }

    private boolean successIsRequired(S3Uri source, Candidates candidates, RequireSuccess requireSuccess) {
        return switch (requireSuccess) {
            case TRUE -> true;
            case FALSE -> false;
            case AUTO ->
                candidates.dates.stream()
                        .anyMatch(date ->
                                store.exists(source.folder(date.folderName()).file(SUCCESS)));
        };
    }

    private static List<StoredObject> dataFiles(S3Uri folder, List<StoredObject> objects) {
        List<StoredObject> files = new ArrayList<>();
        List<String> strays = new ArrayList<>();
        for (StoredObject object : objects) {
            String name = folder.relativize(object.uri());
            if (!Visibility.seenByReaders(name, object.bytes())) {
                continue;
            }
            if (name.endsWith(".parquet") && !name.contains("/")) {
                files.add(object);
            } else {
                strays.add(name);
            }
        }
        if (!strays.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "snapshot %s holds what is not a Parquet file directly in its folder: %s; readers would take it for data or miss it, so move it away"
                            .formatted(folder, Names.list(strays)));
        }
        if (files.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA, "snapshot %s holds no Parquet file; check the producer".formatted(folder));
        }
        return files;
    }

    private LocalDate latestDay() {
        return LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(1);
    }
}
