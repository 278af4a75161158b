package dev.polyphony.providers.client;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** A client that LangChain4j is to take as it is: limits come with each call, and its own defaults are not wanted. */
abstract class FixedHttpClientBuilder implements HttpClient, HttpClientBuilder {
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
