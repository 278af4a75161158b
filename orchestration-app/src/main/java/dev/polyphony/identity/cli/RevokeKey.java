package dev.polyphony.identity.cli;

import dev.polyphony.identity.cli.RunningServer.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code polyphony api-key revoke ID} */
@Command(name = "revoke", description = "Revokes a key for good.")
@SuppressWarnings("NullAway.Init") // picocli fills the field
final class RevokeKey extends KeyTask {
    @Parameters(paramLabel = "ID", description = "the key's id, as 'generate' and 'list' show it")
    private String id;

    private RevokeKey() {}

    @Override
    void ask(RunningServer running) throws Refused, InterruptedException {
        running.send("DELETE", KEYS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8), null);
        out().println("The key " + id + " is revoked.");
    }
}
