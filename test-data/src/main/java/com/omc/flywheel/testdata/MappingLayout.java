package com.omc.flywheel.testdata;

import com.omc.flywheel.testdata.MappingRow.Quotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The three table-split files, as rows. Tables, their sizes and the number of unbalanced quotation marks are those of the
 * production files; columns and descriptions are invented.
 */
final class MappingLayout {
    static final String TABLE_WITHOUT_KEY_ROW = "IBE_04_B";
    static final String TABLE_AT_THE_LIMIT = "MIACS_02_A";
    static final String TABLE_WITH_ROOM = "MIACS_02_B";
    static final String ADDRESSABLE_TABLE = "ADDRESSABLE_IDS";

    /** Rows of each table, the key row counted. */
    static final Map<String, Integer> ROWS = rows();

    private MappingLayout() {}

    /** Rows of {@code omc_flywheel_infobase_table_split_lowercase.csv}. */
    static List<MappingRow> wide() {
        List<MappingRow> rows = new ArrayList<>();
        ColumnNames names = new ColumnNames();
        QuotationPlan quotations = new QuotationPlan();
        ROWS.forEach((table, count) -> {
            int keyRows = table.equals(TABLE_WITHOUT_KEY_ROW) ? 0 : 1;
            if (keyRows == 1) {
                rows.add(row(table, new ColumnNames.Name(MappingRow.KEY, WideTable.KEY, ""), quotations.next()));
            }
            for (int i = keyRows; i < count; i++) {
                rows.add(row(table, names.next(table), quotations.next()));
            }
        });
        return List.copyOf(rows);
    }

    /**
     * Rows of {@code omc_flywheel_infobase_table_split_part.csv}: the last column of the table at the limit of 100 has moved
     * to the one with room, because the partition column needs its place. No column is lost.
     */
    static List<MappingRow> widePart() {
        List<MappingRow> rows = new ArrayList<>(wide());
        int moved = lastOf(TABLE_AT_THE_LIMIT, rows);
        MappingRow row = rows.remove(moved);
        rows.add(lastOf(TABLE_WITH_ROOM, rows) + 1, row.inTable(TABLE_WITH_ROOM));
        return List.copyOf(rows);
    }

    /**
     * Rows of {@code omc_flywheel_addressable_ids_table_split_part.csv}: eight of the nine columns that the producer delivers,
     * in the order that readers want.
     */
    static List<MappingRow> addressablePart() {
        return List.of(
                addressable("customer_user_id", "Customer user id", "Customer_User_id", ""),
                addressable("match_level_code", "Level at which the person was matched", "MATCH_LEVEL_CODE", "9001"),
                addressable("consent_flag", "Consent to be addressed", "consent_flag", "9002"),
                addressable("hashed_email", "SHA-256 of the email address", "Hashed_Email", "9003"),
                addressable("hashed_phone", "SHA-256 of the phone number", "Hashed_Phone", "9004"),
                addressable("mobile_ad_id", "Advertising id of the mobile device", "Mobile_Ad_Id", "9005"),
                addressable("ip_address", "Last address seen", "IP_ADDRESS", "9006"),
                addressable("updated_timestamp", "Time of the last change", "Updated_Timestamp", "9007"));
    }

    /** All columns of the wide table but the key, in lower case and in mapping order. */
    static List<String> columns() {
        return wide().stream()
                .map(MappingRow::column)
                .filter(column -> !column.equals(MappingRow.KEY))
                .toList();
    }

    private static MappingRow row(String table, ColumnNames.Name name, Quotation quotation) {
        return new MappingRow(
                table,
                name.column(),
                Descriptions.of(name.column(), quotation == Quotation.BALANCED),
                quotation,
                name.sourceColumn(),
                name.elementNumber());
    }

    private static MappingRow addressable(String column, String description, String source, String elementNumber) {
        return new MappingRow(ADDRESSABLE_TABLE, column, description, Quotation.NONE, source, elementNumber);
    }

    private static int lastOf(String table, List<MappingRow> rows) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (rows.get(i).table().equals(table)) {
                return i;
            }
        }
        throw new IllegalStateException("no table " + table);
    }

    private static Map<String, Integer> rows() {
        String sizes =
                "IBE_01 97, IBE_01_A 65, IBE_02 93, IBE_02_A 85, IBE_03 96, IBE_03_A 76, IBE_04 87, IBE_04_A 86, "
                        + "IBE_04_B 15, IBE_05 95, IBE_05_A 81, IBE_06 62, IBE_06_A 51, IBE_08 3, IBE_09 87, MIACS_01 93, "
                        + "MIACS_01_A 12, MIACS_02 98, MIACS_02_A 100, MIACS_02_B 4, MIACS_03 79, MIACS_03_A 95, MIACS_03_B 29, "
                        + "MIACS_04 23, NEW_BORROWERS 18, N_A 88, N_A_A 50";
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (String size : sizes.split(", ", -1)) {
            int space = size.indexOf(' ');
            rows.put(size.substring(0, space), Integer.valueOf(size.substring(space + 1)));
        }
        return rows;
    }
}
