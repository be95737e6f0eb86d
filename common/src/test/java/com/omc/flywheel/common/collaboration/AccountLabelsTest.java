package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountLabelsTest {
    private static final String FILE = "s3://lake/labels";

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "111122223333,we\n444455556666,\"asker, of AMC\"\n",
                "111122223333,we\r\n444455556666,\"asker, of AMC\"",
                "account,label\n111122223333,we\n444455556666,\"asker, of AMC\"\n",
                "\uFEFFaccount_id,label\n111122223333,we\n444455556666,\"asker, of AMC\"\n",
                "\uFEFF111122223333,we\n444455556666,\"asker, of AMC\"\n",
                "\n 111122223333 , we \n\n444455556666,\"asker, of AMC\"\n\n",
                "{\"111122223333\": \"we\", \"444455556666\": \"asker, of AMC\"}",
                "\uFEFF\n {\"444455556666\": \"asker, of AMC\", \"111122223333\": \"we\"}\n",
            })
    void areReadFromCsvAndFromJson(String content) {
        AccountLabels labels = read(content);

        assertThat(labels.describe("111122223333")).isEqualTo("1111-2222-3333 (we)");
        assertThat(labels.describe("444455556666")).isEqualTo("4444-5555-6666 (asker, of AMC)");
        assertThat(labels.describe(List.of("444455556666", "111122223333")))
                .isEqualTo("4444-5555-6666 (asker, of AMC)\n1111-2222-3333 (we)");
    }

    @Test
    void groupTheDigitsOfAnAccountWithoutALabel() {
        assertThat(AccountLabels.none().describe("111122223333")).isEqualTo("1111-2222-3333");
        assertThat(AccountLabels.none().describe(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11112222333", "1111222233334", "1111-2222-3333", "arn:aws:iam::111122223333:root"})
    void leaveWhatIsNoAccountAsItIs(String text) {
        assertThat(AccountLabels.none().describe(text)).isEqualTo(text);
    }

    @Test
    void mayBeNone() {
        assertThat(read("").describe("111122223333")).isEqualTo("1111-2222-3333");
        assertThat(read("{}").describe("111122223333")).isEqualTo("1111-2222-3333");
    }

    @Test
    void nameEveryLineThatIsWrongAndNoLabel() {
        String content = "account,label\n11112222,secret\n111122223333,we\n444455556666\n\n777788889999,secret,x";

        assertFails(FailureKind.BAD_ARGUMENT, () -> read(content))
                .hasMessage(
                        "BAD_ARGUMENT: --ACCOUNT_LABELS s3://lake/labels: expected lines of account,label or a JSON object of labels by account; accounts have 12 digits:\n  - line 2\n  - line 4\n  - line 6");
    }

    @Test
    void takeNoFirstLineWithAnAccountForAHeader() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> read("1111222233,we\n")).hasMessageEndingWith("\n  - line 1");
    }

    @Test
    void nameEveryEntryThatIsWrongAndNoLabel() {
        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> read("{\"1111\": \"secret\", \"111122223333\": \"we\", \"444455556666\": 7}"))
                .hasMessageEndingWith("\n  - the entry \"1111\"\n  - the entry \"444455556666\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"111122223333\": \"secret\"", "{\"111122223333\"}"})
    void refuseBrokenJson(String content) {
        assertFails(FailureKind.BAD_ARGUMENT, () -> read(content))
                .hasMessageStartingWith("BAD_ARGUMENT: --ACCOUNT_LABELS s3://lake/labels: expected lines of")
                .hasMessageContaining("\n  - it is not JSON: ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"111122223333,\"secret\n", "111122223333,\"sec\"ret\n"})
    void refuseBrokenCsv(String content) {
        assertFails(FailureKind.BAD_ARGUMENT, () -> read(content))
                .hasMessageContaining("\n  - it is not CSV: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refuseAJsonArray() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> read("[\"111122223333\"]"))
                .hasMessageContaining("--ACCOUNT_LABELS s3://lake/labels: expected lines of account,label");
    }

    @Test
    void areMissedWhenTheFileIsNotThere() {
        assertFails(FailureKind.MISSING_INPUT, () -> AccountLabels.read(store, S3Uri.parse(FILE)))
                .hasMessage("MISSING_INPUT: --ACCOUNT_LABELS s3://lake/labels: there is no such file; check the path");
    }

    private AccountLabels read(String content) {
        return AccountLabels.read(store.put(FILE, content), S3Uri.parse(FILE));
    }
}
