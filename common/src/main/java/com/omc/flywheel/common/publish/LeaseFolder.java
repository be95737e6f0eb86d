package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The numbered files of a data set's lease; the one with the highest number says who holds it. */
final class LeaseFolder {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,18})\\.json");
    // Last-Modified and Date are in whole seconds: RFC 9110, 5.6.7. Each may be cut off by almost one.
    private static final Duration RESOLUTION = Duration.ofSeconds(2);
    /** How long after its time to live a lease is found to be over. */
    static final Duration UNTIL_OVER = RESOLUTION.plusSeconds(1);

    private final ObjectStore store;
    private final DataSet dataSet;
    private final StoredJson json = new StoredJson();

    LeaseFolder(ObjectStore store, DataSet dataSet) {
        this.store = store;
        this.dataSet = dataSet;
    }

    /** A numbered file and when it was written, by the store's clock. */
    record Numbered(long number, Instant writtenAt) {}

    /**
     * The files of one listing.
     *
     * @param files from the lowest number to the highest
     * @param storeTime when the store listed them
     */
    record Found(List<Numbered> files, Instant storeTime) {
        Found {
            files = List.copyOf(files);
        }

        Optional<Numbered> highest() {
            return files.isEmpty() ? Optional.empty() : Optional.of(files.get(files.size() - 1));
        }

        long highestNumber() {
            return highest().map(Numbered::number).orElse(0L);
        }

        /** How long ago the file was written, by the store's clock alone. */
        Duration age(Numbered file) {
            return Duration.between(file.writtenAt(), storeTime);
        }

        boolean isOver(Numbered file, LeaseFile content) {
            return content.released()
                    || age(file)
                                    .compareTo(Duration.ofSeconds(content.timeToLiveSeconds())
                                            .plus(RESOLUTION))
                            > 0;
        }
    }

    Found find() {
        return find(store.listWithTime(dataSet.lease()));
    }

    /** The files of the lease in a listing of the whole data set. */
    Found find(Listing listing) {
        List<Numbered> files = new ArrayList<>();
        for (StoredObject object : listing.objects()) {
            if (dataSet.lease().contains(object.uri()) && !DataSet.isOfTheStore(object)) {
                files.add(new Numbered(number(object.uri()), object.lastModified()));
            }
        }
        files.sort(Comparator.comparingLong(Numbered::number));
        return new Found(files, listing.storeTime());
    }

    /** Empty when the file has gone since it was listed: whoever followed deleted it. */
    Optional<LeaseFile> read(long number) {
        S3Uri location = file(number);
        return store.read(location)
                .map(content -> json.readVersion(
                        content,
                        LeaseFile.class,
                        location,
                        location.toString(),
                        LeaseFile.FORMAT_VERSION,
                        StoredJson.RUN_ITS_VERSION));
    }

    /** True when this caller has got the number; false when another has. */
    boolean take(long number, LeaseFile content) {
        return store.create(file(number), json.write(content), StoredJson.CONTENT_TYPE);
    }

    void delete(List<Long> numbers) {
        store.delete(numbers.stream().map(this::file).toList());
    }

    S3Uri file(long number) {
        return dataSet.lease().file(number + ".json");
    }

    private long number(S3Uri file) {
        var matcher = NUMBERED.matcher(dataSet.lease().relativize(file));
        if (!matcher.matches()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is no file of a lease; only this program may write there: move it away".formatted(file));
        }
        return Long.parseLong(matcher.group(1));
    }
}
