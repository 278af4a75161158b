package dev.polyphony.bench;

import java.io.IOException;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that our own stack can do, in a process of its own: Spring MVC on Tomcat and virtual threads takes bytes, OkHttp hands them on, and back.
 * It looks into nothing, has no security, no metrics and no filters. What the server costs beyond this is ours. For whole replies.
 */
@SpringBootConfiguration
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class
})
@RestController
class SpringRelay {
    private final OkHttpClient client = new OkHttpClient();
    private final HttpUrl url;

    SpringRelay(@Value("${vendor.port}") int vendorPort) {
        this.url = HttpUrl.get("http://" + Load.HOST + ":" + vendorPort + "/v1/chat/completions");
    }

    /** @param arguments its port, and that of the vendor */
    public static void main(String[] arguments) {
        SpringApplication relay = new SpringApplication(SpringRelay.class);
        relay.setDefaultProperties(Map.of(
                "spring.config.name", "none",
                "spring.threads.virtual.enabled", "true",
                "server.tomcat.max-keep-alive-requests", "-1"));
        relay.run("--server.port=" + arguments[0], "--vendor.port=" + arguments[1]);
    }

    @PostMapping("/v1/chat/completions")
    ResponseEntity<byte[]> hear(@RequestBody byte[] question) throws IOException {
        Request request = new Request.Builder()
                .url(url)
                .post(okhttp3.RequestBody.create(question))
                .build();
        try (Response reply = client.newCall(request).execute()) {
            return ResponseEntity.status(reply.code())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(reply.body().bytes());
        }
    }
}
