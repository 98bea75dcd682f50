import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import type { RpcPromise } from "./rpc-bench.ts";
import { LineBroken } from "./rpc-caller.ts";
import { MUG } from "./shop-fixture.ts";

const MIRA = idOf<"Staff">("mira");

/** What the till promises about a line that breaks. */
export const RPC_LINE: readonly RpcPromise[] = [
  {
    promise: "a page that goes is watched for no longer, and another page notices nothing",
    async holds(bench) {
      const [going, staying] = [await bench.page(), await bench.page()];
      going.watch("sync");
      const kept = staying.watch("sync");
      await bench.whenSyncWatchers(2);
      going.hangUp();
      await bench.whenSyncWatchers(1);
      bench.unsent(5);
      await kept.until((view) => JSON.stringify(view).includes('"unsent":5'));
      assert.deepEqual(bench.defects, []);
    },
  },
  {
    promise:
      "a sale under way when the page goes is carried through; that nobody hears its answer harms nobody",
    async holds(bench) {
      const going = await bench.page();
      let finish: (picture: null) => void = () => undefined;
      const asked = new Promise<void>((resolve) => {
        bench.picture = () => {
          resolve();
          return new Promise((done) => {
            finish = done;
          });
        };
      });
      going.watch("sync");
      const unanswered = assert.rejects(going.call("picture", { image: "a".repeat(64) }), LineBroken);
      await asked;
      going.hangUp();
      await bench.whenSyncWatchers(0);
      await unanswered;
      finish(null);
      const next = await bench.page();
      await next.call("search", { text: "Emaille", limit: 5 });
      assert.deepEqual(bench.defects, []);
    },
  },
  {
    promise: "when the engine falls, the page is told at once and waits for no answer in vain",
    async holds(bench) {
      const page = await bench.page();
      const asked = new Promise<void>((resolve) => {
        bench.picture = () => {
          resolve();
          return new Promise(() => undefined);
        };
      });
      const told = ["a", "b"].map((hex) =>
        assert.rejects(page.call("picture", { image: hex.repeat(64) }), LineBroken),
      );
      await asked;
      await bench.fall();
      await page.gone;
      await Promise.all(told);
    },
  },
  {
    promise: "over a fresh line to the restarted engine the cashier finds the basket that was rung up before",
    async holds(bench) {
      const before = await bench.page();
      await before.call("signIn", { staff: MIRA, pin: "111111" });
      await before.call("addItem", { variant: MUG, quantity: 3 });
      await bench.restart();
      await before.gone;
      const after = await bench.page();
      const session = after.watch("session");
      const basket = after.watch("basket");
      await session.until((view) => JSON.stringify(view).includes('"state":"locked"'));
      assert.deepEqual(await after.call("signIn", { staff: MIRA, pin: "111111" }), { ok: true, value: {} });
      await basket.until((view) => JSON.stringify(view)?.includes('"quantity":3'));
    },
  },
];
