package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.common.aws.ServiceConnection;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionLimitExceededException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** {@link Executions} on AWS Step Functions. */
public final class StepFunctionsExecutions implements Executions {
    private static final String SERVICE = "AWS Step Functions";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL_SFN";
    /** The largest page: AWS Step Functions API reference, GetExecutionHistory, maxResults. */
    private static final int PAGE = 1000;

    private final ServiceEndpoint endpoint;
    private final ServiceConnection<SfnClient> connection;

    private StepFunctionsExecutions(ServiceEndpoint endpoint, Consumer<SfnClientBuilder> credentials) {
        this.endpoint = endpoint;
        ServiceFailures failures = new ServiceFailures(endpoint);
        this.connection = ServiceConnection.to(
                endpoint,
                SfnClient::builder,
                credentials,
                retries -> {},
                (action, subject, error) -> translate(failures, action, subject, error));
    }

    /** Connects with the credentials of the environment, at the first call. */
    public static StepFunctionsExecutions connect(Map<String, String> environment) {
        return new StepFunctionsExecutions(endpoint(environment), builder -> {});
    }

    /** Connects without credentials, to an emulator that lets everyone in. */
    public static StepFunctionsExecutions connectAnonymously(Map<String, String> environment) {
        return new StepFunctionsExecutions(
                endpoint(environment), builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()));
    }

    @Override
    public String place() {
        String region = connection.call("connect", SERVICE, client -> client.serviceClientConfiguration()
                .region()
                .id());
        return endpoint.endpoint().isPresent() ? endpoint.describe() : "%s in %s".formatted(SERVICE, region);
    }

    @Override
    public Optional<String> stateMachine(String name) {
        return connection.call(
                "states:ListStateMachines",
                "the account",
                client ->
                        client.listStateMachinesPaginator(request -> request.maxResults(PAGE)).stateMachines().stream()
                                .filter(machine -> name.equals(machine.name()))
                                .map(StateMachineListItem::stateMachineArn)
                                .findFirst());
    }

    @Override
    public List<Execution> list(String stateMachineArn) {
        return connection.call("states:ListExecutions", "state machine " + stateMachineArn, client -> client
                .listExecutionsPaginator(
                        request -> request.stateMachineArn(stateMachineArn).maxResults(PAGE))
                .executions()
                .stream()
                .map(StepFunctionsExecutions::listed)
                .sorted(Comparator.comparing(Execution::started).reversed())
                .toList());
    }

    @Override
    public Optional<Execution> find(ExecutionArn arn) {
        return connection.call("states:DescribeExecution", "execution " + arn, client -> {
            try {
                return Optional.of(
                        described(client.describeExecution(request -> request.executionArn(arn.toString()))));
            } catch (ExecutionDoesNotExistException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean start(String stateMachineArn, String name, String input) {
        String subject = "execution %s of state machine %s".formatted(name, stateMachineArn);
        return connection.call("states:StartExecution", subject, client -> {
            try {
                client.startExecution(request ->
                        request.stateMachineArn(stateMachineArn).name(name).input(input));
                return true;
            } catch (ExecutionAlreadyExistsException e) {
                return false;
            }
        });
    }

    /** Backwards: the history cannot be asked for from an event on, and its end is what is new. */
    @Override
    public List<RecordedEvent> history(ExecutionArn arn, long after) {
        return connection.call("states:GetExecutionHistory", "execution " + arn, client -> {
            List<RecordedEvent> found = new ArrayList<>();
            for (HistoryEvent event : client.getExecutionHistoryPaginator(
                            request -> request.executionArn(arn.toString())
                                    .reverseOrder(true)
                                    .maxResults(PAGE))
                    .events()) {
                if (event.id() <= after) {
                    break;
                }
                found.add(recorded(event));
            }
            Collections.reverse(found);
            return found;
        });
    }

    @Override
    public void stop(ExecutionArn arn, String cause) {
        connection.call(
                "states:StopExecution",
                "execution " + arn,
                client -> client.stopExecution(request -> request.executionArn(arn.toString())
                        .error("Flywheel.Stopped")
                        .cause(cause)));
    }

    @Override
    public void close() {
        connection.close();
    }

    private static ServiceEndpoint endpoint(Map<String, String> environment) {
        return ServiceEndpoint.fromEnvironment(SERVICE, ENDPOINT, environment);
    }

    private static JobFailure translate(ServiceFailures failures, String action, String subject, SdkException error) {
        if (error instanceof ExecutionLimitExceededException) {
            return new JobFailure(
                    FailureKind.SERVICE,
                    "%s on %s: too many executions run in this account and region; try again when some have ended"
                            .formatted(action, subject),
                    error);
        }
        return error instanceof ExecutionDoesNotExistException
                ? failures.translate(action, subject, error, ExecutionDoesNotExistException.class, "name")
                : failures.translate(action, subject, error, StateMachineDoesNotExistException.class, "ARN");
    }

    private static Execution listed(ExecutionListItem found) {
        return new Execution(
                arn(found.executionArn()),
                state(found.statusAsString()),
                found.startDate(),
                Optional.empty(),
                Optional.empty());
    }

    private static Execution described(DescribeExecutionResponse found) {
        return new Execution(
                arn(found.executionArn()),
                state(found.statusAsString()),
                found.startDate(),
                Optional.ofNullable(found.input()),
                Optional.ofNullable(found.redriveStatusReason())
                        .filter(reason -> "NOT_REDRIVABLE".equals(found.redriveStatusAsString())));
    }

    private static ExecutionArn arn(String text) {
        return ExecutionArn.read(text)
                .orElseThrow(() -> new IllegalStateException("%s is not the ARN of an execution".formatted(text)));
    }

    private static ExecutionState state(String text) {
        return ExecutionState.valueOf(text);
    }

    private static RecordedEvent recorded(HistoryEvent event) {
        EventDetails details = EventDetails.of(event);
        return new RecordedEvent(
                event.id(),
                event.previousEventId() == null ? 0 : event.previousEventId(),
                event.timestamp(),
                event.typeAsString(),
                details.state(),
                details.data(),
                details.error(),
                details.cause());
    }
}
