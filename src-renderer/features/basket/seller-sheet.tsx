import type { LineId, StaffId } from "#domain/ids.ts";
import { ask, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Chip } from "../../ui/chip.tsx";
import { Sheet } from "../../ui/sheet.tsx";

/** Who sold a line, or (`line` null) all that is in the basket so far: for their commission. */
export function SellerSheet({
  line,
  soldBy,
  onClose,
}: {
  readonly line: { readonly id: LineId; readonly name: string } | null;
  readonly soldBy: StaffId | null;
  readonly onClose: () => void;
}) {
  const session = useTill((till) => till.session);
  const colleagues = session?.state === "open" ? (session.colleagues ?? []) : [];
  async function choose(seller: StaffId | null): Promise<void> {
    const answer = await ask("attributeSale", { line: line?.id ?? null, soldBy: seller });
    if (answer?.ok === true) onClose();
  }
  return (
    <Sheet
      title={line === null ? t("seller.titleBasket") : t("seller.title", { name: line.name })}
      closeLabel={t("app.close")}
      onClose={onClose}
    >
      <div className="grid grid-cols-2 gap-2 [&_button]:min-h-16">
        <Chip words={t("seller.nobody")} chosen={soldBy === null} onChoose={() => void choose(null)} />
        {colleagues.map(({ id, name }) => (
          <Chip key={id} words={name} chosen={soldBy === id} onChoose={() => void choose(id)} />
        ))}
      </div>
    </Sheet>
  );
}
