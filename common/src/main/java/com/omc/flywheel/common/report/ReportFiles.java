package com.omc.flywheel.common.report;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one report is written, and which ones of its series lie there already.
 *
 * <p>The files are {@code <name>_YYYYMMDD_HHMMSS} (UTC) with {@code .json}, {@code _<Suffix>.csv} for each table and
 * {@code .html}. They are written in that order, so whoever sees the page finds the rest. No file of another report is
 * ever replaced; a report that was cut off is not finished by a later one, whose names have another time.
 */
public final class ReportFiles {
    // RFC 8259 gives application/json no charset: it is UTF-8 always.
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON_ENDING = ".json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss")
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private final ObjectStore store;
    private final S3Uri folder;
    private final String series;
    private final Pattern earlierName;
    private final Instant at;

    /**
     * The files of one report.
     *
     * @param folder a folder for reports: everything under it is listed to find earlier ones
     * @param name the series
     * @param at when the report is made, of which the fraction of a second is dropped
     */
    public ReportFiles(ObjectStore store, S3Uri folder, ReportName name, Instant at) {
        this.store = store;
        this.folder = folder.asFolder();
        this.series = name + "_";
        this.earlierName = Pattern.compile(Pattern.quote(series) + "(\\d{8}_\\d{6})" + Pattern.quote(JSON_ENDING));
        this.at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** When the report is made, to the second: the time in the names of its files. */
    public Instant at() {
        return at;
    }

    /** Where the report for programs is written. */
    public S3Uri json() {
        return file(JSON_ENDING);
    }

    /** Where the report for people is written. */
    public S3Uri html() {
        return file(".html");
    }

    /** Where a table of the report is written. */
    public S3Uri csv(String suffix) {
        return file("_" + suffix + ".csv");
    }

    /**
     * Writes the files that are wanted, and says where they are in the order of their writing.
     *
     * @throws JobFailure CONFLICT when another report of this name was made in the same second
     */
    public List<S3Uri> write(ReportOutput wanted, ReportContent content) {
        List<S3Uri> written = new ArrayList<>();
        if (wanted.includes(ReportOutput.JSON)) {
            written.add(create(json(), content.json(), JSON));
        }
        if (wanted.includes(ReportOutput.CSV)) {
            for (ReportContent.Table table : content.tables()) {
                written.add(create(csv(table.suffix()), table.csv(), CSV));
            }
        }
        if (wanted.includes(ReportOutput.HTML)) {
            written.add(create(html(), content.html(), HTML));
        }
        return List.copyOf(written);
    }

    /**
     * The JSON files of the earlier reports of exactly this name, directly in the folder, the newest first.
     *
     * <p>What counts is the time in their names. One of the same second or of a later one is none of them.
     */
    public List<S3Uri> earlier() {
        Map<S3Uri, Instant> times = new LinkedHashMap<>();
        for (StoredObject object : store.list(folder)) {
            timeOf(object.uri()).filter(time -> time.isBefore(at)).ifPresent(time -> times.put(object.uri(), time));
        }
        return times.entrySet().stream()
                .sorted(Map.Entry.<S3Uri, Instant>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private S3Uri file(String ending) {
        return folder.file(series + TIME.format(at) + ending);
    }

    private S3Uri create(S3Uri file, String text, String contentType) {
        if (!store.create(file, text.getBytes(StandardCharsets.UTF_8), contentType)) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is there already: another report of this name was made in the same second; it stays as it is, start this one again"
                            .formatted(file));
        }
        return file;
    }

    /** When the report of this series was made that the JSON file holds; empty for any other file. */
    private Optional<Instant> timeOf(S3Uri object) {
        Matcher name = earlierName.matcher(folder.relativize(object));
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.from(TIME.parse(name.group(1))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
