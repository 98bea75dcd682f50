import assert from "node:assert/strict";
import { instant } from "#domain/ids.ts";
import { AT, type ContractCase } from "./case.ts";

const MIRA = { kind: "user", id: "mira", name: "Mira" } as const;
const ERP = { kind: "key", id: "0123456789ab", name: "ERP" } as const;
const begun = (subject: string, by: typeof MIRA | typeof ERP = MIRA, at: number = AT) => ({
  at: instant(at),
  by,
  call: "PUT /hq/v1/products/:id",
  subject: { kind: "product", id: subject },
  asked: { title: "Mug" },
  before: { title: "Cup" },
});

export const TRAIL: readonly ContractCase[] = [
  {
    promise: "what somebody asked HQ to change is kept before it is done, and what came of it after",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        const done = await tx.beginTrail(begun("mug"));
        await tx.endTrail(done, { outcome: "done", after: { title: "Mug" }, refusal: "", made: null });
        const refused = await tx.beginTrail(begun(""));
        await tx.endTrail(refused, { outcome: "refused", after: null, refusal: "No.", made: null });
        await tx.beginTrail(begun("plate"));
      });
      const kept = await reopen();
      const all = await kept.read((tx) => tx.trail({ before: null, limit: 10 }));
      assert.deepEqual(
        all.map(({ subject, outcome, after, refusal }) => ({ id: subject.id, outcome, after, refusal })),
        [
          { id: "plate", outcome: "begun", after: null, refusal: "" },
          { id: "", outcome: "refused", after: null, refusal: "No." },
          { id: "mug", outcome: "done", after: { title: "Mug" }, refusal: "" },
        ],
      );
      assert.deepEqual(all[2]?.before, { title: "Cup" });
    },
  },
  {
    promise: "the audit log is read by what was changed, by whom and when",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.beginTrail(begun("mug"));
        await tx.beginTrail(begun("plate", ERP, AT + 1_000));
        const made = await tx.beginTrail(begun("", ERP, AT + 2_000));
        await tx.endTrail(made, { outcome: "done", after: null, refusal: "", made: "bowl" });
      });
      const ids = async (ask: object) =>
        (await storage.read((tx) => tx.trail({ before: null, limit: 10, ...ask }))).map(
          ({ subject }) => subject.id,
        );
      assert.deepEqual(await ids({ subject: { kind: "product", id: "mug" } }), ["mug"]);
      assert.deepEqual(await ids({ subject: { kind: "product", id: null } }), ["bowl", "plate", "mug"]);
      assert.deepEqual(await ids({ subject: { kind: "store", id: null } }), []);
      assert.deepEqual(await ids({ by: ERP.id }), ["bowl", "plate"]);
      assert.deepEqual(await ids({ from: AT + 1_000, until: AT + 2_000 }), ["plate"]);
      const [newest] = await storage.read((tx) => tx.trail({ before: null, limit: 1 }));
      assert.deepEqual(await ids({ before: newest?.cursor }), ["plate", "mug"]);
    },
  },
];
