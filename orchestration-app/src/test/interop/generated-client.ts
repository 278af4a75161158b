// The client that openapi-generator makes for TypeScript against our API: types are checked by the compiler, values here.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Configuration, HistoryApi, OrchestratorApi, ResponseError } from "./typescript/index.js";

const requestId = randomUUID();
const configuration = new Configuration({
  basePath: process.env.BASE_URL,
  apiKey: process.env.API_KEY,
  headers: { "X-Request-ID": requestId },
});
const orchestrator = new OrchestratorApi(configuration);
const history = new HistoryApi(configuration);

const accepted = await orchestrator.triggerOrchestrator({
  orchestratorTrigger: { orchestrationMode: "documentation_update", input: "# Harbour guide\n\nThe pier is 120 metres long.\n" },
});
assert.equal(accepted.status, "triggered");
console.log("ok triggers a run");

const run = await orchestrator.getOrchestratorStatus({ workflowId: accepted.workflowId });
assert.equal(run.workflowId, accepted.workflowId);
assert.ok(run.startedAt instanceof Date);
console.log("ok reads its status");

const page = await history.listEvents({ correlationId: requestId, limit: 1000 });
assert.ok(page.items.every((event) => event.correlationId === requestId));
const started = page.items.find((event) => event.type === "workflow.started");
assert.equal(started?.aggregateId, accepted.workflowId);
console.log("ok reads the events of the request");

const first = await history.listEvents({ limit: 1 });
const second = await history.listEvents({ limit: 1, cursor: first.nextCursor ?? undefined });
assert.ok(second.items[0].position < first.items[0].position);
console.log("ok turns pages");

await assert.rejects(history.listEvents({ limit: 1001 }), (refused: ResponseError) => refused.response.status === 400);
console.log("ok tells errors");
