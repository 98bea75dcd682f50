import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { openCase } from "#domain/cases/act.ts";
import type { Case } from "#domain/cases/case.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { CaseCard } from "#protocol/till/cases.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import { euros, MUG, STORE, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const DAY_MS = 86_400_000;
const ADA = idOf<"Customer">("ada");
const LAMP = { variant: null, sku: null, name: "Oak lamp", options: [] };
const PHOTO = { mime: "image/jpeg", bytes: Buffer.from("a photo").toString("base64") } as const;
const PHOTO_HASH = createHash("sha256").update("a photo").digest("hex");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

async function opened(changes: Partial<VerbParsedArgs<"openCase">> = {}): Promise<CaseCard> {
  const answer = await till.verbs.openCase({
    kind: "repair",
    product: LAMP,
    fault: "Does not light",
    customer: null,
    contact: null,
    serial: "",
    purchase: null,
    condition: "",
    accessories: "",
    deadline: null,
    photos: [],
    ...changes,
  });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

async function noted(of: CaseCard, changes: Partial<VerbParsedArgs<"noteCase">>) {
  return till.verbs.noteCase({
    case: of.id,
    to: null,
    outcome: null,
    note: "",
    deadline: null,
    takeOver: false,
    photos: [],
    ...changes,
  });
}

const shown = () => till.shop.views.cases.current().cases;

function elsewhere(id: string, changes: Partial<Case> = {}): Case {
  const opening = {
    id: idOf<"Case">(id),
    number: `C-HAM1-01-00000${id.length}`,
    kind: "repair",
    store: idOf<"Store">("store-ham1"),
    customer: null,
    contact: null,
    product: LAMP,
    serial: "",
    purchase: null,
    fault: "Broken",
    condition: "",
    accessories: "",
    deadline: instant(till.clock.now() + DAY_MS),
    photos: [],
  } as const;
  const by = { kind: "hq", who: "Hanna" } as const;
  return { ...openCase(opening, { at: till.clock.now(), by }), ...changes };
}

describe("a case opened at the till, without the server", () => {
  beforeEach(() => till.server.goOffline());

  test("is one entry in the journal with its photo, has a number of its own and is in the list at once, also after a restart", async () => {
    const card = await opened({ photos: [PHOTO] });
    expect(card).toMatchObject({ status: "open", isMine: true, unsent: true, photos: [PHOTO_HASH] });
    expect(card.number).toMatch(/^C-BER1-03-\d{6}$/);
    const [fact] = till.journal.facts("case.opened");
    expect(fact?.photos).toEqual([{ ...PHOTO, hash: PHOTO_HASH }]);
    await till.restart();
    await till.signIn("mira");
    expect(shown()).toMatchObject([{ id: card.id, number: card.number }]);
  });

  test("is promised by the store's policy for its kind, unless a day was agreed", async () => {
    till.replica.put(
      "settings",
      settingsWith({ cases: { deadlineDays: { complaint: 3, warranty: 20, repair: 10 } } }),
    );
    const now = till.clock.now();
    expect((await opened()).deadline).toBe(now + 10 * DAY_MS);
    expect((await opened({ kind: "complaint" })).deadline).toBe(now + 3 * DAY_MS);
    expect((await opened({ deadline: instant(now + 5) })).deadline).toBe(now + 5);
  });

  test("S94 knows its customer by their profile alone: no name goes into the journal", async () => {
    till.replica.put("customers", {
      id: ADA,
      name: "Ada Brandt",
      email: null,
      phone: "030 1234567",
      cardNumber: null,
    });
    const contact = { name: "Ada Brandt", email: null, phone: null };
    const card = await opened({ customer: ADA, contact });
    expect(card).toMatchObject({ customer: ADA, customerName: "Ada Brandt", phone: "030 1234567" });
    expect(JSON.stringify(till.journal.facts("case.opened"))).not.toContain("Ada");
    expect((await till.verbs.casesOfCustomer({ customer: ADA, chain: true })).cases).toMatchObject([
      { id: card.id },
    ]);
  });

  test("goes on: it is moved, noted about, and closed with an outcome and never without one", async () => {
    const card = await opened();
    expect(await noted(card, { to: "inProgress", note: " On the bench " })).toMatchObject({
      ok: true,
      value: { status: "inProgress", steps: [{ note: "On the bench", who: "Mira Albers", fits: true }] },
    });
    expect(await noted(card, { to: "closed" })).toEqual({ ok: false, reason: "outcomeMissing" });
    expect(await noted(card, { to: "closed", outcome: "repaired" })).toMatchObject({
      ok: true,
      value: { status: "closed", outcome: "repaired", next: ["inProgress"] },
    });
    expect(await noted(card, { to: "readyForPickup" })).toEqual({ ok: false, reason: "notNow" });
    expect(await noted(card, { note: "  " })).toEqual({ ok: false, reason: "nothingNoted" });
  });

  test("becomes overdue by itself, and is not once it waits to be picked up", async () => {
    const card = await opened({ deadline: instant(till.clock.now() + 60_000) });
    expect(shown()).toMatchObject([{ isOverdue: false }]);
    till.clock.pass(60_001);
    till.timers.pass(60_001);
    expect(shown()).toMatchObject([{ isOverdue: true }]);
    await noted(card, { to: "readyForPickup" });
    expect(shown()).toMatchObject([{ isOverdue: false }]);
  });

  test("is found by number, customer, phone and product", async () => {
    const contact = { name: "Jürgen Kurz", email: null, phone: "+49 30 1234567" };
    const card = await opened({ contact });
    for (const text of [card.number.toLowerCase(), "jurgen", "oak lamp", "030 1234567"])
      expect((await till.verbs.findCases({ text, chain: true })).cases, text).toMatchObject([
        { id: card.id },
      ]);
    expect((await till.verbs.findCases({ text: "elm", chain: true })).cases).toEqual([]);
    expect(await till.verbs.caseOf({ case: card.number })).toMatchObject({ ok: true });
  });

  test("needs words: what it is about and what is wrong", async () => {
    const nothing = { kind: "repair", customer: null, contact: null, serial: "", purchase: null } as const;
    const rest = { ...nothing, condition: "", accessories: "", deadline: null, photos: [] };
    expect(await till.verbs.openCase({ ...rest, product: LAMP, fault: "  " })).toEqual({
      ok: false,
      reason: "faultMissing",
    });
    const nameless = { ...LAMP, name: "" };
    expect(await till.verbs.openCase({ ...rest, product: nameless, fault: "Broken" })).toEqual({
      ok: false,
      reason: "productMissing",
    });
    expect(till.journal.facts("case.opened")).toEqual([]);
  });
});

describe("slips", () => {
  test("two are printed as it is opened: the customer's proof and the workshop's, with the number to scan", async () => {
    await till.setUpPrinter({ columns: 48 });
    const contact = { name: "Ada Brandt", email: null, phone: "030 1234567" };
    const card = await opened({ contact, accessories: "Charger" });
    const [printer] = till.printers;
    const slips = printer?.printed ?? [];
    expect(slips).toHaveLength(2);
    for (const slip of slips) {
      expect(slip).toContainEqual({ kind: "barcode", text: card.number });
      expect(read(slip)).toContain("Charger");
    }
    expect(read(slips[0] ?? [])).toContain("Bitte bringen Sie diesen Zettel");
  });

  test.each([
    ["en-IE", "Repair", "Please bring this slip"],
    ["de-AT", "Reparatur", "Bitte bringen Sie diesen Zettel"],
    ["fr-FR", "Réparation", "Merci d’apporter ce bon"],
    ["es-ES", "Reparación", "Traiga este resguardo"],
    ["pl-PL", "Naprawa", "Prosimy zabrać to potwierdzenie"],
    ["ar-AE", "إصلاح", "يُرجى إحضار هذا الإيصال"],
    ["nl-NL", "Repair", "Please bring this slip"],
  ])("speak the language of a store of %s", async (locale, kind, proof) => {
    till.replica.put("settings", settingsWith({ locale }));
    await till.setUpPrinter();
    await opened();
    const [slip = []] = till.printers[0]?.printed ?? [];
    expect(slip[0]).toMatchObject({ kind: "language", tag: expect.stringContaining(locale) });
    expect(read(slip)).toContain(kind);
    expect(read(slip)).toContain(proof);
  });

  test("without a printer the case is opened all the same, and printing says why it cannot", async () => {
    const card = await opened();
    expect(await till.verbs.printCaseSlip({ case: card.id, copy: "customer" })).toEqual({
      ok: false,
      reason: "noPrinter",
    });
  });
});

function read(rows: readonly ReceiptRow[]): string {
  return rows.map((row) => ("text" in row ? row.text : "left" in row ? row.left : "")).join("\n");
}

describe("a customer whose case is at another store", () => {
  beforeEach(() => {
    till.server.cases.push({
      case: elsewhere("far"),
      customerName: "Ben Fuchs",
      storeName: "Hamburg Hafen",
    });
  });

  test("is found with a connection, and without one the till says that it asked this store alone", async () => {
    expect(await till.verbs.findCases({ text: "lamp", chain: true })).toMatchObject({
      hasServer: true,
      cases: [{ customerName: "Ben Fuchs", elsewhere: "Hamburg Hafen" }],
    });
    expect(shown()).toEqual([]);
    till.server.goOffline();
    expect(await till.verbs.findCases({ text: "lamp", chain: true })).toEqual({
      hasServer: false,
      cases: [],
    });
  });

  test("can be noted about, and is taken over: this store has it from then on", async () => {
    const [row] = (await till.verbs.findCases({ text: "lamp", chain: true })).cases;
    const card = await till.verbs.caseOf({ case: row?.id ?? "" });
    if (!card.ok) throw new Error(card.reason);
    expect(await noted(card.value, { takeOver: true, note: "Brought here" })).toMatchObject({
      ok: true,
      value: { elsewhere: null, steps: [{ takenOver: true, note: "Brought here" }] },
    });
    expect(till.journal.facts("case.noted")[0]?.act.store).toBe(STORE);
  });
});

test("what HQ did meanwhile and what this till did offline stand in one history, in the order of time", async () => {
  const known = elsewhere("ours", { store: STORE, openedWith: { deadline: till.clock.now(), store: STORE } });
  till.replica.put("cases", known);
  till.clock.pass(1_000);
  const card = await till.verbs.caseOf({ case: known.id });
  if (!card.ok) throw new Error(card.reason);
  const after = await noted(card.value, { to: "readyForPickup" });
  expect(after).toMatchObject({ ok: true, value: { status: "readyForPickup", unsent: true } });
});

test("what was bought is found by the number on its receipt, and by the receipt's own code without asking anybody", async () => {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  await till.verbs.takeCash({ tendered: euros(850) });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  const { number, ticket } = sold.value.receipt;
  expect(await till.verbs.casePurchase({ number: number.toLowerCase() })).toMatchObject({
    purchase: { ref: { kind: "ticket", id: ticket }, number },
    products: [{ variant: MUG, name: "Emaille-Becher" }],
  });
  expect(await till.verbs.casePurchase({ number: "BER1-09-000001" })).toBeNull();
  const code = sold.value.receipt.rows.find((row) => row.kind === "qr")?.text ?? "";
  expect(await till.verbs.casePurchase({ number: code })).toMatchObject({
    purchase: { ref: { kind: "ticket", id: ticket }, number },
    products: [{ variant: MUG, name: "Emaille-Becher" }],
  });
  const place = code.length - 30;
  const another = (Number(code.at(place)) + 1) % 10;
  const tampered = `${code.slice(0, place)}${another}${code.slice(place + 1)}`;
  expect(await till.verbs.casePurchase({ number: tampered })).toBeNull();
});

test("nobody signed in sees no case and opens none", async () => {
  await opened();
  await till.verbs.signOut({});
  expect(shown()).toEqual([]);
  expect(await till.verbs.findCases({ text: "lamp", chain: true })).toEqual({ cases: [], hasServer: false });
});
