import { X } from "lucide-react";
import { useCallback, useState } from "react";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { ok } from "#domain/result.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import { type SimulateRequest, type Simulation, simulateRequestSchema } from "#protocol/hq/simulate.ts";
import type { Answer } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";
import { ArticleSearch } from "./article-search.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { PromotionSimulation } from "./promotion-simulation.tsx";
import { emptyTrial, requestOf, type Trial } from "./promotion-trial.ts";

const REFRESH_MS = 30_000;

type Known = Pick<PromotionsAnswer, "stores" | "channels" | "groups" | "currency">;

/** A basket beside a promotion that is being typed: what it would cost, at once and to the cent. */
export function PromotionSimulator({
  draft,
  unfinished,
  known,
}: {
  /** Null while it makes no sense. */
  readonly draft: Promotion | null;
  /** What is still missing then. */
  readonly unfinished: string | null;
  readonly known: Known;
}) {
  const [trial, setTrial] = useState(() => emptyTrial(known.stores[0]?.id ?? null));
  const change = (changes: Partial<Trial>): void => setTrial({ ...trial, ...changes });
  const { data, problem } = useSimulation(draft === null ? null : requestOf(trial, draft, known.currency));
  return (
    <section
      aria-label={t("simulator.title")}
      className="space-y-4 self-start rounded-2xl bg-sunken p-4 lg:sticky lg:top-0"
    >
      <h3 className="font-semibold text-base">{t("simulator.title")}</h3>
      <p className="text-soft text-sm">{t("simulator.lead")}</p>
      <TrialBasket trial={trial} onChange={change} />
      <ProblemNote problem={problem} />
      {draft === null && <p className="text-soft">{unfinished}</p>}
      {draft !== null && trial.lines.length === 0 && <p className="text-soft">{t("simulator.empty")}</p>}
      {draft !== null && data !== null && problem === null && (
        <PromotionSimulation simulation={data} draft={draft.id} />
      )}
      <TrialScene trial={trial} known={known} draft={draft} onChange={change} />
    </section>
  );
}

function useSimulation(request: SimulateRequest | null) {
  const { returns } = useApi();
  // Two requests of one wording are one: it is asked again only when something in it is another.
  const asked = useSettled(JSON.stringify(request));
  return usePolled(
    useCallback(async (): Promise<Answer<Simulation | null>> => {
      const body = simulateRequestSchema.nullable().parse(JSON.parse(asked));
      return body === null ? ok(null) : returns.simulate(body);
    }, [returns, asked]),
    REFRESH_MS,
  );
}

function TrialBasket({
  trial: { lines },
  onChange,
}: {
  readonly trial: Trial;
  readonly onChange: (changes: Partial<Trial>) => void;
}) {
  return (
    <>
      <ArticleSearch
        label={t("simulator.add")}
        without={lines.map(({ variant }) => variant)}
        clears
        onChosen={(variant, name) => onChange({ lines: [...lines, { variant, name, pieces: "1" }] })}
      />
      <ul aria-label={t("simulator.basket")} className="space-y-2">
        {lines.map((line, place) => (
          <li key={line.variant} className="flex items-center gap-2">
            <input
              aria-label={t("simulator.pieces", { name: line.name })}
              inputMode="numeric"
              value={line.pieces}
              onChange={(event) =>
                onChange({ lines: lines.with(place, { ...line, pieces: event.target.value }) })
              }
              className="figures min-h-10 w-16 rounded-xl border border-line bg-surface px-3 text-right"
            />
            <span className="mr-auto">{line.name}</span>
            <Button
              look="quiet"
              className="px-2.5"
              aria-label={t("simulator.removeArticle", { name: line.name })}
              onPress={() => onChange({ lines: lines.toSpliced(place, 1) })}
            >
              <X aria-hidden size={18} />
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function TrialScene({
  trial,
  known,
  draft,
  onChange,
}: {
  readonly trial: Trial;
  readonly known: Known;
  readonly draft: Promotion | null;
  readonly onChange: (changes: Partial<Trial>) => void;
}) {
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <PlaceSelect trial={trial} known={known} onChange={onChange} />
        <TextField
          label={t("simulator.at")}
          hint={t("simulator.at.hint")}
          type="datetime-local"
          value={trial.at}
          onChange={(at) => onChange({ at })}
        />
        {trial.place.kind === "channel" && (
          <TextField
            label={t("simulator.shippingIn", { currency: known.currency })}
            value={trial.shipping}
            onChange={(shipping) => onChange({ shipping })}
          />
        )}
        <TextField
          label={t("simulator.coupons")}
          hint={t("simulator.coupons.hint")}
          value={trial.coupons}
          onChange={(coupons) => onChange({ coupons })}
        />
      </div>
      <div className="flex flex-wrap gap-x-5">
        {draft?.when?.coupon !== undefined && (
          <Check
            label={t("simulator.hasOwnCoupon")}
            checked={trial.hasCoupon}
            onChange={(hasCoupon) => onChange({ hasCoupon })}
          />
        )}
        <Check
          label={t("simulator.known")}
          checked={trial.isKnown}
          onChange={(isKnown) => onChange({ isKnown })}
        />
        {trial.isKnown && (
          <Check
            label={t("simulator.first")}
            checked={trial.isFirstPurchase}
            onChange={(isFirstPurchase) => onChange({ isFirstPurchase })}
          />
        )}
        {trial.isKnown &&
          known.groups.map(({ id, name }) => (
            <Check
              key={id}
              label={t("simulator.inGroup", { name })}
              checked={trial.groups.includes(id)}
              onChange={(isIn) =>
                onChange({
                  groups: isIn ? [...trial.groups, id] : trial.groups.filter((each) => each !== id),
                })
              }
            />
          ))}
        <Check
          label={t("simulator.among")}
          checked={trial.isAmongAll}
          onChange={(isAmongAll) => onChange({ isAmongAll })}
        />
      </div>
    </>
  );
}

function PlaceSelect({
  trial: { place },
  known: { stores, channels },
  onChange,
}: {
  readonly trial: Trial;
  readonly known: Known;
  readonly onChange: (changes: Partial<Trial>) => void;
}) {
  const places = [
    ...stores.map(({ id, name }) => ({
      value: `store ${id}`,
      text: t("simulator.place.store", { name }),
      place: { kind: "store", store: id } as const,
    })),
    ...channels
      .filter((channel) => channel !== TILL_CHANNEL)
      .map((channel) => ({
        value: `channel ${channel}`,
        text: t("simulator.place.channel", { channel }),
        place: { kind: "channel", channel } as const,
      })),
  ];
  return (
    <LabelledSelect
      label={t("simulator.place")}
      value={place.kind === "store" ? `store ${place.store}` : `channel ${place.channel}`}
      choices={places}
      onChange={(value) => {
        const chosen = places.find((each) => each.value === value);
        if (chosen !== undefined) onChange({ place: chosen.place });
      }}
    />
  );
}
