package dev.polyphony.providers.local;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model. Not thread-safe, and the native code behind it crashes the process when it is closed while it works: use it
 * from one thread.
 */
final class LlamaSession implements AutoCloseable {
    /** At level debug llama.cpp writes its own log to the process's standard error; otherwise it stays silent. */
    private static final Logger LOG = LoggerFactory.getLogger(LlamaSession.class);

    /** The likeliest token unless asked otherwise: small models keep closest to the passages that way. */
    private static final float DEFAULT_TEMPERATURE = 0;

    /** Texts are put in afterwards: the library's template call garbles characters beyond the Basic Multilingual Plane. */
    private static final String PLACE = "polyphony-message-%d-here";

    private static final Pattern PLACES = Pattern.compile("polyphony-message-(\\d+)-here");

    private final LlamaModel model;
    private final int contextTokens;

    /** Whether the library may still be at a reply that nobody waits for. */
    private boolean unsettled;

    /** @param complete whether the model ended its text itself, rather than a limit */
    record Generated(String text, boolean complete) {}

    private LlamaSession(LlamaModel model, int contextTokens) {
        this.model = model;
        this.contextTokens = contextTokens;
    }

    /**
     * Loads a model. llama.cpp knows the common chat templates by their marks; a file with another one is loaded again with
     * its template interpreted.
     */
    static LlamaSession open(Path file, int contextTokens) {
        NativeLibrary.prepare();
        LlamaSession session = new LlamaSession(new LlamaModel(parameters(file, contextTokens)), contextTokens);
        if (session.knowsTemplate()) {
            return session;
        }
        session.close();
        LOG.info("{} has a chat template of its own, which is interpreted", file.getFileName());
        return new LlamaSession(new LlamaModel(parameters(file, contextTokens).enableJinja()), contextTokens);
    }

    private static ModelParameters parameters(Path file, int contextTokens) {
        ModelParameters parameters = new ModelParameters()
                .setModel(file.toAbsolutePath().toString())
                .setCtxSize(contextTokens)
                .setParallel(1)
                .disableContextShift();
        return LOG.isDebugEnabled() ? parameters : parameters.disableLog();
    }

    private boolean knowsTemplate() {
        try {
            return !template("", List.of(new Pair<>("user", PLACE))).isBlank();
        } catch (RuntimeException e) { // the library's own exception type is not public
            LOG.debug("no built-in form for the chat template", e);
            return false;
        }
    }

    /** Tokens that prompt and reply may have together. */
    int contextTokens() {
        return contextTokens;
    }

    /** The messages in the form that the model was trained on. */
    String prompt(String system, List<ChatMessage> messages) {
        List<Pair<String, String>> places = new ArrayList<>();
        for (ChatMessage message : messages) {
            String role = message instanceof ChatMessage.Assistant ? "assistant" : "user";
            places.add(new Pair<>(role, PLACE.formatted(places.size() + 1)));
        }
        Matcher place = PLACES.matcher(template(system.isBlank() ? "" : PLACE.formatted(0), places));
        return place.replaceAll(found -> {
            int number = Integer.parseInt(found.group(1));
            String text = number == 0 ? system : messages.get(number - 1).text();
            return Matcher.quoteReplacement(ChatText.harmless(text));
        });
    }

    private String template(String system, List<Pair<String, String>> messages) {
        return model.applyTemplate(
                new InferenceParameters("").setUseChatTemplate(true).setMessages(system, messages));
    }

    /** Tokens of a text, by the model's own tokenizer. */
    int count(String text) {
        return model.encode(text).length;
    }

    /**
     * Continues a prompt.
     *
     * @param pieces told each piece as it is written
     * @param abandoned asked after each token; the library cannot be stopped while it reads the prompt
     */
    Generated generate(
            String prompt, int maxTokens, Sampling sampling, Consumer<String> pieces, BooleanSupplier abandoned) {
        unsettled = true;
        LlamaIterator outputs =
                model.generate(parameters(prompt, maxTokens, sampling)).iterator();
        StringBuilder text = new StringBuilder();
        boolean endedByModel = false;
        while (outputs.hasNext()) {
            if (abandoned.getAsBoolean()) {
                outputs.cancel();
                return new Generated(text.toString(), false);
            }
            LlamaOutput output = outputs.next();
            text.append(output.text);
            if (!output.text.isEmpty()) {
                pieces.accept(output.text);
            }
            // The library tells the end by an empty output; one more before it is the model's end-of-text token.
            endedByModel = outputs.hasNext() ? output.text.isEmpty() : endedByModel;
        }
        unsettled = false;
        return new Generated(text.toString(), endedByModel);
    }

    private static InferenceParameters parameters(String prompt, int maxTokens, Sampling sampling) {
        Double temperature = sampling.temperature();
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setNPredict(maxTokens)
                .setTemperature(temperature == null ? DEFAULT_TEMPERATURE : temperature.floatValue());
        if (sampling.topP() != null) {
            parameters.setTopP(sampling.topP().floatValue());
        }
        if (sampling.seed() != null) {
            parameters.setSeed(Long.hashCode(sampling.seed()) & Integer.MAX_VALUE);
        }
        return sampling.stop().isEmpty()
                ? parameters
                : parameters.setStopStrings(sampling.stop().toArray(String[]::new));
    }

    /** A process that ends while the library computes crashes. */
    @Override
    public void close() {
        if (unsettled) {
            settle();
        }
        model.close();
    }

    /**
     * Waits until the library has put down what it was at. It computes on a thread of its own that nobody can join, one reply
     * after the other: when another short one has come, the thread has nothing left to do.
     */
    private void settle() {
        try {
            model.complete(new InferenceParameters("a").setNPredict(1));
        } catch (RuntimeException e) { // the library's own exception type is not public
            LOG.warn("whether llama.cpp has stopped is not known", e);
        }
    }
}
