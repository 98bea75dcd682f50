import { openCase, withCaseActs } from "#domain/cases/act.ts";
import type { CaseActor, CaseOpening, DatedCaseAct } from "#domain/cases/case.ts";
import type { CasePhoto } from "#domain/cases/facts.ts";
import type { CaseId, Instant } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { keepPhotos } from "./photos.ts";
import { saveCase } from "./save-case.ts";

/** Books what an entry says of cases. An act on a case that is not known yet waits for its opening. */
export async function bookCaseFact(
  publication: Publication,
  {
    device,
    entry,
    actedAt,
    newId,
  }: {
    readonly device: DeviceRecord;
    readonly entry: JournalEntry;
    readonly actedAt: Instant;
    readonly newId: () => string;
  },
): Promise<void> {
  const { opened, noted } = effectsOf(entry);
  if (opened === null && noted === null) return;
  await keepPhotos(publication.tx, photosOf(entry.fact));
  const by: CaseActor = { kind: "staff", staff: entry.staff, device: device.id };
  if (opened !== null)
    await bookOpening(publication, { ...opened, store: device.store }, { at: actedAt, by, newId });
  if (noted === null) return;
  // A till takes a case over for its own store and for no other.
  const act = noted.act.store === null ? noted.act : { ...noted.act, store: device.store };
  await bookAct(publication, { of: noted.case, dated: { id: entry.id, at: actedAt, by, act }, newId });
}

function photosOf(fact: Fact): readonly CasePhoto[] {
  return fact.type === "case.opened" || fact.type === "case.noted" ? fact.photos : [];
}

/** A case is taken in once, by its id. */
export async function bookOpening(
  publication: Publication,
  opening: CaseOpening,
  { at, by, newId }: { readonly at: Instant; readonly by: CaseActor; readonly newId: () => string },
): Promise<void> {
  const { tx } = publication;
  if ((await tx.case(opening.id)) !== null) return;
  const after = withCaseActs(openCase(opening, { at, by }), await tx.caseActs(opening.id));
  await saveCase(publication, { before: null, after, newId });
}

/** An act counts once, by its id. */
export async function bookAct(
  publication: Publication,
  { of, dated, newId }: { readonly of: CaseId; readonly dated: DatedCaseAct; readonly newId: () => string },
): Promise<void> {
  const { tx } = publication;
  if (!(await tx.noteCaseAct(of, dated))) return;
  const before = await tx.case(of);
  if (before === null) return;
  await saveCase(publication, { before, after: withCaseActs(before, [dated]), newId });
}
