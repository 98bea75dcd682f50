import type { Case, CaseActor, CaseContact, CaseTrace } from "#domain/cases/case.ts";
import { isOverdue } from "#domain/cases/deadline.ts";
import { CASE_TRANSITIONS } from "#domain/cases/status.ts";
import type { Instant, StaffId } from "#domain/ids.ts";
import type { CaseCard, CaseRow } from "#protocol/till/cases.ts";

/** What showing a case takes besides the case. */
export interface CaseScene {
  readonly person: CaseContact;
  /** Who is on duty; null when nobody is. */
  readonly staff: StaffId | null;
  /** By the server's clock. */
  readonly now: Instant;
  readonly nameOf: (staff: StaffId) => string;
  /** The store that has it, where it is another one. */
  readonly elsewhere: string | null;
  readonly unsent: boolean;
}

/** A case as a list shows it. */
export function caseRow(of: Case, { person, staff, now, elsewhere, unsent }: CaseScene): CaseRow {
  const { id, number, kind, status, outcome, product, openedAt, closedAt, deadline } = of;
  return {
    id,
    number,
    kind,
    status,
    outcome,
    productName: product.name,
    customerName: person.name,
    phone: person.phone,
    openedAt,
    closedAt,
    deadline,
    isOverdue: isOverdue(of, now),
    isMine: staff !== null && isMine(of, staff),
    elsewhere,
    unsent,
  };
}

/** All there is to know of a case. */
export function caseCard(of: Case, scene: CaseScene): CaseCard {
  return {
    ...caseRow(of, scene),
    customer: of.customer,
    email: scene.person.email,
    product: { ...of.product, options: [...of.product.options] },
    serial: of.serial,
    purchase: of.purchase,
    fault: of.fault,
    condition: of.condition,
    accessories: of.accessories,
    photos: [...of.photos],
    openedByName: whoWas(of.openedBy, scene),
    steps: of.history.map((trace) => stepOf(trace, scene)),
    next: [...CASE_TRANSITIONS[of.status]],
  };
}

function isMine({ openedBy, history }: Case, staff: StaffId): boolean {
  return [openedBy, history.at(-1)?.by].some((by) => by?.kind === "staff" && by.staff === staff);
}

function stepOf({ id, at, by, act, fits }: CaseTrace, scene: CaseScene): CaseCard["steps"][number] {
  return {
    id,
    at,
    who: whoWas(by, scene),
    to: act.move?.to ?? null,
    outcome: act.move?.outcome ?? null,
    note: act.note,
    photos: [...act.photos],
    deadline: act.deadline,
    takenOver: act.store !== null,
    fits,
  };
}

function whoWas(by: CaseActor, { nameOf }: CaseScene): string {
  if (by.kind === "hq") return by.who;
  return by.staff === null ? "" : nameOf(by.staff);
}
