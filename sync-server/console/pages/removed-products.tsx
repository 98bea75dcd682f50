import { useCallback, useState } from "react";
import type { RemovedProducts } from "#protocol/hq/product.ts";
import type { ApiProblem } from "../ask.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { ProblemNote, problemText } from "./problem-note.tsx";
import { HistorySection } from "./product-history.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 15_000;
/** As the catalogue's address says that what was deleted is shown. */
export const DELETED_SHEET = "deleted";

type Removed = RemovedProducts["products"][number];

/** What was deleted lately, each to be brought back with all it had. */
export function RemovedProductsSheet({
  onRestored,
  onClose,
}: {
  readonly onRestored: () => void;
  readonly onClose: () => void;
}) {
  const { product } = useApi();
  const { data, problem, reload } = usePolled(product.removed, REFRESH_MS);
  const [said, setSaid] = useState<{ readonly isWrong: boolean; readonly words: string } | null>(null);
  const restore = async ({ id, entry, title }: Removed): Promise<void> => {
    const answer = await product.undo(id, entry);
    setSaid(
      answer.ok
        ? { isWrong: false, words: t("product.removed.restored", { title }) }
        : { isWrong: true, words: problemText(answer.reason) },
    );
    reload();
    if (answer.ok) onRestored();
  };
  return (
    <Sheet title={t("product.removed.list")} closeLabel={t("common.close")} isWide onClose={onClose}>
      <p className="text-soft">{t("product.removed.listLead")}</p>
      <ProblemNote problem={problem} />
      <p
        role={said?.isWrong === true ? "alert" : "status"}
        className={said === null ? "sr-only" : `py-3 ${said.isWrong ? "text-danger" : "font-medium"}`}
      >
        {said?.words}
      </p>
      {data?.products.length === 0 ? (
        <Empty>{t("product.removed.none")}</Empty>
      ) : (
        <RemovedTable products={data?.products ?? []} onRestore={restore} />
      )}
    </Sheet>
  );
}

function RemovedTable({
  products,
  onRestore,
}: {
  readonly products: readonly Removed[];
  readonly onRestore: (removed: Removed) => Promise<void>;
}) {
  return (
    <Table
      label={t("product.removed.list")}
      columns={[
        { title: t("product.field.title") },
        { title: t("reservations.sku") },
        { title: t("product.removed.by") },
        { title: t("product.removed.when") },
        { title: "" },
      ]}
    >
      {products.map((each) => (
        <Row key={each.id}>
          <Cell>
            <a
              href={addressOf("product", { id: each.id })}
              className="inline-flex min-h-10 items-center font-medium text-brand hover:underline"
            >
              {each.title}
            </a>
          </Cell>
          <Cell className="figures">{each.skus.join(", ")}</Cell>
          <Cell>{each.by.name || each.by.id}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={each.at} />
          </Cell>
          <Cell align="right">
            <May right="catalogue.edit" everywhere>
              <Button
                aria-label={t("product.removed.restoreOf", { title: each.title })}
                onPress={() => onRestore(each)}
              >
                {t("product.removed.restore")}
              </Button>
            </May>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** The page of a product that is not there: where it was deleted its history says so, and takes it back. */
export function RemovedProduct({
  id,
  problem,
  onRestored,
}: {
  readonly id: string;
  readonly problem: ApiProblem;
  readonly onRestored: () => void;
}) {
  const { product } = useApi();
  const { data } = usePolled(
    useCallback(() => product.history(id), [product, id]),
    REFRESH_MS,
  );
  if (data === null || data.entries.length === 0) return <ProblemNote problem={problem} />;
  return (
    <>
      <PageTitle title={t("product.removed.title")}>
        <a
          className="inline-flex min-h-10 items-center px-2 font-semibold text-brand"
          href={addressOf("catalogue")}
        >
          {t("product.back")}
        </a>
      </PageTitle>
      <p className="mb-4">{t("product.removed.lead")}</p>
      <HistorySection
        id={id}
        version=""
        skuOf={(variant) => variant}
        canUndo
        isRemoved
        onUndone={onRestored}
      />
    </>
  );
}
