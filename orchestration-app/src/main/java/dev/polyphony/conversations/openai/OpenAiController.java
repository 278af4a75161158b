package dev.polyphony.conversations.openai;

import dev.polyphony.config.Caller;
import dev.polyphony.config.ClientConnection;
import dev.polyphony.conversations.openai.ChatReplies.Completion;
import dev.polyphony.conversations.openai.Models.Model;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The router for every client that speaks OpenAI's interface. */
@RestController
@RequestMapping("/openai/v1")
class OpenAiController {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiController.class);

    private final ChatCompletions completions;
    private final ModelRouter router;
    private final Models models;
    private final OpenAiSettings settings;

    OpenAiController(ChatCompletions completions, ModelRouter router, Models models, OpenAiSettings settings) {
        this.completions = completions;
        this.router = router;
        this.models = models;
        this.settings = settings;
    }

    record ModelList(String object, List<Model> data) {}

    /** Returns nothing where the reply was streamed, or where its client is gone. */
    @PostMapping("/chat/completions")
    @Nullable
    Completion chat(
            @RequestBody ChatBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        ClientConnection client = ClientConnection.of(request);
        try {
            if (!body.streams()) {
                return completions.whole(body, caller, client, response);
            }
            completions.streamed(body, caller, client, response);
        } catch (ClientGone gone) {
            LOG.debug("{}", gone.getMessage(), gone);
        }
        return null;
    }

    /** Returns nothing where its client is gone. */
    @PostMapping("/embeddings")
    @Nullable
    EmbeddingReply embed(
            @RequestBody EmbeddingBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        try {
            return embedded(body, caller, ClientConnection.of(request), response);
        } catch (ClientGone gone) {
            LOG.debug("{}", gone.getMessage(), gone);
            return null;
        }
    }

    private EmbeddingReply embedded(
            EmbeddingBody body, Caller caller, ClientConnection client, HttpServletResponse response) {
        body.refuseDimensions();
        boolean asBase64 = body.asBase64();
        List<String> texts = body.texts();
        Target target = models.target(body.model());
        Routed<Embeddings> routed = ClientWatch.during(
                client, _ -> router.embed(texts, target.options(caller.tenant(), settings.timeout())));
        return switch (routed) {
            case Answered<Embeddings> answered -> {
                Trail.of(answered.provider(), answered.reply().model(), answered.attempts())
                        .tell(response);
                yield EmbeddingReply.of(target.model(), answered.reply(), asBase64);
            }
            case Unanswered<Embeddings> unanswered -> {
                Trail.of(null, null, unanswered.attempts()).tell(response);
                throw unanswered.failure();
            }
        };
    }

    @GetMapping("/models")
    ModelList models() {
        return new ModelList("list", models.all());
    }

    @GetMapping("/models/{id}")
    Model model(@PathVariable String id) {
        return models.find(id);
    }
}
