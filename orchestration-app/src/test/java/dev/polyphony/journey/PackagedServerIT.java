package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What users start: the package, by its launch script. Its libraries lack the native code of other platforms. */
class PackagedServerIT {
    private static final Path PACKAGE = Path.of("target/polyphony.jar");
    private static final List<String> LAUNCHER = List.of(
            "env",
            "JAVA_HOME=" + System.getProperty("java.home"),
            Path.of("bin/polyphony").toAbsolutePath().toString());
    private static final String NATIVE = ".*\\.(so|dylib|jnilib|dll|pdb|a)|.*\\.dSYM/.*";
    private static final String NO_VENDOR = "http://127.0.0.1:9/v1";

    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** Spring Boot's plugin puts it there; it is no dependency that a bill could list. */
    private static final String ADDED_BY_PACKAGING = "spring-boot-jarmode-tools-";

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path home;

    @Test
    void runsItsEmbeddedModel() throws IOException {
        try (ServerProcess server = ServerProcess.start(LAUNCHER, home, NO_VENDOR)) {
            Api.Reply vector =
                    server.api().post("/openai/v1/embeddings", "{\"model\":\"embedded\",\"input\":\"a red boat\"}");

            assertThat(vector.status()).as(vector.text()).isEqualTo(200);
            assertThat(vector.json().at("/data/0/embedding").size()).isEqualTo(384);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnxruntime", "tokenizers", "llama", "jna"})
    void lacksNothingButNativeCode(String library) throws IOException {
        Path whole = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(library + "-[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow();
        Set<String> packaged = packaged(whole.getFileName().toString());
        Set<String> lacking = files(whole);
        lacking.removeAll(packaged);

        assertThat(lacking).allMatch(file -> file.matches(NATIVE));
        assertThat(packaged).anyMatch(file -> file.matches(NATIVE));
    }

    @Test
    void listsEveryLibraryInItsBillOfMaterials() throws IOException {
        assumeThat(System.getProperty("build.network"))
                .as("the plugin makes no bill of materials where Maven is offline")
                .isNotEqualTo("offline=true");
        try (JarFile jar = new JarFile(PACKAGE.toFile())) {
            JsonNode sbom = JSON.readTree(jar.getInputStream(jar.getJarEntry("META-INF/sbom/application.cdx.json")));
            Set<String> listed = sbom.at("/components")
                    .valueStream()
                    .map(component -> component.path("name").asString() + "-"
                            + component.path("version").asString() + ".jar")
                    .collect(Collectors.toSet());
            Set<String> libraries = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                    .map(name -> name.substring(LIBRARIES.length()))
                    .filter(name -> !name.startsWith(ADDED_BY_PACKAGING))
                    .collect(Collectors.toSet());

            assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
            assertThat(listed).containsAll(libraries);
        }
    }

    private Set<String> packaged(String library) throws IOException {
        try (JarFile jar = new JarFile(PACKAGE.toFile())) {
            JarEntry entry = jar.getJarEntry(LIBRARIES + library);
            Path copy = home.resolve(library);
            Files.copy(jar.getInputStream(entry), copy);
            return files(copy);
        }
    }

    private static Set<String> files(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
