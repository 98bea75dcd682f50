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

test("an edit is taken back once what was written before has ended: the last that was written, not the last that had ended", async () => {
  const edits = new UndoableEdits(new UnderWay(() => () => undefined));
  const undone: string[] = [];
  const undo = (value: string) => async () => {
    undone.push(value);
    return { kind: "saved", before: value, seq: 1 } as const;
  };
  const write = (what: string, done: Promise<unknown>) =>
    edits.during(async () => {
      await done;
      edits.keep({ what, feed: "catalog", undo: undo(what) });
    });
  const first = ending<null>();
  const second = ending<null>();
  void write("A", first.done);
  first.end(null);
  await heard();
  void write("B", second.done);
  const taken = [edits.undo(), edits.undo(), edits.undo()];
  await heard();
  expect(undone).toEqual([]);
  second.end(null);
  expect((await Promise.all(taken)).map((each) => each?.edit.what)).toEqual(["B", "A", undefined]);
  expect(undone).toEqual(["B", "A"]);
});

test("what was not answered when it was to be taken back can be taken back again", async () => {
  const edits = new UndoableEdits(new UnderWay(() => () => undefined));
  const problem = { kind: "unanswered" } as const;
  edits.keep({ what: "A", feed: "catalog", undo: async () => ({ kind: "unanswered", before: "", problem }) });
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
