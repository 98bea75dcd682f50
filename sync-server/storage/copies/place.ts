import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDatabaseUrl, placeOf } from "../postgres/trouble.ts";
import type { HeldShop, NewShop, ShopDatabase } from "./held.ts";
import { holdPostgres, lookAtPostgres, newPostgres } from "./postgres-shop.ts";
import { holdSqlite, lookAtSqlite, newestTables, newSqlite, requireSqliteShop } from "./sqlite-shop.ts";

/** Where a shop's database is. */
export type Place =
  | { readonly engine: "sqlite"; readonly file: string }
  | { readonly engine: "postgres"; readonly url: string };

const SQLITE = "sqlite:";
const DATABASE_FILE = "server.sqlite";
const FILE_NAMES = /\.(sqlite3?|db)$/;

/** `sqlite:FILE`, `sqlite:FOLDER` of a server's data, or `postgres://…`; null where it is none of them. */
export function placeIn(text: string): Place | null {
  if (isDatabaseUrl(text)) return { engine: "postgres", url: text };
  if (!text.startsWith(SQLITE) || text === SQLITE) return null;
  const path = resolve(text.slice(SQLITE.length));
  // A folder that is not there yet is made: a file is named as one.
  const isFolder = existsSync(path) ? statSync(path).isDirectory() : !FILE_NAMES.test(path);
  return { engine: "sqlite", file: isFolder ? join(path, DATABASE_FILE) : path };
}

/** As people name it, without who connects. */
export function nameOf(place: Place): string {
  return place.engine === "sqlite" ? place.file : `postgres://${placeOf(place.url)}`;
}

/** One state of a shop beside its running servers. Throws NotCopied. */
export async function lookAt(place: Place): Promise<ShopDatabase & { close(): Promise<void> | void }> {
  if (place.engine === "postgres") return lookAtPostgres(place.url, newestTables());
  requireSqliteShop(place.file);
  return lookAtSqlite(place.file);
}

/** A shop with no server on it, held. Throws NotCopied. */
export async function hold(place: Place): Promise<HeldShop> {
  return place.engine === "postgres" ? holdPostgres(place.url, newestTables()) : holdSqlite(place.file);
}

/** A shop that is made. Throws NotCopied. */
export async function make(
  place: Place,
  { replace, aside }: { readonly replace: boolean; readonly aside: string },
): Promise<NewShop> {
  return place.engine === "postgres"
    ? newPostgres(place.url, newestTables(), { replace, aside })
    : newSqlite(place.file, { replace, aside });
}
