import fc from "fast-check";
import { expect, test } from "vitest";
import { Messages, messageOf, textOf } from "./messages.ts";

const said = fc.record({
  kind: fc.constantFrom("Q" as const, "C" as const),
  text: fc.stringMatching(/^\w*$/),
});

test("messages are the same in whatever pieces they come, and none comes before it is whole", () => {
  fc.assert(
    fc.property(fc.array(said), fc.array(fc.nat(40)), (all, sizes) => {
      const messages = new Messages("server");
      let rest = Buffer.concat(all.map(({ kind, text }) => messageOf(kind, text).bytes));
      const heard = [];
      for (const size of sizes) {
        heard.push(...messages.whole(rest.subarray(0, size)));
        rest = rest.subarray(size);
      }
      heard.push(...messages.whole(rest));
      expect(heard.map((message) => ({ kind: message.kind, text: textOf(message) }))).toEqual(all);
    }),
  );
});

test("the first that a client says has no letter", () => {
  const first = Buffer.from([0, 0, 0, 6, 1, 2]);
  const messages = new Messages("client");
  const [start, next] = messages.whole(Buffer.concat([first, messageOf("Q", "BEGIN").bytes]));
  expect([start?.kind, start?.bytes]).toEqual([null, first]);
  expect([next?.kind, next === undefined ? null : textOf(next)]).toEqual(["Q", "BEGIN"]);
});
