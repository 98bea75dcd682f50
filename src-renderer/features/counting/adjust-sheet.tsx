import { useState } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { AdjustmentReason } from "#domain/stock/adjusting.ts";
import type { Item } from "#protocol/till/catalog.ts";
import { askApproved } from "../../app/approve.tsx";
import { inTurn } from "../../app/in-turn.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { onceInTurn } from "../../app/pressed-once.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { apart, isKey, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";

const MAX_DIGITS = 5;
const MAX_NOTE_CHARS = 300;

/** Pieces that are there or gone: which article, how many, and why. */
export function AdjustSheet({ onClose }: { readonly onClose: () => void }) {
  const [item, setItem] = useState<Item | null>(null);
  useScans("over", async (code) => {
    const found = await articleOf(code);
    if (found !== null) setItem(found);
  });
  return (
    <Sheet
      title={t("adjust.title")}
      closeLabel={t("app.close")}
      onClose={onClose}
      width={item === null ? "normal" : "wide"}
    >
      {item === null ? (
        <FindArticle onFound={setItem} />
      ) : (
        <HowMany key={item.variant} item={item} onDone={onClose} />
      )}
    </Sheet>
  );
}

/** The article of a code or number; says so where there is none. */
function articleOf(code: string): Promise<Item | null> {
  return inTurn(async () => {
    const answer = await ask("variantOf", { code });
    if (answer === null) return null;
    const found = await ask("search", { text: code, limit: 20 });
    const item = found?.find(({ variant }) => variant === answer.variant) ?? null;
    if (item === null) tell("refusal", t("refused.noSuchItem", { code }));
    return item;
  });
}

function FindArticle({ onFound }: { readonly onFound: (item: Item) => void }) {
  const [code, setCode] = useState("");
  async function find(): Promise<void> {
    const found = code.trim() === "" ? null : await articleOf(code.trim());
    if (found !== null) onFound(found);
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <p className="text-ink-soft text-lg">{t("adjust.scan")}</p>
      <Field
        label={t("adjust.code")}
        data-first-focus
        autoComplete="off"
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" look="primary" size="huge" disabled={code.trim() === ""}>
        {t("adjust.find")}
      </Button>
    </form>
  );
}

/** Whoever finds pieces adds them; for a reason that knows both ways it is said which. */
function directionOf(reason: AdjustmentReason | null, chosen: "in" | "out"): "in" | "out" {
  return reason === null || reason.direction === "both" ? chosen : reason.direction;
}

function HowMany({ item, onDone }: { readonly item: Item; readonly onDone: () => void }) {
  const reasons = useTill((till) => till.counts.reasons);
  const [why, setWhy] = useState<AdjustmentReason | null>(null);
  const [chosen, setChosen] = useState<"in" | "out">("out");
  const [digits, setDigits] = useState("");
  const [note, setNote] = useState("");
  const type = (typed: string): void =>
    setDigits((before) => (before + typed.replace(/\D/g, "")).replace(/^0+/, "").slice(0, MAX_DIGITS));
  useTyped("over", type);
  const name = [item.name, variantLabel(item.options)]
    .filter((text) => text !== "")
    .map(apart)
    .join(" · ");
  const pieces = Number(digits);
  const way = directionOf(why, chosen);
  const isReady = why !== null && pieces > 0;
  async function adjust(): Promise<void> {
    if (why === null || pieces === 0) return;
    const quantity = way === "out" ? -pieces : pieces;
    const args = { variant: item.variant, quantity, why: why.id, note: note.trim() };
    await onceInTurn("adjustStock", args, async () => {
      const answer = await askApproved("adjustStock", args, { what: t("adjust.what", { name }) });
      if (answer?.ok !== true) return;
      playTone("done");
      tell("done", t("adjust.done", { name }));
      onDone();
    });
  }
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)_20rem] gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void adjust();
      }}
    >
      <div className="flex flex-col gap-3">
        <p className="font-semibold text-lg">{t("adjust.onHand", { name, count: item.onHand ?? 0 })}</p>
        <div className="grid grid-cols-2 gap-2">
          {reasons.map((reason) => (
            <Chip
              key={reason.id}
              words={reasonWords(reason)}
              chosen={why?.id === reason.id}
              onChoose={() => setWhy(reason)}
            />
          ))}
        </div>
        {why?.direction === "both" ? (
          <Segments
            segments={[
              { value: "out", words: t("adjust.out") },
              { value: "in", words: t("adjust.in") },
            ]}
            chosen={chosen}
            onChoose={setChosen}
          />
        ) : null}
        <Field
          label={t("adjust.note")}
          value={note}
          autoComplete="off"
          maxLength={MAX_NOTE_CHARS}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className="flex flex-col gap-3">
        <p
          role="status"
          aria-label={t("adjust.pieces")}
          // The sign stands before the figure in every language.
          dir="ltr"
          className="figures grid min-h-16 place-items-center rounded-2xl bg-sunken font-extrabold text-4xl"
        >
          {digits === "" ? "–" : `${way === "out" ? "−" : "+"}${digits}`}
        </p>
        <Numpad
          label={t("adjust.pieces")}
          deleteLabel={t("payment.delete")}
          onDigits={type}
          onDelete={() => setDigits((before) => before.slice(0, -1))}
        />
      </div>
      <Button type="submit" look="primary" size="huge" className="col-span-2" disabled={!isReady}>
        {isReady ? t(`adjust.confirm.${way}`, { count: pieces }) : t("adjust.enter")}
      </Button>
    </form>
  );
}

/** The usual reasons in this till's language; the retailer's own as they were named. */
function reasonWords({ id, name }: AdjustmentReason): string {
  const key = `adjust.why.${id}`;
  return isKey(key) ? t(key) : name;
}
