package dev.polyphony.conversations.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the bodies of controllers that are {@link JsonOnly}, whatever their media types say. Spring's message converters
 * negotiate the media type for each request, which costs as much as the JSON itself: without them a request of {@code /openai/v1} took
 * 593 µs of processor time in place of 690.
 */
final class JsonBodies implements HandlerMethodArgumentResolver, HandlerMethodReturnValueHandler {
    private final JsonMapper json;

    JsonBodies(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class) && isOurs(parameter);
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return isOurs(returnType);
    }

    private static boolean isOurs(MethodParameter parameter) {
        return parameter.getContainingClass().isAnnotationPresent(JsonOnly.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        @Nullable Object body;
        try {
            body = json.readValue(servlet.getInputStream(), parameter.getParameterType());
        } catch (JacksonException wrong) {
            throw unreadable(servlet, wrong);
        }
        if (body == null) {
            throw unreadable(servlet, null);
        }
        return body;
    }

    private static HttpMessageNotReadableException unreadable(
            HttpServletRequest request, @Nullable JacksonException why) {
        return new HttpMessageNotReadableException("no readable body", why, new ServletServerHttpRequest(request));
    }

    /** Nothing is written for null: the reply was streamed, or the client has disconnected. */
    @Override
    public void handleReturnValue(
            @Nullable Object body,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        if (body == null) {
            return;
        }
        byte[] bytes = json.writeValueAsBytes(body);
        HttpServletResponse response = Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
