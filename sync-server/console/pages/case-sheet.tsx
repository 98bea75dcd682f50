import { type ReactNode, useCallback } from "react";
import type { CaseActor } from "#domain/cases/case.ts";
import type { CaseId } from "#domain/ids.ts";
import type { HqCase } from "#protocol/hq/cases.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { usePolled } from "../use-polled.ts";
import { CaseActForm } from "./case-act-form.tsx";
import { CaseBadge, DeadlineText } from "./case-badge.tsx";
import { CasePhotos } from "./case-photos.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 3_000;

/** One case with all that happened to it, and what HQ can do about it. */
export function CaseSheet({
  id,
  onChanged,
  onClose,
}: {
  readonly id: CaseId;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => api.case(id), [api, id]),
    REFRESH_MS,
  );
  return (
    <Sheet
      title={t("cases.detail", { number: data?.case.number ?? "" })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <ProblemNote problem={problem} />
      {data !== null && (
        <>
          <Facts detail={data} />
          <CasePhotos photos={data.case.photos} />
          <History detail={data} />
          <May right="cases.act">
            <CaseActForm
              detail={data}
              onDone={() => {
                reload();
                onChanged();
              }}
            />
          </May>
        </>
      )}
    </Sheet>
  );
}

function Facts({ detail }: { readonly detail: HqCase }) {
  const { case: of, storeName, customerName, email, phone, isOverdue } = detail;
  const contact = [customerName, phone ?? "", email ?? ""].filter((part) => part !== "").join(" · ");
  const product = [of.product.name, ...of.product.options, of.product.sku ?? ""].filter(
    (part) => part !== "",
  );
  return (
    <div className="space-y-3">
      <p className="flex flex-wrap items-center gap-3">
        <CaseBadge status={of.status} outcome={of.outcome} />
        <span className="text-soft">
          {tNamed("caseKind", of.kind)} · {storeName}
        </span>
        {of.closedAt === null && <DeadlineText deadline={of.deadline} isOverdue={isOverdue} />}
      </p>
      <dl className="grid grid-cols-2 gap-3">
        <Fact label={t("cases.product")}>{product.join(", ")}</Fact>
        <Fact label={t("cases.customer")}>{contact}</Fact>
        <Fact label={t("cases.fault")}>{of.fault}</Fact>
        <Fact label={t("cases.condition")}>{of.condition}</Fact>
        <Fact label={t("cases.accessories")}>{of.accessories}</Fact>
        <Fact label={t("cases.serial")}>{of.serial}</Fact>
        <Fact label={t("cases.purchase")}>{of.purchase?.number ?? ""}</Fact>
      </dl>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === "") return null;
  return (
    <div>
      <dt className="text-soft text-sm">{label}</dt>
      <dd className="whitespace-pre-wrap break-words">{children}</dd>
    </div>
  );
}

function History({ detail }: { readonly detail: HqCase }) {
  const { case: of } = detail;
  return (
    <section aria-label={t("cases.history")} className="mt-4 border-line border-t pt-3">
      <h3 className="mb-2 font-semibold">{t("cases.history")}</h3>
      <ol className="space-y-2">
        {of.history.toReversed().map((trace) => (
          <li key={trace.id}>
            <p className="flex flex-wrap gap-x-2 text-sm">
              <span className="figures text-soft">{dateTimeText(trace.at)}</span>
              <span className={trace.fits ? "font-medium" : "font-medium text-danger"}>
                {stepWords(detail, trace)}
                {trace.fits ? "" : ` (${t("cases.unfit")})`}
              </span>
              <span className="text-soft">{whoWas(detail, trace.by)}</span>
            </p>
            {trace.act.note !== "" && <p className="whitespace-pre-wrap break-words">{trace.act.note}</p>}
            <CasePhotos photos={trace.act.photos} />
          </li>
        ))}
        <li className="flex flex-wrap gap-x-2 text-sm">
          <span className="figures text-soft">{dateTimeText(of.openedAt)}</span>
          <span className="font-medium">{t("cases.takenInBy")}</span>
          <span className="text-soft">{whoWas(detail, of.openedBy)}</span>
        </li>
      </ol>
    </section>
  );
}

function stepWords({ stores }: HqCase, { act }: HqCase["case"]["history"][number]): string {
  const { move, store, deadline } = act;
  const day = (at: number) => new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(at);
  return [
    move === null ? "" : tNamed("caseStatus", move.to),
    move?.outcome == null ? "" : tNamed("caseOutcome", move.outcome),
    store === null ? "" : t("cases.movedTo", { store: stores[store] ?? store }),
    deadline === null ? "" : t("cases.hearsBy", { day: day(deadline) }),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function whoWas({ staff }: HqCase, by: CaseActor): string {
  if (by.kind === "hq") return by.who;
  return by.staff === null ? "" : (staff[by.staff] ?? by.staff);
}
