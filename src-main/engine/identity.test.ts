import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { IdentityFile, type Paired, PLAIN_VAULT, type Vault } from "./identity.ts";
import { FakeClock } from "./testing/fake-clock.ts";
import { DEVICE, STORE } from "./testing/shop-fixture.ts";

const NOW = new FakeClock().now();
const PAIRED: Paired = {
  server: "http://server.test",
  token: "secret-token",
  epoch: 1,
  identity: {
    device: DEVICE,
    store: STORE,
    storeCode: "BER1",
    storeName: "Kreuzberg",
    register: 3,
    pairedAt: NOW,
  },
};
const MINUTE_MS = 60_000;

let clock: FakeClock;
let folder: string;
let file: string;
beforeEach(() => {
  clock = new FakeClock();
  folder = mkdtempSync(join(tmpdir(), "onetill-identity-"));
  file = join(folder, "identity.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(vault: Vault = PLAIN_VAULT): Promise<IdentityFile> {
  return IdentityFile.load(folder, vault, clock);
}

describe("who a till is", () => {
  test("is nobody before it is paired, but has its key from the first start on", async () => {
    const first = await load();
    expect(first.identity()).toBeNull();
    expect(first.paired()).toBeNull();
    expect(first.lastContactAt()).toBeNull();
    expect((await load()).publicKey).toBe(first.publicKey);
  });

  test("is the same after every restart", async () => {
    await (await load()).pairedWith(PAIRED);
    const again = await load();
    expect(again.paired()).toEqual(PAIRED);
    expect(again.identity()).toEqual(PAIRED.identity);
  });

  test("is proven by a signature that anyone with the public key can check, and nobody without the key can make", async () => {
    const till = await load();
    const signature = till.sign("a sale");
    const spki = Buffer.concat([
      Buffer.from("302a300506032b6570032100", "hex"),
      Buffer.from(till.publicKey, "base64url"),
    ]);
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    expect(verify(null, Buffer.from("a sale"), key, Buffer.from(signature, "base64url"))).toBe(true);
    expect(till.verify("a sale", signature)).toBe(true);
    expect(till.verify("another sale", signature)).toBe(false);
    rmSync(file);
    expect((await load()).verify("a sale", signature)).toBe(false);
  });

  test("goes into its next epoch and knows it after a restart", async () => {
    const till = await load();
    await till.pairedWith(PAIRED);
    await till.beganEpoch(2);
    expect((await load()).paired()?.epoch).toBe(2);
  });

  test("is told to whoever watches", async () => {
    const till = await load();
    const seen: (string | undefined)[] = [];
    const stop = till.watch(() => seen.push(till.identity()?.storeName));
    await till.pairedWith(PAIRED);
    stop();
    await till.heardServer(NOW + 10 * MINUTE_MS);
    expect(seen).toEqual(["Kreuzberg"]);
  });
});

describe("when the server was last heard", () => {
  test("is known at once, and on disk within a minute: it decides by days, not by seconds", async () => {
    const till = await load();
    await till.heardServer(NOW);
    await till.heardServer(NOW + MINUTE_MS - 1);
    expect(till.lastContactAt()).toBe(NOW + MINUTE_MS - 1);
    expect((await load()).lastContactAt()).toBe(NOW);
    await till.heardServer(NOW + MINUTE_MS);
    expect((await load()).lastContactAt()).toBe(NOW + MINUTE_MS);
  });

  test("follows a clock that was put back", async () => {
    const till = await load();
    await till.heardServer(NOW);
    await till.heardServer(NOW - 60 * MINUTE_MS);
    expect((await load()).lastContactAt()).toBe(NOW - 60 * MINUTE_MS);
  });
});

describe("how long the server was not heard", () => {
  const DAY_MS = 86_400_000;

  test("counts from the pairing where it never was, and begins anew with each word", async () => {
    const till = await load();
    expect(till.awayMs()).toBe(0);
    await till.pairedWith(PAIRED);
    clock.pass(3 * DAY_MS);
    expect(till.awayMs()).toBe(3 * DAY_MS);
    await till.heardServer(clock.now());
    expect(till.awayMs()).toBe(0);
  });

  test("is not shortened by a clock that is set back, nor by a restart under it", async () => {
    const till = await load();
    await till.pairedWith(PAIRED);
    await till.heardServer(NOW);
    clock.pass(6 * DAY_MS);
    await till.ranOn(MINUTE_MS);
    clock.pass(-36 * DAY_MS);
    expect(till.awayMs()).toBe(6 * DAY_MS);
    const restarted = await load();
    await restarted.ranOn(5 * MINUTE_MS);
    expect(restarted.awayMs()).toBe(6 * DAY_MS + 5 * MINUTE_MS);
    clock.pass(2 * DAY_MS);
    expect((await load()).awayMs()).toBe(8 * DAY_MS + 5 * MINUTE_MS);
  });
});

describe("the file with the till's key", () => {
  test("is for its owner's eyes only", async () => {
    await (await load()).pairedWith(PAIRED);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is sealed where the machine can seal", async () => {
    const vault: Vault = {
      seal: (text) => Buffer.from(text).toString("base64"),
      open: (sealed) => Buffer.from(sealed, "base64").toString(),
    };
    await (await load(vault)).pairedWith(PAIRED);
    expect(readFileSync(file, "utf8")).not.toContain("secret-token");
    expect((await load(vault)).paired()).toEqual(PAIRED);
  });

  test.each([
    ["is cut off", (text: string) => text.slice(0, -10)],
    ["is empty", () => ""],
    ["holds something else", () => '{"hello":"world"}'],
  ])("that %s stops the start and stays as it is: a new key would fork the journal", async (_, damage) => {
    await (await load()).pairedWith(PAIRED);
    const damaged = damage(readFileSync(file, "utf8"));
    writeFileSync(file, damaged);
    await expect(load()).rejects.toThrow();
    expect(readFileSync(file, "utf8")).toBe(damaged);
  });

  test("is whole after a power cut while it was written: the old one counts until the new one is complete", async () => {
    await (await load()).pairedWith(PAIRED);
    writeFileSync(`${file}.new`, '{"privateKey":"half of');
    expect((await load()).paired()).toEqual(PAIRED);
    await (await load()).beganEpoch(2);
    expect((await load()).paired()?.epoch).toBe(2);
  });

  test("is written one change after another, however many come at once", async () => {
    const till = await load();
    await Promise.all([
      till.pairedWith(PAIRED),
      till.heardServer(NOW),
      ...[2, 3, 4, 5].map((epoch) => till.beganEpoch(epoch)),
    ]);
    expect((await load()).paired()?.epoch).toBe(5);
    expect((await load()).lastContactAt()).toBe(NOW);
  });

  test("is whole when the till has settled: whoever closes it may copy or take away the folder", async () => {
    const till = await load();
    const noted = till.heardServer(NOW);
    await till.settled();
    expect((await load()).lastContactAt()).toBe(NOW);
    expect(readdirSync(folder)).toEqual(["identity.json"]);
    await noted;
  });

  test("that cannot be written leaves the till as unpaired as its disk says, so that it can be paired again", async () => {
    const till = await load();
    let full = true;
    const broken = await load({
      ...PLAIN_VAULT,
      seal: (text) => {
        if (full) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        return text;
      },
    });
    await expect(broken.pairedWith(PAIRED)).rejects.toThrow("no space");
    expect(broken.identity()).toBeNull();
    full = false;
    await broken.pairedWith(PAIRED);
    expect((await load()).paired()).toEqual(PAIRED);
    expect(till.publicKey).toBe((await load()).publicKey);
  });
});
