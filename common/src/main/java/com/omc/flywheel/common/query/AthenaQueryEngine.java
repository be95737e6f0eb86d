package com.omc.flywheel.common.query;

import com.omc.flywheel.common.aws.SentRequests;
import com.omc.flywheel.common.aws.ServiceClients;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.AthenaClientBuilder;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * {@link QueryEngine} on Athena. Close it to give back its connections.
 *
 * <p>Whatever ends the wait for a query other than the query's own end - the deadline, an interruption, an error, the end
 * of the process - asks Athena to stop it, so that no query goes on for which nobody waits. The deadline is one for all
 * attempts of a statement. A query that failed by Athena's fault is begun again only where a failed attempt leaves
 * nothing behind, which is when a table is repaired: the files of a failed CREATE TABLE AS stay, and Athena writes to an
 * empty location only ("CREATE TABLE AS", Amazon Athena user guide).
 */
public final class AthenaQueryEngine implements QueryEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AthenaQueryEngine.class);
    /** How long a query may take to end after Athena was asked to stop it. */
    private static final Duration STOPPING = Duration.ofMinutes(2);
    // GetQueryExecution is throttled at 100 requests a second for an account: Amazon Athena user guide, "Service
    // Quotas".
    private static final Duration LONGEST_POLL = Duration.ofSeconds(5);
    /** How long before a statement is begun again; after that the double. */
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(10);

    private static final Duration LONGEST_BEFORE_RETRY = Duration.ofSeconds(60);

    private static final int ATTEMPTS = 3;
    private static final String START = "athena:StartQueryExecution";
    private static final String LOOK = "athena:GetQueryExecution";
    private static final String STOP = "athena:StopQueryExecution";
    private static final String READ_WORKGROUP = "athena:GetWorkGroup";

    private final AthenaClient client;
    private final AthenaSettings settings;
    private final Clock clock;
    private final Pause pause;
    private final RandomGenerator random;
    private final AthenaShutdownHooks hooks;
    private final SentRequests sent;
    private final AthenaFailures failures;
    private Optional<AthenaWorkgroup> workgroup = Optional.empty();

    private AthenaQueryEngine(
            AthenaClient client,
            AthenaFailures failures,
            SentRequests sent,
            AthenaSettings settings,
            Clock clock,
            Pause pause,
            RandomGenerator random,
            AthenaShutdownHooks hooks) {
        this.client = client;
        this.failures = failures;
        this.sent = sent;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
        this.hooks = hooks;
    }

    /**
     * Connects lazily: nothing is sent before the first call. Credentials come from the SDK's default chain.
     *
     * @param random makes the waits of several jobs differ; several threads may ask it at a time
     */
    public static AthenaQueryEngine connect(
            ServiceEndpoint endpoint,
            AthenaSettings settings,
            Clock clock,
            Pause pause,
            RandomGenerator random,
            AthenaShutdownHooks hooks) {
        return connect(endpoint, settings, clock, pause, random, hooks, builder -> {}, retries -> {});
    }

    /** Connects without credentials, to a server that lets everyone in. */
    public static AthenaQueryEngine connectAnonymously(
            ServiceEndpoint endpoint,
            AthenaSettings settings,
            Clock clock,
            Pause pause,
            RandomGenerator random,
            AthenaShutdownHooks hooks) {
        return connect(
                endpoint,
                settings,
                clock,
                pause,
                random,
                hooks,
                builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()),
                retries -> {});
    }

    /**
     * Connects in any other way.
     *
     * @param retries changes how the SDK repeats a request that got no good answer
     */
    static AthenaQueryEngine connect(
            ServiceEndpoint endpoint,
            AthenaSettings settings,
            Clock clock,
            Pause pause,
            RandomGenerator random,
            AthenaShutdownHooks hooks,
            Consumer<AthenaClientBuilder> credentials,
            Consumer<StandardRetryStrategy.Builder> retries) {
        AthenaFailures failures = new AthenaFailures(endpoint, settings.workgroup());
        SentRequests sent = new SentRequests();
        AthenaClientBuilder builder =
                ServiceClients.prepare(AthenaClient.builder(), endpoint.endpoint(), endpoint.region(), sent, retries);
        credentials.accept(builder);
        try {
            return new AthenaQueryEngine(builder.build(), failures, sent, settings, clock, pause, random, hooks);
        } catch (SdkException e) {
            throw failures.translate("connect", "Athena", e);
        }
    }

    /** How many HTTP requests this engine has sent so far, each attempt of a repeated one counted. */
    public long requests() {
        return sent.count();
    }

    @Override
    public void prepare(Statement statement) {
        workgroup().requireAllows(statement);
    }

    @Override
    public void run(Statement statement, RunId run, Consumer<String> started) {
        String text = AthenaSql.render(statement);
        AthenaWorkgroup allowed = workgroup();
        allowed.requireAllows(statement);
        Instant deadline = clock.instant().plus(settings.deadline());
        AthenaBackOff waits = new AthenaBackOff(BEFORE_RETRY, LONGEST_BEFORE_RETRY, random);
        int queries = 1;
        for (int attempt = 1; ; attempt++) {
            Duration wait = waits.next();
            StartQueryExecutionRequest request =
                    request(allowed, statement, text, token(run, statement, text, queries));
            Optional<String> id = begin(statement, request, isLast(attempt, wait, deadline), started);
            if (id.isPresent()) {
                AthenaOutcome outcome = follow(statement, id.get(), started, deadline);
                if (outcome.succeeded()) {
                    return;
                }
                boolean repeatable = statement instanceof RepairTable && outcome.worthRetrying();
                if (!repeatable || isLast(attempt, wait, deadline)) {
                    throw outcome.failure(statement, id.get());
                }
                LOG.warn(
                        "{}: query {} of Athena ended as {}; trying again",
                        AthenaOutcome.work(statement),
                        id.get(),
                        outcome.describe());
                queries++;
            }
            pauseBeforeRetry(statement, wait);
        }
    }

    @Override
    public void stop(String queryId) {
        if (!runs(queryId)) {
            return;
        }
        calling(STOP, subject(queryId), () -> stopIfKnown(queryId));
        Instant until = clock.instant().plus(STOPPING);
        AthenaBackOff waits = polls();
        try {
            do {
                if (!clock.instant().isBefore(until)) {
                    throw new JobFailure(
                            FailureKind.SERVICE,
                            "query %s of Athena still runs %d s after it was asked to stop; start the job again"
                                    .formatted(queryId, STOPPING.toSeconds()));
                }
                pause.pause(waits.next());
            } while (runs(queryId));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(
                    FailureKind.SERVICE,
                    "the job was interrupted while query %s of Athena was being stopped; start it again"
                            .formatted(queryId),
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Asks once, before the first statement; an answer that refuses is asked for again. */
    private synchronized AthenaWorkgroup workgroup() {
        if (workgroup.isEmpty()) {
            String name = settings.workgroup();
            workgroup = Optional.of(calling(READ_WORKGROUP, "the workgroup " + name, () -> {
                try {
                    return AthenaWorkgroup.of(
                            name,
                            client.getWorkGroup(request -> request.workGroup(name))
                                    .workGroup());
                } catch (InvalidRequestException e) {
                    // Athena knows no error of its own for it: API reference, GetWorkGroup.
                    throw new JobFailure(
                            FailureKind.BAD_ARGUMENT,
                            "there is no Athena workgroup %s in this account and region; check its name, or make it"
                                    .formatted(name),
                            e);
                }
            }));
        }
        return workgroup.get();
    }

    private StartQueryExecutionRequest request(
            AthenaWorkgroup allowed, Statement statement, String text, String token) {
        StartQueryExecutionRequest.Builder request = StartQueryExecutionRequest.builder()
                .workGroup(allowed.name())
                .clientRequestToken(token)
                .queryString(text)
                .queryExecutionContext(
                        context -> context.database(statement.table().database().value()));
        if (!allowed.managesResults()) {
            request.resultConfiguration(
                    results -> results.outputLocation(settings.results().toString()));
        }
        return request.build();
    }

    /**
     * What Athena knows a repeated request by: it answers with the query that the first one began. 32 to 128 characters
     * (Amazon Athena API reference, StartQueryExecution, ClientRequestToken).
     */
    private static String token(RunId run, Statement statement, String text, int query) {
        return Sha256.of(String.join("\n", run.value(), statement.table().toString(), text, Integer.toString(query)));
    }

    /**
     * Begins a query and returns its id; empty when Athena has too many of them. The request is then repeated with the
     * same token, since one of the SDK's attempts may have begun it without getting an answer.
     */
    private Optional<String> begin(
            Statement statement, StartQueryExecutionRequest request, boolean last, Consumer<String> started) {
        String subject = "the table %s in the workgroup %s".formatted(statement.table(), request.workGroup());
        refuseWhenInterrupted(statement);
        try {
            return Optional.of(client.startQueryExecution(request).queryExecutionId());
        } catch (AwsServiceException e) {
            if (last || !AthenaFailures.isThrottling(e)) {
                throw failures.translate(START, subject, e);
            }
            LOG.warn("{}: Athena has too many requests or queries; trying again", AthenaOutcome.work(statement));
            return Optional.empty();
        } catch (SdkException e) {
            stopUnanswered(request, started);
            throw failures.translate(START, subject, e);
        }
    }

    private static void refuseWhenInterrupted(Statement statement) {
        if (Thread.currentThread().isInterrupted()) {
            throw new JobFailure(
                    FailureKind.SERVICE,
                    "%s: the job was interrupted; start it again".formatted(AthenaOutcome.work(statement)));
        }
    }

    /**
     * The answer was lost or hidden by an interruption: asked with the same token, Athena tells the id of the query if it
     * began one.
     */
    private void stopUnanswered(StartQueryExecutionRequest request, Consumer<String> started) {
        withoutInterruption(() -> {
            String id = client.startQueryExecution(request).queryExecutionId();
            try {
                started.accept(id);
            } finally {
                askToStop(id);
            }
        });
    }

    /** Waits for the end of a query, and makes sure that it does not outlive the wait. */
    private AthenaOutcome follow(Statement statement, String id, Consumer<String> started, Instant deadline) {
        Thread hook = new Thread(() -> askToStop(id), "stop-athena-query-" + id);
        try {
            Optional<AthenaOutcome> outcome;
            try {
                hooks.add(hook);
                started.accept(id);
                outcome = await(id, polls(), deadline);
            } catch (InterruptedException e) {
                askToStop(id);
                throw interrupted(statement, id, e);
            } catch (RuntimeException e) {
                askToStop(id);
                throw e;
            }
            return outcome.orElseGet(() -> stopLate(statement, id));
        } finally {
            hooks.remove(hook);
        }
    }

    /** Empty when the query has not ended before the deadline. A running query may go back to the queue. */
    private Optional<AthenaOutcome> await(String id, AthenaBackOff waits, Instant deadline)
            throws InterruptedException {
        Duration left = Duration.between(clock.instant(), deadline);
        while (left.compareTo(Duration.ZERO) > 0) {
            pause.pause(shorter(waits.next(), left));
            Optional<AthenaOutcome> outcome = look(id);
            if (outcome.isPresent()) {
                return outcome;
            }
            left = Duration.between(clock.instant(), deadline);
        }
        return Optional.empty();
    }

    /** Stops a query that is late; one that ended before it could be stopped has its own outcome. */
    private AthenaOutcome stopLate(Statement statement, String id) {
        askToStop(id);
        Optional<AthenaOutcome> outcome;
        try {
            outcome = await(id, polls(), clock.instant().plus(STOPPING));
        } catch (InterruptedException e) {
            throw interrupted(statement, id, e);
        }
        if (outcome.filter(ended -> !ended.cancelled()).isPresent()) {
            return outcome.get();
        }
        throw new JobFailure(
                FailureKind.SERVICE,
                "%s: query %s of Athena did not end within %d s and %s; start the job again, with a later deadline if the work needs it"
                        .formatted(
                                AthenaOutcome.work(statement),
                                id,
                                settings.deadline().toSeconds(),
                                outcome.isPresent() ? "was stopped" : "still runs although it was asked to stop"));
    }

    private Optional<AthenaOutcome> look(String id) {
        return calling(LOOK, subject(id), () -> outcome(id));
    }

    /** False for a query that has ended or that Athena does not know. */
    private boolean runs(String id) {
        return calling(LOOK, subject(id), () -> {
            try {
                return outcome(id).isEmpty();
            } catch (InvalidRequestException unknown) {
                // Athena has no error of its own for it, and the id is all that the request has (API reference).
                return false;
            }
        });
    }

    private Optional<AthenaOutcome> outcome(String id) {
        return Optional.ofNullable(client.getQueryExecution(request -> request.queryExecutionId(id))
                        .queryExecution())
                .map(QueryExecution::status)
                .flatMap(AthenaOutcome::of);
    }

    /** False for a query that Athena does not know any more. */
    private boolean stopIfKnown(String id) {
        try {
            client.stopQueryExecution(stop -> stop.queryExecutionId(id));
            return true;
        } catch (InvalidRequestException unknown) {
            return false;
        }
    }

    /** Does what it can: that a query may go on is less than what the caller is about to report. */
    private void askToStop(String id) {
        withoutInterruption(() -> client.stopQueryExecution(stop -> stop.queryExecutionId(id)));
    }

    /** The SDK sends nothing in a thread that is interrupted; the interruption is back in place afterwards. */
    private void withoutInterruption(Runnable calls) {
        boolean interrupted = Thread.interrupted();
        try {
            calls.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "a query of Athena could not be stopped and may still run; look for it in the workgroup {}",
                    settings.workgroup(),
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static JobFailure interrupted(Statement statement, String id, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new JobFailure(
                FailureKind.SERVICE,
                "%s: the job was interrupted, and query %s of Athena was asked to stop; start the job again"
                        .formatted(AthenaOutcome.work(statement), id),
                cause);
    }

    private AthenaBackOff polls() {
        return new AthenaBackOff(settings.shortestPoll(), LONGEST_POLL, random);
    }

    /** True when there is no attempt after this one, or no time for it. */
    private boolean isLast(int attempt, Duration wait, Instant deadline) {
        return attempt == ATTEMPTS || !clock.instant().plus(wait).isBefore(deadline);
    }

    private void pauseBeforeRetry(Statement statement, Duration wait) {
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(
                    FailureKind.SERVICE,
                    "%s: the job was interrupted; start it again".formatted(AthenaOutcome.work(statement)),
                    e);
        }
    }

    private <T> T calling(String action, String subject, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failures.translate(action, subject, e);
        }
    }

    private String subject(String queryId) {
        return "query %s in the workgroup %s".formatted(queryId, settings.workgroup());
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
