package dev.polyphony;

import dev.polyphony.audit.cli.AuditCommand;
import dev.polyphony.identity.cli.ApiKeyCli;
import dev.polyphony.platform.settings.SettingsCommand;
import dev.polyphony.webhooks.cli.ReceiveCommand;
import java.util.Arrays;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What the command line offers beside the server, which starts when no command is given. */
@Command(
        name = "polyphony",
        description = "Without a command it starts the server, which takes settings as --name=value.",
        versionProvider = ProductVersion.class,
        subcommands = {ApiKeyCli.class, AuditCommand.class, ReceiveCommand.class, SettingsCommand.class})
public final class PolyphonyCommand {
    private static final Set<String> HELP = Set.of("--help", "--version");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    boolean version;

    private PolyphonyCommand() {}

    /** Settings of the server begin with two dashes; whatever else is given is a command, or a mistake. */
    static boolean isMeantBy(String... arguments) {
        return Arrays.stream(arguments).anyMatch(argument -> !argument.startsWith("--") || HELP.contains(argument));
    }

    /** What went wrong in a way that nobody has foreseen says nothing about a history either: 2, and not picocli's 1. */
    public static CommandLine commandLine() {
        return new CommandLine(new PolyphonyCommand()).setExitCodeExceptionMapper(_ -> ExitCode.USAGE);
    }
}
