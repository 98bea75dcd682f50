import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TillMoment } from "#domain/updates/may-install.ts";
import { healthSchema } from "#protocol/sync/health.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import { REPLICA_FILE } from "../database.ts";
import { type Engine, startEngine } from "../engine.ts";
import { markOf } from "../open-mark.ts";
import { Changes } from "../shop/changes.ts";
import { engineSettings } from "../testing/engine-settings.ts";
import { FakeServer, PAIRING_CODE, SERVER } from "../testing/fake-server.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { MIRA, MUG, product, verifyPlainPin } from "../testing/shop-fixture.ts";
import { stockedServer } from "../testing/synced-till.ts";
import { untilView } from "../testing/until-view.ts";
import { Renewal } from "./renewal.ts";

const SECTOR_BYTES = 512;
/** Of its health, once it is connected. */
const TOLD_WITHIN_MS = 3_000;

describe("a large replica that is damaged", () => {
  let folder: string;
  let server: FakeServer;
  let timers: FakeTimers;
  let engine: Engine;
  let defects: [string, unknown][];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "onetill-renewal-"));
    server = stockedServer(new FakeServer());
    server.books.put("products", ...Array.from({ length: 40 }, (_, place) => product(`article-${place}`)));
    defects = [];
    await start();
    await engine.verbs.pair({ server: SERVER, code: PAIRING_CODE });
    await until("sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
    await engine.close();
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  async function start(): Promise<void> {
    timers = new FakeTimers();
    engine = await startEngine({
      ...engineSettings({ dataDir: folder, server, timers }),
      verifyPin: verifyPlainPin,
      onDefect: (what, error) => defects.push([what, error]),
    });
  }

  function until<W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean): Promise<void> {
    return untilView(engine, view, wanted);
  }

  /** The replica of a till that ended in the midst of something: it is large, and an article in it is hurt, or nothing that a cashier meets. */
  function hurt(what: "an article" | "something else"): void {
    const file = join(folder, REPLICA_FILE);
    const database = new DatabaseSync(file);
    const id = what === "an article" ? "x" : "y";
    database.exec(`CREATE TABLE filler (id TEXT, data TEXT);
    INSERT INTO filler VALUES ('x', json_object('id', '${id}', 'filler', hex(zeroblob(9000000))));
    PRAGMA wal_checkpoint(TRUNCATE);`);
    database.close();
    writeFileSync(markOf(file), "");
    if (what === "something else") return;
    const bytes = readFileSync(file);
    const at = bytes.indexOf("article-20") & ~(SECTOR_BYTES - 1);
    writeFileSync(file, bytes.fill(0, at, at + SECTOR_BYTES));
  }

  const isHurt = () => until("sync", ({ records }) => records?.[0]?.state === "replica");
  const isRenewed = () =>
    until("sync", ({ records, firstSync }) => records === undefined && firstSync === null);
  const signIn = () => engine.verbs.signIn({ staff: MIRA.id, pin: "111111" });
  const fillers = () => {
    const database = new DatabaseSync(join(folder, REPLICA_FILE), { readOnly: true });
    const found = database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'filler'").get();
    database.close();
    return Number(found?.n);
  };

  test("is read anew as soon as the server is there, also where somebody is signed in who finds no article", async () => {
    hurt("an article");
    server.goDown();
    await start();
    await isHurt();
    expect(engine.views.sync.current().records).toMatchObject([{ state: "replica" }]);
    expect(fillers()).toBe(1);
    expect(await signIn()).toMatchObject({ ok: true });
    const renewed = isRenewed();
    server.comeBack();
    await engine.verbs.syncNow({});
    await renewed;
    expect(fillers()).toBe(0);
    expect(engine.views.session.current()).toMatchObject({ state: "locked" });
    await until("catalog", ({ searchReady, products }) => searchReady === "full" && products > 40);
  });

  test("is not in the midst of a sale, which goes on with what the till has read, and HQ is told meanwhile", async () => {
    hurt("something else");
    server.goDown();
    await start();
    await isHurt();
    expect(await signIn()).toMatchObject({ ok: true });
    await until("catalog", ({ searchReady }) => searchReady === "full");
    expect(await engine.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
    server.comeBack();
    await engine.verbs.syncNow({});
    await until("sync", ({ unsent, link }) => unsent === 0 && link.state === "online");
    await vi.waitFor(() => {
      timers.hurry(TOLD_WITHIN_MS);
      expect(
        server.asksOf("health").flatMap(({ body }) => healthSchema.parse(body).records ?? []),
      ).toContainEqual(expect.objectContaining({ state: "replica" }));
    });
    const basket = engine.views.basket.current();
    expect(basket?.lines).toHaveLength(1);
    await engine.verbs.takeCash({ tendered: basket!.remainingInCash });
    const renewed = isRenewed();
    expect(await engine.verbs.completeSale({ basket: basket!.id })).toMatchObject({ ok: true });
    await renewed;
    expect(engine.views.session.current()).toMatchObject({ state: "locked" });
    expect(server.books.entries.some(({ fact }) => fact.type === "ticket.completed")).toBe(true);
  });
});

describe("when a till is started anew", () => {
  const QUIET: TillMoment = {
    training: false,
    terminalPending: false,
    openBasket: false,
    paidParked: false,
    unsent: 0,
    inUse: false,
  };

  test.each([
    ["it is not hurt", { isHurt: false }],
    ["the server is away", { isOnline: false }],
    ["a basket is open", { openBasket: true }],
    ["a parked basket is paid in part", { paidParked: true }],
    ["the terminal has not answered", { terminalPending: true }],
    ["somebody practises", { training: true }],
    ["something is not sent", { unsent: 1 }],
  ] as const)("it is not while %s, and once when that is over", (_what, busy) => {
    const changes = new Changes();
    let now: typeof QUIET & { readonly isHurt?: boolean; readonly isOnline?: boolean } = {
      ...QUIET,
      ...busy,
    };
    let renewed = 0;
    const renewal = new Renewal({
      isHurt: () => now.isHurt ?? true,
      isOnline: () => now.isOnline ?? true,
      moment: () => now,
      watch: (onChange) => changes.watch(onChange),
      renew: () => {
        renewed += 1;
      },
    });
    changes.tell();
    expect(renewed).toBe(0);
    now = QUIET;
    changes.tell();
    changes.tell();
    expect(renewed).toBe(1);
    renewal.close();
  });
});
