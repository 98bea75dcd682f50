import { type FormEvent, useState } from "react";
import type { DeviceId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { NewStore, StoreDetail } from "#protocol/hq/store-settings.ts";
import type { MessageKey } from "../messages.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useNewest } from "../use-newest.ts";
import { usePolled } from "../use-polled.ts";
import { goTo } from "../use-route.ts";
import { emptyFirstDraft, type FirstStoreDraft, firstStoreOf } from "./first-store-draft.ts";
import { FirstStoreFields } from "./first-store-fields.tsx";
import { problemText } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { emptyStoreDraft, type StoreDraft, storeDraftOf, storeProfileOf } from "./store-draft.ts";
import { StoreFields } from "./store-fields.tsx";
import { storeComplaint } from "./store-page.tsx";
import { LabelledStoreSelect } from "./store-select.tsx";

const REFRESH_MS = 60_000;
const KINDS: readonly LiveKind[] = ["stores"];

/** Opens a store that begins as another one is set up, or the first of all by what is said of its taxes, and goes to its page. */
export function NewStoreSheet({
  knocking = null,
  onClose,
}: {
  /** The till whose store is made again, because the server lost it; `code` null: it stands on its receipts, and is not known here. `isLost`: the till lost its records as well. */
  readonly knocking?: {
    readonly id: DeviceId;
    readonly code: string | null;
    readonly isLost: boolean;
  } | null;
  readonly onClose: () => void;
}) {
  const { shops, stores } = useApi();
  const { data: known } = usePolled(stores, REFRESH_MS, KINDS);
  const isFirst = known?.stores.length === 0;
  const [first, setFirst] = useState(emptyFirstDraft);
  const [code, setCode] = useState(knocking?.code ?? "");
  const [like, setLike] = useState<string | null>(null);
  const [models, setModels] = useState<Readonly<Record<string, StoreDraft>>>({});
  const [typed, setTyped] = useState<Partial<StoreDraft>>({});
  const saving = useSaving();
  const newest = useNewest();
  const model = like === null ? undefined : models[like];
  // What was typed stands, whenever the store that it is like is answered.
  const draft = { ...(model ?? emptyStoreDraft()), ...typed };
  const change = (changes: Partial<StoreDraft>) => {
    setTyped((before) => ({ ...before, ...changes }));
    saving.forget();
  };
  async function beginLike(chosen: string | null): Promise<void> {
    setLike(chosen);
    saving.forget();
    if (chosen === null || models[chosen] !== undefined) return;
    const answer = await shops.store(chosen);
    if (answer.ok) return setModels((known) => ({ ...known, [chosen]: modelOf(answer.value) }));
    setLike((now) => (now === chosen ? null : now));
    saving.complain(problemText(answer.reason));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!/^[A-Z0-9]{2,8}$/.test(code)) return saving.complain(t("stores.wrong", { field: t("stores.code") }));
    const begins = beginningOf({ isFirst, first, like });
    if (!begins.ok) return saving.complain(t("stores.wrong", { field: t(begins.reason) }));
    const profile = storeProfileOf(draft);
    if (!profile.ok) return saving.complain(storeComplaint(profile.reason));
    saving.save(async () => {
      const isHere = newest.ask();
      const answer = await shops.newStore({
        code,
        ...begins.value,
        ...(knocking === null ? {} : { knocking: knocking.id }),
        ...profile.value,
      });
      if (answer.ok && isHere()) goTo("stores", { store: code });
      return answer;
    });
  }
  return (
    <Sheet
      title={t(knocking === null ? "stores.new" : "stores.again")}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form onSubmit={submit} className="space-y-4">
        {knocking !== null && (
          <p className="text-soft">{t(knocking.isLost ? "stores.again.leadLost" : "stores.again.lead")}</p>
        )}
        <TextField
          label={t("stores.code")}
          hint={t(knocking === null ? "stores.code.hint" : "stores.again.code")}
          isReadOnly={knocking !== null && knocking.code !== null}
          value={code}
          onChange={(text) => {
            setCode(text.toUpperCase().trim());
            saving.forget();
          }}
        />
        {isFirst ? (
          <p className="text-soft">{t("stores.first.lead")}</p>
        ) : (
          <LabelledStoreSelect
            label={t("stores.like")}
            hint={t("stores.like.hint")}
            value={like}
            none={t("stores.like.choose")}
            onChange={(chosen) => void beginLike(chosen)}
          />
        )}
        <StoreFields draft={draft} isCurrencyFixed={false} onChange={change} />
        {isFirst && (
          <FirstStoreFields
            draft={first}
            onChange={(changes) => {
              setFirst((before) => ({ ...before, ...changes }));
              saving.forget();
            }}
          />
        )}
        <SaveRow
          saving={saving}
          done={t("stores.saved")}
          label={t("stores.new.do")}
          isWaiting={like !== null && model === undefined}
        />
      </form>
    </Sheet>
  );
}

/** What it begins with; refused with the words of the field that is wrong. */
function beginningOf({
  isFirst,
  first,
  like,
}: {
  readonly isFirst: boolean;
  readonly first: FirstStoreDraft;
  readonly like: string | null;
}): Result<Pick<NewStore, "like" | "first">, MessageKey> {
  if (!isFirst) return like === null ? refused("stores.like") : ok({ like });
  const read = firstStoreOf(first);
  return read.ok ? ok({ like: null, first: read.value }) : read;
}

/** What a store that is like another has of it: all but what each has of its own. */
function modelOf(store: StoreDetail): StoreDraft {
  return { ...storeDraftOf(store), name: "", address: "", phone: "", email: "" };
}
