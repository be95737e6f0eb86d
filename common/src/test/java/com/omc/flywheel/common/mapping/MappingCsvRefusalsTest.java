package com.omc.flywheel.common.mapping;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.mapping.MappingFile.HEADER;
import static com.omc.flywheel.common.mapping.MappingFile.KEY;
import static com.omc.flywheel.common.mapping.MappingFile.LOCATION;
import static com.omc.flywheel.common.mapping.MappingFile.source;

import com.omc.flywheel.common.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link MappingCsv} refuses, with the lines to mend. */
class MappingCsvRefusalsTest {
    private final MappingFile file = new MappingFile();

    @Test
    void saysWhereItLookedWhenThereIsNoFile() {
        assertFails(FailureKind.MISSING_INPUT, () -> MappingCsv.read(file.store, LOCATION))
                .hasMessage("MISSING_INPUT: there is no mapping at s3://lake/mapping.csv; check --CSV_FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void refusesAnEmptyFile(String content) {
        file.assertRefused(content)
                .hasMessage(
                        "BAD_DATA: mapping s3://lake/mapping.csv is empty; its first line must name the columns OMC_FLYWHEEL_TABLE and OMC_FLYWHEEL_COLUMN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TABLE,COLUMN\nIBE_01,ibe1\n",
                "\nOMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN\nIBE_01,ibe1\n",
                "OMC_FLYWHEEL_TABLE;OMC_FLYWHEEL_COLUMN\nIBE_01;ibe1\n",
                "IBE_01,ibe1\n"
            })
    void refusesAnotherHeader(String content) {
        file.assertRefused(content)
                .hasMessageContaining(
                        "has another header; its first line must name the columns OMC_FLYWHEEL_TABLE and OMC_FLYWHEEL_COLUMN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", ",,,,\n  \n"})
    void refusesAHeaderWithoutRows(String rows) {
        file.assertRefused(HEADER + rows)
                .hasMessage("BAD_DATA: mapping s3://lake/mapping.csv has a header and no rows; check --CSV_FILE");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        file.store.write(
                LOCATION, (HEADER + "IBE_01,ibe1,Größe,,\n").getBytes(StandardCharsets.ISO_8859_1), "text/csv");

        assertFails(FailureKind.BAD_DATA, () -> MappingCsv.read(file.store, LOCATION))
                .hasMessage("BAD_DATA: mapping s3://lake/mapping.csv is not UTF-8; save it as UTF-8");
    }

    @Test
    void refusesAFieldThatRunsOnToTheNextLine() {
        String content = HEADER
                + """
                IBE_01,ibe1,"One
                more line",IBE1,1
                IBE_01,ibe2,Two,IBE2,2
                """;

        file.assertRefused(content, "customer_user_id", "ibe1", "ibe2")
                .hasMessage(
                        """
                        BAD_DATA: mapping s3://lake/mapping.csv does not fit the source:
                          - line 2: is not one record of 5 fields (a quoted field may not run on to the next line)
                          - line 3: is not one record of 5 fields (a quoted field may not run on to the next line)
                          - 1 source columns are in no table and would be lost: ibe1; map them, or pass --ALLOW_DROPPED_COLUMNS true""");
    }

    @Test
    void refusesALineWithTooManyOrTooFewFields() {
        file.assertRefused(HEADER + "IBE_01,ibe1,One, and more,IBE1,1\nIBE_01\n", "customer_user_id")
                .hasMessageContainingAll("  - line 2: is not one record of 5 fields", "  - line 3: is not one record");
    }

    @Test
    void namesBothLinesOfARepeatedPairWhateverItsCase() {
        file.assertRefused(
                        HEADER + "IBE_01,ibe1,One,IBE1,1\nIBE_02,ibe2,,,\nibe_01,IBE1,One,IBE1,1\nIBE_01,ibe1,,,\n",
                        "customer_user_id",
                        "ibe1",
                        "ibe2")
                .hasMessage(
                        """
                        BAD_DATA: mapping s3://lake/mapping.csv does not fit the source:
                          - line 4: IBE_01.ibe1 stands on line 2 already
                          - line 5: IBE_01.ibe1 stands on line 2 already""");
    }

    @Test
    void refusesATableThatIsTooWideAndProposesASplit() {
        String rows = "IBE_01,ibe1,,,\nIBE_01,ibe2,,,\nIBE_01,ibe3,,,\nIBE_01,ibe4,,,\n";
        String[] source = {"customer_user_id", "ibe1", "ibe2", "ibe3", "ibe4"};
        file.maxColumns(3);

        file.assertRefused(HEADER + rows, source)
                .hasMessageEndingWith(
                        "\n  - line 4: table IBE_01 has 5 columns, 3 are allowed (--MAX_COLS; Clean Rooms lists 100 a table): move the last 2, from ibe3, to a new table, for example IBE_01_A, which gets the key by itself");
        file.assertRefused(HEADER + rows + "IBE_01_A,ibe4,,,\n", source).hasMessageContaining("for example IBE_01_B,");
        file.assertRefused(HEADER + rows.replace("IBE_01", "IBE_01_A"), source)
                .hasMessageContaining("for example IBE_01_B,");
    }

    @Test
    void namesTheNearestColumnForOneThatTheSourceDoesNotHave() {
        file.assertRefused(
                        HEADER + "IBE_01,ibe1,,,\nIBE_01,ibe180,,,\nIBE_02,miacs_02_017,,,\n",
                        "customer_user_id",
                        "ibe1",
                        "ibe1802")
                .hasMessage(
                        """
                        BAD_DATA: mapping s3://lake/mapping.csv does not fit the source:
                          - line 3: IBE_01.ibe180 is not a column of the source; the nearest is ibe1802
                          - line 4: IBE_02.miacs_02_017 is not a column of the source
                          - 1 source columns are in no table and would be lost: ibe1802; map them, or pass --ALLOW_DROPPED_COLUMNS true""");
    }

    @Test
    void refusesASourceWithoutTheKey() {
        file.assertRefused(HEADER + "IBE_01,ibe1,,,\n", "customer_user_ids", "ibe1")
                .hasMessageContaining(
                        "\n  - the source has no key column customer_user_id; did you mean customer_user_ids?");
    }

    @Test
    void reportsEverythingTogetherInTheOrderOfTheLines() {
        file.maxColumns(3);

        file.assertRefused(
                        HEADER
                                + """
                                IBE_01,ibe1,,,
                                IBE_01,1st,,,
                                IBE 01,ibe2,,,
                                IBE_01,IBE1,,,
                                IBE_01,ibe3,"a,b,,
                                ,,,,
                                _X,2nd,,,
                                IBE_01,ibe4,,,
                                IBE_01,ibe5,,,
                                IBE_02,imbe5,,,
                                3RD,ibe6,,,
                                """,
                        "customer_user_id",
                        "ibe1",
                        "ibe4",
                        "ibe5",
                        "ibe6")
                .hasMessage(
                        """
                        BAD_DATA: mapping s3://lake/mapping.csv does not fit the source:
                          - line 3: "1st" is not a column name (a-z, 0-9 and underscore, not beginning with a digit, 255 characters)
                          - line 4: "IBE 01" is not a table name (A-Z, 0-9 and underscore, beginning with a letter, 200 characters)
                          - line 5: IBE_01.ibe1 stands on line 2 already
                          - line 6: is not one record of 5 fields (a quoted field may not run on to the next line)
                          - line 8: "_X" is not a table name (A-Z, 0-9 and underscore, beginning with a letter, 200 characters)
                          - line 8: "2nd" is not a column name (a-z, 0-9 and underscore, not beginning with a digit, 255 characters)
                          - line 10: table IBE_01 has 4 columns, 3 are allowed (--MAX_COLS; Clean Rooms lists 100 a table): move the last 1, from ibe5, to a new table, for example IBE_01_A, which gets the key by itself
                          - line 11: IBE_02.imbe5 is not a column of the source; the nearest is ibe5
                          - line 12: "3RD" is not a table name (A-Z, 0-9 and underscore, beginning with a letter, 200 characters)
                          - 1 source columns are in no table and would be lost: ibe6; map them, or pass --ALLOW_DROPPED_COLUMNS true""");
    }

    @Test
    void saysTheSameWhenItIsCheckedAgain() {
        file.store.put(LOCATION.toString(), HEADER + "IBE_01,ibe1,,,\nIBE_01,ibe1,,,\n");
        MappingCsv csv = MappingCsv.read(file.store, LOCATION);

        for (int i = 0; i < 2; i++) {
            assertFails(FailureKind.BAD_DATA, () -> csv.check(KEY, 100, source("customer_user_id", "ibe1"), false))
                    .hasMessage(
                            """
                            BAD_DATA: mapping s3://lake/mapping.csv does not fit the source:
                              - line 3: IBE_01.ibe1 stands on line 2 already""");
        }
    }
}
