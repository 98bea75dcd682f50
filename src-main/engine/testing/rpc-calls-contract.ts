import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import type { RpcPromise } from "./rpc-bench.ts";
import { Fault } from "./rpc-caller.ts";
import { MUG } from "./shop-fixture.ts";

const MIRA = idOf<"Staff">("mira");

function faultFor(reason: Fault["reason"]) {
  return (error: unknown): boolean => error instanceof Fault && error.reason === reason;
}

/** What the till promises about calls, over whatever line they come. */
export const RPC_CALLS: readonly RpcPromise[] = [
  {
    promise: "a cashier's act is done and answered, with what was left out filled in",
    async holds({ page, till }) {
      const mira = await page();
      assert.deepEqual(await mira.call("signIn", { staff: MIRA, pin: "111111" }), { ok: true, value: {} });
      const added = await mira.call("addItem", { variant: MUG });
      assert.equal(JSON.stringify(added), JSON.stringify({ ok: true, value: till.basket }));
      assert.equal(till.basket.lines[0]?.quantity, 1);
    },
  },
  {
    promise: "what the shop refuses comes back as an answer with its reason, not as a failure of the till",
    async holds({ page, defects }) {
      const mira = await page();
      const wrong = await mira.call("signIn", { staff: MIRA, pin: "000000" });
      assert.deepEqual(wrong, { ok: false, reason: "wrongPin", waitMs: 0 });
      assert.deepEqual(await mira.call("signOut", {}), { ok: false, reason: "notSignedIn" });
      assert.deepEqual(defects, []);
    },
  },
  {
    promise: "a quick answer does not wait behind a slow one, and each finds the call that asked",
    async holds(bench) {
      const page = await bench.page();
      let finish: (picture: null) => void = () => undefined;
      bench.picture = () =>
        new Promise((resolve) => {
          finish = resolve;
        });
      const slow = page.call("picture", { image: "a".repeat(64) });
      const [mug, tee] = await Promise.all([
        page.call("search", { text: "Emaille", limit: 5 }),
        page.call("search", { text: "T-Shirt", limit: 5 }),
      ]);
      assert.match(JSON.stringify(mug), /SKU-mug-v/);
      assert.match(JSON.stringify(tee), /SKU-tee-s/);
      finish(null);
      assert.equal(await slow, null);
    },
  },
  {
    promise: "a defect is told to the log, the screen learns nothing of the inside, and the till goes on",
    async holds(bench) {
      const page = await bench.page();
      const broken = new Error("SELECT secret FROM till at line 4711");
      bench.picture = () => Promise.reject(broken);
      await assert.rejects(page.call("picture", { image: "a".repeat(64) }), (error) => {
        assert(error instanceof Fault);
        assert.equal(error.reason, "internal");
        assert.doesNotMatch(error.message, /secret|4711/);
        return true;
      });
      assert.deepEqual(await bench.defect(), { what: "picture", error: broken });
      assert.match(JSON.stringify(await page.call("search", { text: "Emaille", limit: 5 })), /SKU-mug-v/);
    },
  },
  {
    promise: "an act that the till does not have is refused by name, also one that every object has",
    async holds({ page, defects }) {
      const stranger = await page();
      for (const verb of ["openSafe", "constructor", "toString", "__proto__", ""])
        await assert.rejects(stranger.callAnything(verb, {}), faultFor("unknownVerb"), verb);
      assert.deepEqual(defects, []);
    },
  },
  {
    promise: "an act whose particulars make no sense never reaches the shop",
    async holds({ page, till, defects }) {
      const mira = await page();
      await mira.call("signIn", { staff: MIRA, pin: "111111" });
      for (const args of [
        { variant: MUG, quantity: -1 },
        { variant: MUG, quantity: 1.5 },
        { variant: MUG, price: { minor: 0.5, currency: "EUR" } },
        { variant: MUG, discount: { minor: 1, currency: "EUR" } },
        { quantity: 1 },
        null,
        "mug",
      ])
        await assert.rejects(mira.callAnything("addItem", args), faultFor("badArguments"));
      assert.deepEqual(till.basket.lines, []);
      assert.deepEqual(defects, []);
    },
  },
  {
    promise: "what is no message of the contract is passed over, and the line goes on",
    async holds({ page, defects }) {
      const stranger = await page();
      for (const message of [
        null,
        7,
        "signIn",
        [],
        {},
        { frame: "call" },
        { frame: "call", id: -1, verb: "signOut", args: {} },
        { frame: "call", id: 1.5, verb: "signOut", args: {} },
        { frame: "call", id: 1, verb: "x".repeat(65), args: {} },
        { frame: "call", id: 1, verb: "signOut", args: {}, more: true },
        { frame: "answer", id: 1, value: {} },
        { frame: "watch", id: 1 },
        { frame: "unwatch", id: 99 },
      ])
        stranger.send(message);
      assert.match(JSON.stringify(await stranger.call("search", { text: "Emaille", limit: 5 })), /SKU-mug-v/);
      assert.equal(stranger.frames.length, 1);
      assert.deepEqual(defects, []);
    },
  },
];
