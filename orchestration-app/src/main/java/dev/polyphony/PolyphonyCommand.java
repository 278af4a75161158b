package dev.polyphony;

import dev.polyphony.audit.cli.AuditCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What the command line offers beside the server, which starts when no command is given. */
@Command(
        name = "polyphony",
        description = "Without a command it starts the server, which takes settings as --name=value.",
        subcommands = AuditCommand.class)
public final class PolyphonyCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    boolean help;

    private PolyphonyCommand() {}

    /** Settings of the server begin with dashes; commands do not. */
    static boolean isMeantBy(String... arguments) {
        return arguments.length > 0
                && (!arguments[0].startsWith("-") || arguments[0].equals("--help") || arguments[0].equals("-h"));
    }

    /** What went wrong in a way that nobody has foreseen says nothing about a history either: 2, and not picocli's 1. */
    public static CommandLine commandLine() {
        return new CommandLine(new PolyphonyCommand()).setExitCodeExceptionMapper(_ -> ExitCode.USAGE);
    }
}
