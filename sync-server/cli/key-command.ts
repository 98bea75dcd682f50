import type { HqClient } from "./hq-client.ts";
import type { KeyCommand } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Asks for a new key and prints it, alone on the first line. Answers the exit status. */
export async function runKey(command: KeyCommand, client: HqClient, terminal: Terminal): Promise<number> {
  const made = await client.makeKey({ scope: command.scope, name: command.name });
  if (command.json) {
    terminal.print(JSON.stringify(made));
    return 0;
  }
  const use =
    made.scope === "shop"
      ? `A web shop places orders with it; ${command.server.origin}/docs/ says how.`
      : "It may do everything that HQ may.";
  terminal.print(
    `${made.key}\n\nThis is the key of "${made.name}". ${use} It is told this once: keep it safe.`,
  );
  return 0;
}
