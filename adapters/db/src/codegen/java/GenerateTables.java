import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.CloseableDSLContext;
import org.jooq.codegen.GenerationTool;
import org.jooq.codegen.JavaGenerator;
import org.jooq.impl.DSL;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;
import org.jooq.meta.postgres.PostgresDatabase;

/**
 * Writes the jOOQ classes of the migrations, from an embedded PostgreSQL that they have made and that is thrown away. The build runs
 * it from its source.
 */
record GenerateTables(String jdbcUrl, Path directory) {
    private static final String PACKAGE = "dev.polyphony.db";

    /** @param arguments the directory of the migrations, where the classes go, and the checksum that is to be left there */
    public static void main(String[] arguments) throws Exception {
        Path migrations = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        Path checksum = directory.resolve("checksum");
        Files.deleteIfExists(checksum);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            migrate(postgres.getPostgresDatabase(), migrations);
            new GenerateTables(postgres.getJdbcUrl("postgres", "postgres"), directory).generate();
        }
        Files.writeString(checksum, arguments[2]);
    }

    private static void migrate(DataSource database, Path migrations) {
        Flyway.configure()
                .dataSource(database)
                .locations("filesystem:" + migrations)
                .placeholders(Map.of("application_role", "current_user"))
                .load()
                .migrate();
    }

    private void generate() throws Exception {
        List<String> schemas = schemas();
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc().withUrl(jdbcUrl))
                .withGenerator(new Generator()
                        .withName(JavaGenerator.class.getName())
                        .withDatabase(tablesOf(schemas))
                        .withGenerate(plainTables())
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(directory.toString()))));
        for (String schema : schemas) {
            describe(schema);
        }
    }

    private List<String> schemas() {
        try (CloseableDSLContext sql = DSL.using(jdbcUrl)) {
            return sql.fetch("""
                select nspname from pg_namespace
                where nspname !~ '^pg_' and nspname not in ('public', 'information_schema') order by 1
                """).getValues(0, String.class);
        }
    }

    private static Database tablesOf(List<String> schemas) {
        return new Database()
                .withName(PostgresDatabase.class.getName())
                .withSchemata(schemas.stream()
                        .map(schema -> new SchemaMappingType().withInputSchema(schema))
                        .toList())
                .withForcedTypes(new ForcedType()
                        .withName("INSTANT")
                        .withIncludeTypes("(?i:timestamp.*with time zone|timestamptz.*)"));
    }

    private static Generate plainTables() {
        return new Generate()
                .withRecords(true)
                .withPojos(false)
                .withDaos(false)
                .withRoutines(false)
                .withDefaultCatalog(false)
                .withGlobalCatalogReferences(false)
                .withGeneratedAnnotation(false)
                .withJooqVersionReference(false);
    }

    /** All packages of a schema are one named interface. */
    private void describe(String schema) throws IOException {
        Path root = directory.resolve(PACKAGE.replace('.', '/')).resolve(schema);
        for (Path folder : folders(root)) {
            String name = directory.relativize(folder).toString().replace('/', '.');
            Files.writeString(folder.resolve("package-info.java"), """
                @NamedInterface("%s")
                package %s;

                import org.springframework.modulith.NamedInterface;
                """.formatted(schema, name));
        }
    }

    private static List<Path> folders(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isDirectory).toList();
        }
    }
}
