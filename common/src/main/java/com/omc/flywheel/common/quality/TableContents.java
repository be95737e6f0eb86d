package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the footers of a table's files tell. Every file that was asked for is either among those read or among the
 * others, so a reader of this knows what it does not know.
 *
 * @param read the files whose footers were read, in the order in which they were asked for
 * @param unread the others, in that order too; no count or column is theirs
 * @param columns by their names in lower case, in the order in which files have them, the first file first
 */
public record TableContents(List<FileRows> read, List<UnreadFile> unread, Map<String, Column> columns) {
    public TableContents {
        read = List.copyOf(read);
        unread = List.copyOf(unread);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** True when every footer was read, so that the counts are those of the table. */
    public boolean isComplete() {
        return unread.isEmpty();
    }

    /** The rows of the files that were read. */
    public long rows() {
        return read.stream().mapToLong(FileRows::rows).sum();
    }

    /** The size of all files, read or not. */
    public long bytes() {
        return read.stream().mapToLong(file -> file.size().bytes()).sum()
                + unread.stream().mapToLong(file -> file.size().bytes()).sum();
    }

    /** How many files there are, read or not. */
    public int files() {
        return read.size() + unread.size();
    }

    /** The nulls of one column; every row is one when no file has it, since that is what readers see. */
    public NullCount nulls(String column) {
        Column known = columns.get(column);
        return known == null ? NullCount.ofNoColumn(rows()) : known.nulls();
    }

    /**
     * A file that was read.
     *
     * @param rows how many its footer tells
     */
    public record FileRows(FileSize size, long rows) {
        public S3Uri file() {
            return size.file();
        }
    }

    /**
     * A file that could not be read.
     *
     * @param kind who can mend it
     * @param problem what failed and what to do next, as a job would end with it
     */
    public record UnreadFile(FileSize size, FailureKind kind, String problem) {
        public S3Uri file() {
            return size.file();
        }
    }

    /**
     * A column of any of the files.
     *
     * @param types as the catalog writes them; more than one when files disagree
     * @param filesWithout how many files lack it; the rows of these count as nulls, since that is what readers see
     * @param nulls of all rows that were read
     */
    public record Column(SortedSet<String> types, int filesWithout, NullCount nulls) {
        public Column {
            types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
        }
    }
}
