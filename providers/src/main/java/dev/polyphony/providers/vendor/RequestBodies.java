package dev.polyphony.providers.vendor;

import dev.langchain4j.http.client.HttpRequest;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Changes what LangChain4j has written, where it leaves out a part of the request or narrows it. */
public final class RequestBodies {
    private RequestBodies() {}

    public static HttpRequest edited(HttpRequest written, Consumer<ObjectNode> edit) {
        if (!(JsonMapper.shared().readTree(written.body()) instanceof ObjectNode body)) {
            return written;
        }
        edit.accept(body);
        return HttpRequest.builder()
                .method(written.method())
                .url(written.url())
                .headers(written.headers())
                .body(body.toString())
                .build();
    }
}
