package dev.polyphony.inspection.tree.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    private Path parent;

    @Test
    void removesAFolderWithAllThatIsInIt() throws Exception {
        Scratch.Folder folder = new Scratch(parent).create();
        Files.writeString(
                Files.createDirectories(folder.path().resolve("objects/pack")).resolve("a"), "x");
        Files.createSymbolicLink(folder.path().resolve("link"), parent);

        folder.remove();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void leavesWhatThisProcessUses() throws Exception {
        Scratch.Folder folder = new Scratch(parent).create();

        new Scratch(parent).removeLeftovers();

        assertThat(folder.path()).exists();
        folder.remove();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void removesAtOnceWhatAProcessLeftThatHasDied() throws Exception {
        Process holder = holding(parent.resolve("clone-theirs.lock"));
        try {
            Files.writeString(
                    Files.createDirectories(parent.resolve("clone-theirs/objects"))
                            .resolve("pack"),
                    "x");
            new Scratch(parent).removeLeftovers();
            assertThat(parent.resolve("clone-theirs/objects/pack")).exists();
        } finally {
            holder.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }

        new Scratch(parent).removeLeftovers();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void removesWhatHasNoLockAndLocksThatHaveNothing() throws Exception {
        Files.createDirectories(parent.resolve("clone-1234/objects"));
        Files.createFile(parent.resolve("clone-gone.lock"));
        Files.createFile(parent.resolve("not-ours"));

        new Scratch(parent).removeLeftovers();

        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("not-ours");
        }
    }

    @Test
    void removesAFolderThatIsWrittenToMeanwhile() throws Exception {
        Scratch.Folder folder = new Scratch(parent).create();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 200; i++) {
                try {
                    Files.writeString(folder.path().resolve("late" + i), "x");
                } catch (IOException _) {
                    return; // the folder is gone
                }
            }
        });

        folder.remove();
        writer.join();
        new Scratch(parent).removeLeftovers();

        assertThat(parent).isEmptyDirectory();
    }

    /** Another process that locks a file, says so and waits to be killed. */
    private static Process holding(Path file) throws IOException {
        Path program = Files.createTempFile("holder", ".java");
        Files.writeString(program, """
            import java.nio.channels.FileChannel;
            import java.nio.file.*;
            class Holder {
                public static void main(String[] args) throws Exception {
                    var lock = FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
                    IO.println("locked " + lock.isValid());
                    System.in.read();
                }
            }
            """);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"), program.toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("locked true");
        Files.delete(program);
        return process;
    }
}
