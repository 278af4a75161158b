package dev.polyphony.providers.local;

import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.ToolCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Ends in the middle of a reply. */
final class LlamaProgram {
    private static final int CONTEXT = 512;
    private static final int LONG = 400;

    private LlamaProgram() {}

    /** @param arguments the model; and a file to be made at the first piece of a story, or none to give up what is being read */
    public static void main(String[] arguments) {
        Path model = Path.of(arguments[0]);
        if (arguments.length > 1) {
            writeUntilTheProcessEnds(model, Path.of(arguments[1]));
        } else {
            giveUp(model);
        }
    }

    /** The model is closed as the server does it. */
    private static void writeUntilTheProcessEnds(Path model, Path mark) {
        LlamaProvider provider = new LlamaProvider("local", model, CONTEXT);
        Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
        ModelRequest story = ModelRequest.about("", "Tell a very long story.", List.of(), LONG, Duration.ofMinutes(10));
        provider.stream(story, new ReplyRecorder(new Marking(mark), System::nanoTime));
    }

    /** Whoever asked has gone when the library has begun to read. */
    private static void giveUp(Path model) {
        LlamaSession session = LlamaSession.open(model, CONTEXT);
        String prompt = "word ".repeat(LONG);
        session.generate(prompt, 1, Sampling.DEFAULT, _ -> {}, () -> session.count(prompt.repeat(5)) > 0);
        session.close();
        System.exit(0);
    }

    private record Marking(Path mark) implements ReplyListener {
        @Override
        public void onText(String piece) {
            try {
                if (!Files.exists(mark)) {
                    Files.createFile(mark);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onToolCall(ToolCall call) {}
    }
}
