package com.omc.flywheel.common.page;

import java.util.List;

/**
 * A table of cells.
 *
 * @param headings one for each column
 * @param rows each with a cell for each column
 * @param whenEmpty what is said in place of a table without rows
 */
public record Grid(List<String> headings, List<List<Cell>> rows, String whenEmpty) implements Block {
    public Grid {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(
                        "%d cells for the %d columns %s".formatted(row.size(), headings.size(), headings));
            }
        }
    }

    /**
     * A cell.
     *
     * @param text what it says; may be several lines
     * @param isNumber whether digits are to stand below each other
     */
    public record Cell(String text, Tone tone, boolean isNumber) {
        public static Cell of(String text) {
            return new Cell(text, Tone.NEUTRAL, false);
        }

        public static Cell of(String text, Tone tone) {
            return new Cell(text, tone, false);
        }

        public static Cell of(long number) {
            return of(number, Tone.NEUTRAL);
        }

        public static Cell of(long number, Tone tone) {
            return new Cell("%,d".formatted(number), tone, true);
        }
    }
}
