package com.omc.flywheel.common.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Gives each answer once, with its own header {@code Date} or none: the JDK's server always sends the present time. */
final class DatedServer implements AutoCloseable {
    private final ServerSocket socket;

    record Answer(String header, String body) {}

    DatedServer(Answer... answers) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(List.of(answers)), "dated-server");
        thread.setDaemon(true);
        thread.start();
    }

    S3Connection connection() {
        return S3Connection.fromEnvironment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:" + socket.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve(List<Answer> answers) {
        for (Answer answer : answers) {
            try (Socket connection = socket.accept()) {
                BufferedReader request = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                String line = request.readLine();
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                String response =
                        """
                        HTTP/1.1 200 OK\r
                        Connection: close\r
                        Content-Type: application/xml\r
                        Content-Length: %d\r
                        %s\r
                        \r
                        %s"""
                                .formatted(
                                        answer.body().getBytes(StandardCharsets.US_ASCII).length,
                                        answer.header(),
                                        answer.body());
                connection.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
