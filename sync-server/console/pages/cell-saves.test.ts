import fc from "fast-check";
import { expect, test } from "vitest";
import { ok, refused } from "#domain/result.ts";
import type { Answer } from "../ask.ts";
import { type CellOutcome, CellSaves } from "./cell-saves.ts";

const REFUSED = { kind: "strange" } as const;

/** A server with cells that answers when it is told to, and a screen. */
function started() {
  const saves = new CellSaves<string>();
  const screen = new Map<string, string>();
  const server = new Map<string, string>();
  const waiting: { readonly value: string; readonly answer: (isFine: boolean) => void }[] = [];
  const write = (cell: string, value: string): Promise<CellOutcome<string>> =>
    saves.save({
      cell,
      value,
      before: screen.get(cell) ?? "",
      send: (sent) =>
        new Promise<Answer<{ readonly seq: number }>>((done) =>
          waiting.push({
            value: sent,
            answer: (isFine) => {
              if (isFine) server.set(cell, sent);
              done(isFine ? ok({ seq: 7 }) : refused(REFUSED));
            },
          }),
        ),
      show: (shown) => screen.set(cell, shown),
    });
  const heard = () => new Promise((done) => setTimeout(done));
  return {
    ...{ saves, screen, server, waiting, write, heard },
    answer: async (isFine = true) => {
      waiting.shift()?.answer(isFine);
      await heard();
    },
  };
}

test("what was written later in a cell is sent once what was written before has ended, and no cell waits for another", async () => {
  const { write, waiting, heard, answer, server, screen } = started();
  const first = write("title", "A");
  await heard();
  const second = write("title", "B");
  const other = write("price", "9");
  await heard();
  expect(waiting.map(({ value }) => value)).toEqual(["A", "9"]);
  expect(screen.get("title")).toBe("B");
  await answer();
  expect(waiting.map(({ value }) => value)).toEqual(["9", "B"]);
  await answer();
  await answer();
  expect(await first).toEqual({ kind: "saved", before: "", seq: 7 });
  expect(await second).toEqual({ kind: "saved", before: "A", seq: 7 });
  expect(await other).toMatchObject({ kind: "saved" });
  expect([server.get("title"), screen.get("title")]).toEqual(["B", "B"]);
});

test("of many that wait the last alone is sent", async () => {
  const { write, waiting, heard, answer } = started();
  void write("title", "A");
  await heard();
  const second = write("title", "B");
  void write("title", "C");
  await heard();
  await answer();
  expect(waiting.map(({ value }) => value)).toEqual(["C"]);
  expect(await second).toEqual({ kind: "overtaken" });
});

test("what is refused goes back to what the server has, unless something was written there since", async () => {
  const { write, heard, answer, screen, server } = started();
  const first = write("title", "A");
  await heard();
  const second = write("title", "B");
  await heard();
  await answer(false);
  expect(screen.get("title")).toBe("B");
  await answer(false);
  expect(await first).toEqual({ kind: "overtaken" });
  expect(await second).toEqual({ kind: "refused", problem: REFUSED });
  expect(screen.get("title")).toBe("");
  const third = write("title", "C");
  await heard();
  const fourth = write("title", "D");
  await answer();
  await answer(false);
  await Promise.all([third, fourth]);
  expect([server.get("title"), screen.get("title")]).toEqual(["C", "C"]);
});

test("what was not answered is shown as it was written, and may have been saved, until something is read", async () => {
  const saves = new CellSaves<string>();
  const lost = { kind: "unanswered" } as const;
  let shown = "";
  const outcome = await saves.save({
    ...{ cell: "title", before: "A", value: "B" },
    send: async () => refused(lost),
    show: (value) => {
      shown = value;
    },
  });
  expect(outcome).toEqual({ kind: "unanswered", before: "A", problem: lost });
  expect(shown).toBe("B");
  shown = "A";
  saves.reading()();
  expect(shown).toBe("A");
});

test("what was read before a write had ended is shown with what was written; what was read after it as it is", async () => {
  const { saves, write, heard, answer, screen } = started();
  const showOver = saves.reading();
  void write("title", "A");
  await heard();
  screen.set("title", "as it was");
  showOver();
  expect(screen.get("title")).toBe("A");
  await answer();
  screen.set("title", "as it was");
  showOver();
  expect(screen.get("title")).toBe("A");
  screen.set("title", "of somebody else");
  saves.reading()();
  expect(screen.get("title")).toBe("of somebody else");
});

test("whatever is written and however slowly it is answered, screen and server end alike, with the last that was not refused", async () => {
  const step = fc.oneof(
    fc.record({ cell: fc.constantFrom("title", "price") }),
    fc.record({ isFine: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { write, waiting, answer, heard, server, screen } = started();
      for (const [at, each] of steps.entries()) {
        if ("cell" in each) void write(each.cell, `${at}`);
        else await answer(each.isFine);
        await heard();
      }
      while (waiting.length > 0) await answer();
      for (const cell of ["title", "price"]) expect(screen.get(cell) ?? "").toBe(server.get(cell) ?? "");
      const last = steps.findLastIndex((each) => "cell" in each && each.cell === "title");
      const wasAnswered = steps.slice(last + 1).some((each) => "isFine" in each);
      if (last >= 0 && !wasAnswered) expect(server.get("title")).toBe(`${last}`);
    }),
    { numRuns: 50 },
  );
});
