package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.util.FileSystemUtils;

@ExtendWith(PostgresExtension.class)
class GeneratedTablesTest {
    private static final Path COMMITTED = Path.of("src/main/java/dev/polyphony/db");
    private static final Path SCRATCH = Path.of("target/generated-tables");
    private static final Path GENERATED = SCRATCH.resolve("dev/polyphony/db");
    private static final String ADVICE =
            "The tables in %s are not those of the migrations. Write them anew: mvn test -pl adapters -am"
                + " -Dtest=GeneratedTablesTest -Dsurefire.failIfNoSpecifiedTests=false -Dpolyphony.jooq.update=true";

    @Test
    void findsTheCommittedTablesToBeThoseOfTheMigrations(TestDatabase database, DSLContext sql) throws Exception {
        List<String> schemas = schemas(sql);
        FileSystemUtils.deleteRecursively(SCRATCH);
        new TableGenerator(database, SCRATCH).generate(schemas);
        if (Boolean.getBoolean("polyphony.jooq.update")) {
            replaceCommitted();
        }
        assertThat(sources(COMMITTED)).as(ADVICE, COMMITTED).isEqualTo(sources(GENERATED));
    }

    private static List<String> schemas(DSLContext sql) {
        return sql.fetch("select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('public',"
                        + " 'information_schema') order by 1")
                .getValues(0, String.class);
    }

    private static void replaceCommitted() throws IOException {
        for (Path schema : directories(COMMITTED)) {
            FileSystemUtils.deleteRecursively(schema);
        }
        FileSystemUtils.copyRecursively(GENERATED, COMMITTED);
    }

    private static List<Path> directories(Path root) throws IOException {
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    /** The text of every generated file: all that lies deeper than the package that people write in. */
    private static Map<String, String> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> root.relativize(file).getNameCount() > 1)
                    .collect(Collectors.toMap(
                            file -> root.relativize(file).toString(),
                            GeneratedTablesTest::text,
                            (one, _) -> one,
                            TreeMap::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
