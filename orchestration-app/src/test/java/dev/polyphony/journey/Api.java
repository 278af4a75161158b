package dev.polyphony.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as a client sees it. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String[] headers;
    private Duration patience = Duration.ofMinutes(1);

    /** @param headers name, value, name, value, … sent with every request */
    Api(String url, String... headers) {
        this.url = url;
        this.headers = headers;
    }

    /** Waits no longer than this for an answer, and fails then. */
    Api patientFor(Duration longest) {
        patience = longest;
        return this;
    }

    record Reply(int status, HttpHeaders headers, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Reply get(String path, String... more) {
        return send(request(path, more).GET());
    }

    Reply post(String path, String body, String... more) {
        return postAs("application/json", path, body, more);
    }

    Reply postAs(String type, String path, String body, String... more) {
        return send(request(path, more).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    Reply put(String path, String body, String... more) {
        return send(
                request(path, more).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    Reply patch(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    /** @param body null to send none */
    Reply send(String method, String path, @Nullable String body) {
        return send(
                body == null
                        ? request(path).method(method, BodyPublishers.noBody())
                        : request(path)
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body)));
    }

    Reply delete(String path) {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path, String... more) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(patience);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return more.length > 0 ? request.headers(more) : request;
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
