package com.omc.flywheel.jobs.generatedatamonitorreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicArnTest {
    @Test
    void isTheNameOfATopic() {
        String topic = "arn:aws-cn:sns:cn-north-1:111122223333:data_monitor-1";

        assertThat(TopicArn.parse(topic)).hasToString(topic);
    }

    /** Amazon SNS API reference, Publish: a topic that keeps an order wants a MessageGroupId with each message. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data-monitor",
                "arn:aws:sns:eu-west-1:111122223333:data-monitor.fifo",
                "arn:aws:sqs:eu-west-1:111122223333:data-monitor"
            })
    void isNothingThatTakesNoSuchMessage(String text) {
        assertThatThrownBy(() -> TopicArn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got \"%s\"".formatted(text));
    }
}
