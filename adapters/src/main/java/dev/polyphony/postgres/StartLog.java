package dev.polyphony.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What PostgreSQL's programs say while they start; once the server runs it writes files of its own. */
record StartLog(Path file) {
    private static final Pattern ERROR = Pattern.compile("(?:FATAL|PANIC|error): +(.+)");

    static StartLog in(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("postgres-start.log");
        Files.deleteIfExists(file);
        return new StartLog(file);
    }

    Redirect redirect() {
        return Redirect.appendTo(file.toFile());
    }

    boolean reportsFailure() throws IOException {
        return text().contains("could not start server");
    }

    /** The first error, or what is given when there is none. */
    String errorOr(String other) throws IOException {
        return ERROR.matcher(text())
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElse(other);
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
