package dev.polyphony.identity.cli;

import dev.polyphony.identity.cli.RunningServer.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code polyphony api-key list} */
@Command(name = "list", description = "Lists the keys of the tenant that are not revoked, a line each.")
final class ListKeys extends KeyTask {
    private ListKeys() {}

    @Override
    void ask(RunningServer running) throws Refused, InterruptedException {
        String cursor = "";
        do {
            JsonNode page = running.send("GET", KEYS + cursor, null);
            page.at("/api_keys")
                    .forEach(key -> out().println("%s  %s  %s  created %s  last used %s"
                            .formatted(
                                    key.at("/id").asString(),
                                    key.at("/name").asString(),
                                    key.at("/roles"),
                                    key.at("/created_at").asString(),
                                    key.at("/last_used_at").asString("never"))));
            JsonNode next = page.at("/next_cursor");
            cursor = next.isNull() ? "" : "?cursor=" + URLEncoder.encode(next.asString(), StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
    }
}
