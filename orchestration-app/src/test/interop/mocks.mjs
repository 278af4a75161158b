// The mocks of the vendors, one for each way to misbehave, all in one process. Prints "<name> <url>" for each.
import { LLMock } from "@copilotkit/aimock";

const MOCKS = {
  well: {},
  drop: { chaos: { dropRate: 1 } },
  malformed: { chaos: { malformedRate: 1 } },
  disconnect: { chaos: { disconnectRate: 1 } },
  ratelimit: { chaos: { rateLimitRate: 1 } },
  slow: { chaos: { latencyMs: 20_000 } },
  locked: { auth: { apiKeys: ["another-key"] } },
};

for (const [name, options] of Object.entries(MOCKS)) {
  const url = await new LLMock({ host: "127.0.0.1", port: 0, ...options }).loadFixtureFile("vendors.json").start();
  console.log(`${name} ${url}`);
}
console.log("all");
