import type { Database } from "../sql/database.ts";
import type { ShopDatabase } from "./held.ts";

/** What is known of a shop besides its rows. */
export interface ShopFacts {
  /** The newest; null where no server was ever started on it. */
  readonly era: string | null;
  /** How far each feed has come. */
  readonly feeds: Readonly<Record<string, number>>;
  readonly tills: number;
  readonly entries: number;
  readonly tickets: number;
  /** Secrets that only the key of its servers opens. */
  readonly sealed: number;
  /** Articles of a store whose stock is not the sum of its movements. */
  readonly stockWrong: number;
}

const MOVED =
  "(SELECT store, variant, CAST(sum(quantity) AS BIGINT) AS pieces FROM movements GROUP BY store, variant) AS m";

export async function factsOf({ tx, database }: Pick<ShopDatabase, "tx" | "database">): Promise<ShopFacts> {
  return {
    era: await tx.newestEra(),
    feeds: Object.fromEntries(await tx.feedHeads()),
    tills: await counted(database, "devices"),
    entries: await counted(database, "journal"),
    tickets: await counted(database, "tickets"),
    sealed:
      (await counted(database, "users WHERE totp LIKE 'sealed:%'")) +
      (await counted(database, "webhook_endpoints WHERE secret LIKE 'sealed:%'")) +
      (await counted(database, "connectors WHERE data ->> 'sealed' IS NOT NULL")) +
      (await counted(database, "receipt_signing WHERE private_key LIKE 'sealed:%'")) +
      (await counted(database, "lent_keys WHERE key LIKE 'sealed:%'")),
    stockWrong:
      (await counted(
        database,
        `stock s LEFT JOIN ${MOVED} ON m.store = s.store AND m.variant = s.variant WHERE s.on_hand <> coalesce(m.pieces, 0)`,
      )) +
      (await counted(
        database,
        `${MOVED} LEFT JOIN stock s ON s.store = m.store AND s.variant = m.variant WHERE s.store IS NULL AND m.pieces <> 0`,
      )),
  };
}

async function counted(database: Database, what: string): Promise<number> {
  return Number((await database.get(`SELECT count(*) AS n FROM ${what}`))?.n);
}
