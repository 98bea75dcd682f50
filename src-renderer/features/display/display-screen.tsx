import { useEffect, useRef } from "react";
import { create } from "zustand";
import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { kilogramsText } from "#domain/text/kilograms.ts";
import type { CustomerDisplay } from "#protocol/till/counter.ts";
import { client } from "../../app/till.ts";
import { speak, t } from "../../i18n/translate.ts";
import { Mark } from "../../ui/mark.tsx";

type Shown<K extends CustomerDisplay["kind"]> = Extract<CustomerDisplay, { readonly kind: K }>;

const useDisplay = create<{ readonly shown: CustomerDisplay | null }>(() => ({ shown: null }));

/** Begins to watch what customers see, and nothing else; called once, instead of watching the till. */
export function watchDisplay(): void {
  client.watch("customerDisplay", (shown) => {
    speak(shown.locale);
    useDisplay.setState({ shown });
  });
}

/** The second screen: it faces the customer and takes no input. */
export function DisplayScreen() {
  const shown = useDisplay((display) => display.shown);
  switch (shown?.kind) {
    case "basket":
      return <Basket shown={shown} />;
    case "thanks":
      return <Thanks shown={shown} />;
    default:
      return <Idle storeName={shown?.storeName ?? ""} />;
  }
}

function Idle({ storeName }: { readonly storeName: string }) {
  return (
    <main className="on-deep grid h-full place-items-center bg-deep p-8 text-on-deep">
      <div className="flex flex-col items-center gap-8 text-center">
        <Mark size={96} />
        <h1 className="font-bold text-5xl">{storeName}</h1>
        <p className="text-3xl">{t("display.welcome")}</p>
      </div>
    </main>
  );
}

function Basket({ shown }: { readonly shown: Shown<"basket"> }) {
  const { lines, locale, saved, returned, total, paid, remaining } = shown;
  const text = (amount: Money): string => formatMoney({ amount, locale });
  const end = useRef<HTMLLIElement>(null);
  // What was rung up last is what the customer looks for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line scrolls
  useEffect(() => {
    // Newer browsers answer a promise here, which is no way to end an effect.
    void end.current?.scrollIntoView();
  }, [lines]);
  const numbered = lines.map((line, index) => ({ ...line, number: index + 1 }));
  const isGivenBack = total.minor < 0;
  const toPay = paid.minor === 0 ? total : remaining;
  return (
    <main className="grid h-full grid-rows-[minmax(0,1fr)_auto] bg-paper text-ink">
      <ul aria-label={t("display.lines")} className="flex flex-col overflow-hidden px-10 pt-8">
        {numbered.map((line) => (
          <li
            key={line.number}
            ref={line.number === lines.length ? end : null}
            className="flex gap-6 border-line border-b py-3 text-2xl"
          >
            <span className="figures w-28 shrink-0 text-ink-soft">{amountOf(line, locale)}</span>
            <bdi className="min-w-0 flex-1 truncate font-semibold">{line.name}</bdi>
            <span className="figures font-semibold">{text(line.total)}</span>
          </li>
        ))}
      </ul>
      <dl className="on-deep flex flex-col gap-2 bg-deep px-10 py-8 text-on-deep">
        {returned.minor === 0 ? null : <Row words={t("display.returned")} figure={text(returned)} />}
        {saved.minor <= 0 ? null : <Row words={t("display.saved")} figure={text(saved)} />}
        {paid.minor === 0 ? null : <Row words={t("display.paid")} figure={text(paid)} />}
        <div className="flex items-baseline justify-between gap-6">
          <dt className="font-semibold text-4xl">
            {t(isGivenBack ? "display.youGet" : paid.minor === 0 ? "display.total" : "display.toPay")}
          </dt>
          <dd className="figures font-bold text-7xl">
            {text(isGivenBack ? { ...total, minor: -total.minor } : toPay)}
          </dd>
        </div>
      </dl>
    </main>
  );
}

function Row({ words, figure }: { readonly words: string; readonly figure: string }) {
  return (
    <div className="flex justify-between gap-6 text-2xl">
      <dt>{words}</dt>
      <dd className="figures">{figure}</dd>
    </div>
  );
}

function Thanks({ shown: { locale, total, change, storeName } }: { readonly shown: Shown<"thanks"> }) {
  const hasChange = change.minor > 0;
  const isGivenBack = total.minor < 0;
  const figure = hasChange ? change : { ...total, minor: Math.abs(total.minor) };
  return (
    <main className="on-deep grid h-full place-items-center bg-deep p-8 text-on-deep">
      <div className="flex flex-col items-center gap-6 text-center">
        <p className="text-4xl">
          {t(hasChange ? "display.change" : isGivenBack ? "display.youGet" : "display.total")}
        </p>
        <p className="figures font-bold text-8xl">{formatMoney({ amount: figure, locale })}</p>
        <h1 className="font-bold text-5xl">{t("display.thanks")}</h1>
        <p className="text-2xl">{storeName}</p>
      </div>
    </main>
  );
}

/** How much of it: pieces, or what it weighs. */
function amountOf({ quantity, grams }: Shown<"basket">["lines"][number], locale: string): string {
  return grams === null
    ? t("display.pieces", { quantity: String(quantity) })
    : t("price.kilograms", { weight: kilogramsText({ grams, locale }) });
}
