import { useState } from "react";
import { pinFlaw } from "#domain/staff/pin-choice.ts";
import type { Role } from "#domain/staff/role.ts";
import type { ColleagueRequest, ColleagueRow } from "#protocol/hq/staff.ts";
import type { Answer } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { BadgeCard } from "./badge-card.tsx";
import { ColleagueFields, isWhole } from "./colleague-fields.tsx";
import { PinField } from "./pin-field.tsx";
import { problemText } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

type Change = (act: () => Promise<Answer<ColleagueRow>>) => Promise<Answer<ColleagueRow>>;

/** One colleague: what they may do and where, how they sign in, and whether they still work here. */
export function ColleagueSheet({
  colleague,
  roles,
  rosterMaxAgeDays,
  onChanged,
  onClose,
}: {
  /** As they are by now. */
  readonly colleague: ColleagueRow;
  readonly roles: readonly Role[];
  readonly rosterMaxAgeDays: number;
  /** Also once this is closed: another one may be open for the same colleague. */
  readonly onChanged: (colleague: ColleagueRow) => void;
  readonly onClose: () => void;
}) {
  const mayEdit = useMay("staff.edit");
  const [complaint, setComplaint] = useState<string | null>(null);
  const change: Change = async (act) => {
    const answer = await act();
    setComplaint(answer.ok ? null : problemText(answer.reason));
    if (answer.ok) onChanged(answer.value);
    return answer;
  };
  return (
    <Sheet title={colleague.name} closeLabel={t("common.close")} onClose={onClose}>
      <div className="space-y-6">
        <ReadOnlyUnless right="staff.edit">
          <TermsForm colleague={colleague} roles={roles} onChanged={onChanged} />
        </ReadOnlyUnless>
        {complaint !== null && (
          <p role="alert" className="text-danger">
            {complaint}
          </p>
        )}
        {colleague.active && mayEdit && (
          <FieldGroup title={t("staff.signIn")}>
            <PinForm colleague={colleague} />
            <BadgeActs colleague={colleague} change={change} />
          </FieldGroup>
        )}
        {mayEdit && <Leaving colleague={colleague} days={rosterMaxAgeDays} change={change} />}
      </div>
    </Sheet>
  );
}

function TermsForm({
  colleague,
  roles,
  onChanged,
}: {
  readonly colleague: ColleagueRow;
  readonly roles: readonly Role[];
  readonly onChanged: (changed: ColleagueRow) => void;
}) {
  const { staff } = useApi();
  const { name, role, stores } = colleague;
  // What is not typed over follows what others save meanwhile: a role that was taken away is not given back with a name.
  const [typed, setTyped] = useState<Partial<ColleagueRequest>>({});
  const draft: ColleagueRequest = { name, role, stores, ...typed };
  const saving = useSaving();
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole(draft)) return;
        saving.save(async () => {
          const answer = await staff.edit(colleague.id, { ...draft, name: draft.name.trim() });
          if (!answer.ok) return answer;
          setTyped((now) => (now === typed ? {} : now));
          onChanged(answer.value);
          return answer;
        });
      }}
    >
      <ColleagueFields
        draft={draft}
        roles={roles}
        onChange={(next) => {
          setTyped({ ...typed, ...changesIn(draft, next) });
          saving.forget();
        }}
      />
      <SaveRow right="staff.edit" saving={saving} done={t("staff.saved")} />
    </form>
  );
}

/** What of a request is another than before. */
function changesIn(before: ColleagueRequest, next: ColleagueRequest): Partial<ColleagueRequest> {
  return {
    ...(next.name === before.name ? {} : { name: next.name }),
    ...(next.role === before.role ? {} : { role: next.role }),
    ...(next.stores === before.stores ? {} : { stores: next.stores }),
  };
}

function PinForm({ colleague }: { readonly colleague: ColleagueRow }) {
  const { staff } = useApi();
  const [pin, setPin] = useState("");
  const saving = useSaving();
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (pinFlaw(pin) === null) saving.save(() => staff.setPin(colleague.id, pin));
      }}
    >
      <PinField
        pin={pin}
        onChange={(typed) => {
          setPin(typed);
          saving.forget();
        }}
      />
      <SaveRow right="staff.edit" saving={saving} done={t("staff.pin.done")} label={t("staff.pin.set")} />
    </form>
  );
}

function BadgeActs({ colleague, change }: { readonly colleague: ColleagueRow; readonly change: Change }) {
  const { staff } = useApi();
  const [code, setCode] = useState<string | null>(null);
  async function issue(): Promise<void> {
    await change(async () => {
      const answer = await staff.issueBadge(colleague.id);
      if (!answer.ok) return answer;
      setCode(answer.value.code);
      return { ok: true, value: answer.value.colleague };
    });
  }
  async function revoke(): Promise<void> {
    setCode(null);
    await change(() => staff.revokeBadge(colleague.id));
  }
  return (
    <div className="space-y-3">
      <p className="text-soft text-sm">{t("staff.badge.lead")}</p>
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => issue()}>
          {t(colleague.hasBadge ? "staff.badge.replace" : "staff.badge.issue")}
        </Button>
        {colleague.hasBadge && (
          <Button look="quietDanger" onPress={() => revoke()}>
            {t("staff.badge.revoke")}
          </Button>
        )}
      </div>
      {code !== null && <BadgeCard colleague={colleague} code={code} />}
    </div>
  );
}

function Leaving({
  colleague: { id, name, active },
  days,
  change,
}: {
  readonly colleague: ColleagueRow;
  readonly days: number;
  readonly change: Change;
}) {
  const { staff } = useApi();
  if (!active)
    return (
      <FieldGroup title={t("staff.dismissed")}>
        <p className="text-soft">{t("staff.takeBack.what", { name })}</p>
        <Button onPress={() => change(() => staff.takeBack(id))}>{t("staff.takeBack")}</Button>
      </FieldGroup>
    );
  return (
    <FieldGroup title={t("staff.dismiss", { name })}>
      <p className="text-soft">{t("staff.dismiss.what", { name, days })}</p>
      <Button look="danger" onPress={() => change(() => staff.dismiss(id))}>
        {t("staff.dismiss.do")}
      </Button>
    </FieldGroup>
  );
}
