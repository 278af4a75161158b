package dev.polyphony.identity.idempotency;

import java.util.UUID;

/**
 * The right to do what a request asks for, until it is answered or given up.
 *
 * @param claim names this try
 * @param createdId the id of what the request creates: the same with each try
 * @param repeated whether an earlier try was not finished, so that part of its effect may be there
 */
public record Attempt(RequestKey request, UUID claim, UUID createdId, boolean repeated) {}
