import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { REPLICA_FILE } from "../database.ts";
import { newKeys } from "../testing/new-keys.ts";
import { JOHANNA, MIRA, product, SETTINGS } from "../testing/shop-fixture.ts";
import { type OpenedReplica, openReplica } from "./open-replica.ts";

const SECTOR_BYTES = 512;
/** No page holds a multiple of it: of each page another one is looked at. */
const EACH_SO_MANY = 7;
const keys = newKeys();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-hurt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function opened(dataDir: string): Promise<OpenedReplica & { readonly damage: readonly unknown[] }> {
  const damage: unknown[] = [];
  const acknowledged = { epoch: 1, seq: 0 };
  const onDamaged = (error: unknown) => void damage.push(error);
  return { ...(await openReplica({ dataDir, keys, acknowledged, onDamaged })), damage };
}

/** All that a replica says, and how far it has come. */
async function saidBy({ replica }: OpenedReplica): Promise<string> {
  const said: unknown[] = [];
  for (const collection of REPLICA_COLLECTIONS) {
    said.push(collection, replica.position(collection));
    for await (const chunk of replica.scan(collection)) said.push(...chunk);
  }
  return JSON.stringify(said);
}

/** What lies on the disk of a till whose power went, all of it written back from the log but for the last. */
async function afterPowerCut(): Promise<{ readonly before: string; readonly said: string }> {
  const live = join(folder, "live");
  mkdirSync(live);
  const { replica, database } = await opened(live);
  const articles = Array.from({ length: 40 }, (_, place) => product(`article-${place}`));
  const position = { checkpoint: "@1", applied: { epoch: 1, seq: 1 }, complete: true };
  const rows = (documents: readonly { readonly id: string }[]) =>
    documents.map((data) => ({ id: data.id, deleted: false as const, data }));
  await replica.write("settings", rows([SETTINGS]), position);
  await replica.write("staff", rows([MIRA, JOHANNA]), position);
  await replica.write("products", rows(articles), position);
  await database.scrub();
  await replica.write("products", rows([product("last")]), { ...position, checkpoint: "@2" });
  const before = join(folder, "before");
  mkdirSync(before);
  for (const name of readdirSync(live))
    if (!name.endsWith("-shm")) copyFileSync(join(live, name), join(before, name));
  const said = await saidBy({ replica, database });
  await database.close();
  return { before, said };
}

test("whichever sector of the replica a power cut leaves empty, a till starts, and what it has then is whole, or nothing at all, and then it says so", async () => {
  const { before, said } = await afterPowerCut();
  const bytes = readFileSync(join(before, REPLICA_FILE));
  const nothing = await (async () => {
    const empty = await opened(join(folder));
    const answer = await saidBy(empty);
    await empty.database.close();
    return answer;
  })();
  let thrownAway = 0;
  for (let at = 0; at < bytes.length; at += EACH_SO_MANY * SECTOR_BYTES) {
    const till = join(folder, `till-${at}`);
    mkdirSync(till);
    for (const name of readdirSync(before)) copyFileSync(join(before, name), join(till, name));
    writeFileSync(join(till, REPLICA_FILE), Buffer.from(bytes).fill(0, at, at + SECTOR_BYTES));
    const hurt = await opened(till);
    const says = await saidBy(hurt).catch(String);
    await hurt.database.close();
    const what = says === said ? "all of it" : says === nothing ? "nothing" : says;
    expect(`sector at ${at}: ${what}`).toBe(
      `sector at ${at}: ${hurt.damage.length === 0 ? "all of it" : "nothing"}`,
    );
    thrownAway += hurt.damage.length;
    rmSync(till, { recursive: true });
  }
  expect(thrownAway).toBeGreaterThan(5);
}, 60_000);
