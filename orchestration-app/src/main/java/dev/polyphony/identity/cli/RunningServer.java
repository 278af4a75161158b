package dev.polyphony.identity.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server that a command asks, and the key that it asks with. Keys are taken from the environment or a file: arguments can be read by every user of a machine. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RunningServer {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int LEAST_ERROR = 400;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:POLYPHONY_URL:-http://localhost:${env:SERVER_PORT:-8080}}",
            description = "where the server listens; default: POLYPHONY_URL, or this machine")
    private URI url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "a file with the key of an admin; default: POLYPHONY_API_KEY, or the admin-key in the data"
                    + " directory")
    private @Nullable Path keyFile;

    /** Why the server did not do what was asked. */
    static final class Refused extends Exception {
        Refused(String why) {
            super(why);
        }
    }

    JsonNode send(String method, String path, @Nullable JsonNode body) throws Refused, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("X-API-Key", key())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode reply = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
            if (response.statusCode() >= LEAST_ERROR) {
                throw new Refused(reply.at("/error/message").asString("HTTP status " + response.statusCode()));
            }
            return reply;
        } catch (IOException failure) {
            throw new Refused("There is no server at " + url + " (" + failure.getMessage()
                    + "): start it, or say where it is with --url.");
        }
    }

    private String key() throws Refused {
        String configured = System.getenv("POLYPHONY_API_KEY");
        if (keyFile == null && configured != null && !configured.isBlank()) {
            return configured.strip();
        }
        Path file = keyFile == null ? dataDirectory().resolve("admin-key") : keyFile;
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new Refused("The key of an admin is needed, and " + file
                    + " cannot be read: set POLYPHONY_API_KEY, or name a file with --key-file.");
        }
    }

    private static Path dataDirectory() {
        String configured = System.getenv("POLYPHONY_DATA_DIR");
        return Path.of(configured == null || configured.isBlank() ? ".polyphony" : configured);
    }
}
