import { ArrowLeft } from "lucide-react";
import { type FormEvent, useCallback, useState } from "react";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { StoreDetail } from "#protocol/hq/store-settings.ts";
import type { ApiProblem } from "../ask.ts";
import { dayText } from "../format.ts";
import { May, ReadOnlyUnless } from "../may.tsx";
import { useSeen } from "../page-rights.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { PairSheet } from "./pair-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { type StoreDraft, storeDraftOf, storeProfileOf } from "./store-draft.ts";
import { dayName, HoursFields, StoreFields } from "./store-fields.tsx";
import { TaxForm } from "./tax-form.tsx";

const REFRESH_MS = 3_000;
const KINDS: readonly LiveKind[] = ["tills"];

/** One store: what HQ says of it, and where the rest that it goes by is decided. */
export function StorePage({ code }: { readonly code: string }) {
  const { shops } = useApi();
  const { known, setKnown, problem } = useAskedOnce(useCallback(() => shops.store(code), [shops, code]));
  return (
    <>
      <PageTitle title={known === null ? code : `${known.code} · ${known.name}`}>
        {known !== null && known.closedAt !== null && (
          <Badge tone="warn">{t("stores.closedSince", { day: dayText(known.closedAt) })}</Badge>
        )}
        <a href={addressOf("stores")} className="flex min-h-10 items-center gap-2 text-brand hover:underline">
          <ArrowLeft aria-hidden size={17} />
          {t("stores.all")}
        </a>
      </PageTitle>
      <ProblemNote problem={problem} />
      {known !== null && (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="space-y-5">
            <Panel title={t("stores.profile")}>
              <ReadOnlyUnless right="stores.edit">
                <ProfileForm store={known} onSaved={setKnown} />
              </ReadOnlyUnless>
            </Panel>
            <Panel title={t("stores.tax")}>
              <ReadOnlyUnless right="stores.edit">
                <TaxForm store={known} onSaved={setKnown} />
              </ReadOnlyUnless>
            </Panel>
          </div>
          <div className="space-y-5">
            <May right="tills.read">
              <TillsPanel store={known} />
            </May>
            <Elsewhere store={known} />
            <May right="stores.edit">
              <Closing store={known} onSaved={setKnown} />
            </May>
          </div>
        </div>
      )}
    </>
  );
}

/** The words for what is wrong with a store that was typed. */
export function storeComplaint(
  reason: { readonly field: string } | { readonly day: number | string },
): string {
  if ("field" in reason)
    return t("stores.wrong", { field: t(reason.field === "name" ? "stores.name" : "stores.currency") });
  const { day } = reason;
  return t("stores.wrongHours", { day: typeof day === "number" ? dayName(day) : day });
}

function ProfileForm({
  store,
  onSaved,
}: {
  readonly store: StoreDetail;
  readonly onSaved: (store: StoreDetail) => void;
}) {
  const { shops } = useApi();
  const [draft, setDraft] = useState(() => storeDraftOf(store));
  const saving = useSaving();
  const change = (changes: Partial<StoreDraft>) => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const profile = storeProfileOf(draft);
    if (!profile.ok) return saving.complain(storeComplaint(profile.reason));
    saving.save(async () => {
      const answer = await shops.saveStore(store.code, profile.value);
      if (answer.ok) onSaved(answer.value);
      return answer;
    });
  }
  return (
    <form onSubmit={submit} className="space-y-5 px-5 py-4">
      <StoreFields draft={draft} isCurrencyFixed={store.hasSold} onChange={change} />
      <HoursFields draft={draft} onChange={change} />
      <SaveRow right="stores.edit" saving={saving} done={t("stores.saved")} feed={`store:${store.id}`} />
    </form>
  );
}

function TillsPanel({ store }: { readonly store: StoreDetail }) {
  const { shops } = useApi();
  const [isPairing, setPairing] = useState(false);
  const { data } = usePolled(
    useCallback(() => shops.store(store.code), [shops, store.code]),
    REFRESH_MS,
    KINDS,
  );
  return (
    <Panel title={t("nav.tills")}>
      <div className="flex flex-wrap items-center justify-between gap-3 px-5 py-4">
        <a href={addressOf("tills", { store: store.code })} className="text-brand hover:underline">
          {tCount("tills.count", data?.tills ?? store.tills)}
        </a>
        <May right="tills.manage">
          <Button onPress={() => setPairing(true)} isDisabled={store.closedAt !== null}>
            {t("tills.pair")}
          </Button>
        </May>
      </div>
      {isPairing && <PairSheet store={store.code} onClose={() => setPairing(false)} />}
    </Panel>
  );
}

/** What of a store is decided on other pages. */
function Elsewhere({ store }: { readonly store: StoreDetail }) {
  const ask = { store: store.code };
  const words = {
    receiptDesign: t("stores.to.receipts"),
    priceLists: t("stores.to.priceLists"),
    rules: t("stores.to.rules"),
    returnsPolicy: t("stores.to.returns"),
    tickets: t("nav.tickets"),
    orders: t("nav.orders"),
    exceptions: t("nav.exceptions"),
  };
  const seen = useSeen([
    "receiptDesign",
    "priceLists",
    "rules",
    "returnsPolicy",
    "tickets",
    "orders",
    "exceptions",
  ] as const);
  return (
    <Panel title={t("stores.elsewhere")}>
      <ul>
        {seen.map((page) => (
          <li key={page} className="border-line border-b last:border-b-0">
            <a
              href={addressOf(page, ask)}
              className="flex min-h-11 items-center px-5 text-brand hover:bg-sunken"
            >
              {words[page]}
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Closing({
  store,
  onSaved,
}: {
  readonly store: StoreDetail;
  readonly onSaved: (store: StoreDetail) => void;
}) {
  const { shops } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isClosed = store.closedAt !== null;
  async function act(): Promise<void> {
    const answer = await (isClosed ? shops.reopenStore(store.code) : shops.closeStore(store.code));
    setProblem(answer.ok ? null : answer.reason);
    if (answer.ok) onSaved(answer.value);
  }
  return (
    <Panel title={t(isClosed ? "stores.reopen" : "stores.close")}>
      <div className="space-y-3 px-5 py-4">
        <ProblemNote problem={problem} />
        <p className="text-soft text-sm">{t(isClosed ? "stores.reopen.lead" : "stores.close.lead")}</p>
        <Button look={isClosed ? "plain" : "danger"} onPress={() => act()}>
          {t(isClosed ? "stores.reopen" : "stores.close")}
        </Button>
      </div>
    </Panel>
  );
}
