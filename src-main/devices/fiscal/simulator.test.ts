import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Instant, instant } from "#domain/ids.ts";
import { FiscalSimulator, signedText } from "./simulator.ts";

const PROCESS = { processType: "Kassenbeleg-V1", processData: "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar" };

let folder: string;
let at: Instant;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-fiscal-"));
  at = instant(1_800_000_000_500);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): FiscalSimulator {
  return new FiscalSimulator({ folder, now: () => at, beSlow: async () => undefined });
}

async function sold(device: FiscalSimulator) {
  const begun = await device.start({ till: "till-1" });
  if (!begun.ok) throw new Error(begun.reason);
  const finished = await device.finish({ ...begun.value, ...PROCESS });
  if (!finished.ok) throw new Error(finished.reason);
  return finished.value;
}

test("a sale is signed, and its public key confirms the signature", async () => {
  const signed = await sold(open());
  expect(signed).toMatchObject({ transaction: 1, counter: 2, finishedAt: 1_800_000_000_000, ...PROCESS });
  const { device, signature, ...message } = signed;
  const text = signedText({ ...message, serial: device.serial, till: "till-1" });
  const key = createPublicKey({ key: Buffer.from(device.publicKey, "base64"), format: "der", type: "spki" });
  const isValid = (of: string) =>
    verify(
      "sha256",
      Buffer.from(of, "utf8"),
      { key, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64"),
    );
  expect(isValid(text)).toBe(true);
  expect(isValid(text.replace("1.00", "2.00"))).toBe(false);
});

test("its counters go on after a restart, and so does what was begun", async () => {
  const before = open();
  await sold(before);
  const begun = await before.start({ till: "till-1" });
  const again = open();
  expect(await again.status()).toMatchObject({
    ok: true,
    value: { counter: 3, transactions: 2, openTransactions: 1 },
  });
  const finished = await again.finish({ transaction: begun.ok ? begun.value.transaction : 0, ...PROCESS });
  expect(finished).toMatchObject({ ok: true, value: { transaction: 2, counter: 4 } });
  const exported = await again.export();
  expect(exported.ok ? exported.value.trim().split("\n") : []).toHaveLength(4);
});

test.each(["gone", "full", "certificateExpired"] as const)(
  "told to be %s it signs nothing, also after a restart",
  async (failure) => {
    open().fail(failure);
    const device = open();
    expect(await device.start({ till: "till-1" })).toEqual({ ok: false, reason: failure });
    expect(await device.status()).toEqual({ ok: false, reason: failure });
    device.fail("works");
    expect((await sold(device)).counter).toBe(2);
  },
);

test("a transaction that was never begun is not finished, nor one twice", async () => {
  const device = open();
  const { transaction } = await sold(device);
  expect(await device.finish({ transaction, ...PROCESS })).toEqual({ ok: false, reason: "refused" });
  expect(await device.update({ transaction: 9, ...PROCESS })).toEqual({ ok: false, reason: "refused" });
});
