package com.omc.flywheel.common.query;

import com.omc.flywheel.common.aws.ServiceFailures;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.athena.model.AthenaError;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;

/**
 * What Athena says of a query that has ended.
 *
 * @param state {@code SUCCEEDED}, {@code FAILED} or {@code CANCELLED}
 * @param reason all that it says, of any number of lines; empty when it says nothing
 * @param category who is at fault: 1 is Athena, 2 is the user, 3 is another ("Athena error catalog", user guide)
 * @param type the number of the error in the same catalog
 * @param toldToRetry Athena says that the same query may succeed
 */
record AthenaOutcome(
        String state, String reason, Optional<Integer> category, Optional<Integer> type, boolean toldToRetry) {
    private static final String SUCCEEDED = "SUCCEEDED";
    private static final String CANCELLED = "CANCELLED";
    private static final Set<String> ENDS = Set.of(SUCCEEDED, "FAILED", CANCELLED);

    // "Athena error catalog", Amazon Athena user guide. 1402 lies among the throttling errors and is none: a table has
    // too many versions, and will have them at the next attempt.
    private static final Set<Integer> THROTTLING = Set.of(1400, 1401, 1403, 1404, 1405, 1406);
    private static final int TOO_MANY_VERSIONS = 1402;
    private static final Set<Integer> PERMISSION = Set.of(1500, 1501);
    private static final Set<Integer> TIME_LIMIT = Set.of(206, 210);
    private static final int ATHENA_AT_FAULT = 1;

    // What Athena quotes after such a word may be the content of a cell. It may hold quotes itself, so that nobody
    // knows
    // where it ends.
    private static final Pattern QUOTED_CELL = Pattern.compile("(?i)(\\b(?:value|string:|cast)\\s*)['\"].*");

    private static final List<Rule> RULES = List.of(
            new Rule(
                    outcome -> outcome.says("lake formation"),
                    FailureKind.ACCESS_DENIED,
                    "grant the job's role the permission in Lake Formation: one of IAM alone does not do"),
            new Rule(
                    outcome -> outcome.isOneOf(PERMISSION)
                            || outcome.says("insufficient permissions")
                            || outcome.says("accessdenied")
                            || outcome.says("access denied")
                            || outcome.says("permission denied")
                            || outcome.says("not authorized to perform"),
                    FailureKind.ACCESS_DENIED,
                    "allow the job's role what Athena asks for on the table in Glue and on its folder in S3"),
            new Rule(
                    outcome -> outcome.says("hive_too_many_open_partitions"),
                    FailureKind.ENVIRONMENT,
                    "Athena opens at most 100 writers in one statement; use --ENGINE spark, or fewer buckets"),
            new Rule(
                    outcome -> outcome.says("hive_path_already_exists"),
                    FailureKind.CONFLICT,
                    "Athena writes to an empty location only; start the job again, which takes a new folder"),
            new Rule(
                    outcome -> outcome.isOneOf(Set.of(TOO_MANY_VERSIONS)),
                    FailureKind.ENVIRONMENT,
                    "the table has too many versions in Glue; delete old ones (aws glue batch-delete-table-version)"),
            new Rule(
                    outcome -> outcome.says("table_already_exists"),
                    FailureKind.CONFLICT,
                    "find out what made the table, and delete it if nobody needs it"),
            new Rule(
                    outcome -> outcome.says("table_not_found") || outcome.says("table not found"),
                    FailureKind.MISSING_INPUT,
                    "run the job that registers the table first"),
            new Rule(
                    outcome -> outcome.says("bytes scanned limit"),
                    FailureKind.ENVIRONMENT,
                    "raise the workgroup's limit of bytes scanned per query, or use --ENGINE spark"),
            new Rule(
                    outcome -> outcome.state.equals(CANCELLED),
                    FailureKind.SERVICE,
                    "find out who stopped it (a person, or a run that took over), and start the job again"),
            new Rule(
                    outcome -> outcome.isOneOf(TIME_LIMIT),
                    FailureKind.SERVICE,
                    "the query met Athena's own time limit; raise that quota of the account, or use --ENGINE spark"));

    /** The outcome that a status tells; empty for a query that has not ended, and for a state that nobody knows yet. */
    static Optional<AthenaOutcome> of(QueryExecutionStatus status) {
        if (!ENDS.contains(String.valueOf(status.stateAsString()))) {
            return Optional.empty();
        }
        Optional<AthenaError> error = Optional.ofNullable(status.athenaError());
        String reason = Optional.ofNullable(status.stateChangeReason())
                .filter(text -> !text.isBlank())
                .or(() -> error.map(AthenaError::errorMessage))
                .orElse("");
        return Optional.of(new AthenaOutcome(
                status.stateAsString(),
                reason,
                error.map(AthenaError::errorCategory),
                error.map(AthenaError::errorType),
                error.map(AthenaError::retryable).orElse(false)));
    }

    boolean succeeded() {
        return state.equals(SUCCEEDED);
    }

    boolean cancelled() {
        return state.equals(CANCELLED);
    }

    /** True when the same query may succeed a little later. */
    boolean worthRetrying() {
        return !succeeded() && !cancelled() && (toldToRetry || isOneOf(THROTTLING));
    }

    /** What the query ended with, in Athena's words but without what may be the content of a cell. */
    String describe() {
        String text = reason.isBlank() ? "no reason given" : ServiceFailures.firstLine(reason.strip());
        String shown = QUOTED_CELL.matcher(text).replaceAll("$1...");
        return "%s (%s%s)"
                .formatted(
                        state,
                        shown,
                        type.map(number -> "; error type " + number).orElse(""));
    }

    /** The failure of the query that ended so. */
    JobFailure failure(Statement statement, String queryId) {
        Optional<Rule> rule =
                RULES.stream().filter(known -> known.applies().test(this)).findFirst();
        if (rule.isPresent()) {
            return failure(statement, queryId, rule.get().kind(), rule.get().advice());
        }
        if (worthRetrying()
                || category.filter(fault -> fault == ATHENA_AT_FAULT).isPresent()) {
            String advice = statement instanceof CreateTableAs
                    ? "start the job again, which writes to a new folder: this query may have left files in its own"
                    : "start the job again";
            return failure(statement, queryId, FailureKind.SERVICE, advice);
        }
        return failure(
                statement, queryId, FailureKind.BAD_DATA, "check the table and the files that Athena's text names");
    }

    private JobFailure failure(Statement statement, String queryId, FailureKind kind, String advice) {
        return new JobFailure(
                kind, "%s: query %s of Athena ended as %s; %s".formatted(work(statement), queryId, describe(), advice));
    }

    /** What a statement is for, as messages begin. */
    static String work(Statement statement) {
        return statement instanceof CreateTableAs create
                ? "making the table %s at %s".formatted(create.table(), create.location())
                : "repairing the table %s".formatted(statement.table());
    }

    private boolean says(String lowerCase) {
        return reason.toLowerCase(Locale.ROOT).contains(lowerCase);
    }

    private boolean isOneOf(Set<Integer> types) {
        return type.filter(types::contains).isPresent();
    }

    /** The first that applies is what the failure is about. */
    private record Rule(Predicate<AthenaOutcome> applies, FailureKind kind, String advice) {}
}
