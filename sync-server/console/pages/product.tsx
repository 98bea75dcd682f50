import { useCallback, useEffect, useRef, useState } from "react";
import type { CatalogueProduct } from "#domain/product/catalogue-product.ts";
import { changesOf } from "#domain/product/product-changes.ts";
import type { ProductAnswer, ProductChoices, SavedProductAnswer } from "#protocol/hq/product.ts";
import { May, ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { isKey, t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { PageTitle } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { useLeaveGuard } from "../use-leave-guard.ts";
import { useNewest } from "../use-newest.ts";
import { addressOf, goTo, showAsk, useAsk } from "../use-route.ts";
import { OnTills } from "./on-tills.tsx";
import { ProblemNote, problemText } from "./problem-note.tsx";
import { AttributesSection } from "./product-attributes.tsx";
import { ChannelsSection } from "./product-channels.tsx";
import {
  draftOf,
  faultsOf,
  newDraft,
  type ProductChanges,
  type ProductDraft,
  requestOf,
} from "./product-draft.ts";
import { GeneralSection } from "./product-general.tsx";
import { FieldChanges, HistorySection } from "./product-history.tsx";
import { PricesAndStock } from "./product-money.tsx";
import { PicturesSection } from "./product-pictures.tsx";
import { VariantsSection } from "./product-variants.tsx";
import { DELETED_SHEET, RemovedProduct } from "./removed-products.tsx";

/** One product, or a new one where the address names none. */
export function ProductPage() {
  const { id = "" } = useAsk();
  const { product } = useApi();
  const choices = useAskedOnce(product.choices);
  /** What was made on this page goes on in the same form. */
  const [made, setMade] = useState("");
  /** What came back is read anew. */
  const [restored, setRestored] = useState(0);
  if (choices.known === null) return <ProblemNote problem={choices.problem} />;
  return id === made ? (
    <ProductForm
      key="new"
      known={null}
      choices={choices.known}
      setChoices={choices.setKnown}
      onMade={setMade}
    />
  ) : (
    <KnownProduct
      key={`${id} ${restored}`}
      id={id}
      choices={choices.known}
      setChoices={choices.setKnown}
      onRestored={() => setRestored(restored + 1)}
    />
  );
}

const EDITORS = { right: "catalogue.edit", everywhere: true } as const;

interface Choosing {
  readonly choices: ProductChoices;
  readonly setChoices: (choices: ProductChoices) => void;
}

function KnownProduct({
  id,
  onRestored,
  ...choosing
}: Choosing & { readonly id: string; readonly onRestored: () => void }) {
  const { product } = useApi();
  const { known, problem } = useAskedOnce(useCallback(() => product.read(id), [product, id]));
  if (known === null && problem?.kind === "refused" && problem.reason === "notFound")
    return <RemovedProduct id={id} problem={problem} onRestored={onRestored} />;
  if (known === null) return <ProblemNote problem={problem} />;
  return <ProductForm known={known} {...choosing} />;
}

function ProductForm({
  known,
  choices,
  setChoices,
  onMade,
}: Choosing & { readonly known: ProductAnswer | null; readonly onMade?: (id: string) => void }) {
  const form = useProductForm(known, choices);
  const { base, draft, change, isUnsaved, faults, said, saved } = form;
  const asked = useAsk().id ?? "";
  const madeId = known === null && !isUnsaved ? (base?.product.id ?? "") : "";
  useEffect(() => {
    if (madeId === "" || asked === madeId) return;
    onMade?.(madeId);
    showAsk("product", { id: madeId });
  }, [madeId, asked, onMade]);
  const guard = useLeaveGuard(isUnsaved);
  useEffect(() => {
    if (faults.size > 0) document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
  }, [faults]);
  const wrong = (field: string): string | null => {
    const fault = faults.get(field);
    if (fault === undefined) return null;
    const key = `product.fault.${fault}`;
    return isKey(key) ? t(key) : fault;
  };
  const section = { draft, change, choices, wrong };
  const { id, handle, status } = draft.product;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <PageTitle title={base === null ? t("product.new") : base.product.title}>
        <a
          className="inline-flex min-h-10 items-center px-2 font-semibold text-brand"
          href={addressOf("catalogue")}
        >
          {t("product.back")}
        </a>
      </PageTitle>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="space-y-5">
          <ReadOnlyUnless {...EDITORS}>
            <GeneralSection {...section} isNew={base === null} />
          </ReadOnlyUnless>
          <VariantsSection {...section} />
          <ReadOnlyUnless {...EDITORS}>
            <PicturesSection {...section} />
          </ReadOnlyUnless>
          <ReadOnlyUnless {...EDITORS}>
            <ChannelsSection {...section} />
          </ReadOnlyUnless>
        </div>
        <div className="space-y-5">
          {base !== null && <PricesAndStock id={id} handle={base.product.handle || handle} />}
          <ReadOnlyUnless {...EDITORS}>
            <AttributesSection
              {...section}
              onDefined={(attributes) => setChoices({ ...choices, attributes: [...attributes] })}
            />
          </ReadOnlyUnless>
          {base !== null && (
            <HistorySection
              id={id}
              version={base.version}
              skuOf={(variant) => base.product.variants.find((each) => each.id === variant)?.sku ?? variant}
              canUndo={!isUnsaved}
              onUndone={() => void form.followUndo()}
            />
          )}
        </div>
      </div>
      <May {...EDITORS}>
        <div className="sticky bottom-0 z-5 mt-5 flex flex-wrap items-center gap-3 rounded-2xl border border-line bg-surface px-5 py-3">
          <p
            role={said.isWrong ? "alert" : "status"}
            className={`mr-auto ${said.isWrong ? "text-danger" : "text-soft"}`}
          >
            {said.words !== "" ? said.words : isUnsaved ? t("product.unsaved") : ""}
          </p>
          {saved !== null && !isUnsaved && <OnTills key={saved.version} feed="catalog" seq={saved.seq} />}
          {base !== null && !isUnsaved && <RemoveButton onRemove={form.remove} />}
          {base !== null && !isUnsaved && status !== "archived" && (
            <Button onPress={() => form.archive()}>{t("product.archive")}</Button>
          )}
          {isUnsaved && base !== null && <Button onPress={form.discard}>{t("product.discard")}</Button>}
          <Button type="submit" look="primary" isDisabled={form.isBusy || (!isUnsaved && base !== null)}>
            {t("product.save")}
          </Button>
        </div>
      </May>
      {form.theirs !== null && base !== null && (
        <ConflictSheet
          base={base}
          theirs={form.theirs}
          onTheirs={form.takeTheirs}
          onMine={form.saveMine}
          onClose={form.closeConflict}
        />
      )}
      {guard.wanted !== null && (
        <Sheet title={t("product.leave.title")} closeLabel={t("common.close")} onClose={guard.stay}>
          <p>{t("product.leave.lead")}</p>
          <div className="mt-6 flex justify-end gap-3">
            <Button
              look="quietDanger"
              onPress={() => {
                form.discard();
                guard.leave();
              }}
            >
              {t("product.leave.go")}
            </Button>
            <Button look="primary" autoFocus onPress={guard.stay}>
              {t("product.leave.stay")}
            </Button>
          </div>
        </Sheet>
      )}
    </form>
  );
}

/** Tills lose it within seconds, so it is asked first. */
function RemoveButton({ onRemove }: { readonly onRemove: () => Promise<void> }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button look="quietDanger" onPress={() => setAsking(true)}>
        {t("product.delete")}
      </Button>
      {isAsking && (
        <Sheet
          title={t("product.delete.title")}
          closeLabel={t("common.close")}
          onClose={() => setAsking(false)}
        >
          <p>{t("product.delete.lead")}</p>
          <div className="mt-6 flex justify-end gap-3">
            <Button
              look="danger"
              onPress={() => {
                setAsking(false);
                void onRemove();
              }}
            >
              {t("product.delete")}
            </Button>
            <Button look="primary" autoFocus onPress={() => setAsking(false)}>
              {t("common.cancel")}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}

function ConflictSheet({
  base,
  theirs,
  onTheirs,
  onMine,
  onClose,
}: {
  readonly base: CatalogueProduct;
  readonly theirs: CatalogueProduct;
  readonly onTheirs: () => Promise<void>;
  readonly onMine: () => Promise<void>;
  readonly onClose: () => void;
}) {
  return (
    <Sheet title={t("product.conflict.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-3">{t("product.conflict.lead")}</p>
      <FieldChanges
        changes={changesOf(base, theirs)}
        skuOf={(variant) => theirs.product.variants.find((each) => each.id === variant)?.sku ?? variant}
      />
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button look="danger" onPress={() => onMine()}>
          {t("product.conflict.mine")}
        </Button>
        <Button look="primary" onPress={() => onTheirs()}>
          {t("product.conflict.theirs")}
        </Button>
      </div>
    </Sheet>
  );
}

const NO_FAULTS: ReadonlyMap<string, string> = new Map();
const QUIET = { isWrong: false, words: "" };

/** What is typed of a product, what it began from, and how saving it goes. */
function useProductForm(known: ProductAnswer | null, { taxClasses, attributes }: ProductChoices) {
  const { product: api } = useApi();
  const [base, setBase] = useState(known);
  const [draft, setDraft] = useState<ProductDraft>(() =>
    known === null ? newDraft(taxClasses[0]?.id ?? "standard", () => crypto.randomUUID()) : draftOf(known),
  );
  const [isUnsaved, setUnsaved] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState(NO_FAULTS);
  const [said, setSaid] = useState(QUIET);
  const [theirs, setTheirs] = useState<ProductAnswer | null>(null);
  const [saved, setSaved] = useState<SavedProductAnswer | null>(null);
  /** How often something was changed, and how often it had been when the draft was begun. */
  const typed = useRef(0);
  const begun = useRef(0);
  const newest = useNewest();

  function begin(from: ProductAnswer, words: string): void {
    begun.current = typed.current;
    setBase(from);
    setDraft(draftOf(from));
    setUnsaved(false);
    setFaults(NO_FAULTS);
    setTheirs(null);
    setSaid({ isWrong: false, words });
  }
  function refuse(found: ReadonlyMap<string, string>): void {
    setFaults(found);
    setSaid({ isWrong: true, words: tCount("product.wrong", found.size) });
  }
  /** What is typed now stays: it comes on top of what was just saved. What others saved after that is theirs, and no base for it. */
  function goOnFrom(mine: ProductAnswer, now: ProductAnswer): void {
    const isMine = now.version === mine.version;
    setBase(isMine ? now : mine);
    setFaults(NO_FAULTS);
    setTheirs(isMine ? null : now);
  }
  async function send(wanted: ProductDraft, version: string | null): Promise<void> {
    const { request, faults: found } = requestOf(wanted, { attributes, version });
    if (found.size > 0) return refuse(found);
    setBusy(true);
    const sent = typed.current;
    const answer = await (base === null ? api.make(request) : api.save(request));
    if (answer.ok) {
      setSaved(answer.value);
      const mine = { product: request.product, details: request.details, version: answer.value.version };
      const read = await api.read(request.product.id);
      // It is saved whether or not it can be read again.
      const now = read.ok ? read.value : mine;
      if (sent === typed.current) begin(now, t("product.saved"));
      else goOnFrom(mine, now);
    } else if (answer.reason.kind !== "refused")
      setSaid({ isWrong: true, words: problemText(answer.reason) });
    else if (answer.reason.details?.includes("changedMeanwhile") === true) {
      const now = await api.read(request.product.id);
      if (now.ok) setTheirs(now.value);
      else setSaid({ isWrong: true, words: problemText(now.reason) });
    } else if (answer.reason.reason === "badRequest") refuse(faultsOf(answer.reason.details ?? []));
    else setSaid({ isWrong: true, words: problemText(answer.reason) });
    setBusy(false);
  }

  return {
    base,
    draft,
    isUnsaved,
    isBusy,
    faults,
    said,
    saved,
    theirs,
    change(changes: ProductChanges) {
      typed.current += 1;
      setDraft((now) => ({ ...now, ...(typeof changes === "function" ? changes(now) : changes) }));
      setUnsaved(true);
      setSaid(QUIET);
    },
    save: () => send(draft, base?.version ?? null),
    saveMine: () => send(draft, theirs?.version ?? null),
    archive() {
      const archived: ProductDraft = { ...draft, product: { ...draft.product, status: "archived" } };
      setDraft(archived);
      setUnsaved(true);
      return send(archived, base?.version ?? null);
    },
    async takeTheirs() {
      const now = await api.read(draft.product.id);
      if (now.ok) begin(now.value, "");
      else setSaid({ isWrong: true, words: problemText(now.reason) });
    },
    /** A change was taken back. What was typed while it was is not lost by it: then it is shown as what others did is. */
    async followUndo() {
      const now = await api.read(draft.product.id);
      if (!now.ok) return setSaid({ isWrong: true, words: problemText(now.reason) });
      if (typed.current === begun.current) begin(now.value, "");
      else setTheirs(now.value);
    },
    async remove() {
      const isWanted = newest.ask();
      const answer = await api.remove(draft.product.id);
      // Another page was gone to meanwhile.
      if (!isWanted()) return;
      // To where it can come back from.
      if (answer.ok) goTo("catalogue", { sheet: DELETED_SHEET });
      else setSaid({ isWrong: true, words: problemText(answer.reason) });
    },
    discard() {
      if (base !== null) begin(base, "");
      else setUnsaved(false);
    },
    closeConflict: () => setTheirs(null),
  };
}
