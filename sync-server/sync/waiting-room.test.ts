import fc from "fast-check";
import { expect, test } from "vitest";
import { WaitingRoom } from "./waiting-room.ts";

test("so many at a time, in the order in which they came, however long each takes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }),
      async (most, lengths) => {
        const room = new WaitingRoom(most);
        const begun: number[] = [];
        let atWork = 0;
        await Promise.all(
          lengths.map((length, who) =>
            room.during(async () => {
              begun.push(who);
              atWork += 1;
              expect(atWork).toBeLessThanOrEqual(most);
              for (let turn = 0; turn < length; turn += 1) await Promise.resolve();
              atWork -= 1;
            }),
          ),
        );
        expect(begun).toEqual(lengths.map((_, who) => who));
        expect(room.waiting).toBe(0);
      },
    ),
  );
});

test("whoever leaves before their turn holds up nobody, and what fails gives its turn back", async () => {
  const room = new WaitingRoom(1);
  const first = room.enter();
  await first.turn;
  const impatient = room.enter();
  const last = room.enter();
  impatient.leave();
  expect(room.waiting).toBe(1);
  first.leave();
  first.leave();
  await last.turn;
  last.leave();
  await expect(room.during(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await room.during(async () => "next")).toBe("next");
});

test("shares are never more than the room, nobody passes whoever is larger, and everybody has a turn", async () => {
  const most = 8;
  const guest = fc.record({
    share: fc.integer({ min: 1, max: most }),
    length: fc.integer({ min: 0, max: 5 }),
    stays: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(guest, { maxLength: 20 }), async (guests) => {
      const room = new WaitingRoom(most);
      const begun: number[] = [];
      let taken = 0;
      await Promise.all(
        guests.map(async ({ share, length, stays }, who) => {
          const { turn, leave } = room.enter(share);
          if (!stays) return leave();
          await turn;
          begun.push(who);
          taken += share;
          expect(taken).toBeLessThanOrEqual(most);
          for (let wait = 0; wait < length; wait += 1) await Promise.resolve();
          taken -= share;
          leave();
        }),
      );
      expect(begun).toEqual(guests.flatMap(({ stays }, who) => (stays ? [who] : [])));
      expect(room.waiting).toBe(0);
    }),
  );
});
