import { DatabaseSync } from "node:sqlite";
import { seededRandom } from "../../sync-server/demo/random.ts";
import { articleAt } from "./article.ts";
import { storeAt } from "./sales.ts";

const DAYS = 365;
const DAY_MS = 86_400_000;
const NOON_MS = 43_200_000;
const YEAR_BEGINS = Date.UTC(2026, 0, 1);
const ARTICLES_A_STORE = 400;
const SALES_A_LEVEL = 5;
const FIRST_PIECES = 20;

/** Stores that each keep some hundred articles, with what lay on their shelves and what of it was sold over the year. In the order of the table, in which it is fast. */
export function stockInBulk(
  file: string,
  { stores, skus }: { readonly stores: number; readonly skus: number },
): void {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY; BEGIN;");
  const store = database.prepare("INSERT INTO stores (id, code, settings) VALUES (?, ?, ?)");
  const product = database.prepare(
    "INSERT INTO products (id, handle, title, words, product) VALUES (?, ?, ?, '', ?)",
  );
  const variant = database.prepare("INSERT INTO variants (id, product, sku) VALUES (?, ?, ?)");
  const movement = database.prepare(
    "INSERT INTO movements (cause, store, variant, quantity, reason, moved_as, at, acted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const variants: string[] = [];
  for (let number = 0; number < skus; number += 1) {
    const { product: made, sku } = articleAt(number);
    product.run(made.id, made.handle, made.title, JSON.stringify(made));
    const id = made.variants[0]?.id ?? "";
    variant.run(id, made.id, sku);
    variants.push(id);
  }
  for (let number = 0; number < stores; number += 1) {
    const id = storeAt(number);
    store.run(
      id,
      `S${number}`,
      JSON.stringify({ name: `Store ${number}`, timeZone: "Europe/Berlin", currency: "EUR" }),
    );
    const random = seededRandom(9_000_000 + number);
    const kept = new Set<string>();
    while (kept.size < Math.min(ARTICLES_A_STORE, skus)) kept.add(random.pick(variants));
    for (const article of [...kept].sort()) {
      const initial = JSON.stringify({ kind: "initial" });
      movement.run("0 initial", id, article, FIRST_PIECES, initial, "received", YEAR_BEGINS, YEAR_BEGINS);
      for (let sale = 1; sale <= SALES_A_LEVEL; sale += 1) {
        const at = YEAR_BEGINS + random.between({ from: 0, to: DAYS - 1 }) * DAY_MS + NOON_MS;
        const reason = JSON.stringify({ kind: "sale", ticket: `ticket-${number}-${sale}` });
        movement.run(`sale ${sale}`, id, article, -1, reason, "sold", at, at);
      }
    }
  }
  database.exec("COMMIT");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}
