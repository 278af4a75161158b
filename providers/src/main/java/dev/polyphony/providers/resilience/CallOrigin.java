package dev.polyphony.providers.resilience;

/**
 * Who makes a call and of what, so that one caller, or one request, does not speak for all.
 *
 * @param caller whose call it is, such as a tenant
 * @param request the same for the same request
 */
public record CallOrigin(String caller, int request) {}
