import { Failure } from "./failure.ts";
import { HqClient } from "./hq-client.ts";
import { findKey } from "./hq-key.ts";
import { runImport } from "./import-command.ts";
import { runKey } from "./key-command.ts";
import { type Command, readCommand } from "./options.ts";
import { runPair } from "./pair-command.ts";
import { terminalOf } from "./terminal.ts";

const terminal = terminalOf(process);
const command = readCommand(process.argv.slice(2));

if (command.ok) {
  process.exitCode = await run(command.value);
} else if (command.reason.isHelp) {
  terminal.print(command.reason.text);
} else {
  console.error(command.reason.text);
  process.exitCode = 2;
}

async function run(asked: Command): Promise<number> {
  try {
    const key = findKey({
      given: asked.key,
      fromEnvironment: process.env.ONETILL_HQ_KEY,
      dataDir: asked.data,
      server: asked.server,
    });
    const client = new HqClient(asked.server, key);
    switch (asked.verb) {
      case "import":
        return await runImport(asked, client, terminal);
      case "pair":
        return await runPair(asked, client, terminal);
      case "key":
        return await runKey(asked, client, terminal);
    }
  } catch (error) {
    terminal.progress(null);
    if (!(error instanceof Failure)) throw error;
    if (asked.json) terminal.print(JSON.stringify({ ok: false, reason: "failed", message: error.message }));
    console.error(error.message);
    return 1;
  }
}
