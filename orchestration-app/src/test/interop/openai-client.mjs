// The official client against our OpenAI-compatible API. Fails, and says where, when the two do not understand each other.
import assert from "node:assert/strict";
import OpenAI from "openai";
import { messages, run, weather } from "./checks.mjs";

const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY, maxRetries: 0 });

await run({
  async "replies whole"() {
    const { data, response } = await client.chat.completions
      .create({ model: "vendor", messages, temperature: 0.2, max_completion_tokens: 64 })
      .withResponse();
    assert.equal(data.choices[0].message.content, "The lighthouse is red.");
    assert.equal(data.choices[0].finish_reason, "stop");
    assert.equal(data.usage.total_tokens, 18);
    assert.equal(response.headers.get("x-polyphony-provider"), "vendor");
  },

  async "streams"() {
    const stream = await client.chat.completions.create({
      model: "vendor",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage = null;
    let finish = null;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? "";
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    assert.equal(text, "Red and white.");
    assert.equal(finish, "stop");
    assert.equal(usage.completion_tokens, 7);
  },

  async "gathers a stream with its helper"() {
    const completion = await client.chat.completions.stream({ model: "vendor", messages }).finalChatCompletion();
    assert.equal(completion.choices[0].message.content, "Red and white.");
  },

  async "throws when a stream breaks off"() {
    const stream = await client.chat.completions.create({
      model: "vendor",
      messages: [{ role: "user", content: "break off" }],
      stream: true,
    });
    await assert.rejects(async () => {
      for await (const chunk of stream) assert.ok(chunk.id);
    }, OpenAI.APIError);
  },

  async "calls tools and takes their results"() {
    const first = await client.chat.completions.create({ model: "vendor", messages, tools: [weather] });
    const call = first.choices[0].message.tool_calls[0];
    assert.equal(first.choices[0].finish_reason, "tool_calls");
    assert.equal(call.function.name, "weather");
    assert.deepEqual(JSON.parse(call.function.arguments), { city: "Kiel" });
    const second = await client.chat.completions.create({
      model: "vendor",
      messages: [...messages, first.choices[0].message, { role: "tool", tool_call_id: call.id, content: "12 degrees" }],
      tools: [weather],
      tool_choice: "none",
    });
    assert.equal(second.choices[0].message.content, "It is 12 degrees.");
  },

  async "embeds"() {
    const reply = await client.embeddings.create({ model: "embedded", input: ["a red boat", "a blue car"] });
    assert.equal(reply.data.length, 2);
    assert.equal(reply.data[0].embedding.length, 384);
    assert.ok(reply.data[0].embedding.some((number) => number !== 0));
  },

  async "lists models"() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    assert.ok(ids.includes("auto") && ids.includes("vendor") && ids.includes("agent:fix-agent"), ids.join());
    assert.equal((await client.models.retrieve("embedded")).object, "model");
  },

  async "throws what the client has names for"() {
    await assert.rejects(client.chat.completions.create({ model: "gpt-9", messages }), OpenAI.NotFoundError);
    await assert.rejects(client.chat.completions.create({ model: "vendor", messages: [] }), OpenAI.BadRequestError);
    await assert.rejects(client.chat.completions.create({ model: "down", messages }), OpenAI.InternalServerError);
    const stranger = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: "wrong", maxRetries: 0 });
    await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
  },
});
