package com.omc.flywheel.sequence.aws;

import java.util.Map;
import java.util.Optional;

/** Addresses of pages of the AWS console, of which each partition has its own. */
final class ConsoleLinks {
    // "AWS service endpoints" and "Signing in" of the guides of AWS, Amazon Web Services in China and AWS GovCloud
    // (US).
    private static final Map<String, String> CONSOLES = Map.of(
            "aws", "https://%s.console.aws.amazon.com",
            "aws-cn", "https://%s.console.amazonaws.cn",
            "aws-us-gov", "https://console.amazonaws-us-gov.com");
    /**
     * The group of what Spark and a job log, as the module of Terraform names it; Glue adds the last part: AWS Glue
     * developer guide, "Logging for AWS Glue jobs".
     */
    private static final String LOG_GROUP = "/aws-glue/%s/error";

    private ConsoleLinks() {}

    /** The page of an execution; empty in a partition whose console is not known. */
    static Optional<String> execution(ExecutionArn arn) {
        return console(arn).map(console -> "%s/states/home?region=%s#/v2/executions/details/%s"
                .formatted(console, arn.region(), arn));
    }

    /**
     * The page with the log streams of a job run: the group of its job, narrowed to the streams that begin with the run.
     *
     * @param execution tells partition and region
     * @param job the name that it has in Glue
     */
    static Optional<String> log(ExecutionArn execution, String job, String jobRun) {
        // The console escapes the name of a group twice, and writes $ for %.
        String group = LOG_GROUP.formatted(job).replace("/", "$252F");
        return console(execution)
                .map(console -> "%s/cloudwatch/home?region=%s#logsV2:log-groups/log-group/%s$3FlogStreamNameFilter$3D%s"
                        .formatted(console, execution.region(), group, jobRun));
    }

    private static Optional<String> console(ExecutionArn arn) {
        return Optional.ofNullable(CONSOLES.get(arn.partition())).map(console -> console.formatted(arn.region()));
    }
}
