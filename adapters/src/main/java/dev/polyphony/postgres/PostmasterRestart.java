package dev.polyphony.postgres;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts PostgreSQL again on files whose server has died, with the options of that server: on its port, and as durable. PostgreSQL
 * leaves them beside the files.
 */
record PostmasterRestart(Path files, StartLog log, Duration timeout) {
    private static final Pattern PROGRAM = Pattern.compile("(.+?)/postgres \"-.*", Pattern.DOTALL);

    /** Returns when it answers. */
    void run() throws IOException {
        Process restart = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.redirect())
                .start();
        if (!Programs.endsWithin(restart, timeout.multipliedBy(2))) {
            restart.destroyForcibly();
            throw new IOException("pg_ctl does not end");
        }
        if (restart.exitValue() != 0) {
            throw new IOException("pg_ctl ended with " + restart.exitValue());
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(programs() + "/pg_ctl", "-D", files.toString()));
        command.addAll(List.of("-w", "-t", String.valueOf(timeout.toSeconds()), "restart"));
        return command;
    }

    private String programs() throws IOException {
        Path options = files.resolve("postmaster.opts");
        Matcher matcher = PROGRAM.matcher(Files.readString(options));
        if (!matcher.matches()) {
            throw new IOException(options + " does not name PostgreSQL's program");
        }
        return matcher.group(1);
    }
}
