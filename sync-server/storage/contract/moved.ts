import assert from "node:assert/strict";
import { AT, type ContractCase } from "./case.ts";

export const MOVED: readonly ContractCase[] = [
  {
    promise: "that the shop went to another database is kept until it is taken back",
    check: async (storage, reopen) => {
      assert.equal(await storage.read((tx) => tx.movedAway()), null);
      const moved = { to: "postgres://db/onetill", at: AT, move: "move-1" };
      await storage.write((tx) => tx.setMovedAway(moved));
      const opened = await reopen();
      assert.deepEqual(await opened.read((tx) => tx.movedAway()), moved);
      await opened.write((tx) => tx.setMovedAway(null));
      assert.equal(await opened.read((tx) => tx.movedAway()), null);
    },
  },
  {
    promise: "by which move the shop came is kept: the last one",
    check: async (storage, reopen) => {
      assert.equal(await storage.read((tx) => tx.movedHere()), null);
      await storage.write((tx) => tx.setMovedHere("move-1"));
      await storage.write((tx) => tx.setMovedHere("move-2"));
      assert.equal(await (await reopen()).read((tx) => tx.movedHere()), "move-2");
    },
  },
];
