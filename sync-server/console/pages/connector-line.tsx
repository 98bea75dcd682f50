import type { ConnectorRow } from "#protocol/hq/connectors.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { t, tNamed } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";

/** One connected shop: where it is, where its webhooks go, and whether all is well. */
export function ConnectorLine({
  connector,
  onLocations,
  onRemove,
}: {
  readonly connector: ConnectorRow;
  readonly onLocations: () => void;
  readonly onRemove: () => void;
}) {
  const { channel, platform, apiUrl, webhookPath, stock } = connector;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-5 py-4 last:border-b-0">
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="font-semibold">{channel}</h2>
        <p className="mt-0.5 text-soft">{`${tNamed("platform", platform)} · ${apiUrl}`}</p>
        <dl className="mt-2 flex flex-wrap gap-1.5 text-sm">
          <dt className="text-soft">{t("connectors.address")}</dt>
          <dd className="figures select-all break-all">{`${window.location.origin}${webhookPath}`}</dd>
        </dl>
        {stock.map(({ location, lastFailure }) => (
          <p key={location} className="mt-1 text-sm text-warn">
            {t("connectors.stock", { location, failure: lastFailure })}
          </p>
        ))}
      </div>
      <Health connector={connector} />
      <May right="integrations.edit">
        <Button onPress={onLocations}>{t("connectors.locations")}</Button>
        <Button look="quietDanger" onPress={onRemove}>
          {t("connectors.remove")}
        </Button>
      </May>
    </li>
  );
}

function Health({ connector: { inbox, news, forged, stock } }: { readonly connector: ConnectorRow }) {
  const isWell = [inbox.waiting, inbox.dead, news.dead, forged, stock.length].every((count) => count === 0);
  if (isWell) return <Badge tone="good">{t("connectors.allWell")}</Badge>;
  return (
    <dl className="grid grid-cols-[auto_auto] items-center gap-x-3 gap-y-1.5 text-sm">
      <Counts name={t("connectors.inbox")} {...inbox} />
      <Counts name={t("connectors.news")} {...news} />
      {forged > 0 && (
        <dd className="col-span-2">
          <Badge tone="warn">{t("connectors.forged", { count: numberText(forged) })}</Badge>
        </dd>
      )}
    </dl>
  );
}

function Counts({
  name,
  waiting,
  dead,
}: {
  readonly name: string;
  readonly waiting: number;
  readonly dead: number;
}) {
  if (waiting === 0 && dead === 0) return null;
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="flex gap-2">
        {waiting > 0 && (
          <Badge tone="neutral">{t("connectors.waiting", { count: numberText(waiting) })}</Badge>
        )}
        {dead > 0 && <Badge tone="bad">{t("connectors.dead", { count: numberText(dead) })}</Badge>}
      </dd>
    </>
  );
}
