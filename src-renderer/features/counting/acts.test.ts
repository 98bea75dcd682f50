import { expect, it } from "vitest";
import { useNotice, useTill } from "../../app/till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { beginArea, countPiece, discardArea, finishArea, finishCount, setCounted } from "./acts.ts";

const area = () => useTill.getState().counts.area;
const notice = () => useNotice.getState().notice?.text;

it("an area is begun, counted piece by piece, corrected and told, and asked about before it is counted again", async () => {
  const till = await signedIn();
  const count = till.counts.ask();
  await expect.poll(() => useTill.getState().counts.counts.length).toBe(1);
  expect(await beginArea(count, "Shelf 1", false)).toBe("begun");
  await Promise.all([countPiece("MUG"), countPiece("MUG")]);
  await countPiece("MUG");
  await expect.poll(() => area()?.pieces).toBe(3);
  await setCounted(area()!.lines[0]!.variant, 12);
  await expect.poll(() => area()?.pieces).toBe(12);
  await finishArea({ area: "Shelf 1", pieces: 12 });
  expect(notice()).toBe("Shelf 1 is noted. Pieces: 12");
  await expect.poll(area).toBeNull();
  expect(await beginArea(count, "shelf 1", false)).toBe("counted");
  expect(await beginArea(count, "shelf 1", true)).toBe("begun");
  await expect.poll(() => area()?.again).toBe(true);
  await discardArea("shelf 1");
  expect(notice()).toBe("shelf 1 was thrown away.");
});

it("an article that nobody knows is not counted, and the colleague is told so", async () => {
  const till = await signedIn();
  await beginArea(till.counts.ask(), "Shelf 1", false);
  await countPiece("no such code");
  expect(notice()).toBe("The code no such code is not known here.");
});

it("a count that is done leaves the till", async () => {
  const till = await signedIn();
  const id = till.counts.ask();
  expect(await finishCount({ id, name: "November" })).toBe(true);
  expect(notice()).toBe("November is done. HQ looks at what is off.");
  await expect.poll(() => useTill.getState().counts.counts).toEqual([]);
});
