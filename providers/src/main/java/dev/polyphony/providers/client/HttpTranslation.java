package dev.polyphony.providers.client;

import dev.langchain4j.http.client.FormDataFile;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Translates LangChain4j's requests to OkHttp's, and OkHttp's responses back. */
final class HttpTranslation {
    private HttpTranslation() {}

    static Request of(HttpRequest request, Request.Builder builder) {
        request.headers().forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
        RequestBody body = body(request);
        return builder.method(request.method().name(), body == null ? null : new SentOnce(body))
                .build();
    }

    static SuccessfulHttpResponse success(Response response, byte[] body) {
        return SuccessfulHttpResponse.builder()
                .statusCode(response.code())
                .headers(response.headers().toMultimap())
                .body(body)
                .build();
    }

    static HttpFailure failure(Response response, byte[] body) {
        return new HttpFailure(response.code(), new String(body, StandardCharsets.UTF_8), response.headers());
    }

    /** OkHttp sends no such body again by itself: what a vendor answers twice, it bills twice. */
    private static final class SentOnce extends RequestBody {
        private final RequestBody body;

        SentOnce(RequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }

        @Override
        public boolean isOneShot() {
            return true;
        }
    }

    private static @Nullable RequestBody body(HttpRequest request) {
        if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
            return form(request);
        }
        if (request.body() != null) {
            return RequestBody.create(request.body().getBytes(StandardCharsets.UTF_8));
        }
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.DELETE
                ? null
                : RequestBody.create(new byte[0]);
    }

    private static RequestBody form(HttpRequest request) {
        MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        request.formDataFields().forEach(form::addFormDataPart);
        for (Map.Entry<String, FormDataFile> part : request.formDataFiles().entrySet()) {
            FormDataFile file = part.getValue();
            MediaType type = MediaType.parse(String.valueOf(file.contentType()));
            form.addFormDataPart(part.getKey(), file.fileName(), RequestBody.create(file.content(), type));
        }
        return form.build();
    }
}
