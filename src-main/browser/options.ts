import { parseArgs } from "node:util";
import { ok, type Result, refused } from "#domain/result.ts";

export interface TillOptions {
  readonly data: string;
  readonly port: number;
  /** Pair with this server by this code on the first start; null to pair on screen, or when paired already. */
  readonly pairing: { readonly server: string; readonly code: string } | null;
}

export const TILL_HELP = `One till as a browser register, without a window of its own.

  npm run till -- --data DIR [--port N] [--server URL --pair CODE]

  --data DIR     where this till keeps its journal and replica (made when missing)
  --port N       port to serve the register on, this machine only (default 8788; 0 picks a free one)
  --server URL   the sync server to pair with
  --pair CODE    one-time pairing code, from HQ or \`npm run hq -- pair --store CODE\`
  --help         this text

Without --server and --pair the till opens as it was paired, or asks for them on screen.`;

/** Reads the command line. The reason of a refusal is a sentence for the terminal; "help" asks for the text above. */
export function readOptions(args: readonly string[]): Result<TillOptions, string> {
  let values: { data?: string; port?: string; server?: string; pair?: string; help?: boolean };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        port: { type: "string" },
        server: { type: "string" },
        pair: { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return refused("help");
  if (values.data === undefined)
    return refused("--data DIR is missing: where shall this till keep its journal?");
  const port = Number(values.port ?? "8788");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return refused(`--port ${values.port}: a port is a number from 0 to 65535.`);
  if ((values.server === undefined) !== (values.pair === undefined))
    return refused("--server URL and --pair CODE go together.");
  if (values.server === undefined || values.pair === undefined)
    return ok({ data: values.data, port, pairing: null });
  if (!/^https?:/.test(values.server) || !URL.canParse(values.server))
    return refused(`--server ${values.server}: that is no http(s) address.`);
  return ok({ data: values.data, port, pairing: { server: values.server, code: values.pair } });
}
