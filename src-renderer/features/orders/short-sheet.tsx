import { ArrowLeftRight, Coins, Headset, Store, X } from "lucide-react";
import { useState } from "react";
import type { LineId } from "#domain/ids.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useScans } from "../../app/keyboard.ts";
import { tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { wantedOf } from "./lanes.ts";
import { articleOf, finishPicking, missingOf, type Substitutes } from "./picking.ts";

const CHOICES = [
  { rest: "refundRest", Icon: Coins },
  { rest: "rerouteRest", Icon: Store },
  { rest: "askHq", Icon: Headset },
] as const;
type Rest = (typeof CHOICES)[number]["rest"];

/** Pieces were not found: another article takes their place, or the colleague says what becomes of them. */
export function ShortSheet({
  card,
  shelf,
  onClose,
}: {
  readonly card: OrderCard;
  readonly shelf: string;
  readonly onClose: () => void;
}) {
  const [substitutes, setSubstitutes] = useState<Substitutes>(new Map());
  const [replacing, setReplacing] = useState<LineId | null>(null);
  const missing = missingOf(card, substitutes);
  const isWaiting = card.state === "short";
  useScans("over", (code) => void replaceBy(code));

  async function replaceBy(code: string): Promise<void> {
    if (replacing === null) return tell("refusal", t("orders.short.question"));
    const item = await articleOf(code);
    if (item === null) return;
    setSubstitutes((before) => new Map(before).set(replacing, item));
    setReplacing(null);
  }
  function keep(line: LineId): void {
    setSubstitutes((before) => new Map([...before].filter(([each]) => each !== line)));
    setReplacing(null);
  }
  async function finish(rest: Rest | null): Promise<void> {
    if (await finishPicking({ card, shelf, rest, substitutes })) onClose();
  }

  return (
    <Sheet
      title={missing === 0 ? t("orders.short.nothingMissing") : t("orders.short.title", { count: missing })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
    >
      <div className="flex flex-col gap-5">
        <ul className="flex flex-col gap-2">
          {card.lines
            .filter((line) => line.counted < wantedOf(line))
            .map((line) => (
              <MissingLine
                key={line.line}
                words={t("orders.short.line", { name: line.name, count: wantedOf(line) - line.counted })}
                substitute={substitutes.get(line.line) ?? null}
                isReplacing={replacing === line.line}
                onReplace={() => setReplacing(line.line)}
                onKeep={() => keep(line.line)}
              />
            ))}
        </ul>
        {missing === 0 ? (
          <Button look="primary" size="huge" onClick={() => void finish(null)}>
            {t("orders.short.finish")}
          </Button>
        ) : (
          <Choices isWaiting={isWaiting} onChoose={(rest) => void finish(rest)} />
        )}
      </div>
    </Sheet>
  );
}

function Choices({
  isWaiting,
  onChoose,
}: {
  /** HQ has been asked already. */
  readonly isWaiting: boolean;
  readonly onChoose: (rest: Rest) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <p className="font-semibold text-lg">{t("orders.short.question")}</p>
      {CHOICES.filter(({ rest }) => rest !== "askHq" || !isWaiting).map(({ rest, Icon }) => (
        <button
          key={rest}
          type="button"
          onClick={() => onChoose(rest)}
          className="press flex min-h-18 items-center gap-4 rounded-2xl border border-line bg-paper px-5 py-3 text-start hover:border-brand"
        >
          <Icon aria-hidden size={28} className="shrink-0" />
          <span>
            <span className="block font-bold text-lg">{t(`orders.short.${rest}`)}</span>
            <span className="block text-ink-soft">{t(`orders.short.${rest}.hint`)}</span>
          </span>
        </button>
      ))}
    </div>
  );
}

function MissingLine({
  words,
  substitute,
  isReplacing,
  onReplace,
  onKeep,
}: {
  readonly words: string;
  readonly substitute: Item | null;
  readonly isReplacing: boolean;
  readonly onReplace: () => void;
  readonly onKeep: () => void;
}) {
  const isOpen = substitute === null && !isReplacing;
  return (
    <li
      className={`flex min-h-16 items-center gap-4 rounded-2xl border px-4 py-2 ${isReplacing ? "border-brand bg-brand-soft" : "border-line"}`}
    >
      <span className="min-w-0 flex-1">
        <span className="figures line-clamp-2 font-semibold text-lg">{words}</span>
        <span role="status" className="block text-ink-soft empty:hidden">
          {isReplacing ? t("orders.short.scanSubstitute") : null}
          {substitute === null ? null : t("orders.short.substituted", { name: substitute.name })}
        </span>
      </span>
      {isOpen ? (
        <Button icon={<ArrowLeftRight aria-hidden size={20} />} onClick={onReplace}>
          {t("orders.short.substitute")}
        </Button>
      ) : (
        <Button
          look="quiet"
          icon={<X aria-hidden size={20} />}
          aria-label={t("orders.short.undoSubstitute")}
          onClick={onKeep}
        />
      )}
    </li>
  );
}
