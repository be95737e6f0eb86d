package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** AWS JSON 1.1 without HTTP: from a target and a body to a status and a body. */
final class AwsJsonProtocol {
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, AwsJsonService> services;
    private final RequestFaults faults;

    AwsJsonProtocol(List<AwsJsonService> services, RequestFaults faults) {
        this.services = services.stream().collect(Collectors.toMap(AwsJsonService::targetPrefix, Function.identity()));
        this.faults = faults;
    }

    /** What goes back to the caller. */
    record Reply(int status, ObjectNode body) {
        byte[] bytes() {
            try {
                return JSON.writeValueAsBytes(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Reply reply(String target, byte[] body) throws LostConnection, InterruptedException {
        try {
            JsonNode request = read(body);
            RequestFault.Effect effect = () -> call(target, request);
            Optional<RequestFault> fault = faults.next(target, request);
            return new Reply(OK, fault.isPresent() ? fault.get().answer(effect) : effect.happen());
        } catch (AwsJsonError e) {
            return error(e);
        } catch (RuntimeException e) {
            // A defect of a service here, or of a test's script: the caller sees which, as a fault of the service.
            return error(new AwsJsonError("InternalFailure", 500, e.toString()));
        }
    }

    /** The reply to anything but {@code POST /}. */
    static Reply notACall() {
        return error(AwsJsonError.ofCaller("UnknownOperationException", "only POST / is served"));
    }

    private ObjectNode call(String target, JsonNode request) throws AwsJsonError {
        int dot = target.lastIndexOf('.');
        AwsJsonService service = services.get(target.substring(0, Math.max(dot, 0)));
        if (service == null) {
            throw AwsJsonError.unknownOperation(target);
        }
        return service.call(target.substring(dot + 1), request);
    }

    private static JsonNode read(byte[] body) throws AwsJsonError {
        try {
            JsonNode request = JSON.readTree(body);
            if (request.isObject()) {
                return request;
            }
        } catch (IOException e) {
            throw AwsJsonError.ofCaller("SerializationException", "the body is not JSON: " + e.getMessage());
        }
        throw AwsJsonError.ofCaller("SerializationException", "the body is not a JSON object");
    }

    private static Reply error(AwsJsonError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("__type", error.type());
        body.put("Message", error.getMessage());
        body.put("message", error.getMessage());
        error.details().forEach(body::put);
        return new Reply(error.status(), body);
    }
}
