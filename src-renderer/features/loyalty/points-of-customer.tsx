import { Star } from "lucide-react";
import { useEffect, useState } from "react";
import type { CustomerId } from "#domain/ids.ts";
import type { PointsRow } from "#protocol/documents/loyalty.ts";
import type { CustomerPoints } from "#protocol/till/loyalty.ts";
import { dateText, dayText, moneyText } from "../../app/format.ts";
import { client } from "../../app/till.ts";
import { apart, numberText, t, tCount } from "../../i18n/translate.ts";

const ROWS_SHOWN = 8;
const ISO_DAY_CHARS = 10;

/** A customer's points: the server's word with a connection, else as this till knows them. Nothing where there is no programme. */
export function PointsOfCustomer({ customer }: { readonly customer: CustomerId }) {
  const [points, setPoints] = useState<CustomerPoints | null>(null);
  useEffect(() => {
    let isOpen = true;
    client.call("customerPoints", { customer }).then(
      (answer) => {
        if (isOpen && answer.ok) setPoints(answer.value);
      },
      // The banner says that the engine is away; opened again, the sheet asks again.
      () => undefined,
    );
    return () => {
      isOpen = false;
    };
  }, [customer]);
  return points === null ? null : <Points points={points} />;
}

function Points({ points: { programme, standing, entries } }: { readonly points: CustomerPoints }) {
  const { balance, tier, next, expiry, worth } = standing;
  return (
    <section
      aria-label={t("loyalty.title")}
      className="flex flex-col gap-2 rounded-2xl border border-line bg-surface px-4 py-3"
    >
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Star aria-hidden size={18} className="self-center" />
        <span data-testid="customer-points" className="figures font-bold text-xl">
          {tCount("loyalty.points", balance)}
        </span>
        {worth.minor > 0 ? (
          <span className="figures text-ink-soft">{t("loyalty.worth", { amount: moneyText(worth) })}</span>
        ) : null}
        <span className="text-ink-soft">{tier === null ? programme : `${programme} · ${tier}`}</span>
      </p>
      {balance < 0 ? <p className="text-warn">{t("loyalty.belowZero")}</p> : null}
      <p className="flex flex-wrap gap-x-4 text-ink-soft text-sm">
        {next === null ? null : <span>{t("loyalty.next", { count: next.missing, tier: next.tier })}</span>}
        {expiry === null ? null : (
          <span>
            {t("loyalty.expiry", {
              count: expiry.points,
              day: dateText(new Date(expiry.at).toISOString().slice(0, ISO_DAY_CHARS)),
            })}
          </span>
        )}
      </p>
      {entries === null ? (
        <p role="status" className="text-warn">
          {t("loyalty.offline")}
        </p>
      ) : (
        <Entries entries={entries} />
      )}
    </section>
  );
}

function Entries({ entries }: { readonly entries: readonly PointsRow[] }) {
  if (entries.length === 0) return <p className="text-ink-soft">{t("loyalty.none")}</p>;
  return (
    <ul aria-label={t("loyalty.entries")} className="divide-y divide-line">
      {entries.slice(0, ROWS_SHOWN).map(({ id, kind, points, at, number, storeName, note }) => (
        <li key={id} className="flex items-baseline justify-between gap-3 py-1.5">
          <span className="min-w-0 truncate">
            {t(`loyalty.kind.${kind}`)}
            <span className="text-ink-soft text-sm">
              {" "}
              ·{" "}
              {[dayText(at), number, storeName, note]
                .filter((each) => each !== null)
                .map(apart)
                .join(" · ")}
            </span>
          </span>
          <span dir="ltr" className={`figures font-semibold ${points < 0 ? "text-ink-soft" : ""}`}>
            {points > 0 ? "+" : ""}
            {numberText(points)}
          </span>
        </li>
      ))}
    </ul>
  );
}
