import type { KeyRow, MakeKeyAnswer } from "#protocol/hq/keys.ts";
import type { HqClient } from "./hq-client.ts";
import type { KeyCommand } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Makes, lists or revokes keys. A new one is printed alone on the first line. Answers the exit status. */
export async function runKey(command: KeyCommand, client: HqClient, terminal: Terminal): Promise<number> {
  const told = await toldOf(command, client);
  terminal.print(command.json ? JSON.stringify(told.json) : told.words);
  return 0;
}

async function toldOf(
  command: KeyCommand,
  client: HqClient,
): Promise<{ readonly json: unknown; readonly words: string }> {
  switch (command.act) {
    case "make": {
      const { scope, name, channels } = command;
      const made = await client.makeKey({ scope, name, channels });
      return { json: made, words: newKeyWords(made, command.server) };
    }
    case "list": {
      const keys = await client.keys();
      return { json: { keys }, words: keys.map(rowWords).join("\n") };
    }
    case "revoke":
      await client.revokeKey(command.id);
      return {
        json: { ok: true, revoked: command.id },
        words: `The key ${command.id} opens nothing from now on.`,
      };
  }
}

function newKeyWords({ key, id, scope, name, channels }: MakeKeyAnswer, server: URL): string {
  const whose = channels.length === 0 ? "" : ` of ${channels.join(", ")}`;
  const use =
    scope === "shop"
      ? `A web shop places orders${whose} with it; ${server.origin}/docs/ says how.`
      : scope === "hq"
        ? "It may do everything that HQ may."
        : `${server.origin}/docs/ says which addresses a key of scope ${scope} opens.`;
  return `${key}\n\nThis is the key of "${name}". ${use} It is told this once: keep it safe. Its id is ${id}, to revoke it by.`;
}

function rowWords({ id, scope, name, channels, createdAt, yours }: KeyRow): string {
  const reach = channels.length === 0 ? "every channel" : channels.join(", ");
  const day = new Date(createdAt).toISOString().slice(0, "2026-01-31".length);
  const whose = [name, ...(yours ? ["the key you ask with"] : [])].filter((word) => word !== "").join(", ");
  return `${id}  ${scope.padEnd("shop".length)}  ${day}  ${reach}  ${whose}`;
}
