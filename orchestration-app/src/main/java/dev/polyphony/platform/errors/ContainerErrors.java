package dev.polyphony.platform.errors;

import dev.polyphony.platform.web.RequestIdFilter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Container;
import org.apache.catalina.Pipeline;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Answers what the servlet container refuses by itself, before any filter, in our form and with a request id. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final ErrorResponder errors;

    ContainerErrors(ErrorResponder errors) {
        this.errors = errors;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextCustomizers(context -> replacePages(context.getParent()));
    }

    /** The host adds no page of its own when it finds one of the class that it is told. */
    private void replacePages(Container host) {
        Pipeline pipeline = host.getPipeline();
        Arrays.stream(pipeline.getValves())
                .filter(ErrorReportValve.class::isInstance)
                .forEach(pipeline::removeValve);
        pipeline.addValve(new ErrorReports(errors));
        ((StandardHost) host).setErrorReportValveClass(ErrorReports.class.getName());
    }

    private static final class ErrorReports extends ErrorReportValve {
        private final ErrorResponder errors;

        ErrorReports(ErrorResponder errors) {
            this.errors = errors;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            RequestIdFilter.identify(request, response);
            super.invoke(request, response);
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            boolean failed = response.getStatus() >= HttpStatus.BAD_REQUEST.value();
            if (status == null || !failed || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            AtomicBoolean writable = new AtomicBoolean();
            response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
            if (writable.get()) {
                write(UnreadableRequest.of(status, failure, hasPath(request)), request, response);
            }
        }

        private static boolean hasPath(Request request) {
            String path = request.getRequestURI();
            return path != null && !path.isEmpty();
        }

        private void write(ApiError error, Request request, Response response) {
            try {
                response.setHeader("X-Content-Type-Options", "nosniff");
                errors.write(error, request, response);
                response.finishResponse();
            } catch (IOException _) {
                // The client has closed its connection: nobody waits for the answer.
            }
        }
    }
}
