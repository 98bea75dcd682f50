import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AcrossFact } from "#domain/reports/across.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import type { Run } from "../benchmark.ts";
import { factsInBulk } from "./bulk-across.ts";
import { countInBulk } from "./bulk-sales.ts";
import { stockInBulk } from "./bulk-stock.ts";
import { basketOf, orderFacts, shiftFacts } from "./past-orders.ts";
import { LINES_A_TICKET, salesOf } from "./sales.ts";

/** One order for so many lines of tickets. */
const LINES_AN_ORDER = 5;
const SAID_EVERY = 50_000;

export interface PastYear {
  readonly file: string;
  readonly tickets: number;
}

/** A year of a chain in a database: made up where the folder has none, through the bulk path, which a test holds to the one that the server books by. */
export async function pastYear(
  { folder, skus, say }: Pick<Run, "folder" | "skus" | "say">,
  { lines, stores }: { readonly lines: number; readonly stores: number },
): Promise<PastYear> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "server.sqlite");
  const done = join(folder, "made-up.json");
  const size = JSON.stringify({ lines, stores, skus });
  const tickets = Math.ceil(lines / LINES_A_TICKET);
  if (existsSync(done)) {
    const found = readFileSync(done, "utf8");
    if (found !== size) throw new Error(`${folder} holds another year: ${found}`);
    return { file, tickets };
  }
  await new SqliteStorage(file).close();
  say("moving stock");
  stockInBulk(file, { stores, skus });
  const factsOf = salesOf({ skus, stores, tickets });
  const baskets: AcrossFact[] = [];
  function* all(): Iterable<TicketFacts> {
    for (let number = 0; number < tickets; number += 1) {
      if (number % SAID_EVERY === 0) say(`counting ticket ${number} of ${tickets}`);
      const facts = factsOf(number);
      baskets.push(...basketOf(facts, number));
      yield facts;
    }
    say("adding up the days");
  }
  countInBulk(file, all());
  const orders = Math.ceil(lines / LINES_AN_ORDER);
  say(`counting ${orders} orders`);
  factsInBulk(file, eachOf(baskets, orderFacts({ stores, orders }), shiftFacts({ stores })));
  writeFileSync(done, size);
  return { file, tickets };
}

function* eachOf<T>(...all: readonly Iterable<T>[]): Iterable<T> {
  for (const some of all) yield* some;
}
