package dev.polyphony.identity.cli;

import dev.polyphony.identity.cli.RunningServer.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code polyphony api-key generate --name NAME} */
@Command(
        name = "generate",
        description = "Issues a key and prints it, this once; its id and what it may do go to the error output.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class GenerateKey extends KeyTask {
    @Option(names = "--name", paramLabel = "NAME", required = true, description = "how people recognise the key")
    private String name;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "user, trainer, operator or admin; default: user")
    private @Nullable List<String> roles;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description =
                    "read, write or admin, alone or after an area as in webhooks:write; default: all that the roles"
                            + " permit")
    private @Nullable List<String> scopes;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "whose data it opens; default: that of the key that asks")
    private @Nullable String tenant;

    @Option(
            names = "--expires-in-days",
            paramLabel = "DAYS",
            description = "after how many days it counts no longer; default: never")
    private @Nullable Integer days;

    private GenerateKey() {}

    @Override
    void ask(RunningServer running) throws Refused, InterruptedException {
        ObjectNode body = RunningServer.JSON.createObjectNode().put("name", name);
        if (roles != null) {
            body.set("roles", RunningServer.JSON.valueToTree(roles));
        }
        if (scopes != null) {
            body.set("scopes", RunningServer.JSON.valueToTree(scopes));
        }
        if (tenant != null) {
            body.put("tenant", tenant);
        }
        if (days != null) {
            body.put("expires_at", Instant.now().plus(Duration.ofDays(days)).toString());
        }
        JsonNode issued = running.send("POST", KEYS, body);
        out().println(issued.at("/key").asString());
        err().println("The key %s of tenant %s has the roles %s and the scopes %s. It is not shown again."
                .formatted(
                        issued.at("/id").asString(),
                        issued.at("/tenant").asString(),
                        issued.at("/roles"),
                        issued.at("/scopes")));
    }
}
