package com.omc.flywheel.common.collaboration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of the ARN of a table: IAM service authorization reference, "AWS Glue", resource type table.
 *
 * @param region empty, like the other parts, for the ARN of anything else
 */
record GlueArn(String region, String database, String table) {
    private static final Pattern TABLE = Pattern.compile("arn:[^:]+:glue:([^:]*):[^:]*:table/([^/]+)/(.+)");

    static GlueArn of(String arn) {
        Matcher matcher = TABLE.matcher(arn);
        return matcher.matches()
                ? new GlueArn(matcher.group(1), matcher.group(2), matcher.group(3))
                : new GlueArn("", "", "");
    }
}
