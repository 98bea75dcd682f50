import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import type { RpcPromise } from "./rpc-bench.ts";
import { MUG } from "./shop-fixture.ts";

const MIRA = idOf<"Staff">("mira");
/** As many views as one page may watch at once. */
const MAX_WATCHES = 50;

function unsentOf(view: unknown): unknown {
  return typeof view === "object" && view !== null && "unsent" in view ? view.unsent : undefined;
}

function piecesOf(basket: unknown): unknown {
  if (basket === null) return "nobody";
  assert(typeof basket === "object" && "lines" in basket && Array.isArray(basket.lines));
  return basket.lines.reduce((sum: number, line: { quantity: number }) => sum + line.quantity, 0);
}

/** What the till promises about views, over whatever line they are watched. */
export const RPC_VIEWS: readonly RpcPromise[] = [
  {
    promise: "a watched view is shown at once, and again with every change, in the order of the changes",
    async holds(bench) {
      const page = await bench.page();
      const sync = page.watch("sync");
      await sync.until((view) => unsentOf(view) === 0);
      for (let count = 1; count <= 20; count += 1) bench.unsent(count);
      await sync.until((view) => unsentOf(view) === 20);
      assert.deepEqual(
        sync.seen.map(unsentOf),
        Array.from({ length: 21 }, (_, count) => count),
      );
    },
  },
  {
    promise: "what is rung up on one screen is seen on the other",
    async holds(bench) {
      const [mira, display] = [await bench.page(), await bench.page()];
      const shown = display.watch("basket");
      await shown.until((basket) => basket === null);
      await mira.call("signIn", { staff: MIRA, pin: "111111" });
      for (let piece = 0; piece < 3; piece += 1) await mira.call("addItem", { variant: MUG });
      await shown.until((basket) => piecesOf(basket) === 3);
      assert.deepEqual([...new Set(shown.seen.map(piecesOf))], ["nobody", 0, 1, 2, 3]);
    },
  },
  {
    promise: "a view that is not watched any more is not sent any more; other watches go on",
    async holds(bench) {
      const page = await bench.page();
      const [ended, kept] = [page.watch("sync"), page.watch("sync")];
      await kept.until((view) => unsentOf(view) === 0);
      ended.stop();
      await bench.whenSyncWatchers(1);
      bench.unsent(1);
      await kept.until((view) => unsentOf(view) === 1);
      assert.deepEqual(ended.seen.map(unsentOf), [0]);
    },
  },
  {
    promise: "a view that the till does not have is refused",
    async holds({ page, defects }) {
      const stranger = await page();
      for (const [id, view] of [
        [1, "customers"],
        [2, "constructor"],
      ] as const) {
        stranger.send({ frame: "watch", id, view });
        assert.equal((await stranger.faultOf(id)).reason, "unknownVerb");
      }
      assert.deepEqual(defects, []);
    },
  },
  {
    promise: "a page that watches without end, or twice under one number, is stopped",
    async holds(bench) {
      const page = await bench.page();
      for (let id = 1; id <= MAX_WATCHES; id += 1) page.send({ frame: "watch", id, view: "sync" });
      page.send({ frame: "watch", id: MAX_WATCHES + 1, view: "sync" });
      assert.equal((await page.faultOf(MAX_WATCHES + 1)).reason, "badArguments");
      page.send({ frame: "unwatch", id: 2 });
      page.send({ frame: "watch", id: 1, view: "sync" });
      assert.equal((await page.faultOf(1)).reason, "badArguments");
      assert.equal(bench.syncWatchers, MAX_WATCHES - 1);
    },
  },
  {
    promise: "a view that cannot be put together is a defect of its own: it stops no sale and no other view",
    async holds(bench) {
      const page = await bench.page();
      const sync = page.watch("sync");
      await sync.until((view) => unsentOf(view) === 0);
      bench.breakSyncView();
      bench.unsent(1);
      assert.equal((await bench.defect()).what, "sync");
      page.send({ frame: "watch", id: 77, view: "sync" });
      const fault = await page.faultOf(77);
      assert.equal(fault.reason, "internal");
      assert.doesNotMatch(fault.message, /4711/);
      assert.deepEqual(await page.call("signIn", { staff: MIRA, pin: "111111" }), { ok: true, value: {} });
    },
  },
];
