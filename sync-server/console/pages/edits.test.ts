import { expect, test } from "vitest";
import { UnderWay, UndoableEdits } from "./edits.ts";

/** Something that ends when it is told to. */
function ending<T>(): { readonly done: Promise<T>; readonly end: (value: T) => void } {
  let end: (value: T) => void = () => undefined;
  const done = new Promise<T>((resolve) => {
    end = resolve;
  });
  return { done, end };
}

const heard = () => new Promise((done) => setTimeout(done));

/** Edits of cells, each of which ends when it is told to, and what was taken back. */
function editing() {
  const edits = new UndoableEdits(new UnderWay(() => () => undefined));
  const undone: string[] = [];
  /** Writes this in a cell of that name, or of another one. */
  const write = (what: string, cell = what) => {
    const saved = ending<null>();
    void edits.write(cell, async (keep) => {
      await saved.done;
      const undo = async () => {
        undone.push(what);
        return { kind: "saved", before: what, seq: 1 } as const;
      };
      keep({ what, feed: "catalog", undo });
    });
    return {
      end: async () => {
        saved.end(null);
        await heard();
      },
    };
  };
  return { edits, undone, write };
}

test("an edit is taken back once what was written before has ended: the last that was written, not the last that had ended", async () => {
  const { edits, undone, write } = editing();
  await write("A").end();
  const second = write("B");
  const taken = [edits.undo(), edits.undo(), edits.undo()];
  await heard();
  expect(undone).toEqual([]);
  await second.end();
  expect((await Promise.all(taken)).map((each) => each?.edit.what)).toEqual(["B", "A", undefined]);
  expect(undone).toEqual(["B", "A"]);
});

test("of two edits the one that was written later is taken back first, whichever was answered first", async () => {
  const { edits, undone, write } = editing();
  const slow = write("A");
  await write("B").end();
  await slow.end();
  expect(edits.next?.what).toBe("B");
  await edits.undo();
  await edits.undo();
  expect(undone).toEqual(["B", "A"]);
});

test("what is written in a cell while taking back waits stays, and can be taken back after", async () => {
  const { edits, undone, write } = editing();
  const slow = write("v2", "title");
  const taken = edits.undo();
  const later = write("v3", "title");
  await slow.end();
  expect((await taken)?.outcome.kind).toBe("overtaken");
  await later.end();
  expect(undone).toEqual([]);
  await edits.undo();
  expect(undone).toEqual(["v3"]);
});

test("what is written elsewhere while taking back waits is not what is taken back", async () => {
  const { edits, undone, write } = editing();
  const slow = write("A");
  const taken = [edits.undo(), edits.undo()];
  await write("B").end();
  await slow.end();
  expect((await Promise.all(taken)).map((each) => each?.edit.what)).toEqual(["A", undefined]);
  expect(undone).toEqual(["A"]);
});

test("what was not answered when it was to be taken back can be taken back again", async () => {
  const { edits } = editing();
  const problem = { kind: "unanswered" } as const;
  const undo = async () => ({ kind: "unanswered", before: "", problem }) as const;
  await edits.write("title", async (keep) => keep({ what: "A", feed: "catalog", undo }));
  expect((await edits.undo())?.outcome.kind).toBe("unanswered");
  expect((await edits.undo())?.outcome.kind).toBe("unanswered");
});

test("the tab is held while anything is under way, and let go after the last of it", async () => {
  let held = 0;
  const underWay = new UnderWay(() => {
    held += 1;
    return () => {
      held -= 1;
    };
  });
  const first = ending<null>();
  const second = ending<null>();
  const both = [underWay.during(() => first.done), underWay.during(() => second.done)];
  expect(held).toBe(1);
  first.end(null);
  await both[0];
  expect(held).toBe(1);
  second.end(null);
  await both[1];
  expect(held).toBe(0);
});
