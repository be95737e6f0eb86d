package com.omc.flywheel.common.mapping;

import static com.omc.flywheel.common.mapping.MappingFile.HEADER;
import static com.omc.flywheel.common.mapping.MappingFile.KEY;
import static com.omc.flywheel.common.mapping.MappingFile.columns;
import static com.omc.flywheel.common.mapping.MappingFile.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.storage.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingCsvTest {
    private final MappingFile file = new MappingFile();

    @Test
    void givesEveryTableTheKeyFirstAndThenTheOrderOfTheFile() {
        TableMapping mapping = file.check(
                HEADER
                        + """
                        IBE_02,ibe3,Three,IBE3,3
                        IBE_01,ibe2,Two,IBE2,2
                        IBE_01,customer_user_id,The key,Customer_User_id,
                        IBE_01,ibe1,One,IBE1,1
                        """,
                "Customer_User_id",
                "IBE1",
                "ibe2",
                "ibe3");

        assertThat(mapping.names()).extracting(TableName::value).containsExactly("IBE_02", "IBE_01");
        assertThat(columns(mapping, 0)).containsExactly("customer_user_id", "ibe3");
        assertThat(columns(mapping, 1)).containsExactly("customer_user_id", "ibe2", "ibe1");
        assertThat(mapping.tables().get(1).columns())
                .containsExactly(
                        new MappedColumn(KEY, "The key", 4),
                        new MappedColumn(ColumnName.parse("ibe2"), "Two", 3),
                        new MappedColumn(ColumnName.parse("ibe1"), "One", 5));
    }

    @Test
    void namesFoldersInUpperCaseAndColumnsInLowerCaseWhateverTheFileSays() {
        TableMapping mapping = file.check(
                HEADER + "ibe_01,IBE1,One,IBE1,1\nIbe_01,Ibe2,Two,IBE2,2\n", "customer_user_id", "ibe1", "ibe2");

        assertThat(mapping.names()).containsExactly(new TableName("IBE_01"));
        assertThat(columns(mapping, 0)).containsExactly("customer_user_id", "ibe1", "ibe2");
    }

    @Test
    void addsTheKeyOnceWhateverItsCaseAndHoweverOftenItIsNamed() {
        TableMapping mapping = file.check(
                HEADER
                        + """
                        IBE_01,Customer_User_id,The key,,
                        IBE_01,ibe1,One,IBE1,1
                        IBE_01,CUSTOMER_USER_ID,The key again,,
                        """,
                "customer_user_id",
                "ibe1");

        assertThat(columns(mapping, 0)).containsExactly("customer_user_id", "ibe1");
        assertThat(mapping.tables().get(0).columns().get(0)).isEqualTo(new MappedColumn(KEY, "The key", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsEveryKindOfLineEndWithAndWithoutAByteOrderMark(String lineEnd) {
        String content = (HEADER + "IBE_01,ibe1,Größe,IBE1,1\nIBE_01,ibe2,Two,IBE2,2\n").replace("\n", lineEnd);

        TableMapping plain = file.check(content, "customer_user_id", "ibe1", "ibe2");
        TableMapping marked = file.check("\uFEFF" + content, "customer_user_id", "ibe1", "ibe2");

        assertThat(plain.tables()).isEqualTo(marked.tables());
        assertThat(plain.tables().get(0).columns())
                .containsExactly(
                        new MappedColumn(KEY, "", 0),
                        new MappedColumn(ColumnName.parse("ibe1"), "Größe", 2),
                        new MappedColumn(ColumnName.parse("ibe2"), "Two", 3));
    }

    @Test
    void carriesTheChecksumOfTheFile() {
        String content = HEADER + "IBE_01,ibe1,One,IBE1,1\n";

        assertThat(file.check(content, "customer_user_id", "ibe1").sha256())
                .isEqualTo(Sha256.of(content))
                .isNotEqualTo(file.check("\uFEFF" + content, "customer_user_id", "ibe1")
                        .sha256());
    }

    @Test
    void passesOverBlankRows() {
        TableMapping mapping = file.check(
                HEADER + "\n,,,,\nIBE_01,ibe1,One,IBE1,1\n \t ,,\nIBE_01,ibe2,Two,IBE2,2\n,,,,\n\n",
                "customer_user_id",
                "ibe1",
                "ibe2");

        assertThat(mapping.tables().get(0).columns())
                .extracting(MappedColumn::line)
                .containsExactly(0, 4, 6);
    }

    @Test
    void findsItsColumnsByTheHeader() {
        TableMapping mapping =
                file.check("OMC_FLYWHEEL_COLUMN,OMC_FLYWHEEL_TABLE\nibe1,IBE_01\n", "customer_user_id", "ibe1");

        assertThat(columns(mapping, 0)).containsExactly("customer_user_id", "ibe1");
    }

    @Test
    void readsQuotationMarksAsCsvHasThemAndElseAsCharacters() {
        TableMapping mapping = file.check(
                HEADER
                        + """
                        IBE_01,ibe1,"Dogs, cats",IBE1,1
                        IBE_01,ibe2,"Opened and not closed,IBE2,2
                        IBE_01,ibe3,A 5" screen,IBE3,3
                        IBE_01,ibe4,"A ""5"" screen",IBE4,4
                        IBE_01,ibe5,"Big" screen,IBE5,5
                        IBE_01,ibe6,Closed and not opened",IBE6,6
                        """,
                "customer_user_id",
                "ibe1",
                "ibe2",
                "ibe3",
                "ibe4",
                "ibe5",
                "ibe6");

        assertThat(mapping.tables().get(0).columns())
                .extracting(MappedColumn::description)
                .containsExactly(
                        "",
                        "Dogs, cats",
                        "\"Opened and not closed",
                        "A 5\" screen",
                        "A \"5\" screen",
                        "\"Big\" screen",
                        "Closed and not opened\"");
    }

    @Test
    void takesATableThatIsExactlyAsWideAsAllowed() {
        file.maxColumns(3);

        assertThat(columns(
                        file.check(HEADER + "IBE_01,ibe1,,,\nIBE_01,ibe2,,,\n", "customer_user_id", "ibe1", "ibe2"), 0))
                .hasSize(3);
    }

    @Test
    void leavesSourceColumnsOutOnlyWhenThatIsAllowed() {
        String content = HEADER + "IBE_01,ibe1,,,\n";
        String[] source = {"customer_user_id", "ibe1", "LOAD_BATCH", "ibe2"};
        file.assertRefused(content, source)
                .hasMessageContaining("2 source columns are in no table and would be lost: load_batch, ibe2;");

        file.allowDroppedColumns();
        TableMapping mapping = file.check(content, source);

        assertThat(columns(mapping, 0)).containsExactly("customer_user_id", "ibe1");
        assertThat(MappingCsv.droppedColumns(mapping, source(source))).containsExactly("load_batch", "ibe2");
    }

    @Test
    void isLimitedToSomeTablesWithoutChangingThem() {
        TableMapping mapping =
                file.check(HEADER + "IBE_01,ibe1,,,\nIBE_02,ibe2,,,\n", "customer_user_id", "ibe1", "ibe2");

        TableMapping limited = mapping.only(List.of(new TableName("IBE_02")));

        assertThat(limited.tables()).containsExactly(mapping.tables().get(1));
        assertThat(limited.sha256()).isEqualTo(mapping.sha256());
    }
}
