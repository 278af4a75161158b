// The official client against our Ollama-compatible API. Fails, and says where, when the two do not understand each other.
import assert from "node:assert/strict";
import { Ollama } from "ollama";
import { messages, run, weather } from "./checks.mjs";

const headers = { Authorization: `Bearer ${process.env.API_KEY}` };
const client = new Ollama({ host: process.env.BASE_URL, headers });

async function gathered(stream, textOf) {
  let text = "";
  let last = null;
  for await (const part of stream) {
    text += textOf(part);
    last = part;
  }
  return { text, last };
}

function answersStatus(status) {
  return (failure) => failure.name === "ResponseError" && failure.status_code === status && failure.message.length > 0;
}

await run({
  async "replies whole"() {
    const reply = await client.chat({ model: "vendor:latest", messages, options: { temperature: 0.2, num_predict: 64 } });
    assert.equal(reply.message.content, "The lighthouse is red.");
    assert.equal(reply.done, true);
    assert.equal(reply.done_reason, "stop");
    assert.equal(reply.prompt_eval_count + reply.eval_count, 18);
    assert.ok(reply.total_duration > 0);
    assert.equal(reply.polyphony.provider, "vendor");
  },

  async "streams"() {
    const stream = await client.chat({ model: "vendor", messages, stream: true });
    const { text, last } = await gathered(stream, (part) => part.message.content);
    assert.equal(text, "Red and white.");
    assert.equal(last.done, true);
    assert.equal(last.eval_count, 7);
  },

  async "throws when a stream breaks off"() {
    const stream = await client.chat({ model: "vendor", messages: [{ role: "user", content: "break off" }], stream: true });
    await assert.rejects(gathered(stream, (part) => part.message.content), /vendor/);
  },

  async "generates"() {
    const loaded = await client.generate({ model: "vendor", prompt: "" });
    assert.deepEqual([loaded.response, loaded.done, loaded.done_reason], ["", true, "load"]);
    const reply = await client.generate({ model: "vendor", system: "Be brief.", prompt: "What colour is the lighthouse?" });
    assert.equal(reply.response, "The lighthouse is red.");
    const stream = await client.generate({ model: "vendor", prompt: "What colour is the lighthouse?", stream: true });
    const { text, last } = await gathered(stream, (part) => part.response);
    assert.equal(text, "Red and white.");
    assert.equal(last.done_reason, "stop");
  },

  async "calls tools and takes their results"() {
    const first = await client.chat({ model: "vendor", messages, tools: [weather] });
    const call = first.message.tool_calls[0];
    assert.equal(call.function.name, "weather");
    assert.deepEqual(call.function.arguments, { city: "Kiel" });
    const second = await client.chat({
      model: "vendor",
      messages: [...messages, first.message, { role: "tool", tool_name: "weather", content: "12 degrees" }],
      tools: [weather],
    });
    assert.equal(second.message.content, "It is 12 degrees.");
  },

  async "embeds"() {
    const reply = await client.embed({ model: "embedded", input: ["a red boat", "a blue car"] });
    assert.equal(reply.embeddings.length, 2);
    assert.equal(reply.embeddings[0].length, 384);
    const older = await client.embeddings({ model: "embedded", prompt: "a red boat" });
    assert.deepEqual(older.embedding, reply.embeddings[0]);
    assert.ok(older.embedding.some((number) => number !== 0));
  },

  async "lists and shows models"() {
    const names = (await client.list()).models.map((model) => model.name);
    assert.ok(names.includes("auto") && names.includes("vendor") && names.includes("agent:fix-agent"), names.join());
    const shown = await client.show({ model: "vendor" });
    assert.ok(shown.capabilities.includes("tools"), shown.capabilities.join());
    assert.deepEqual((await client.ps()).models, []);
    assert.ok((await client.version()).version);
  },

  async "throws what the client has a name for"() {
    await assert.rejects(client.chat({ model: "llama3", messages }), answersStatus(404));
    await assert.rejects(client.chat({ model: "vendor", messages: [{ role: "king", content: "?" }] }), answersStatus(400));
    await assert.rejects(client.chat({ model: "down", messages, stream: true }), answersStatus(503));
    await assert.rejects(client.pull({ model: "llama3" }), answersStatus(501));
    await assert.rejects(client.delete({ model: "vendor" }), answersStatus(501));
    await assert.rejects(new Ollama({ host: process.env.BASE_URL }).list(), answersStatus(401));
  },
});
