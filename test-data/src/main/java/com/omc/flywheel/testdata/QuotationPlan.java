package com.omc.flywheel.testdata;

import com.omc.flywheel.testdata.MappingRow.Quotation;

/**
 * Which rows of the wide mapping have quotation marks. A lenient reader takes an unbalanced mark for the start of a field
 * that ends at the next mark, some rows on: 82 marks are {@value #PAIRS} such fields. The distances within the pairs add up to
 * {@value #ROWS_LOST}, and that many rows disappear. Balanced marks lie between the pairs, where they change nothing.
 */
final class QuotationPlan {
    static final int PAIRS = 41;
    static final int ROWS_LOST = 1_131;

    private static final int SHORTEST_PAIR = 7;
    private static final int SHORTEST_GAP = 8;
    private static final int BALANCED_EVERY = 17;

    private int pair;
    private int rowsToOpening = SHORTEST_GAP;
    private int rowsToClosing;
    private int rowsOutside;

    /** How the next row is written. */
    Quotation next() {
        if (rowsToClosing > 0) {
            rowsToClosing--;
            return rowsToClosing == 0 ? Quotation.UNBALANCED : Quotation.NONE;
        }
        if (pair < PAIRS && rowsToOpening == 0) {
            rowsToClosing = distance(pair);
            rowsToOpening = SHORTEST_GAP + pair * 5 % 13;
            pair++;
            return Quotation.UNBALANCED;
        }
        rowsToOpening--;
        rowsOutside++;
        return rowsOutside % BALANCED_EVERY == 0 ? Quotation.BALANCED : Quotation.NONE;
    }

    /** Rows from the mark that opens to the mark that closes: 7 to 48, each length about once. */
    private static int distance(int pair) {
        int spread = pair * 17 % PAIRS;
        int remainder = ROWS_LOST - PAIRS * SHORTEST_PAIR - PAIRS * (PAIRS - 1) / 2;
        return SHORTEST_PAIR + spread + (pair < remainder ? 1 : 0);
    }
}
