package com.omc.flywheel.sequence.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.sequence.awsjson.RequestFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;

/** What a client of the SDK makes of the faults. */
class GlueFaultsTest {
    private static final String CREATE_TABLE = "AWSGlue.CreateTable";

    private final GlueServer server = GlueServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isAskedAgainWhenItHasThrottled() {
        server.endpoint().faults().onCall(CREATE_TABLE, 1, RequestFault.throttled());
        server.createTable("t");

        assertThat(server.get("t").versionId()).isEqualTo("0");
        assertThat(server.endpoint().requests(CREATE_TABLE)).isEqualTo(2);
    }

    @Test
    void isAskedAgainWhenTheAnswerWasLostAndHasDoneItAlready() {
        server.endpoint().faults().onCall(CREATE_TABLE, 1, RequestFault.answerLost());

        assertThatThrownBy(() -> server.createTable("t"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Table already exists");
        assertThat(server.get("t").name()).isEqualTo("t");
        assertThat(server.endpoint().requests(CREATE_TABLE)).isEqualTo(2);
    }

    @Test
    void deniesInTheWordsOfIam() {
        server.endpoint()
                .faults()
                .onEvery(
                        CREATE_TABLE,
                        RequestFault.deniedByIam(
                                "glue:CreateTable", "arn:aws:glue:eu-west-1:111122223333:table/lake/t"));

        assertThatThrownBy(() -> server.createTable("t"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("is not authorized to perform: glue:CreateTable on resource");
        assertThat(server.endpoint().requests(CREATE_TABLE)).isEqualTo(1);
    }
}
