package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.deployment.TerraformText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Roles have no wider permissions than those that are known: what a statement allows too much no request shows, since a wide
 * resource takes in the narrow one.
 */
class LeastPrivilegeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Service Authorization Reference: these have no resource. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            "cloudwatch:PutMetricData",
            "cleanrooms:ListMemberships",
            "cleanrooms:ListConfiguredTables",
            "entityresolution:ListIdNamespaces",
            "entityresolution:ListSchemaMappings",
            "lakeformation:GetDataAccess",
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets");

    /** A bucket, or what lies in a folder of ours. */
    private static final Pattern ON_S3 = Pattern.compile(
            "arn:\\$\\{partition}:s3:::(\\$\\{\\w+_bucket}|\\$\\{report_bucket}/\\$\\{\\w+_report_prefix}\\*"
                    + "|\\$\\{(?!\\w+_bucket})\\w+}\\*(/snapshot\\.json)?)");

    private static final Pattern OF_THE_ACCOUNT =
            Pattern.compile("arn:\\$\\{partition}:[a-z]+:\\$\\{region}:\\$\\{account}:"
                    + "([a-zA-Z-]+([:/][^*]+\\*?)?|\\$\\{job_prefix}[a-z-]+)");
    private static final Pattern TOLD = Pattern.compile("\\$\\{(sns_topic_arn|\\w*kms_key_arn)}");

    /** What cannot be named before it is asked for: by role, statement, and the resource from its account on. */
    private static final Set<String> WIDE = Set.of(
            "catalog FindReaders ${account}:database/*",
            "catalog FindReaders ${account}:table/*/*",
            "reports ReadTheCollaboration *:collaboration/*",
            "reports ReadTheCollaboration *:membership/*/configuredtableassociation/*",
            "reports ReadTheCollaboration *:membership/*/idmappingtable/*",
            "reports ReadConfiguredTables ${account}:configuredtable/*",
            "reports ReadEntityResolution ${account}:idnamespace/*",
            "reports ReadEntityResolution ${account}:schemamapping/*");

    @Test
    void aRoleMayNothingWiderThanIsKnown() throws IOException {
        assertThat(problems(JSON.readTree(HOME.resolve(Permissions.FILE).toFile())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, arn:${partition}:s3:::*, arn:${partition}:s3:::* is wide",
        "s3:GetObject, arn:${partition}:s3:::${runs_bucket}*, arn:${partition}:s3:::${runs_bucket}* is wide",
        "s3:GetObject, *, * is wide",
        "s3:*, arn:${partition}:s3:::${runs}*, s3:* is wide",
        "glue:GetTable, arn:${partition}:glue:${region}:${account}:*, arn:${partition}:glue:${region}:${account}:* is wide",
        "glue:GetTable, arn:${partition}:glue:${region}:*:catalog, arn:${partition}:glue:${region}:*:catalog is wide",
        "glue:GetTable, arn:${partition}:glue:${region}:${account}:table/*, arn:${partition}:glue:${region}:${account}:table/* is wide",
        "kms:Decrypt, ${kms_key_arn}, the key can be used beside S3 and SNS",
        "cloudwatch:PutMetricData, *, metrics of every namespace can be written"
    })
    void findsWhatIsWide(String action, String resource, String problem) throws IOException {
        JsonNode file = JSON.readTree(
                """
                {"data": [{"sid": "Wide", "reason": "No reason.", "actions": ["%s"], "resources": ["%s"]}]}"""
                        .formatted(action, resource));

        assertThat(problems(file)).containsExactly("data Wide: " + problem);
    }

    private static List<String> problems(JsonNode file) {
        List<String> problems = new ArrayList<>();
        file.fields().forEachRemaining(role -> role.getValue().forEach(statement -> {
            String name = role.getKey() + " " + statement.path("sid").asText();
            problems(name, statement).forEach(problem -> problems.add(name + ": " + problem));
        }));
        return problems;
    }

    private static List<String> problems(String name, JsonNode statement) {
        List<String> problems = new ArrayList<>();
        Set<String> actions = texts(statement.path("actions"));
        JsonNode equal = statement.at("/conditions/StringEquals");
        if (!statement.path("reason").asText().endsWith(".")) {
            problems.add("has no reason");
        }
        actions.stream()
                .filter(action -> action.contains("*") || action.contains("?"))
                .forEach(action -> problems.add(action + " is wide"));
        texts(statement.path("resources")).stream()
                .filter(resource ->
                        resource.equals("*") ? !WITHOUT_RESOURCE.containsAll(actions) : wide(name, resource))
                .forEach(resource -> problems.add(resource + " is wide"));
        if (actions.stream().anyMatch(action -> action.startsWith("kms:"))
                && !equal.path("kms:ViaService").asText().matches("(s3|sns)\\.\\$\\{region}\\.amazonaws\\.com")) {
            problems.add("the key can be used beside S3 and SNS");
        }
        if (actions.contains("cloudwatch:PutMetricData")
                && !equal.path("cloudwatch:namespace").asText().equals("Glue")) {
            problems.add("metrics of every namespace can be written");
        }
        return problems;
    }

    private static boolean wide(String name, String resource) {
        return Stream.of(ON_S3, OF_THE_ACCOUNT, TOLD)
                        .noneMatch(form -> form.matcher(resource).matches())
                && !WIDE.contains(
                        name + " " + resource.replaceFirst("^arn:\\$\\{partition}:[a-z]+:\\$\\{region}:", ""));
    }

    @Test
    void rolesAreTriedWithTheValuesThatTheModuleOfTerraformGives() throws IOException {
        TerraformText module = TerraformText.read(HOME.resolve("terraform/modules/iam/main.tf"));
        Set<String> given = new TreeSet<>(module.keys("/permissions.json\", merge("));
        given.addAll(module.keys("  names = {"));
        for (String location : module.keys("  locations = {")) {
            given.add(location);
            given.add(location + "_bucket");
        }

        assertThat(ObservedJobs.permissionValues().keySet()).isEqualTo(given);
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
