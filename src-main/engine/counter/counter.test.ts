import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { LineState, ScaleReading } from "#protocol/till/counter.ts";
import { euros, MUG } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const LINK = { kind: "network", host: "192.168.1.70", port: 4_001 } as const;
const ANNA = idOf<"Customer">("anna");

/** Devices that a test plays by hand. */
class FakeDevices {
  read: (code: string) => void = (_code) => undefined;
  reading: ScaleReading = { state: "silent" };
  weigh: (reading: ScaleReading) => void = (_reading) => undefined;
  asked: boolean[] = [];
  readonly poles: (readonly [string, string])[] = [];
  closed = 0;

  async close(): Promise<void> {
    this.closed += 1;
  }

  readonly drivers = {
    scanner: (_setup: unknown, on: { readonly code: (code: string) => void }) => {
      this.read = on.code;
      return { state: (): LineState => "open", close: () => this.close() };
    },
    scale: (_setup: unknown, on: { readonly change: () => void }) => {
      this.weigh = (reading) => {
        this.reading = reading;
        on.change();
      };
      return {
        state: (): LineState => "open",
        reading: () => this.reading,
        ask: (isWanted: boolean) => void this.asked.push(isWanted),
        close: () => this.close(),
      };
    },
    pole: () => ({
      state: (): LineState => "open",
      show: (lines: readonly [string, string]) => void this.poles.push(lines),
      close: () => this.close(),
    }),
  };
}

let till: TillInMemory;
let devices: FakeDevices;
beforeEach(async () => {
  devices = new FakeDevices();
  till = await TillInMemory.open();
  till.counterDrivers = devices.drivers;
  await till.restart();
});

const views = () => till.shop.views;
const setUp = (part: object) => till.verbs.setUpCounter({ approval: null, ...part });

describe("devices at the counter", () => {
  test("are set up by a manager, are there again after a restart, and are removed one by one", async () => {
    await till.signIn("mira");
    expect(await setUp({ scanner: { link: LINK } })).toEqual({ ok: false, reason: "approvalNeeded" });
    await till.verbs.signOut({});
    await till.signIn("johanna");
    await setUp({ scanner: { link: LINK } });
    await setUp({ scale: { link: LINK, language: "nci" } });
    await till.restart();
    expect(views().counter.current()).toMatchObject({ scanner: "open", scale: "open", pole: "none" });
    await till.signIn("johanna");
    const closed = devices.closed;
    await setUp({ scanner: null });
    expect(views().counter.current()).toMatchObject({ scanner: "none", scale: "open" });
    expect(devices.closed).toBe(closed + 1);
  });

  test("that were set up before cameras could scan are all there, and a camera is kept beside them", async () => {
    await till.drafts.put("counter", { scanner: { link: LINK }, scale: null, pole: null, wedge: null });
    await till.restart();
    expect(views().counter.current()).toMatchObject({ scanner: "open", setup: { camera: null } });
    await till.signIn("mira");
    expect(await setUp({ camera: { device: null } })).toEqual({ ok: false, reason: "approvalNeeded" });
    await till.verbs.signOut({});
    await till.signIn("johanna");
    await setUp({ camera: { device: "a camera" } });
    await till.restart();
    expect(views().counter.current()).toMatchObject({
      scanner: "open",
      setup: { camera: { device: "a camera" } },
    });
  });

  test("say each scanned code once, in order", async () => {
    await till.signIn("johanna");
    await setUp({ scanner: { link: LINK } });
    for (const code of ["1", "1", "2"]) devices.read(code);
    expect(views().scanned.current().codes).toEqual([
      { number: 1, code: "1" },
      { number: 2, code: "1" },
      { number: 3, code: "2" },
    ]);
  });

  test("are asked for a weight only while somebody weighs", async () => {
    await till.signIn("johanna");
    await setUp({ scale: { link: LINK, language: "nci" } });
    expect(devices.asked).toEqual([]);
    const ends = [views().scale.watch(() => undefined), views().scale.watch(() => undefined)];
    devices.weigh({ state: "stable", grams: 432 });
    expect(views().scale.current()).toEqual({ state: "stable", grams: 432 });
    for (const end of ends) end();
    expect(devices.asked).toEqual([true, false]);
  });
});

describe("what customers see", () => {
  const shown = () => views().customerDisplay.current();

  test("is what is rung up, the change and a word of thanks, and the store's name again after a while", async () => {
    await till.signIn("johanna");
    expect(shown()).toMatchObject({ kind: "idle", locale: "de-DE" });
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    expect(shown()).toMatchObject({
      kind: "basket",
      lines: [{ quantity: 2, grams: null, total: euros(1_700) }],
      total: euros(1_700),
    });
    await till.verbs.takeCash({ tendered: euros(2_000) });
    expect(shown()).toMatchObject({ paid: euros(2_000), remaining: euros(0) });
    await till.verbs.completeSale({ basket: till.basket.id });
    expect(shown()).toMatchObject({ kind: "thanks", total: euros(1_700), change: euros(300) });
    till.timers.pass(30_000);
    expect(shown()).toMatchObject({ kind: "idle" });
  });

  test("is in the customer's language while they buy and are thanked", async () => {
    const profile = { email: null, phone: null, cardNumber: null };
    till.replica.put("customers", { ...profile, id: ANNA, name: "Anna", language: "fr-FR" });
    await till.signIn("johanna");
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.setCustomer({ customer: ANNA });
    expect(shown().locale).toBe("fr-FR");
    await till.verbs.takeCash({ tendered: euros(850) });
    await till.verbs.completeSale({ basket: till.basket.id });
    expect(shown()).toMatchObject({ kind: "thanks", locale: "fr-FR" });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(shown()).toMatchObject({ kind: "basket", locale: "de-DE" });
  });

  test("holds nothing of staff, customer or stock", async () => {
    const profile = { email: "anna@example.com", phone: null, cardNumber: null };
    till.replica.put("customers", { ...profile, id: ANNA, name: "Anna Beispiel" });
    await till.signIn("johanna");
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.setCustomer({ customer: ANNA });
    await till.verbs.discountBasket({ discount: { kind: "percent", ppm: 100_000, reason: "Kratzer innen" } });
    const text = JSON.stringify(shown());
    for (const secret of ["Anna", "johanna", "Johanna", "Kratzer", "onHand", "sku"])
      expect(text).not.toContain(secret);
  });

  test("stands on the pole, too, two lines at a time", async () => {
    await till.signIn("johanna");
    await setUp({ pole: { link: LINK, letters: "cp858" } });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(devices.poles.at(-1)?.[1]).toBe("Summe         8,50 €");
    await till.verbs.takeCash({ tendered: euros(1_000) });
    await till.verbs.completeSale({ basket: till.basket.id });
    expect(devices.poles.at(-1)?.[0]).toBe("Rückgeld      1,50 €");
  });
});
