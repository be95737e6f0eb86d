package com.omc.flywheel.common.notice;

/** The port to a service that sends a message to all who subscribe to a topic. */
public interface Notices {
    // Amazon SNS API reference, Publish: "Subject" and "Message".
    int LONGEST_SUBJECT = 100;
    int LONGEST_MESSAGE_BYTES = 256 * 1024;

    /**
     * Sends a message.
     *
     * @param topicArn the topic
     * @param subject at most {@link #LONGEST_SUBJECT} characters of ASCII, without line breaks
     * @param message at most {@link #LONGEST_MESSAGE_BYTES} in UTF-8
     * @throws com.omc.flywheel.common.failure.JobFailure BAD_ARGUMENT for a topic that is not there; ACCESS_DENIED;
     *     SERVICE when the service does not answer until the retries are used up
     */
    void publish(String topicArn, String subject, String message);
}
