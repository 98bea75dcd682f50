import { idOf } from "#domain/ids.ts";
import type { DeliveryKind } from "#domain/stock/delivery.ts";
import type { EditDelivery, HqDelivery, WantDelivery } from "#protocol/hq/deliveries.ts";
import { type LineDraft, piecesTyped } from "./delivery-lines.ts";

/** A delivery that is being typed, new or changed. */
export interface DeliveryDraft {
  /** Codes of the stores. */
  readonly from: string | null;
  readonly to: string | null;
  readonly supplier: string;
  readonly reference: string;
  readonly expectedOn: string;
  readonly note: string;
  readonly blind: boolean;
  readonly lines: readonly LineDraft[];
}

export const EMPTY_DELIVERY: DeliveryDraft = {
  from: null,
  to: null,
  supplier: "",
  reference: "",
  expectedOn: "",
  note: "",
  blind: false,
  lines: [],
};

/** A delivery that is there, to be changed. */
export function draftOfDelivery({
  row,
  delivery,
}: {
  readonly row: Pick<HqDelivery["row"], "kind" | "from" | "to">;
  readonly delivery: Pick<
    HqDelivery["delivery"],
    "supplier" | "reference" | "expectedOn" | "note" | "blind" | "opened"
  >;
}): DeliveryDraft {
  return {
    from: row.kind === "transfer" ? row.from : null,
    to: row.to,
    supplier: delivery.supplier,
    reference: delivery.reference,
    expectedOn: delivery.expectedOn ?? "",
    note: delivery.note,
    blind: delivery.blind,
    lines: delivery.opened.map(({ sku, name, ordered }) => ({ sku, name, pieces: String(ordered) })),
  };
}

/** What is asked for; null while something is missing. */
export function wantedOf(
  draft: DeliveryDraft,
  { kind, isDraft }: { readonly kind: DeliveryKind; readonly isDraft: boolean },
): WantDelivery | null {
  const said = saidBy(draft, kind);
  const reference = draft.reference.trim();
  return said === null ? null : { ...said, ...(reference === "" ? {} : { reference }), draft: isDraft };
}

/** What a delivery is to be instead; null while something is missing. `version`: as it was read. */
export function editOf(
  draft: DeliveryDraft,
  { kind, version }: { readonly kind: DeliveryKind; readonly version: string },
): EditDelivery | null {
  const said = saidBy(draft, kind);
  const reference = draft.reference.trim();
  return said === null || reference === "" ? null : { ...said, reference, version };
}

function saidBy(
  draft: DeliveryDraft,
  kind: DeliveryKind,
): Omit<EditDelivery, "reference" | "version"> | null {
  const { from, to, supplier, expectedOn, note, blind } = draft;
  const isFrom = kind === "transfer" ? from !== null && from !== to : supplier.trim() !== "";
  if (to === null || !isFrom || draft.lines.length === 0) return null;
  const lines = draft.lines.flatMap((line) => {
    const pieces = piecesTyped(line.pieces);
    return pieces === null ? [] : [{ sku: idOf<"Sku">(line.sku), pieces }];
  });
  if (lines.length < draft.lines.length) return null;
  return {
    supplier: kind === "supplier" ? supplier.trim() : "",
    from: kind === "transfer" ? from : null,
    to,
    expectedOn: expectedOn === "" ? null : idOf<"BusinessDay">(expectedOn),
    blind,
    note,
    lines,
  };
}
