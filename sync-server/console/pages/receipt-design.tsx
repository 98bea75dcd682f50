import { ImageUp } from "lucide-react";
import { useEffect, useId, useMemo, useState } from "react";
import { instant } from "#domain/ids.ts";
import { RECEIPT_LANGUAGES, type ReceiptLanguage } from "#domain/receipt/language.ts";
import type { StoreReceipt } from "#protocol/hq/receipt-design.ts";
import type { ApiProblem } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { useAsk } from "../use-route.ts";
import { ProblemNote } from "./problem-note.tsx";
import { readLogo } from "./read-logo.ts";
import {
  designOf,
  draftOf,
  ownLanguage,
  previewRows,
  type ReceiptDraft,
  TEXT_PARTS,
} from "./receipt-draft.ts";
import { ReceiptPaper } from "./receipt-rows.tsx";
import { RulesTabs } from "./rules-tabs.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { StoreSelect } from "./store-select.tsx";

/** How a store's receipts look. Asked once for each store: what is being typed is never overtaken by an answer. */
export function ReceiptDesignPage() {
  const api = useApi();
  const { store: asked = null } = useAsk();
  const [code, setCode] = useState(asked);
  const [store, setStore] = useState<StoreReceipt | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      const stores = code === null ? await api.stores() : null;
      if (stores?.ok === false && isWanted) setProblem(stores.reason);
      const first = stores?.ok === true ? stores.value.stores[0]?.code : undefined;
      const chosen = code ?? first;
      if (chosen === undefined) return;
      const answer = await api.returns.receiptDesign(chosen);
      if (!isWanted) return;
      if (answer.ok) setStore(answer.value);
      setProblem(answer.ok ? null : answer.reason);
    })();
    return () => {
      isWanted = false;
    };
  }, [api, code]);
  const isShown = code === null || store?.code === code;
  return (
    <>
      <PageTitle title={t("nav.receiptDesign")}>
        <RulesTabs page="receiptDesign" />
      </PageTitle>
      <ProblemNote problem={problem} />
      {store !== null && (
        <Panel
          title={isShown ? store.name : (code ?? "")}
          aside={
            <StoreSelect
              value={code ?? store.code}
              none={t("receiptDesign.chooseStore")}
              label={t("policy.store")}
              onChange={(chosen) => setCode(chosen ?? store.code)}
            />
          }
        >
          {/* Out of sight until the other store's is read, for what is typed meanwhile would be lost; there all the same, for whoever comes back to it before that. */}
          <div hidden={!isShown}>
            <ReadOnlyUnless right="rules.edit">
              <DesignForm key={store.code} store={store} />
            </ReadOnlyUnless>
          </div>
        </Panel>
      )}
    </>
  );
}

function DesignForm({ store }: { readonly store: StoreReceipt }) {
  const { returns } = useApi();
  const [draft, setDraft] = useState<ReceiptDraft>(() => draftOf(store));
  const [language, setLanguage] = useState<ReceiptLanguage>(() => ownLanguage(store));
  const saving = useSaving();
  const rows = useMemo(
    () => previewRows({ store, draft, language, at: instant(Date.now()) }),
    [store, draft, language],
  );
  const change = (changes: Partial<ReceiptDraft>): void => {
    // A logo is read while others are typing already.
    setDraft((now) => ({ ...now, ...changes }));
    saving.forget();
  };
  return (
    <form
      className="grid gap-8 px-5 py-5 lg:grid-cols-[1fr_20rem]"
      onSubmit={(event) => {
        event.preventDefault();
        saving.save(() => returns.saveReceiptDesign(store.code, designOf(draft)));
      }}
    >
      <div className="space-y-5">
        <Logo logo={draft.logo} onChange={(logo) => change({ logo })} onComplaint={saving.complain} />
        <Texts draft={draft} language={language} onLanguage={setLanguage} onChange={change} />
        <Printed store={store} draft={draft} onChange={change} />
      </div>
      <div>
        <h3 className="mb-2 font-medium text-sm">{t("receiptDesign.preview")}</h3>
        <ReceiptPaper label={t("receiptDesign.preview")} rows={rows} />
      </div>
      <SaveRow right="rules.edit" saving={saving} done={t("policy.saved", { store: store.name })} />
    </form>
  );
}

function Logo({
  logo,
  onChange,
  onComplaint,
}: {
  readonly logo: string | null;
  readonly onChange: (logo: string | null) => void;
  readonly onComplaint: (words: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <p className="mb-1 font-medium text-sm">{t("receiptDesign.logo")}</p>
      <div className="flex flex-wrap items-center gap-3">
        {logo !== null && (
          <img
            src={`data:image/png;base64,${logo}`}
            alt={t("receiptDesign.logo")}
            className="max-h-20 max-w-48 rounded-lg border border-line bg-white p-2"
          />
        )}
        <label
          htmlFor={id}
          className="inline-flex min-h-10 cursor-pointer items-center gap-2 rounded-xl border border-line px-4 font-semibold hover:bg-sunken has-focus-visible:outline-3 has-focus-visible:outline-accent"
        >
          <ImageUp aria-hidden size={18} />
          {t(logo === null ? "receiptDesign.chooseLogo" : "receiptDesign.otherLogo")}
          <input
            id={id}
            type="file"
            accept="image/*"
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file === undefined) return;
              void readLogo(file).then((read) => {
                if (read === null) onComplaint(t("receiptDesign.badLogo"));
                else onChange(read);
              });
            }}
          />
        </label>
        {logo !== null && (
          <Button look="quietDanger" onPress={() => onChange(null)}>
            {t("receiptDesign.noLogo")}
          </Button>
        )}
      </div>
      <p className="mt-1 text-soft text-sm">{t("receiptDesign.logo.hint")}</p>
    </div>
  );
}

function Texts({
  draft,
  language,
  onLanguage,
  onChange,
}: {
  readonly draft: ReceiptDraft;
  readonly language: ReceiptLanguage;
  readonly onLanguage: (language: ReceiptLanguage) => void;
  readonly onChange: (changes: Partial<ReceiptDraft>) => void;
}) {
  const texts = draft.texts[language] ?? { header: "", legal: "", footer: "" };
  return (
    <>
      <LabelledSelect
        label={t("receiptDesign.language")}
        hint={t("receiptDesign.language.hint")}
        value={language}
        choices={RECEIPT_LANGUAGES.map((value) => ({ value, text: t(`language.${value}`) }))}
        onChange={onLanguage}
      />
      {TEXT_PARTS.map((part) => (
        <TextArea
          key={`${language} ${part}`}
          label={t(`receiptDesign.${part}`)}
          hint={t(`receiptDesign.${part}.hint`)}
          value={texts[part]}
          onChange={(text) => onChange({ texts: { ...draft.texts, [language]: { ...texts, [part]: text } } })}
        />
      ))}
    </>
  );
}

function Printed({
  store,
  draft,
  onChange,
}: {
  readonly store: StoreReceipt;
  readonly draft: ReceiptDraft;
  readonly onChange: (changes: Partial<ReceiptDraft>) => void;
}) {
  const own = ownLanguage(store);
  return (
    <fieldset>
      <legend className="font-medium text-sm">{t("receiptDesign.languages")}</legend>
      <div className="flex flex-wrap gap-x-6">
        {RECEIPT_LANGUAGES.filter((each) => each !== own).map((each) => (
          <Check
            key={each}
            label={t(`language.${each}`)}
            checked={draft.languages.includes(each)}
            onChange={(isOn) =>
              onChange({
                languages: RECEIPT_LANGUAGES.filter((other) =>
                  other === each ? isOn : draft.languages.includes(other),
                ),
              })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
