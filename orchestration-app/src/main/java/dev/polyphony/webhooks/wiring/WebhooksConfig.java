package dev.polyphony.webhooks.wiring;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.GoneEndpoints;
import dev.polyphony.webhooks.Payloads;
import dev.polyphony.webhooks.Payloads.Payload;
import dev.polyphony.webhooks.PublishedEvents;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.automation.RouteEventsToWebhooks;
import dev.polyphony.webhooks.delivery.DeliveryLoop;
import dev.polyphony.webhooks.delivery.DeliveryOptions;
import dev.polyphony.webhooks.delivery.DeliveryOutcomes;
import dev.polyphony.webhooks.delivery.DeliveryWorker;
import dev.polyphony.webhooks.delivery.RetrySchedule;
import dev.polyphony.webhooks.delivery.WebhookSender;
import dev.polyphony.webhooks.store.SecretEncryptor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import okhttp3.OkHttpClient;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon and Spring about webhooks. */
@Configuration(proxyBeanMethods = false)
class WebhooksConfig {
    private static final Duration TO_RECORD = Duration.ofSeconds(15);
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    /**
     * One segment: the router must hear registrations and the events that follow them in one order. From the first event and not
     * from today's: what happened before the router's first start is routed, not taken for a replay.
     */
    @Bean
    ConfigurerModule webhookRouter() {
        return configurer -> configurer
                .eventProcessing()
                .registerPooledStreamingEventProcessorConfiguration(
                        RouteEventsToWebhooks.GROUP,
                        (_, processor) -> processor
                                .initialSegmentCount(1)
                                .initialToken(StreamableMessageSource::createTailToken));
    }

    @Bean
    PublishedEvents publishedEvents(EventNames events) {
        return PublishedEvents.of(events.published());
    }

    @Bean
    SecretEncryptor secretEncryptor(DerivedKeys keys) {
        return new SecretEncryptor(keys);
    }

    @Bean
    WebhookSender webhookSender(
            OkHttpClient outboundHttp, WebhookSettings settings, BuildProperties build, Clock clock) {
        return new WebhookSender(
                outboundHttp, settings.callTimeout(), "Polyphony-Webhooks/" + build.getVersion(), clock);
    }

    @Bean
    Payloads payloads(NamedEventSerializer events) {
        return claim -> {
            String decrypted = events.decrypted(claim.eventName(), claim.json());
            String published = events.published(claim.eventName(), claim.json());
            return new Payload(published, !decrypted.equals(claim.json()));
        };
    }

    @Bean
    DeliveryWorker worker(Payloads payloads, SigningSecrets secrets, WebhookSender sender, DeliveryOutcomes outcomes) {
        return new DeliveryWorker(payloads, secrets, sender, outcomes);
    }

    @Bean
    DeliveryOutcomes deliveryOutcomes(Deliveries deliveries, GoneEndpoints gone, WebhookSettings settings) {
        return new DeliveryOutcomes(deliveries, new RetrySchedule(settings.retryWaits(), new SplittableRandom()), gone);
    }

    @Bean
    MeterBinder refusedDeliveries(DeliveryWorker worker) {
        return FunctionCounter.builder("polyphony.webhooks.refused", worker, DeliveryWorker::refused)
                        .description("Attempts that were refused because the subscription is not what was registered")
                ::register;
    }

    @Bean
    DeliveryLoop deliveryLoop(Deliveries deliveries, DeliveryWorker worker, WebhookSettings settings) {
        Duration lease = settings.callTimeout().plus(TO_RECORD);
        return new DeliveryLoop(
                deliveries,
                worker,
                new DeliveryOptions(settings.maxInFlight(), lease, settings.pollInterval(), SHUTDOWN_GRACE));
    }
}
