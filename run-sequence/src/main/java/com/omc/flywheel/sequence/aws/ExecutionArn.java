package com.omc.flywheel.sequence.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an execution that no other one has: {@code
 * arn:aws:states:eu-west-1:111122223333:execution:<state machine>:<name>}.
 *
 * @param partition for example {@code aws} or {@code aws-cn}
 */
public record ExecutionArn(String partition, String region, String account, String stateMachine, String name) {
    // "Resource types defined by AWS Step Functions" of the service authorization reference.
    private static final Pattern FORM =
            Pattern.compile("arn:([a-z0-9-]+):states:([a-z0-9-]+):(\\d{12}):execution:([^:]+):([^:]+)");
    private static final Pattern STATE_MACHINE =
            Pattern.compile("(arn:[a-z0-9-]+:states:[a-z0-9-]+:\\d{12}):stateMachine:([^:]+)");

    /** Empty for a text that is none. */
    public static Optional<ExecutionArn> read(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new ExecutionArn(
                        parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5)))
                : Optional.empty();
    }

    /** That of the execution of a state machine with a name, whether there is one or not. */
    public static ExecutionArn of(String stateMachineArn, String name) {
        Matcher parts = STATE_MACHINE.matcher(stateMachineArn);
        return Optional.of(parts)
                .filter(Matcher::matches)
                .flatMap(found -> read("%s:execution:%s:%s".formatted(found.group(1), found.group(2), name)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no execution %s of the state machine %s can be".formatted(name, stateMachineArn)));
    }

    /** The address of its page of the AWS console; empty in a partition whose console is not known. */
    public Optional<String> page() {
        return ConsoleLinks.execution(this);
    }

    @Override
    public String toString() {
        return String.join(":", "arn", partition, "states", region, account, "execution", stateMachine, name);
    }
}
