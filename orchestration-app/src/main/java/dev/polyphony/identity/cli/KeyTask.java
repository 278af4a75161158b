package dev.polyphony.identity.cli;

import dev.polyphony.identity.cli.RunningServer.Refused;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands have in common: a server to ask, and a line for its refusal. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
abstract class KeyTask implements Callable<Integer> {
    static final String KEYS = "/api/v1/api-keys";

    @Mixin
    private RunningServer server;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            ask(server);
            return ExitCode.OK;
        } catch (Refused refused) {
            err().println(refused.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    abstract void ask(RunningServer running) throws Refused, InterruptedException;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
