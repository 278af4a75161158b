package dev.polyphony.providers.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.ProviderProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of those who speak OpenAI's API otherwise, each in its own. */
class VendorErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // DeepSeek
                "402 | {'error': {'message': 'Insufficient Balance', 'type': 'unknown_error', 'code':"
                        + " 'invalid_request_error'}} | PROVIDER_QUOTA_EXHAUSTED",
                "400 | {'error': {'message': 'Model Not Exist', 'type': 'invalid_request_error'}} |"
                        + " PROVIDER_MODEL_UNKNOWN",
                "400 | {'error': {'message': 'This model`s maximum context length is 131072 tokens. However, you"
                        + " requested 140000'}} | CONTEXT_WINDOW_EXCEEDED",
                // Z.ai
                "429 | {'error': {'code': '1113', 'message': 'Insufficient balance or no resource package.'}} |"
                        + " PROVIDER_QUOTA_EXHAUSTED",
                "400 | {'error': {'code': '1261', 'message': 'Prompt exceeds max length'}} | CONTEXT_WINDOW_EXCEEDED",
                "400 | {'error': {'code': '1301', 'message': 'System detected potentially unsafe content'}} |"
                        + " CONTENT_REFUSED",
                "400 | {'error': {'code': '1211', 'message': 'Unknown Model, please check the model code.'}} |"
                        + " PROVIDER_MODEL_UNKNOWN",
                // xAI
                "400 | {'code': 'Client specified an invalid argument', 'error': 'Incorrect API key provided: xa***'}"
                        + " | PROVIDER_REQUEST_INVALID",
                "400 | {'code': 'x', 'error': 'This model`s maximum prompt length is 131072 but the request contains"
                        + " 150000 tokens.'} | CONTEXT_WINDOW_EXCEEDED",
                // Moonshot
                "400 | {'error': {'type': 'invalid_request_error', 'message': 'Invalid request: Your request exceeded"
                        + " model token limit: 8192'}} | CONTEXT_WINDOW_EXCEEDED",
                "400 | {'error': {'type': 'content_filter', 'message': 'The request was rejected because it was"
                        + " considered high risk'}} | CONTENT_REFUSED",
                "429 | {'error': {'type': 'exceeded_current_quota_error', 'message': 'Your account is suspended'}} |"
                        + " PROVIDER_QUOTA_EXHAUSTED",
                "429 | {'error': {'type': 'engine_overloaded_error', 'message': 'The engine is currently overloaded'}}"
                        + " | PROVIDER_RATE_LIMITED",
                // Alibaba
                "400 | {'error': {'code': 'data_inspection_failed', 'message': 'Input data may contain inappropriate"
                        + " content.'}} | CONTENT_REFUSED",
                "400 | {'error': {'code': 'invalid_parameter_error', 'message': 'Range of input length should be [1,"
                        + " 129024]'}} | CONTEXT_WINDOW_EXCEEDED",
                // Groq
                "413 | {'error': {'message': 'Request too large for model on tokens per minute (TPM): Limit 6000',"
                        + " 'type': 'tokens', 'code': 'rate_limit_exceeded'}} | PROVIDER_REQUEST_INVALID",
                "429 | {'error': {'message': 'Request too large for gpt-4.1 on tokens per min (TPM): Limit 30000,"
                        + " Requested 40000.', 'type': 'tokens', 'code': 'rate_limit_exceeded'}} |"
                        + " PROVIDER_REQUEST_INVALID",
                "429 | {'error': {'message': 'Rate limit reached: Limit 30000, Used 29000, Requested 2000.', 'type':"
                        + " 'tokens', 'code': 'rate_limit_exceeded'}} | PROVIDER_RATE_LIMITED",
                // words that repeat the request lay no blame
                "400 | {'error': {'message': 'Invalid tool `billing`: invalid api key, rate limit, payment required',"
                        + " 'type': 'invalid_request_error'}} | PROVIDER_REQUEST_INVALID",
                "422 | {'detail': [{'type': 'missing', 'msg': 'x', 'input': {'code': 'insufficient_quota', 'type':"
                        + " 'authentication_error'}}]} | PROVIDER_REQUEST_INVALID",
                "500 | {'error': {'message': 'cannot parse: insufficient_quota billing 401'}} | PROVIDER_FAILED",
                "503 | {'error': {'message': 'no such model; rate limit; billing'}} | PROVIDER_FAILED",
                "400 | {'error': {'message': 'The model x has been decommissioned', 'code': 'model_decommissioned'}} |"
                        + " PROVIDER_MODEL_UNKNOWN",
                // Mistral
                "400 | {'object': 'error', 'message': 'Invalid model: large-9', 'type': 'invalid_model', 'code':"
                        + " '1500'} | PROVIDER_MODEL_UNKNOWN",
                "422 | {'detail': [{'type': 'missing', 'loc': ['body', 'model'], 'msg': 'Field required'}]} |"
                        + " PROVIDER_REQUEST_INVALID",
                "400 | {'object': 'error', 'message': 'Prompt contains 40000 tokens, too large for model with 32768"
                        + " maximum context length'} | CONTEXT_WINDOW_EXCEEDED",
                // NVIDIA, Chutes and vLLM
                "404 | {'status': 404, 'title': 'Not Found', 'detail': 'Function for account not found: model'} |"
                        + " PROVIDER_MODEL_UNKNOWN",
                "404 | {'detail': 'Not Found'} | PROVIDER_FAILED",
                "400 | {'object': 'error', 'message': 'This model`s maximum context length is 4096 tokens.', 'type':"
                        + " 'BadRequestError', 'code': 400} | CONTEXT_WINDOW_EXCEEDED",
                // llama.cpp's server
                "400 | {'error': {'code': 400, 'message': 'the request exceeds the available context size', 'type':"
                        + " 'exceed_context_size_error', 'n_ctx': 4096}} | CONTEXT_WINDOW_EXCEEDED",
                "503 | {'error': {'code': 503, 'message': 'Loading model', 'type': 'unavailable_error'}} |"
                        + " PROVIDER_FAILED",
                // OpenRouter, behind 200
                "200 | {'error': {'code': 402, 'message': 'This request requires more credits'}} |"
                        + " PROVIDER_QUOTA_EXHAUSTED",
                "200 | {'error': {'code': 502, 'message': 'Provider returned error'}} | PROVIDER_FAILED",
                "200 | {'error': {'code': 403, 'message': 'The input was flagged by moderation'}} | CONTENT_REFUSED",
                "200 | [{'error': {'code': 429, 'status': 'RESOURCE_EXHAUSTED', 'message': 'Slow down'}}] |"
                        + " PROVIDER_RATE_LIMITED",
                "200 | {'error': {'type': 'invalid_request_error', 'message': 'no such parameter'}} |"
                        + " PROVIDER_REQUEST_INVALID",
                // Gemini, within its limits on a minute
                "429 | {'error': {'code': 429, 'status': 'RESOURCE_EXHAUSTED', 'message': 'You exceeded your current"
                        + " quota, please check your plan and billing details.'}} | PROVIDER_RATE_LIMITED",
                // OpenAI, of an account without money
                "429 | {'error': {'type': 'insufficient_quota', 'message': 'You exceeded your current quota, please"
                        + " check your plan and billing details.'}} | PROVIDER_QUOTA_EXHAUSTED",
                // no vendor's
                "400 | <html>Bad Request</html> | PROVIDER_REQUEST_INVALID",
                "407 | proxy | PROVIDER_FAILED",
                "418 | {} | PROVIDER_FAILED"
            })
    void tellsWhatIsMeant(int status, String body, ProviderProblem problem) {
        assertThat(new VendorError(status, body.replace('\'', '"').replace('`', '\'')).problem())
                .isEqualTo(problem);
    }

    @Test
    void survivesABodyMadeToHurt() {
        String deep = "{\"error\":".repeat(400) + "{}" + "}".repeat(400);
        String wordy = "{\"error\": {\"message\": \"" + "model ".repeat(200_000) + "\"}}";

        assertThat(new VendorError(500, deep).problem()).isEqualTo(ProviderProblem.PROVIDER_FAILED);
        assertThat(new VendorError(500, "[".repeat(100_000)).problem()).isEqualTo(ProviderProblem.PROVIDER_FAILED);
        assertThat(new VendorError(500, wordy).problem()).isEqualTo(ProviderProblem.PROVIDER_FAILED);
    }
}
