import { parseArgs } from "node:util";
import { ok, type Result, refused } from "#domain/result.ts";

export interface ServerOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  /** Whether the made-up retailer has orders from the beginning. */
  readonly demoOrders: boolean;
  /** Where a basket begun in a store is finished online, `{code}` in it; null where there is no shop. */
  readonly basketLink: string | null;
}

export const SERVER_HELP = `The Onetill sync server.

  npm run server -- --data DIR [--port N] [--host ADDRESS] [--demo [--demo-orders]] [--basket-link URL]

  --data DIR       where the database and the HQ key are kept (made when missing)
  --port N         port to listen on (default 8787; 0 picks a free one)
  --host ADDRESS   address to listen on (default 127.0.0.1)
  --demo           fill an empty database with a made-up retailer, and serve its demo web shop at /demo-shop/
  --demo-orders    with --demo: orders have come in already, some to pick, some ready
  --basket-link URL   where your web shop opens a basket begun in a store; {code} in it stands for the basket's code
  --help           this text

GET /healthz answers 200 when the server is ready. The HQ key is in DIR/hq.key.`;

/** Reads the command line. The reason of a refusal is a sentence for the terminal; "help" asks for the text above. */
export function readOptions(args: readonly string[]): Result<ServerOptions, string> {
  let values: {
    data?: string;
    port?: string;
    host?: string;
    demo?: boolean;
    "demo-orders"?: boolean;
    "basket-link"?: string;
    help?: boolean;
    "database-url"?: string;
  };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        port: { type: "string" },
        host: { type: "string" },
        demo: { type: "boolean" },
        "demo-orders": { type: "boolean" },
        "basket-link": { type: "string" },
        help: { type: "boolean" },
        "database-url": { type: "string" },
      },
    }).values;
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return refused("help");
  if (values["database-url"] !== undefined)
    return refused("--database-url: PostgreSQL is not built yet. Use --data DIR for the embedded database.");
  if (values.data === undefined) return refused("--data DIR is missing: where shall the data be kept?");
  if (values["demo-orders"] === true && values.demo !== true)
    return refused("--demo-orders goes with --demo: without a made-up retailer nobody orders anything.");
  const port = Number(values.port ?? "8787");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return refused(`--port ${values.port}: a port is a number from 0 to 65535.`);
  const basketLink = values["basket-link"] ?? null;
  if (basketLink !== null && !isBasketLink(basketLink))
    return refused("--basket-link: an address that begins with http(s):// and has {code} in it.");
  return ok({
    data: values.data,
    port,
    host: values.host ?? "127.0.0.1",
    demo: values.demo ?? false,
    demoOrders: values["demo-orders"] ?? false,
    basketLink,
  });
}

function isBasketLink(text: string): boolean {
  return /^https?:\/\//.test(text) && text.includes("{code}") && URL.canParse(text);
}
