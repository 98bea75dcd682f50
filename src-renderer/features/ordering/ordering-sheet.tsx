import { Check, CloudOff, Store, Truck } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import type { StoreId } from "#domain/ids.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { onceInTurn } from "../../app/pressed-once.ts";
import { ask, useLocale, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { emptyForm, type OrderForm, problemsOf, wishOf, withKnown } from "./order-form.ts";
import { askForBasket, type StoreChoice } from "./stores.ts";

interface FormProps {
  readonly form: OrderForm;
  readonly onForm: (form: OrderForm) => void;
}

type Choices = readonly StoreChoice[] | "asking" | "offline";

/** The basket becomes an order: who it is for and where the goods go. It is paid here, like any sale. */
export function OrderingSheet({
  basket,
  onClose,
}: {
  readonly basket: BasketView;
  readonly onClose: () => void;
}) {
  const locale = useLocale();
  const isOnline = useTill((till) => till.sync?.link.state === "online");
  const [form, setForm] = useState(() => emptyForm(locale));
  const [tried, setTried] = useState(false);
  const customer = basket.customer?.id ?? null;
  useEffect(() => {
    if (customer === null) return;
    void ask("customer", { customer }).then((answer) => {
      if (answer?.ok === true) setForm((typed) => withKnown(typed, answer.value.customer));
    });
  }, [customer]);
  const choices = useChoices(basket, form.kind === "pickup");
  const problems = problemsOf(form);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    const wish = wishOf(form);
    if (wish === null) return;
    const answer = await onceInTurn("orderBasket", wish, () => ask("orderBasket", wish));
    if (answer?.ok === true) onClose();
  }
  return (
    <Sheet title={t("ordering.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4 low:gap-2.5">
        <Segments
          segments={[
            { value: "ship", words: t("ordering.ship"), icon: <Truck aria-hidden size={22} /> },
            { value: "pickup", words: t("ordering.pickup"), icon: <Store aria-hidden size={22} /> },
          ]}
          chosen={form.kind}
          onChoose={(kind) => setForm({ ...form, kind })}
        />
        <div className="grid grid-cols-2 gap-6">
          <Contact form={form} onForm={setForm} />
          {form.kind === "ship" ? (
            <Address form={form} onForm={setForm} />
          ) : (
            <Stores
              choices={choices}
              pieces={basket.pieces}
              chosen={form.store}
              onChoose={(store) => setForm({ ...form, store })}
            />
          )}
        </div>
        {isOnline || (form.kind === "pickup" && choices === "offline") ? null : (
          <p className="flex items-start gap-3 rounded-2xl bg-warn-soft p-4 text-warn low:py-2 low:text-sm">
            <CloudOff aria-hidden className="shrink-0" />
            {t("ordering.unconfirmed")}
          </p>
        )}
        <p role="alert" className="min-h-6 font-semibold text-danger low:min-h-0">
          {tried && problems[0] !== undefined ? t(problems[0]) : null}
        </p>
        <Button type="submit" look="primary" size="huge">
          {t("ordering.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}

function Contact({ form, onForm }: FormProps) {
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={t("ordering.name")}
        data-first-focus
        autoComplete="off"
        maxLength={200}
        value={form.name}
        onChange={(event) => onForm({ ...form, name: event.target.value })}
      />
      <Field
        label={t("ordering.email")}
        type="email"
        autoComplete="off"
        maxLength={254}
        value={form.email}
        onChange={(event) => onForm({ ...form, email: event.target.value })}
      />
      <Field
        label={t("ordering.phone")}
        hint={t("ordering.contactHint")}
        type="tel"
        autoComplete="off"
        maxLength={40}
        value={form.phone}
        onChange={(event) => onForm({ ...form, phone: event.target.value })}
      />
    </div>
  );
}

function Address({ form, onForm }: FormProps) {
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={t("ordering.street")}
        autoComplete="off"
        maxLength={200}
        value={form.street}
        onChange={(event) => onForm({ ...form, street: event.target.value })}
      />
      <Field
        label={t("ordering.extra")}
        autoComplete="off"
        maxLength={200}
        value={form.extra}
        onChange={(event) => onForm({ ...form, extra: event.target.value })}
      />
      <div className="grid grid-cols-[7rem_minmax(0,1fr)_5.5rem] gap-3">
        <Field
          label={t("ordering.postcode")}
          className="min-w-0 [&>input]:w-full"
          autoComplete="off"
          maxLength={20}
          value={form.postcode}
          onChange={(event) => onForm({ ...form, postcode: event.target.value })}
        />
        <Field
          label={t("ordering.city")}
          className="min-w-0 [&>input]:w-full"
          autoComplete="off"
          maxLength={120}
          value={form.city}
          onChange={(event) => onForm({ ...form, city: event.target.value })}
        />
        <Field
          label={t("ordering.country")}
          className="min-w-0 [&>input]:w-full"
          autoComplete="off"
          maxLength={2}
          value={form.country}
          onChange={(event) => onForm({ ...form, country: event.target.value.toUpperCase() })}
        />
      </div>
    </div>
  );
}

/** The stores that could do the basket, asked for once somebody wishes to collect it, and again when that is chosen anew if they could not be had. */
function useChoices({ lines }: BasketView, isWished: boolean): Choices {
  const [choices, setChoices] = useState<Choices>("asking");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the basket does not change under this sheet
  useEffect(() => {
    // A store that was chosen stays in sight when the line drops.
    if (!isWished || Array.isArray(choices)) return;
    let left = false;
    setChoices("asking");
    void askForBasket(lines).then((answer) => {
      if (!left) setChoices(answer ?? "offline");
    });
    return () => {
      left = true;
    };
  }, [isWished]);
  return choices;
}

function Stores({
  choices,
  pieces,
  chosen,
  onChoose,
}: {
  readonly choices: Choices;
  /** Of the basket. */
  readonly pieces: number;
  readonly chosen: StoreId | null;
  readonly onChoose: (store: StoreId) => void;
}) {
  if (choices === "asking") return <p role="status">{t("ordering.storesLoading")}</p>;
  if (choices === "offline")
    return (
      <p role="status" className="self-start rounded-2xl bg-warn-soft p-4 text-lg text-warn">
        {t("ordering.storesOffline")}
      </p>
    );
  return (
    <fieldset aria-label={t("ordering.store")} className="flex min-w-0 flex-col gap-2 border-0 p-0">
      <p className="font-semibold text-ink-soft text-sm">{t("ordering.store")}</p>
      {choices.map(({ store, name, pieces: there, hasAll }) => (
        <button
          key={store}
          type="button"
          aria-pressed={store === chosen}
          onClick={() => onChoose(store)}
          className={`press flex min-h-16 items-center gap-3 rounded-2xl border px-4 text-start ${store === chosen ? "border-brand bg-brand-soft" : "border-line bg-paper hover:border-brand"}`}
        >
          {store === chosen ? (
            <Check aria-hidden className="shrink-0" />
          ) : (
            <Store aria-hidden className="shrink-0" />
          )}
          <span className="min-w-0">
            <bdi className="block truncate font-semibold text-lg">{name}</bdi>
            <span className={`figures block text-sm ${hasAll ? "font-semibold text-good" : "text-ink-soft"}`}>
              {hasAll ? t("ordering.allThere") : t("ordering.someThere", { count: there, total: pieces })}
            </span>
          </span>
        </button>
      ))}
    </fieldset>
  );
}
