package com.omc.flywheel.sequence.recorded;

import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the labels of a path look like: the patterns of the API references of AWS Clean Rooms and AWS Entity Resolution.
 *
 * <p>None of them lets a slash or two dots through, so that a path of labels names a file of the recording or nothing.
 */
final class Labels {
    private static final String IDENTIFIER = "Identifier";
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern RULE_TYPE = Pattern.compile("AGGREGATION|LIST|CUSTOM");
    private static final Pattern SCHEMA_RULE_TYPE = Pattern.compile("AGGREGATION|LIST|CUSTOM|ID_MAPPING_TABLE");
    private static final Pattern ENTITY_RESOLUTION_NAME = Pattern.compile("[a-zA-Z_0-9-]{1,255}");

    private static final Map<String, Pattern> PATTERNS = Map.of(
            "name", Pattern.compile("(?=.{1,128}$)[a-zA-Z0-9_](([a-zA-Z0-9_ ]+-)*([a-zA-Z0-9_ ]+))?"),
            "analysisRuleType", RULE_TYPE,
            "type", SCHEMA_RULE_TYPE,
            "idNamespaceName", ENTITY_RESOLUTION_NAME,
            "schemaName", ENTITY_RESOLUTION_NAME);

    private Labels() {}

    static boolean fit(Map<String, String> labels) {
        return labels.entrySet().stream().allMatch(label -> fits(label.getKey(), label.getValue()));
    }

    /**
     * Lets labels through that have the form that the service asks for.
     *
     * @throws AwsJsonError of a value that has another
     */
    static void check(Map<String, String> labels) throws AwsJsonError {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!fits(label.getKey(), label.getValue())) {
                throw RecordedErrors.invalid(
                        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must satisfy"
                                        .formatted(label.getKey())
                                + " regular expression pattern: " + pattern(label.getKey()));
            }
        }
    }

    private static boolean fits(String name, String value) {
        return pattern(name).matcher(value).matches();
    }

    private static Pattern pattern(String name) {
        return name.endsWith(IDENTIFIER) ? UUID : PATTERNS.get(name);
    }
}
