import { runCopy } from "./copy-commands.ts";
import type { CopyCommand } from "./copy-options.ts";
import { runExport } from "./export-command.ts";
import { Failure } from "./failure.ts";
import { HqClient } from "./hq-client.ts";
import { findKey } from "./hq-key.ts";
import { runImport } from "./import-command.ts";
import { runJournalVerify } from "./journal-command.ts";
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
    switch (asked.verb) {
      case "import":
        return await runImport(asked, clientFor(asked), terminal);
      case "pair":
        return await runPair(asked, clientFor(asked), terminal);
      case "key":
        return await runKey(asked, clientFor(asked), terminal);
      case "export":
        return await runExport(asked, () => clientFor(asked), terminal);
      case "journal verify":
        return runJournalVerify(asked, terminal);
      case "backup":
      case "restore":
      case "move":
        return await runCopy(asked, terminal);
    }
  } catch (error) {
    terminal.progress(null);
    if (!(error instanceof Failure)) throw error;
    if (asked.json) terminal.print(JSON.stringify({ ok: false, reason: "failed", message: error.message }));
    console.error(error.message);
    return 1;
  }
}

function clientFor(asked: Exclude<Command, CopyCommand>): HqClient {
  const key = findKey({
    given: asked.key,
    fromEnvironment: process.env.ONETILL_HQ_KEY,
    dataDir: asked.data,
    server: asked.server,
  });
  return new HqClient(asked.server, key);
}
