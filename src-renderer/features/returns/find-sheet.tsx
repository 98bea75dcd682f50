import { FileQuestion, ReceiptText } from "lucide-react";
import { useEffect, useRef } from "react";
import { money } from "#domain/money/money.ts";
import { moneyText, todayHere } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { beginFinding, currencyHere, enter, find, paidMinor, useFinding } from "./find-store.ts";
import { Articles, Purchases } from "./found.tsx";
import { isReceiptScan } from "./receipt-scan.ts";
import { openReturn, returnWithoutReceipt, scannedArticle } from "./return-acts.ts";

const MAX_CHARS = 200;
const EXAMPLE_MINOR = 1_295;
/** What was entered is looked for once nothing more came for so long, milliseconds. */
const PAUSE_MS = 180;

/** Finds what comes back: by its receipt, or an article without one. */
export function FindSheet({ onClose }: { readonly onClose: () => void }) {
  const { how, text, day, paid } = useFinding();
  const form = useRef<HTMLFormElement>(null);
  const mayWithout = useTill((till) => till.basket?.returning?.mayWithoutReceipt ?? true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an entry that changed is what is looked for
  useEffect(() => {
    const timer = setTimeout(() => void find(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [how, text, day, paid]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other way of looking has another field
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus();
  }, [how]);
  useScans("over", (code) => void scanned(code));
  useTyped("over", (typed) => enter({ text: useFinding.getState().text + typed }));
  return (
    <Sheet title={t("returns.find.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <form
        ref={form}
        className="flex min-h-[min(60vh,26rem)] flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void takeFirst();
        }}
      >
        <Segments
          segments={[
            { value: "with", words: t("returns.find.with"), icon: <ReceiptText aria-hidden size={22} /> },
            {
              value: "without",
              words: t("returns.find.without"),
              icon: <FileQuestion aria-hidden size={22} />,
            },
          ]}
          chosen={how}
          onChoose={beginFinding}
        />
        {how === "with" ? <PurchaseFields /> : <ArticleField mayWithout={mayWithout} />}
        {how === "with" ? <Purchases /> : mayWithout ? <Articles /> : null}
        <button type="submit" hidden />
      </form>
    </Sheet>
  );
}

function PurchaseFields() {
  const { text, day, paid } = useFinding();
  const currency = currencyHere();
  const isBad = paid.trim() !== "" && paidMinor(paid, currency) === null;
  const example = currency === null ? "" : moneyText(money(EXAMPLE_MINOR, currency));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_11rem_10rem] items-start gap-3">
      <Field
        data-first-focus
        type="search"
        label={t("returns.find.label")}
        hint={t("returns.find.hint")}
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_CHARS}
        value={text}
        onChange={(event) => enter({ text: event.target.value })}
      />
      <Field
        type="date"
        label={t("returns.find.day")}
        max={todayHere()}
        value={day}
        onChange={(event) => enter({ day: event.target.value })}
      />
      <Field
        label={t("returns.find.amount")}
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={isBad}
        value={paid}
        onChange={(event) => enter({ paid: event.target.value })}
        {...(isBad ? { hint: t("returns.find.badAmount", { example }) } : {})}
      />
    </div>
  );
}

function ArticleField({ mayWithout }: { readonly mayWithout: boolean }) {
  const text = useFinding((state) => state.text);
  if (!mayWithout) return <p className="text-lg">{t("returns.without.not")}</p>;
  return (
    <Field
      key="article"
      data-first-focus
      type="search"
      label={t("returns.without.label")}
      hint={t("returns.without.hint")}
      autoComplete="off"
      spellCheck={false}
      maxLength={MAX_CHARS}
      value={text}
      onChange={(event) => enter({ text: event.target.value })}
    />
  );
}

/** A receipt opens; an article is taken where there is no receipt, and looked for else. */
async function scanned(code: string): Promise<void> {
  if (isReceiptScan(code)) await openReturn({ code });
  else if (useFinding.getState().how === "without") await scannedArticle(code);
  else {
    enter({ text: code });
    await find();
  }
}

/** Enter takes what was found first, for what is entered now. */
async function takeFirst(): Promise<void> {
  await find();
  const { how, found, articles } = useFinding.getState();
  const [purchase] = found?.purchases.filter(({ isAllBack }) => !isAllBack) ?? [];
  const [article] = articles ?? [];
  if (how === "with" && purchase !== undefined) await openReturn({ purchase: purchase.ref });
  if (how === "without" && article !== undefined) await returnWithoutReceipt(article.variant);
}
