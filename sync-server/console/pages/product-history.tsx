import { Undo2 } from "lucide-react";
import { useCallback, useState } from "react";
import type { FieldChange } from "#domain/product/catalogue-product.ts";
import { isRemoval } from "#domain/product/removed-product.ts";
import type { ProductHistory } from "#protocol/hq/product.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { isKey, t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote, problemText } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 15_000;
const SHOWN_FIELDS = 8;
const SHOWN_CHARS = 120;

type Entry = ProductHistory["entries"][number];

/** Who changed what, from what to what; each change can be taken back. */
export function HistorySection({
  id,
  version,
  skuOf,
  canUndo,
  isRemoved = false,
  onUndone,
}: {
  readonly id: string;
  /** Another one: there is something new to show. */
  readonly version: string;
  readonly skuOf: (variant: string) => string;
  /** What is typed would be lost by it. */
  readonly canUndo: boolean;
  /** It was deleted: that alone can be taken back. */
  readonly isRemoved?: boolean;
  readonly onUndone: () => void;
}) {
  const { product } = useApi();
  const [said, setSaid] = useState<{ readonly isWrong: boolean; readonly words: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another history
  const load = useCallback(() => product.history(id), [product, id, version]);
  const { data, isStale, problem } = usePolled(load, REFRESH_MS);

  const newest = data?.entries[0]?.cursor;
  const isOffered = (entry: Entry): boolean =>
    isRemoval(entry) ? isRemoved && entry.cursor === newest : !isRemoved;

  async function undo(entry: Entry): Promise<void> {
    const answer = await product.undo(id, entry.cursor);
    if (answer.ok) onUndone();
    setSaid(
      answer.ok
        ? { isWrong: false, words: t("product.history.undone") }
        : { isWrong: true, words: problemText(answer.reason) },
    );
  }

  return (
    <Panel title={t("product.history")}>
      <ProblemNote problem={problem} />
      <p
        role="status"
        className={said === null ? "sr-only" : `px-5 pt-4 ${said.isWrong ? "text-danger" : "text-soft"}`}
      >
        {said?.words}
      </p>
      {data?.entries.length === 0 && <Empty>{t("product.history.none")}</Empty>}
      <ol aria-label={t("product.history")} className="divide-y divide-line">
        {data?.entries.map((entry) => (
          <li key={entry.cursor} className="flex flex-wrap items-start gap-x-4 gap-y-1 px-5 py-3">
            <div className="min-w-0 flex-1">
              <p>
                <span className="font-medium">{entry.by.name || entry.by.id}</span>{" "}
                <span className="text-soft">
                  <When at={entry.at} />
                  {causeText(entry.cause)}
                </span>
              </p>
              {entry.created || isRemoval(entry) ? (
                <p className="text-sm">{t(wholeText(entry))}</p>
              ) : (
                <FieldChanges changes={entry.changes} skuOf={skuOf} />
              )}
            </div>
            {!entry.created && isOffered(entry) && (
              <May right="catalogue.edit" everywhere>
                <Button
                  isDisabled={!canUndo || isStale}
                  aria-label={t("product.history.undoOf", { name: entry.by.name || entry.by.id })}
                  onPress={() => undo(entry)}
                >
                  <Undo2 aria-hidden size={16} />
                  {t("product.history.undo")}
                </Button>
              </May>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** Fields with what stood there and what stands there, as people read them. */
export function FieldChanges({
  changes,
  skuOf,
}: {
  readonly changes: readonly FieldChange[];
  readonly skuOf: (variant: string) => string;
}) {
  return (
    <ul className="text-sm">
      {changes.slice(0, SHOWN_FIELDS).map(({ field, variant, from, to }) => (
        <li key={`${variant} ${field}`} className="break-words">
          <span className="text-soft">
            {variant === null ? fieldText(field) : `${fieldText(field)}, ${skuOf(variant)}`}:
          </span>{" "}
          <del className="no-underline opacity-80">{valueText(from)}</del> →{" "}
          <ins className="font-medium no-underline">{valueText(to)}</ins>
        </li>
      ))}
      {changes.length > SHOWN_FIELDS && (
        <li className="text-soft">{tCount("product.history.more", changes.length - SHOWN_FIELDS)}</li>
      )}
    </ul>
  );
}

/** It came, went or came back as a whole. */
function wholeText({ created, cause }: Entry) {
  if (!created) return "product.history.deleted";
  return cause.startsWith("undo:") ? "product.history.back" : "product.history.created";
}

function fieldText(field: string): string {
  const key = `product.field.${field}`;
  if (isKey(key)) return t(key);
  return field.replace(/^(attribute|channel):/, "");
}

function valueText(value: unknown): string {
  const text = plainText(value);
  return text === "" ? t("product.history.nothing") : text.slice(0, SHOWN_CHARS);
}

function plainText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value))
    return value
      .map(plainText)
      .filter((each) => each !== "")
      .join(", ");
  if (typeof value === "object") {
    if ("sku" in value) return String(value.sku);
    if ("title" in value && value.title !== null) return String(value.title);
    if ("quantity" in value && "unit" in value) return `${String(value.quantity)} ${String(value.unit)}`;
    if ("till" in value) return String(value.till).slice(0, 8);
    return Object.values(value)
      .map(plainText)
      .filter((each) => each !== "")
      .join(", ");
  }
  const text = String(value);
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 8) : text;
}

function causeText(cause: string): string {
  if (cause.startsWith("import:")) return `, ${t("product.history.import")}`;
  if (cause.startsWith("bulk:")) return `, ${t("product.history.bulk")}`;
  return cause.startsWith("undo:") ? `, ${t("product.history.taken")}` : "";
}
