package dev.polyphony.providers.client;

import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/** Looks into an answer whose status was fine for an error. */
final class ErrorInReply {
    private static final int FIRST_ERROR_STATUS = 400;

    private final Response response;

    ErrorInReply(Response response) {
        this.response = response;
    }

    HttpFailure failure(String text) {
        return new HttpFailure(response.code(), text, response.headers());
    }

    /** @throws HttpFailure when it says that it is an error, whatever else it has */
    void check(JsonNode answer, String text) {
        JsonNode json = answer.isArray() ? answer.path(0) : answer;
        boolean marked = json.path("object").asString("").equals("error")
                || json.path("type").asString("").equals("error")
                || json.path("status").asString("").equals("error");
        if (marked || says(json.path("error")) || says(json.at("/choices/0/error"))) {
            throw failure(text);
        }
    }

    /** @throws HttpFailure when what is no part of a reply reads like an error, as some gateways tell theirs */
    void checkWhatIsNoReply(JsonNode json, String text) {
        JsonNode message = json.path("message").isMissingNode() ? json.path("msg") : json.path("message");
        boolean coded = isErrorCode(json.path("code"))
                || isErrorCode(json.path("status"))
                || isErrorCode(json.path("status_code"));
        boolean told = isText(message) && (coded || json.size() == 1);
        boolean minimax = isErrorCode(json.at("/base_resp/status_code"));
        if (told
                || minimax
                || says(json.path("errors"))
                || says(json.path("detail"))
                || isFalse(json.path("success"))) {
            throw failure(text);
        }
    }

    private static boolean says(JsonNode error) {
        return switch (error.getNodeType()) {
            case OBJECT, ARRAY -> !error.isEmpty();
            case STRING -> !error.stringValue().isBlank();
            case BOOLEAN -> error.booleanValue();
            case NUMBER -> error.doubleValue() != 0;
            default -> false;
        };
    }

    private static boolean isText(JsonNode node) {
        return node.isString() && !node.stringValue().isBlank();
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    /** A number from 400 on, or a word that is not one of success. */
    private static boolean isErrorCode(JsonNode code) {
        return code.isNumber()
                ? code.doubleValue() >= FIRST_ERROR_STATUS
                : isText(code)
                        && !code.stringValue().matches("(?i)ok|success|processing|queued|pending|[0-3]?\\d{0,2}");
    }
}
