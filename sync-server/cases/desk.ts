import type { Case, CaseAct, CaseMove } from "#domain/cases/case.ts";
import { MAX_ACTS_PER_CASE } from "#domain/cases/case.ts";
import { casePolicyOf, deadlineOf } from "#domain/cases/deadline.ts";
import { hqCaseNumber } from "#domain/cases/number.ts";
import { moveFits } from "#domain/cases/status.ts";
import { type Instant, idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookAct, bookCaseFact, bookOpening } from "./book-fact.ts";
import type { CaseActRefusal, CaseDesk, HqAct, HqOpening } from "./case-desk.ts";
import { keepNewPhotos } from "./photos.ts";
import { purchaseNumbered } from "./purchase.ts";
import { tickCases } from "./tick.ts";

/** The desk on one storage; `newId` names what HQ opens and does. */
export function createCaseDesk({
  storage,
  publisher,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
}): CaseDesk {
  return {
    book: (publication, device, act) => bookCaseFact(publication, { device, ...act, newId }),
    open: (opening) => publisher.publish((publication) => openForHq(publication, { opening, newId })),
    act: (act) => publisher.publish((publication) => actForHq(publication, { act, newId })),
    purchase: (number) => storage.read((tx) => purchaseNumbered(tx, number)),
    tick: () => tickCases({ publisher, read: (work) => storage.read(work), now }),
  };
}

async function openForHq(
  publication: Publication,
  { opening, newId }: { readonly opening: HqOpening; readonly newId: () => string },
): Promise<Result<Case, "noSuchStore" | "noSuchPurchase">> {
  const { tx, at } = publication;
  const { by, photos, purchaseNumber, deadline, contact, ...rest } = opening;
  const store = await tx.store(opening.store);
  if (store === null) return refused("noSuchStore");
  const found = purchaseNumber === "" ? null : await purchaseNumbered(tx, purchaseNumber);
  if (purchaseNumber !== "" && found === null) return refused("noSuchPurchase");
  const id = idOf<"Case">(newId());
  const customer = opening.customer ?? found?.customer ?? null;
  const taken = {
    ...rest,
    id,
    number: hqCaseNumber((await tx.hqCases()) + 1),
    customer,
    contact: customer === null ? contact : null,
    purchase: found?.purchase ?? null,
    deadline: deadline ?? deadlineOf({ kind: opening.kind, at, policy: casePolicyOf(store) }),
    photos: await keepNewPhotos(tx, photos),
  };
  await bookOpening(publication, taken, { at, by: { kind: "hq", who: by }, newId });
  return ok(await written(publication, id));
}

async function actForHq(
  publication: Publication,
  { act, newId }: { readonly act: HqAct; readonly newId: () => string },
): Promise<Result<Case, CaseActRefusal>> {
  const { tx, at } = publication;
  const known = await tx.case(act.id);
  if (known === null) return refused("noSuchCase");
  if (known.history.length >= MAX_ACTS_PER_CASE) return refused("tooManyActs");
  const move = moveOf(known, act);
  if (!move.ok) return move;
  const note = act.note.trim();
  const isNothing =
    move.value === null &&
    note === "" &&
    act.deadline === null &&
    act.store === null &&
    act.photos.length === 0;
  if (isNothing) return refused("nothingNoted");
  const photos = await keepNewPhotos(tx, act.photos);
  const done: CaseAct = { move: move.value, note, photos, deadline: act.deadline, store: act.store };
  const dated = { id: newId(), at, by: { kind: "hq", who: act.by }, act: done } as const;
  await bookAct(publication, { of: act.id, dated, newId });
  return ok(await written(publication, act.id));
}

function moveOf(
  { status }: Case,
  { to, outcome }: Pick<HqAct, "to" | "outcome">,
): Result<CaseMove | null, "notNow" | "outcomeMissing"> {
  if (to === null || to === status) return ok(null);
  if (!moveFits({ now: status, from: status, to })) return refused("notNow");
  if (to === "closed" && outcome === null) return refused("outcomeMissing");
  return ok({ from: status, to, outcome: to === "closed" ? outcome : null });
}

async function written({ tx }: Publication, id: Case["id"]): Promise<Case> {
  const found = await tx.case(id);
  if (found === null) throw new Error(`the case ${id} was not written`);
  return found;
}
