package com.omc.flywheel.common.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceColumnsTest {
    private static final SourceColumn KEY = column("Customer_User_id");
    private static final SourceColumn OTHER = column("IBE1802");

    @Test
    void areFoundByTheirNormalisedNamesAndKeepTheOrderOfTheSource() {
        SourceColumns columns = SourceColumns.of(List.of(OTHER, KEY));

        assertThat(columns.all()).containsExactly(OTHER, KEY);
        assertThat(columns.names()).extracting(ColumnName::value).containsExactly("ibe1802", "customer_user_id");
        assertThat(columns.find(ColumnName.parse("CUSTOMER_USER_ID"))).contains(KEY);
        assertThat(columns.find(ColumnName.parse("customer_id"))).isEmpty();
    }

    @Test
    void areDistinct() {
        assertThatThrownBy(() -> SourceColumns.of(List.of(column("IBE1802"), column("ibe1802"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two columns are called ibe1802");
    }

    @Test
    void haveNoProblemWhenNamesAreLegalAndDistinct() {
        assertThat(SourceColumns.problemsOf(List.of("Customer_User_id", "IBE1802", "ibe1803")))
                .isEmpty();
    }

    @Test
    void reportEveryNameThatNoTableCanCarryAndEveryCollision() {
        List<String> names = List.of("IBE1802", "2nd", "Ibe1802", "a b", "Key", "ibe1802", "KEY", "fine");

        assertThat(SourceColumns.problemsOf(names))
                .containsExactly(
                        "source columns with names that no table can carry: 2nd, a b",
                        "source columns IBE1802, Ibe1802, ibe1802 all become ibe1802 in lower case; rename all but one at the producer",
                        "source columns KEY, Key all become key in lower case; rename all but one at the producer");
    }

    @Test
    void reportANameThatStandsTwice() {
        assertThat(SourceColumns.problemsOf(List.of("ibe1802", "ibe1802", "key")))
                .containsExactly(
                        "source columns ibe1802, ibe1802 all become ibe1802 in lower case; rename all but one at the producer");
    }

    private static SourceColumn column(String sourceName) {
        return new SourceColumn(ColumnName.parse(sourceName), sourceName, "string", 1);
    }
}
