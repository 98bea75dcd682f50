import { useCallback } from "react";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { ProblemNote } from "./problem-note.tsx";

/** What the stock of a store, or of all, is worth at cost. Where nobody knows a cost it says so. */
export function StockValueSheet({
  store,
  onClose,
}: {
  /** Empty: all. */
  readonly store: string;
  readonly onClose: () => void;
}) {
  const { stock } = useApi();
  const { known, problem } = useAskedOnce(useCallback(() => stock.value(store), [stock, store]));
  const right = { align: "right" as const };
  const title = [t("stock.value"), store === "" ? t("common.allStores") : store].join(" · ");
  return (
    <Sheet title={title} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-4 text-soft">{t("stock.value.words")}</p>
      <ProblemNote problem={problem} />
      {known?.rows.length === 0 ? (
        <p className="py-6 text-center text-soft">{t("stock.value.none")}</p>
      ) : (
        <Table
          label={t("stock.value")}
          columns={[
            { title: t("stock.value.part") },
            { title: t("stock.value.pieces"), ...right },
            { title: t("stock.value.amount"), ...right },
          ]}
        >
          {(known?.rows ?? []).map(({ part, pieces, amount }) => (
            <Row key={`${part} ${amount?.currency ?? ""}`}>
              <Cell>{t(`stock.value.${part}`)}</Cell>
              <Cell align="right">{numberText(pieces)}</Cell>
              <Cell align="right">{amount === null ? t("stock.value.unknown") : amountText(amount)}</Cell>
            </Row>
          ))}
        </Table>
      )}
    </Sheet>
  );
}
