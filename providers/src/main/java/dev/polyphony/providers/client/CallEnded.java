package dev.polyphony.providers.client;

import dev.langchain4j.exception.NonRetriableException;

/**
 * Carries what a call failed with through LangChain4j, which tries some calls again although its retries are switched off. It has no
 * cause: LangChain4j looks at root causes only.
 */
public final class CallEnded extends NonRetriableException {
    private static final long serialVersionUID = 1L;

    private final transient RuntimeException failure;

    CallEnded(RuntimeException failure) {
        super(String.valueOf(failure.getMessage()));
        this.failure = failure;
    }

    public RuntimeException failure() {
        return failure;
    }
}
