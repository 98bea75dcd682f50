import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { instant } from "#domain/ids.ts";
import type { CaseCard } from "#protocol/till/cases.ts";
import { client, useNotice, useTill } from "../../app/till.ts";
import { EngineAway } from "../../app/till-client.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import {
  closeCase,
  isShownBy,
  noteCase,
  openCase,
  openFirstFoundCase,
  printSlip,
  resetCases,
  scanForCase,
  searchCases,
  stepBackCases,
  takeIn,
  useCases,
} from "./cases-store.ts";

const LAMP = { variant: null, sku: null, name: "Oak lamp", options: [] };
const contact = { name: "Ada Brandt", email: null, phone: null };

let till: FakeTill;
beforeEach(async () => {
  till = await signedIn();
  resetCases();
});

async function opened(): Promise<CaseCard> {
  const card = await takeIn({ kind: "repair", product: LAMP, fault: "Does not light", contact });
  if (card === null) throw new Error("nothing was opened");
  return card;
}

it("a new case is in front at once, and says its number", async () => {
  const card = await opened();
  expect(useCases.getState().opened?.id).toBe(card.id);
  expect(useNotice.getState().notice?.text).toBe("C-BER1-03-000001 is open.");
});

it("a scanned slip opens its case from anywhere; a number that nobody has is said in words", async () => {
  const card = await opened();
  closeCase();
  await scanForCase(card.number);
  expect(useCases.getState().opened?.id).toBe(card.id);
  closeCase();
  await scanForCase("C-BER1-03-000099");
  expect(useCases.getState().opened).toBeNull();
  expect(useNotice.getState().notice?.text).toContain("C-BER1-03-000099");
});

it("it is found by typing, and one step back leads from the case to the search and on to the list", async () => {
  await opened();
  await searchCases("ada");
  expect(useCases.getState().found).toMatchObject({
    hasServer: true,
    cases: [{ customerName: "Ada Brandt" }],
  });
  await scanForCase("C-BER1-03-000001");
  expect([stepBackCases(), stepBackCases()]).toEqual([true, false]);
});

it("Enter right after the last letter opens what is written, not what was found before", async () => {
  await opened();
  const vase = { ...LAMP, name: "Vase" };
  const other = await takeIn({
    kind: "repair",
    product: vase,
    fault: "Has a crack",
    contact: { ...contact, name: "Zoe Lind" },
  });
  closeCase();
  await searchCases("ada");
  void searchCases("zoe");
  await openFirstFoundCase();
  expect(useCases.getState().opened?.id).toBe(other?.id);
});

it("Enter opens nothing of an earlier search while the engine is away", async () => {
  await opened();
  closeCase();
  await searchCases("ada");
  const call = client.call;
  let asked = 0;
  // That this store has nothing is the last answer that comes.
  const asking = vi.spyOn(client, "call").mockImplementation((verb, args) => {
    if (verb === "findCases") asked += 1;
    return verb === "findCases" && asked !== 2
      ? Promise.reject(new EngineAway("the line broke"))
      : call(verb, args);
  });
  onTestFinished(() => asking.mockRestore());
  await Promise.all([searchCases("zoe"), openFirstFoundCase()]);
  expect(asked).toBeGreaterThan(3);
  expect(useCases.getState().opened).toBeNull();
});

it("a case that is tapped while Enter looks for another stays in front", async () => {
  const card = await opened();
  const vase = { ...LAMP, name: "Vase" };
  const who = { ...contact, name: "Zoe Lind" };
  const other = await takeIn({ kind: "repair", product: vase, fault: "Has a crack", contact: who });
  closeCase();
  await searchCases("ada");
  const late = openFirstFoundCase();
  await openCase(other?.id ?? "");
  await late;
  expect(card.id).not.toBe(other?.id);
  expect(useCases.getState().opened?.id).toBe(other?.id);
});

it("pressed twice, a case is opened once and a note noted once", async () => {
  const wish = { kind: "repair", product: LAMP, fault: "Does not light", contact } as const;
  const [card, same] = await Promise.all([takeIn(wish), takeIn(wish)]);
  expect(same?.id).toBe(card?.id);
  if (card === null) throw new Error("nothing was opened");
  const note = { case: card.id, note: "Asked for the bulb" };
  expect(await Promise.all([noteCase(note, () => "noted"), noteCase(note, () => "noted")])).toEqual([
    true,
    true,
  ]);
  expect(till.calls.filter((verb) => verb === "openCase" || verb === "noteCase")).toEqual([
    "openCase",
    "noteCase",
  ]);
});

it("a closed case is closed, an overdue one overdue, and neither is in the other's list", async () => {
  const card = await opened();
  await noteCase({ case: card.id, deadline: instant(1) }, () => "moved");
  const [late] = useTill.getState().cases?.cases ?? [];
  if (late === undefined) throw new Error("it is not listed");
  expect([isShownBy("overdue", late), isShownBy("closed", late)]).toEqual([true, false]);
  await noteCase({ case: card.id, to: "closed", outcome: "repaired" }, () => "closed");
  const [over] = useTill.getState().cases?.cases ?? [];
  if (over === undefined) throw new Error("it is not listed");
  expect([isShownBy("overdue", over), isShownBy("open", over), isShownBy("closed", over)]).toEqual([
    false,
    false,
    true,
  ]);
});

it("without a printer no slip is printed, and the till says where to choose one", async () => {
  const card = await opened();
  await printSlip(card, "customer");
  expect(till.cases.printed).toEqual([]);
  expect(useNotice.getState().notice?.kind).toBe("refusal");
});
