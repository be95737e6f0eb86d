package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.query.AthenaShutdownHooks;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.sequence.aws.ExecutionFinder;
import com.omc.flywheel.sequence.aws.Executions;
import com.omc.flywheel.sequence.aws.StepFunctionsExecutions;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.runs.StepOutputs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the commands for AWS share.
 *
 * @param home the root folder of this project
 * @param environment the variables of the process
 * @param connect the way to Step Functions in an environment
 * @param outputs the way to what steps have written, in an environment
 * @param runs the folder that keeps the records of runs
 * @param hooks what happens when the process is told to end, as by Ctrl-C
 * @param user who runs the command
 */
record AwsSurroundings(
        Path home,
        Map<String, String> environment,
        Function<Map<String, String>, Executions> connect,
        Function<Map<String, String>, StepOutputs> outputs,
        Path runs,
        Clock clock,
        Pause pause,
        AthenaShutdownHooks hooks,
        String user) {
    static final CommandOption ENV =
            new CommandOption("--env", "E", "the environment, for example dev or prod; needed");
    static final CommandOption REGION =
            new CommandOption("--region", "R", "the AWS region; default AWS_REGION, else the one of the AWS profile");
    static final CommandOption EXECUTION = CommandOption.valueAlone(
            "SEQUENCE|NAME",
            "a sequence, for its execution that runs, else its newest one; or an execution: NAME, SEQUENCE/NAME or its ARN");

    AwsSurroundings {
        environment = Map.copyOf(environment);
    }

    static AwsSurroundings ofThisProcess(Path home) {
        return new AwsSurroundings(
                home,
                System.getenv(),
                StepFunctionsExecutions::connect,
                StepOutputs::connect,
                home.resolve("run-sequence/target/runs"),
                Clock.systemUTC(),
                Pause.sleeping(),
                AthenaShutdownHooks.ofRuntime(),
                System.getProperty("user.name", "somebody"));
    }

    /** The value of {@link #EXECUTION}. */
    static String execution(CommandOptions options) {
        return options.text(EXECUTION)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_ARGUMENT,
                        "a sequence or an execution is needed, for example bucketed or bucketed/2025-11-01-1"));
    }

    ExecutionFinder finder(Executions executions, AwsCommandLine lines) {
        return new ExecutionFinder(executions, lines.environment(), SequenceSteps.known(home));
    }

    /** The way to what steps have written in a region; close it. */
    StepOutputs outputs(String region) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("AWS_REGION", region);
        return outputs.apply(variables);
    }

    /** The way to Step Functions; close it. */
    Executions executions(Optional<String> region) {
        Map<String, String> variables = new HashMap<>(environment);
        region.ifPresent(name -> variables.put("AWS_REGION", name));
        return connect.apply(variables);
    }
}
