import { NOTHING_DONE } from "#domain/cases/act.ts";
import type { CaseAct, CaseActor } from "#domain/cases/case.ts";
import { DEFAULT_CASE_POLICY } from "#domain/cases/deadline.ts";
import { caseNumber } from "#domain/cases/number.ts";
import type { CaseKind, CaseOutcome, CaseStatus } from "#domain/cases/status.ts";
import { idOf } from "#domain/ids.ts";
import type { DemoCase } from "../demo-context.ts";
import type { DemoData } from "./demo-data.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STORE_CODE = "BER1";
/** Tills of the demo come later: whoever wrote these has no register any more. */
const DEVICE = idOf<"Device">("demo-till");
const HQ: CaseActor = { kind: "hq", who: "Hanna, customer care" };
/** Articles of the cases are far apart in the assortment. */
const STRIDE = 211;

interface Step {
  readonly agoMs: number;
  readonly to?: CaseStatus;
  readonly outcome?: CaseOutcome;
  readonly note: string;
  readonly byHq?: true;
}

interface Sketch {
  readonly kind: CaseKind;
  readonly agoMs: number;
  readonly fault: string;
  readonly condition: string;
  readonly accessories: string;
  readonly steps: readonly Step[];
}

/** Whatever lies in a repair corner on a working day: just come in, waiting, ready, overdue, closed. */
const SKETCHES: readonly Sketch[] = [
  {
    kind: "complaint",
    agoMs: 9 * DAY_MS,
    fault: "A seam has come undone after a week",
    condition: "Worn twice",
    accessories: "",
    steps: [{ agoMs: 8 * DAY_MS, to: "inProgress", note: "Photos sent to the maker" }],
  },
  {
    kind: "repair",
    agoMs: 6 * DAY_MS,
    fault: "Zip does not close any more",
    condition: "Used, clean",
    accessories: "",
    steps: [
      { agoMs: 5 * DAY_MS, to: "inProgress", note: "Given to the tailor" },
      { agoMs: 20 * HOUR_MS, to: "readyForPickup", note: "New zip. Customer was called." },
    ],
  },
  {
    kind: "warranty",
    agoMs: 4 * DAY_MS,
    fault: "Handle is loose",
    condition: "As new",
    accessories: "Box and leaflet",
    steps: [
      { agoMs: 3 * DAY_MS, to: "waitingForSupplier", note: "Maker asks for the batch number", byHq: true },
    ],
  },
  {
    kind: "complaint",
    agoMs: 3 * HOUR_MS,
    fault: "Arrived with a scratch on the front",
    condition: "Unused, scratch 3 cm",
    accessories: "Packaging",
    steps: [],
  },
  {
    kind: "complaint",
    agoMs: 12 * DAY_MS,
    fault: "Glaze has cracked in the dishwasher",
    condition: "Used",
    accessories: "",
    steps: [
      { agoMs: 11 * DAY_MS, to: "inProgress", note: "" },
      { agoMs: 10 * DAY_MS, to: "closed", outcome: "replaced", note: "New one from the shelf" },
    ],
  },
];

/** Cases as they lie in the demo's first store, the oldest first. */
export function demoCases(data: DemoData): readonly DemoCase[] {
  const store = data.stores.find(({ code }) => code === STORE_CODE);
  const mira = data.staff.find((entry) => entry.store === store?.store)?.member.id ?? null;
  if (store === undefined) return [];
  const atTill: CaseActor = { kind: "staff", staff: mira, device: DEVICE };
  return SKETCHES.flatMap(({ kind, agoMs, fault, condition, accessories, steps }, at) => {
    const product = data.products[(at * STRIDE) % data.products.length];
    const variant = product?.variants[0];
    const customer = data.customers[at];
    if (product === undefined || variant === undefined || customer === undefined) return [];
    const { id, sku, options } = variant;
    return {
      openedAgoMs: agoMs,
      deadlineAgoMs: agoMs - DEFAULT_CASE_POLICY.deadlineDays[kind] * DAY_MS,
      by: atTill,
      opening: {
        id: idOf<"Case">(`demo-case-${at + 1}`),
        number: caseNumber({ storeCode: STORE_CODE, register: 1, epoch: 1, seq: 12 + at * 7 }),
        kind,
        store: store.store,
        customer: customer.id,
        contact: null,
        product: { variant: id, sku, name: product.title, options: [...options] },
        serial: "",
        purchase: null,
        fault,
        condition,
        accessories,
        photos: [],
      },
      acts: actsOf(steps, { at, atTill }),
    };
  });
}

function actsOf(
  steps: readonly Step[],
  { at, atTill }: { readonly at: number; readonly atTill: CaseActor },
): DemoCase["acts"] {
  let from: CaseStatus = "open";
  return steps.map(({ agoMs, to, outcome = null, note, byHq }, index) => {
    const act: CaseAct = { ...NOTHING_DONE, note, move: to === undefined ? null : { from, to, outcome } };
    from = to ?? from;
    return { id: `demo-case-${at + 1}-${index + 1}`, agoMs, by: byHq === true ? HQ : atTill, act };
  });
}
