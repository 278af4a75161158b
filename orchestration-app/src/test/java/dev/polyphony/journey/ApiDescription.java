package dev.polyphony.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The description of the API as a server gives it. */
record ApiDescription(JsonNode document) {
    static ApiDescription of(Api api) {
        return new ApiDescription(api.get("/openapi.json").json());
    }

    /** @param node what the document says about it */
    record Operation(String path, String method, JsonNode node) {
        String id() {
            return node.path("operationId").asString("");
        }

        List<JsonNode> parameters() {
            return node.path("parameters").valueStream().toList();
        }

        /** Name and value of what it answers, by status. */
        List<Map.Entry<String, JsonNode>> responses() {
            return List.copyOf(node.path("responses").properties());
        }

        boolean needsKey() {
            return !node.path("security").isEmpty();
        }

        JsonNode bodyExample() {
            return node.at("/requestBody/content/application~1json/example");
        }

        JsonNode bodySchema() {
            return node.at("/requestBody/content/application~1json/schema");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(path.getKey(), method.getKey(), method.getValue())))
                .toList();
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    List<Map.Entry<String, JsonNode>> schemas() {
        return List.copyOf(document.at("/components/schemas").properties());
    }

    List<String> tags() {
        return document.path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();
    }

    /** All values under a name, wherever it stands, unless it is the name of a field. */
    List<String> everywhere(String keyword) {
        List<String> found = new ArrayList<>();
        collect(document, keyword, false, found);
        return found;
    }

    private static void collect(JsonNode node, String keyword, boolean namesFields, List<String> found) {
        node.properties().forEach(entry -> {
            boolean isKeyword = !namesFields && entry.getKey().equals(keyword);
            if (isKeyword && entry.getValue().isString()) {
                found.add(entry.getValue().asString());
            }
            collect(entry.getValue(), keyword, entry.getKey().equals("properties"), found);
        });
        if (node.isArray()) {
            Stream<JsonNode> parts = node.valueStream();
            parts.forEach(part -> collect(part, keyword, false, found));
        }
    }
}
