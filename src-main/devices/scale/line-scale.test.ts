import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type CounterLink, SCALE_LANGUAGES, type ScaleReading } from "#protocol/till/counter.ts";
import { FakePort } from "../line/fake-port.ts";
import { keepLineWith } from "../line/kept-line.ts";
import { FakeScale } from "./fake-scale.ts";
import { LANGUAGES } from "./languages.ts";
import { scaleOver } from "./line-scale.ts";

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

function opened(link: CounterLink, language: (typeof SCALE_LANGUAGES)[number]) {
  const listeners = new Set<() => void>();
  const scale = scaleOver(
    (to, on) => keepLineWith(to, on, { firstMs: 5, longestMs: 20 }),
    { link, language },
    {
      change() {
        for (const listener of [...listeners]) listener();
      },
    },
  );
  cleanUp.push(() => scale.close());
  scale.ask(true);
  const says = (state: ScaleReading["state"]): Promise<ScaleReading> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (scale.reading().state !== state) return;
        listeners.delete(look);
        resolve(scale.reading());
      };
      listeners.add(look);
      look();
    });
  return { scale, says };
}

describe.each(SCALE_LANGUAGES)("a scale that speaks %s", (language) => {
  async function onNetwork() {
    const fake = new FakeScale(language);
    cleanUp.push(() => fake.stop());
    const port = await fake.listen();
    return { fake, ...opened({ kind: "network", host: "127.0.0.1", port }, language) };
  }

  test("gives what lies on it once it stands still", async () => {
    const { fake, says } = await onNetwork();
    await says("empty");
    fake.put({ grams: 300, moving: true });
    await says("moving");
    fake.put({ grams: 432 });
    expect(await says("stable")).toEqual({ state: "stable", grams: 432 });
    fake.put("overload");
    await says("overload");
    fake.put("belowZero");
    await says("belowZero");
  });

  test("that is switched off is silent, and no weight of before stays", async () => {
    const { fake, says } = await onNetwork();
    fake.put({ grams: 432 });
    await says("stable");
    fake.put("mute");
    await says("silent");
  });

  test("is weighed on over a serial port, too, and is missed when its plug is pulled", async () => {
    const fake = new FakeScale(language);
    const port = await FakePort.start();
    cleanUp.push(() => port.stop());
    port.onBytes = (bytes) => port.send(fake.answers(bytes));
    fake.put({ grams: 1_250 });
    const { says } = opened({ kind: "serial", path: port.path, baud: 9_600, frame: "8N1" }, language);
    expect(await says("stable")).toEqual({ state: "stable", grams: 1_250 });
    await port.unplug();
    await says("unreachable");
  });

  test("says every weight to the gram, and only once its answer is whole", () => {
    const fake = new FakeScale(language);
    const { question, read } = LANGUAGES[language];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (grams) => {
        fake.put({ grams });
        const answer = fake.answers(question);
        for (let at = 0; at < answer.length; at += 1) expect(read(answer.subarray(0, at))).toBeNull();
        expect(read(answer)).toEqual({ weighing: { state: "stable", grams }, length: answer.length });
      }),
    );
  });

  test("is never sold by when it says what nobody understands", () => {
    const { read } = LANGUAGES[language];
    fc.assert(
      fc.property(fc.stringMatching(/^[ -/:-~]{0,40}$/), (noise) => {
        const answer = Buffer.from(`${noise}\r\u0003`);
        expect(read(answer)?.weighing.state).not.toBe("stable");
      }),
    );
  });
});

test.each([
  { answer: "\u000200432\r", said: "a number without a point has no unit that one could trust" },
  { answer: "\u0002?`\r", said: "a status that names no trouble" },
])("$said: no weight", ({ answer }) => {
  expect(LANGUAGES.mt8217.read(Buffer.from(answer, "latin1"))?.weighing).toEqual({ state: "fault" });
});

test("pounds are not taken for kilograms", () => {
  const answer = Buffer.from("\n  01.234LB\r\nS00\r\u0003");
  expect(LANGUAGES.nci.read(answer)?.weighing).toEqual({ state: "fault" });
});
