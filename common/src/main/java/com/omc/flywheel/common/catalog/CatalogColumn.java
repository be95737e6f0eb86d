package com.omc.flywheel.common.catalog;

/**
 * A column as the catalog describes it.
 *
 * @param name in lower case
 * @param type as Hive writes it, for example {@code decimal(10,2)}
 * @param comment for a person; empty when there is none
 */
public record CatalogColumn(String name, String type, String comment) {
    /** Glue API reference, Column: Comment. */
    public static final int LONGEST_COMMENT = 255;

    /** The same column with a comment that is cut to what Glue takes, never in the middle of a character. */
    public static CatalogColumn withShortComment(String name, String type, String text) {
        // A comment is a single line without control characters: Glue API reference, Column.
        String comment = text.replaceAll("\\p{Cntrl}+", " ");
        if (comment.length() <= LONGEST_COMMENT) {
            return new CatalogColumn(name, type, comment);
        }
        int end =
                Character.isHighSurrogate(comment.charAt(LONGEST_COMMENT - 1)) ? LONGEST_COMMENT - 1 : LONGEST_COMMENT;
        return new CatalogColumn(name, type, comment.substring(0, end));
    }
}
