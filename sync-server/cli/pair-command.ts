import type { HqClient } from "./hq-client.ts";
import type { PairCommand } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Asks for a pairing code and prints it. Answers the exit status. */
export async function runPair(command: PairCommand, client: HqClient, terminal: Terminal): Promise<number> {
  const answer = await client.pairingCode(command.store);
  if (command.json) {
    terminal.print(JSON.stringify(answer));
    return 0;
  }
  const until = new Intl.DateTimeFormat("en", { timeStyle: "short", hourCycle: "h23" }).format(
    answer.expiresAt,
  );
  terminal.print(
    `${answer.code}\n\nThis code makes one till of ${answer.storeName} (${answer.store}). It works once, until ${until}:\n` +
      `  npm run till -- --server ${command.server.origin} --pair ${answer.code} --data DIR --port N`,
  );
  return 0;
}
