package dev.polyphony.identity.cli;

import picocli.CommandLine.Command;

/** {@code polyphony api-key …} */
@Command(
        name = "api-key",
        description = "Issues, lists and revokes API keys of a running server.",
        subcommands = {GenerateKey.class, ListKeys.class, RevokeKey.class})
public final class ApiKeyCli {
    private ApiKeyCli() {}
}
