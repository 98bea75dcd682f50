import { afterEach, expect, test } from "vitest";
import { FakePort } from "../line/fake-port.ts";
import { keepLineWith } from "../line/kept-line.ts";
import { poleBytes, poleOver } from "./escpos-pole.ts";

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

test("letters are sent as the display knows them, one byte each", () => {
  const lines = ["Rückgeld      1,52 €", "Dziękujemy łączę    "] as const;
  const known = Buffer.from(poleBytes(lines, "cp858"));
  expect(known.subarray(0, 5)).toEqual(Buffer.from([0x1b, 0x40, 0x1b, 0x74, 19]));
  expect(known.includes(Buffer.from([0x52, 0x81, 0x63]))).toBe(true);
  expect(known.includes(0xd5)).toBe(true);
  const plain = Buffer.from(poleBytes(lines, "plain")).toString("latin1");
  expect(plain).toContain("Ruckgeld      1,52 E");
  expect(plain).toContain("Dziekujemy lacze");
  expect(known.length - plain.length).toBe(3);
});

test("a display that is plugged in again shows what it should show now", async () => {
  const port = await FakePort.start();
  cleanUp.push(() => port.stop());
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let said = "";
  port.onBytes = (bytes) => {
    said += bytes.toString("latin1");
    tell();
  };
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  const pole = poleOver(
    (link, on) => keepLineWith(link, on, { firstMs: 5, longestMs: 20 }),
    { link: { kind: "serial", path: port.path, baud: 9_600, frame: "8N1" }, letters: "plain" },
    { state: tell },
  );
  cleanUp.push(() => pole.close());
  pole.show(["one", "line"]);
  await until(() => said.includes("one") && said.includes("line"));
  await port.unplug();
  await until(() => pole.state() === "unreachable");
  pole.show(["two", "lines"]);
  await port.plugIn();
  await until(() => said.includes("two") && said.includes("lines"));
});
