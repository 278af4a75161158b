package dev.polyphony.postgres;

import java.nio.file.Path;
import java.util.List;
import org.jooq.codegen.GenerationTool;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.jooq.meta.postgres.PostgresDatabase;

/** Writes the jOOQ classes of a migrated database, the same text for the same migrations on every machine. */
record TableGenerator(TestDatabase database, Path directory) {
    void generate(List<String> schemas) throws Exception {
        for (String schema : schemas) {
            generate(schema);
        }
    }

    /** One schema at a time: jOOQ names packages differently when it sees one schema than when it sees several. */
    private void generate(String schema) throws Exception {
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc()
                        .withUrl(database.jdbcUrl())
                        .withUsername(database.owner().role())
                        .withPassword(database.owner().password()))
                .withGenerator(new Generator()
                        .withName(JavaGenerator.class.getName())
                        .withDatabase(tablesOf(schema))
                        .withGenerate(plainTables())
                        .withTarget(new Target()
                                .withPackageName("dev.polyphony.db." + schema)
                                .withDirectory(directory.toString()))));
    }

    private static Database tablesOf(String schema) {
        return new Database()
                .withName(PostgresDatabase.class.getName())
                .withInputSchema(schema)
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
}
