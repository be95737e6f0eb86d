package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which service a request is for, and what it answers unless a fault stands in between: without HTTP. */
final class ServiceCalls {
    private static final String ROOT = "/";

    private final Map<String, AwsJsonService> services;
    private final Map<RestRoute, String> targets;
    private final RequestFaults faults;

    ServiceCalls(List<AwsJsonService> services, RequestFaults faults) {
        this.services = services.stream().collect(Collectors.toMap(AwsJsonService::targetPrefix, Function.identity()));
        this.targets = targets(services);
        this.faults = faults;
    }

    /** {@code POST /} is AWS JSON 1.1, everything else REST. */
    ServiceRequest request(String method, String rawPath, Optional<String> rawQuery, String target, byte[] body) {
        if (method.equals("POST") && rawPath.equals(ROOT)) {
            return new AwsJsonRequest(target, body);
        }
        for (Map.Entry<RestRoute, String> route : targets.entrySet()) {
            Optional<Map<String, String>> labels = route.getKey().labels(method, rawPath);
            if (labels.isPresent()) {
                return new RestJsonRequest(route.getValue(), labels.get(), rawQuery, body);
            }
        }
        return new RestJsonRequest(method + " " + rawPath, Map.of(), rawQuery, body);
    }

    Reply reply(ServiceRequest request) throws LostConnection, InterruptedException {
        try {
            JsonNode content = request.content();
            RequestFault.Effect effect = () -> call(request.target(), content);
            Optional<RequestFault> fault = faults.next(request.target(), content);
            return request.reply(fault.isPresent() ? fault.get().answer(effect) : effect.happen());
        } catch (AwsJsonError e) {
            return request.reply(e);
        } catch (RuntimeException e) {
            // A defect of a service here, or of a test's script: the caller sees which, as a fault of the service.
            return request.reply(new AwsJsonError("InternalFailure", 500, e.toString()));
        }
    }

    private ObjectNode call(String target, JsonNode content) throws AwsJsonError {
        int dot = target.lastIndexOf('.');
        AwsJsonService service = services.get(target.substring(0, Math.max(dot, 0)));
        if (service == null) {
            throw AwsJsonError.unknownOperation(target);
        }
        return service.call(target.substring(dot + 1), content);
    }

    private static Map<RestRoute, String> targets(List<AwsJsonService> services) {
        Map<RestRoute, String> targets = new LinkedHashMap<>();
        Map<String, String> known = new TreeMap<>();
        for (AwsJsonService service : services) {
            if (service instanceof AwsRestService rest) {
                for (RestRoute route : rest.routes()) {
                    String target = service.targetPrefix() + "." + route.operation();
                    String address = route.method() + " " + route.path().replaceAll("\\{[^/]*}", "{}");
                    String other = known.putIfAbsent(address, target);
                    if (other != null) {
                        throw new IllegalArgumentException("%s is both %s and %s; one endpoint cannot serve both"
                                .formatted(address, other, target));
                    }
                    targets.put(route, target);
                }
            }
        }
        return targets;
    }
}
