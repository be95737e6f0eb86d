package com.omc.flywheel.sequence.awsjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RestServiceTest {
    private static final String GET_BOOK = "Library.GetBook";

    private final AwsJsonEndpoint endpoint = AwsJsonEndpoint.start(new Library(), new CountingServer.Silent());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void makesOneRequestOfLabelsAndParametersAndBody() throws Exception {
        HttpResponse<String> answer = call(
                "POST", "/shelves/a%20b%2Fc+d/books?after=x%3Dy&empty=&flag", "{\"names\": [\"n\"], \"id\": \"body\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
        assertThat(json(answer))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"names": ["n"], "id": "a b/c+d", "after": "x=y", "empty": "", "flag": "", "operation": "FindBooks"}
                """));
    }

    @Test
    void asksWithoutABody() throws Exception {
        assertThat(json(call("GET", "/shelves/1/books/2", "")).path("book").asText())
                .isEqualTo("2");
    }

    @Test
    void countsAndBreaksRequestsByTheirOperation() throws Exception {
        endpoint.faults()
                .onEvery(GET_BOOK, request -> request.path("book").asText().equals("2"), RequestFault.throttled());

        assertError(call("GET", "/shelves/1/books/2", ""), 429, "ThrottlingException", "Rate exceeded");
        assertThat(call("GET", "/shelves/1/books/3", "").statusCode()).isEqualTo(200);
        assertThat(endpoint.requestsByTarget()).containsOnlyKeys(GET_BOOK).containsEntry(GET_BOOK, 2);
    }

    @Test
    void speaksBothProtocols() throws Exception {
        HttpRequest json = CountingServer.request(endpoint.endpoint(), "Silent.Count", "{}")
                .build();
        assertThat(client.send(json, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(call("GET", "/shelves/1/books/3", "").statusCode()).isEqualTo(200);
        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"DELETE,/shelves/1/books/2", "GET,/shelves/1", "GET,/shelves/1/books/2/", "GET,/", "PATCH,/"})
    void refusesWhatNoRouteLeadsTo(String method, String path) throws Exception {
        assertError(call(method, path, ""), 404, "UnknownOperationException", path);
        assertThat(endpoint.requests(method + " " + path)).isEqualTo(1);
    }

    @Test
    void answersAnErrorInItsHeader() throws Exception {
        HttpResponse<String> answer = call("GET", "/shelves/1/books/none", "");

        assertError(answer, 404, "ResourceNotFoundException", "no such book");
        assertThat(json(answer).path("resourceId").asText()).isEqualTo("none");
        assertThat(json(answer).has("__type")).isFalse();
    }

    @Test
    void callsFaultsByTheNamesOfTheProtocol() throws Exception {
        endpoint.faults().onCall(GET_BOOK, 1, RequestFault.failedBeforeTheEffect());
        assertError(call("GET", "/shelves/1/books/2", ""), 500, "InternalServerException", "injected");

        endpoint.faults().clear();
        endpoint.faults().onEvery(GET_BOOK, RequestFault.deniedByIam("library:GetBook", "arn:aws:library:::book/2"));
        assertError(
                call("GET", "/shelves/1/books/2", ""),
                403,
                "AccessDeniedException",
                "is not authorized to perform: library:GetBook on resource: arn:aws:library:::book/2");
        assertError(call("POST", "/shelves/1/books", "["), 400, "SerializationException", "not JSON");
        assertError(call("GET", "/shelves/break/books/2", "[1]"), 400, "SerializationException", "not a JSON object");
    }

    @Test
    void tellsADefectOfAServiceAsAFaultOfTheService() throws Exception {
        assertError(call("GET", "/shelves/1/books/broken", ""), 500, "InternalServerException", "broken");
    }

    @Test
    void servesNoTwoServicesAtOnePath() {
        assertThatThrownBy(() -> AwsJsonEndpoint.start(new Library(), new Archive()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("GET /shelves/{}/books/{}", "Library.GetBook", "Archive.GetPaper");
    }

    @Test
    void knowsNoRouteWithoutASlash() {
        assertThatThrownBy(() -> new RestRoute("GET", "shelves", "ListShelves"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ListShelves");
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.endpoint() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return CountingServer.json(answer);
    }

    private static void assertError(HttpResponse<String> answer, int status, String type, String message)
            throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-amzn-errortype")).contains(type);
        assertThat(json(answer).path("message").asText()).contains(message);
    }

    /** Answers with what it is asked. */
    private static final class Library implements AwsRestService {
        @Override
        public String targetPrefix() {
            return "Library";
        }

        @Override
        public List<RestRoute> routes() {
            return List.of(
                    new RestRoute("POST", "/shelves/{id}/books", "FindBooks"),
                    new RestRoute("GET", "/shelves/{id}/books/{book}", "GetBook"));
        }

        @Override
        public ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
            String book = request.path("book").asText();
            if (book.equals("none")) {
                throw new AwsJsonError("ResourceNotFoundException", 404, "no such book").with("resourceId", book);
            }
            if (book.equals("broken")) {
                throw new IllegalStateException("broken");
            }
            return request.<ObjectNode>deepCopy().put("operation", operation);
        }
    }

    /** Has a path of the library's. */
    private static final class Archive implements AwsRestService {
        @Override
        public String targetPrefix() {
            return "Archive";
        }

        @Override
        public List<RestRoute> routes() {
            return List.of(new RestRoute("GET", "/shelves/{shelf}/books/{paper}", "GetPaper"));
        }

        @Override
        public ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
            throw AwsJsonError.unknownOperation(operation);
        }
    }
}
