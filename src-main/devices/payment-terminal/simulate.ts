import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { NexoSimulator, SCENARIO_OF_CENTS, SCENARIOS } from "./nexo-simulator.ts";

const DEFAULT_PORT = 7_778;
const CUSTOMER_MS = 1_500;

const HELP = `A payment terminal without card or bank, for demonstrations and tests.

  npm run terminal-simulator -- [--port N] [--host ADDRESS] [--delay MS]

  --port N     where it listens (default ${DEFAULT_PORT}; 0: any free port)
  --host A     on which address (default 127.0.0.1)
  --delay MS   how long the customer takes (default ${CUSTOMER_MS})

The cents of an amount choose what happens:
${Object.entries(SCENARIO_OF_CENTS)
  .map(([cents, scenario]) => `  …,${cents.padStart(2, "0")}  ${scenario}`)
  .join("\n")}
Any other amount is approved. Or type here what the next payment is to be like:
  ${SCENARIOS.join(", ")};
"off" takes it off the network and "on" puts it back, "go" lets answers go that are held back, "list" shows what was moved.`;

run().catch((error: unknown) => {
  console.error(`The simulator could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      host: { type: "string", default: "127.0.0.1" },
      delay: { type: "string", default: String(CUSTOMER_MS) },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const simulator = new NexoSimulator({
    byAmount: true,
    delayMs: Number(values.delay),
    onMoved: (what, { service, reference, minor, currency, brand }) =>
      console.log(`${what} ${reference} ${minor} ${currency} ${brand} for ${service}`),
  });
  await simulator.start(Number(values.port), values.host);
  console.log(`terminal ready at ${values.host}:${simulator.port}`);
  createInterface({ input: process.stdin }).on("line", (line) => {
    obey(simulator, line.trim()).catch((error: unknown) => console.error(error));
  });
}

async function obey(simulator: NexoSimulator, line: string): Promise<void> {
  const scenario = SCENARIOS.find((each) => each === line);
  if (scenario !== undefined) simulator.next(scenario);
  else if (line === "off") await simulator.stop();
  else if (line === "on") await simulator.start();
  else if (line === "go") simulator.letGo();
  else if (line === "list") console.log(simulator.ledger.transactions);
  else if (line !== "") console.log(HELP);
}
