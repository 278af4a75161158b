// What the checks of all clients share: what they ask, and how it is told which of them hold.
export const messages = [{ role: "user", content: "What colour is the lighthouse?" }];

export const weather = {
  type: "function",
  function: {
    name: "weather",
    description: "Tells the weather.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

export async function run(checks) {
  let failures = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok ${name}`);
    } catch (failure) {
      failures += 1;
      console.log(`not ok ${name}\n${failure.stack}`);
    }
  }
  process.exit(failures === 0 ? 0 : 1);
}
