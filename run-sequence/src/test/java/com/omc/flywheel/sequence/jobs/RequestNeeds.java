package com.omc.flywheel.sequence.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.awsjson.AwsRestService;
import com.omc.flywheel.sequence.awsjson.RestRoute;
import com.omc.flywheel.sequence.jobs.RecordingProxy.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What IAM is asked for by requests as they came over the wire, after the Service Authorization Reference of each service.
 *
 * @param region of the account
 * @param account who asks
 * @param workgroup where all queries run; a request that names a query does not name it
 * @param restServices those whose operations are told by their paths
 */
record RequestNeeds(String region, String account, String workgroup, List<AwsRestService> restServices) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BUCKET_AND_KEY = Pattern.compile("/([^/]+)/?(.*)", Pattern.DOTALL);
    private static final Pattern DELETED_KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
    private static final Pattern TOPIC = Pattern.compile("(?:^|&)TopicArn=([^&]+)");

    /** Operations of Clean Rooms and Entity Resolution: the resource that each has, by the labels of its path. */
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("cleanrooms:ListMemberships", "*"),
            Map.entry("cleanrooms:ListConfiguredTables", "*"),
            Map.entry("cleanrooms:GetMembership", "membership/{membershipIdentifier}"),
            Map.entry("cleanrooms:ListConfiguredTableAssociations", "membership/{membershipIdentifier}"),
            Map.entry("cleanrooms:ListIdNamespaceAssociations", "membership/{membershipIdentifier}"),
            Map.entry("cleanrooms:ListIdMappingTables", "membership/{membershipIdentifier}"),
            Map.entry("cleanrooms:ListPrivacyBudgetTemplates", "membership/{membershipIdentifier}"),
            Map.entry(
                    "cleanrooms:GetConfiguredTableAssociationAnalysisRule",
                    "membership/{membershipIdentifier}/configuredtableassociation/{configuredTableAssociationIdentifier}"),
            Map.entry(
                    "cleanrooms:GetIdNamespaceAssociation",
                    "membership/{membershipIdentifier}/idnamespaceassociation/{idNamespaceAssociationIdentifier}"),
            Map.entry(
                    "cleanrooms:GetIdMappingTable",
                    "membership/{membershipIdentifier}/idmappingtable/{idMappingTableIdentifier}"),
            Map.entry("cleanrooms:GetConfiguredTable", "configuredtable/{configuredTableIdentifier}"),
            Map.entry("cleanrooms:GetConfiguredTableAnalysisRule", "configuredtable/{configuredTableIdentifier}"),
            Map.entry("cleanrooms:ListMembers", "collaboration/{collaborationIdentifier}"),
            Map.entry("cleanrooms:ListSchemas", "collaboration/{collaborationIdentifier}"),
            Map.entry("cleanrooms:BatchGetSchema", "collaboration/{collaborationIdentifier}"),
            Map.entry("cleanrooms:GetSchemaAnalysisRule", "collaboration/{collaborationIdentifier}"),
            Map.entry("entityresolution:ListIdNamespaces", "*"),
            Map.entry("entityresolution:ListSchemaMappings", "*"),
            Map.entry("entityresolution:GetIdNamespace", "idnamespace/{idNamespaceName}"),
            Map.entry("entityresolution:GetSchemaMapping", "schemamapping/{schemaName}"));

    static Set<Need> ofS3(Request request) {
        Matcher address = BUCKET_AND_KEY.matcher(request.path());
        if (!address.matches()) {
            throw new AssertionError("no action is known for " + request);
        }
        String bucket = "arn:aws:s3:::" + address.group(1);
        String key = address.group(2);
        Set<Need> needs = new LinkedHashSet<>();
        if (key.isEmpty()) {
            ofBucket(request, bucket, needs);
        } else {
            ofObject(request, bucket, bucket + "/" + key, needs);
        }
        return needs;
    }

    private static void ofBucket(Request request, String bucket, Set<Need> needs) {
        String query = request.query();
        boolean uploads = hasParameter(query, "uploads");
        switch (request.method()) {
            case "HEAD" -> needs.add(new Need("s3:ListBucket", bucket));
            case "GET" -> {
                String list = uploads ? "s3:ListBucketMultipartUploads" : "s3:ListBucket";
                needs.add(new Need(hasParameter(query, "location") ? "s3:GetBucketLocation" : list, bucket));
            }
            case "POST" -> {
                assertKnown(hasParameter(query, "delete"), request);
                Matcher keys = DELETED_KEY.matcher(request.body());
                while (keys.find()) {
                    needs.add(new Need("s3:DeleteObject", bucket + "/" + keys.group(1)));
                }
                assertKnown(!needs.isEmpty(), request);
            }
            default -> assertKnown(false, request);
        }
    }

    private static void ofObject(Request request, String bucket, String object, Set<Need> needs) {
        boolean ofUpload = hasParameter(request.query(), "uploadId");
        switch (request.method()) {
            case "GET", "HEAD" -> {
                needs.add(new Need(ofUpload ? "s3:ListMultipartUploadParts" : "s3:GetObject", object));
                // Without it a missing object is a 403 and not a 404: S3 API reference, HeadObject and GetObject.
                needs.add(new Need("s3:ListBucket", bucket));
            }
            case "PUT", "POST" -> needs.add(new Need("s3:PutObject", object));
            case "DELETE" -> needs.add(new Need(ofUpload ? "s3:AbortMultipartUpload" : "s3:DeleteObject", object));
            default -> assertKnown(false, request);
        }
        Optional.ofNullable(request.headers().getFirst("x-amz-copy-source"))
                .ifPresent(
                        source -> needs.add(new Need("s3:GetObject", "arn:aws:s3:::" + source.replaceFirst("^/", ""))));
        request.headers().keySet().stream()
                .filter(header -> header.equalsIgnoreCase("x-amz-tagging") || header.equalsIgnoreCase("x-amz-acl"))
                .forEach(header -> assertKnown(false, request));
    }

    /** Of services that speak JSON or, as SNS does, forms. */
    Set<Need> ofService(Request request) {
        String target = request.headers().getFirst("X-Amz-Target");
        if (target == null) {
            return request.path().equals("/") ? ofForm(request) : ofPath(request);
        }
        String operation = target.substring(target.lastIndexOf('.') + 1);
        JsonNode content = parse(request);
        if (target.startsWith("AWSGlue.")) {
            return ofGlue(operation, content);
        }
        assertKnown(target.startsWith("AmazonAthena."), request);
        return Set.of(new Need(
                "athena:" + operation, "arn:aws:athena:%s:%s:workgroup/%s".formatted(region, account, workgroup)));
    }

    private Set<Need> ofForm(Request request) {
        Matcher topic = TOPIC.matcher(request.body());
        assertKnown(request.body().contains("Action=Publish") && topic.find(), request);
        return Set.of(new Need("sns:Publish", URLDecoder.decode(topic.group(1), StandardCharsets.UTF_8)));
    }

    private Set<Need> ofPath(Request request) {
        for (AwsRestService service : restServices) {
            for (RestRoute route : service.routes()) {
                Optional<Map<String, String>> labels = route.labels(request.method(), request.path());
                if (labels.isPresent()) {
                    String prefix = service.targetPrefix().toLowerCase(Locale.ROOT);
                    String action = prefix + ":" + route.operation();
                    String resource = RESOURCES.get(action);
                    assertKnown(resource != null, request);
                    for (Map.Entry<String, String> label : labels.get().entrySet()) {
                        resource = resource.replace("{" + label.getKey() + "}", label.getValue());
                    }
                    String arn = resource.equals("*")
                            ? resource
                            : "arn:aws:%s:%s:%s:%s".formatted(prefix, region, account, resource);
                    return action.equals("cleanrooms:BatchGetSchema")
                            // Service Authorization Reference, AWS Clean Rooms: its dependent action.
                            ? Set.of(new Need(action, arn), new Need("cleanrooms:GetSchema", arn))
                            : Set.of(new Need(action, arn));
                }
            }
        }
        throw new AssertionError("no operation is known for " + request);
    }

    /** A table is a resource together with its database and the catalog. */
    private Set<Need> ofGlue(String operation, JsonNode content) {
        List<String> resources = new ArrayList<>(List.of("catalog"));
        String database = content.path("DatabaseName").asText();
        switch (operation) {
            case "GetDatabases" -> resources.add("database/*");
            case "GetDatabase" ->
                resources.add("database/" + content.path("Name").asText());
            default -> {
                String table =
                        switch (operation) {
                            case "GetTables" -> "*";
                            case "GetTable", "DeleteTable" ->
                                content.path("Name").asText();
                            case "CreateTable", "UpdateTable" ->
                                content.at("/TableInput/Name").asText();
                            default -> content.path("TableName").asText();
                        };
                if (database.isEmpty() || table.isEmpty()) {
                    throw new AssertionError("no table is known for glue:%s %s".formatted(operation, content));
                }
                resources.add("database/" + database);
                resources.add("table/%s/%s".formatted(database, table));
            }
        }
        Set<Need> needs = new LinkedHashSet<>();
        for (String resource : resources) {
            needs.add(new Need("glue:" + operation, "arn:aws:glue:%s:%s:%s".formatted(region, account, resource)));
        }
        return needs;
    }

    private static boolean hasParameter(String query, String name) {
        return List.of(query.split("&", -1)).stream()
                .anyMatch(parameter -> parameter.equals(name) || parameter.startsWith(name + "="));
    }

    private static JsonNode parse(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + request, e);
        }
    }

    private static void assertKnown(boolean known, Request request) {
        if (!known) {
            throw new AssertionError("no action is known for " + request);
        }
    }
}
