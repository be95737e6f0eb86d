package com.omc.flywheel.jobs.generatedatamonitorreport;

import java.util.regex.Pattern;

/** The name of an Amazon SNS topic as AWS writes it; none of the kind that keeps an order, which messages would need a group for. */
public record TopicArn(String value) {
    // Amazon SNS API reference, CreateTopic: Name.
    private static final Pattern LEGAL = Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}");

    public TopicArn {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a topic like arn:aws:sns:eu-west-1:111122223333:data-monitor, got \"%s\""
                            .formatted(value));
        }
    }

    public static TopicArn parse(String text) {
        return new TopicArn(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
