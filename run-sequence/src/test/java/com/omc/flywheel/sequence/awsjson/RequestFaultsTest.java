package com.omc.flywheel.sequence.awsjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestFaultsTest {
    private final CountingServer server = new CountingServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesTheCallsOfARuleAndNoOthers() throws Exception {
        server.endpoint().faults().onCall(CountingServer.COUNT, 2, RequestFault.throttled());

        assertThat(server.call(CountingServer.COUNT, "{}").statusCode()).isEqualTo(200);
        CountingServer.assertError(
                server.call(CountingServer.COUNT, "{}"), 400, "ThrottlingException", "Rate exceeded");
        assertThat(server.call(CountingServer.COUNT, "{}").statusCode()).isEqualTo(200);
        assertThat(server.counted()).isEqualTo(2);
    }

    @Test
    void countsTheCallsOfEachRuleFromWhenItWasAdded() throws Exception {
        server.call(CountingServer.COUNT, "{}");
        server.endpoint().faults().onCalls(CountingServer.COUNT, 2, 3, RequestFault.throttled());

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(server.call(CountingServer.COUNT, "{}").statusCode());
        }
        assertThat(statuses).containsExactly(200, 400, 400, 200);
    }

    @Test
    void appliesTheFirstOfSeveralRules() throws Exception {
        server.endpoint().faults().onCall(CountingServer.COUNT, 1, RequestFault.throttled());
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.failedBeforeTheEffect());

        CountingServer.assertError(server.call(CountingServer.COUNT, "{}"), 400, "ThrottlingException", "");
        CountingServer.assertError(server.call(CountingServer.COUNT, "{}"), 500, "InternalServiceException", "");
        assertThat(server.call("Silent.Count", "{}").statusCode()).isEqualTo(200);
        server.endpoint().faults().clear();
        assertThat(server.call(CountingServer.COUNT, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatARequestAsksForInParticular() throws Exception {
        server.endpoint()
                .faults()
                .onEvery(CountingServer.COUNT, request -> request.path("By").asInt() == 5, RequestFault.throttled());

        assertThat(server.call(CountingServer.COUNT, "{\"By\": 4}").statusCode())
                .isEqualTo(200);
        assertThat(server.call(CountingServer.COUNT, "{\"By\": 5}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void hasNoRuleBeforeTheFirstCall() {
        RequestFaults faults = server.endpoint().faults();
        assertThatThrownBy(() -> faults.onCall(CountingServer.COUNT, 0, RequestFault.throttled()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the first is 1");
    }

    @Test
    void failsBeforeTheEffect() throws Exception {
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.failedBeforeTheEffect());

        CountingServer.assertError(server.call(CountingServer.COUNT, "{}"), 500, "InternalServiceException", "");
        assertThat(server.counted()).isEqualTo(0);
    }

    @Test
    void failsAfterTheEffect() throws Exception {
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.failedAfterTheEffect());

        CountingServer.assertError(server.call(CountingServer.COUNT, "{}"), 500, "InternalServiceException", "");
        assertThat(server.counted()).isEqualTo(1);
    }

    @Test
    void losesTheAnswerAfterTheEffect() {
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.answerLost());

        assertThatThrownBy(() -> server.call(CountingServer.COUNT, "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no bytes");
        // The JDK's client may have sent it again by itself.
        assertThat(server.counted()).isPositive();
    }

    @Test
    void answersTooLate() {
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.answeredAfter(Duration.ofMinutes(10)));
        HttpRequest impatient = CountingServer.request(server.endpoint().endpoint(), CountingServer.COUNT, "{}")
                .timeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> server.client().send(impatient, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("timed out");
        assertThat(server.counted()).isEqualTo(1);
    }

    @Test
    void answersLate() throws Exception {
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.answeredAfter(Duration.ofMillis(20)));

        assertThat(CountingServer.json(server.call(CountingServer.COUNT, "{}"))
                        .path("Total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void holdsTheAnswerUntilTheLatchOpens() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.endpoint().faults().onCall(CountingServer.COUNT, 1, RequestFault.answerHeldBy(latch));

        CompletableFuture<HttpResponse<String>> held = server.send(CountingServer.COUNT, "{}");
        while (server.counted() == 0) {
            Thread.onSpinWait();
        }
        assertThat(CountingServer.json(server.call(CountingServer.COUNT, "{}"))
                        .path("Total")
                        .asInt())
                .isEqualTo(2);
        assertThat(held).isNotDone();
        latch.countDown();
        assertThat(CountingServer.json(held.get()).path("Total").asInt()).isEqualTo(1);
    }

    @Test
    void holdsTheEffectUntilTheLatchOpens() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.endpoint().faults().onCall(CountingServer.COUNT, 1, RequestFault.effectHeldBy(latch));

        CompletableFuture<HttpResponse<String>> held = server.send(CountingServer.COUNT, "{}");
        while (server.endpoint().requests(CountingServer.COUNT) == 0) {
            Thread.onSpinWait();
        }
        assertThat(CountingServer.json(server.call("Counter.Count", "{}"))
                        .path("Total")
                        .asInt())
                .isPositive();
        latch.countDown();
        assertThat(CountingServer.json(held.get()).path("Total").asInt()).isEqualTo(2);
    }

    @Test
    void leavesNobodyWaitingWhenItIsClosed() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.answerHeldBy(latch));
        CompletableFuture<HttpResponse<String>> held = server.send(CountingServer.COUNT, "{}");
        while (server.counted() == 0) {
            Thread.onSpinWait();
        }

        server.endpoint().close();
        assertThatThrownBy(held::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("java.");
    }

    @Test
    void throttlesWhatComesFasterThanARate() throws Exception {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
        server.endpoint().faults().onEvery(CountingServer.COUNT, RequestFault.throttledAbove(2, nanos::get));

        assertThat(statuses(CountingServer.COUNT, 4)).containsExactly(200, 200, 400, 400);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(statuses(CountingServer.COUNT, 1)).containsExactly(400);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(statuses(CountingServer.COUNT, 3)).containsExactly(200, 200, 400);
        assertThat(server.counted()).isEqualTo(4);
    }

    @Test
    void throttlesEachOperationOfAServiceByItself() throws Exception {
        server.endpoint().faults().onEveryAbove("Silent", 1, () -> 0);

        assertThat(statuses("Silent.Count", 2)).containsExactly(200, 400);
        assertThat(statuses("Silent.Other", 2)).containsExactly(200, 400);
        assertThat(statuses(CountingServer.COUNT, 2)).containsExactly(200, 200);
    }

    @Test
    void hasNoRateBelowOne() {
        assertThatThrownBy(() -> RequestFault.throttledAbove(0, () -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    @Test
    void refusesAsIamDoes() throws Exception {
        server.endpoint()
                .faults()
                .onEvery(
                        CountingServer.COUNT,
                        RequestFault.deniedByIam(
                                "glue:UpdateTable", "arn:aws:glue:eu-west-1:111122223333:table/lake/ext_ibe_01"));

        CountingServer.assertError(
                server.call(CountingServer.COUNT, "{}"),
                400,
                "AccessDeniedException",
                "User: arn:aws:sts::111122223333:assumed-role/etl/x is not authorized to perform: glue:UpdateTable on"
                        + " resource: arn:aws:glue:eu-west-1:111122223333:table/lake/ext_ibe_01 because no"
                        + " identity-based policy allows the glue:UpdateTable action");
    }

    @Test
    void refusesAsLakeFormationDoes() throws Exception {
        server.endpoint()
                .faults()
                .onEvery(CountingServer.COUNT, RequestFault.deniedByLakeFormation("Alter", "ext_ibe_01"));

        CountingServer.assertError(
                server.call(CountingServer.COUNT, "{}"),
                400,
                "AccessDeniedException",
                "Insufficient Lake Formation permission(s): Required Alter on ext_ibe_01");
    }

    private List<Integer> statuses(String target, int calls) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            statuses.add(server.call(target, "{}").statusCode());
        }
        return statuses;
    }
}
